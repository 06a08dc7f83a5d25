// @ts-check
import { h, setAttribute, setText } from '../dom.js';
import { percent } from '../format.js';
import { texts } from '../texts.js';

/** A bar with its number: `62/100`, or a confidence. */
export class Meter {
  /** @param {string} label @param {string} kind a class for its look */
  constructor(label, kind) {
    this.bar = h('progress', { 'aria-label': label, max: 1, value: 0 });
    this.number = h('span', { class: 'number' });
    this.element = h('div', { class: `meter ${kind}` }, this.bar, this.number);
  }

  /** @param {{answered: number, notFound: number, total: number}} progress */
  setProgress({ answered, notFound, total }) {
    const done = answered + notFound;
    setAttribute(this.bar, 'max', Math.max(1, total));
    setAttribute(this.bar, 'value', done);
    setAttribute(this.element, 'title', texts.progress(answered, notFound, total));
    setText(this.number, `${done}/${total}`);
  }

  /** @param {number|null|undefined} fraction 0..1, or null where there is none yet */
  setFraction(fraction) {
    setAttribute(this.bar, 'value', fraction ?? 0);
    setAttribute(this.element, 'data-none', fraction === null || fraction === undefined);
    setText(this.number, percent(fraction));
  }
}
