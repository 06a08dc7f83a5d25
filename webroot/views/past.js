// @ts-check
import { h, setHidden, setText } from '../dom.js';
import { fullTime } from '../format.js';
import { texts } from '../texts-list.js';

const words = texts.past;

/** Says that the list is not of now, and leads back. */
export class PastBanner {
  /** @param {() => void} onBack */
  constructor(onBack) {
    this.text = h('span', {});
    this.element = h('p', { class: 'banner', role: 'status', 'data-banner': 'past', hidden: true }, this.text, ' ',
      h('button', { class: 'button', type: 'button', 'data-action': 'back-to-now', onclick: onBack }, words.back));
  }

  /** @param {string} text */
  show(text) {
    setText(this.text, text);
    setHidden(this.element, false);
  }

  hide() { setHidden(this.element, true); }
}

/** @param {string} at what was asked for @param {number} revision what that is */
export function describePast(at, revision) { return /^\d+$/.test(at) ? words.atRevision(at) : words.atTime(fullTime(at), revision); }
