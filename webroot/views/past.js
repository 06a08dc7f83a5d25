// @ts-check
import { h, setHidden, setText } from '../dom.js';
import { fullTime } from '../format.js';
import { texts } from '../texts.js';
import { openDialog } from './dialog.js';

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

/**
 * Asks for a time or a revision of the past.
 * @param {{at: string|null, revision: number, now: number, onAt: (at: string|null) => void}} asked
 */
export function askPast({ at, revision, now, onAt }) {
  const isRevision = at !== null && /^\d+$/.test(at);
  const time = h('input', { type: 'datetime-local', name: 'time', step: 1, max: local(now), value: at !== null && !isRevision ? local(Date.parse(at)) : local(now - 3_600_000) });
  const number = h('input', { type: 'number', name: 'revision', min: 0, max: revision, inputmode: 'numeric', value: isRevision ? at : '' });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.close();
    onAt(number.value || (time.value && new Date(time.value).toISOString()) || null);
  };
  const dialog = openDialog(words.heading,
    h('form', { onsubmit: submit },
      h('p', {}, words.detail),
      h('label', { class: 'field' }, words.time, time),
      h('label', { class: 'field' }, words.revision, number, h('span', { class: 'hint' }, words.revisionHint(revision))),
      h('div', { class: 'buttons end' },
        at === null ? null : h('button', { class: 'button', type: 'button', 'data-action': 'now', onclick: () => { dialog.close(); onAt(null); } }, words.back),
        h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, texts.dialog.cancel),
        h('button', { class: 'button primary', type: 'submit', 'data-action': 'show-past' }, words.show))));
}

/** @param {string} at what was asked for @param {number} revision what that is */
export function describePast(at, revision) { return /^\d+$/.test(at) ? words.atRevision(at) : words.atTime(fullTime(at), revision); }

/** A time as a `datetime-local` field wants it. @param {number} millis */
export function local(millis) {
  const date = new Date(millis);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
