// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts-session.js';

/** @typedef {import('./result-row.js').ResultRow} ResultRow */
/** @typedef {'all'|'answered'|'open'|'low'|'unverified'|'corrected'|'changed'} Filter */

const words = texts.table;
const FILTERS = /** @type {Filter[]} */ (Object.keys(words.filters));
const BELOW_DEFAULT = 60;

/** Which rows are shown, with how many each choice would show. Calls `onChange` after each choice. */
export class RowFilters {
  /** @type {Filter} */
  filter = 'all';
  below = BELOW_DEFAULT;
  text = '';
  /** Questions whose row changed since the last visit; null where that is not known. @type {Set<string>|null} */
  changed = null;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.buttons = new Map(FILTERS.map((filter) => [filter, this.#button(filter)]));
    this.shown = h('output', { class: 'number' });
    this.slider = h('input', { type: 'range', min: 5, max: 100, step: 5, 'aria-label': words.threshold, 'data-threshold': true, oninput: () => this.#slide() });
    this.threshold = h('label', { class: 'threshold', hidden: true }, h('span', {}, words.threshold), this.slider, this.shown);
    this.search = h('input', {
      type: 'search', class: 'search', 'aria-label': words.search, placeholder: words.searchHint, autocomplete: 'off',
      oninput: () => { this.text = this.search.value.trim().toLowerCase(); this.onChange(); },
    });
    this.element = h('div', { class: 'tools' },
      h('div', { class: 'filters', role: 'group', 'aria-label': words.filter }, ...[...this.buttons.values()].map(({ button }) => button)),
      this.threshold, this.search);
    this.setChanged(null, words.noVisit);
  }

  /** @param {string|null} filter @param {number|null} below */
  restore(filter, below) {
    this.filter = FILTERS.find((known) => known === filter) ?? 'all';
    this.below = below ?? BELOW_DEFAULT;
    this.slider.value = String(this.below);
    this.#showChoice();
  }

  /** @param {Set<string>|null} questions @param {string} [why] there are none to know */
  setChanged(questions, why) {
    this.changed = questions;
    const { button } = /** @type {{button: HTMLElement}} */ (this.buttons.get('changed'));
    setAttribute(button, 'aria-disabled', questions === null ? 'true' : null);
    setAttribute(button, 'title', questions === null ? why : null);
  }

  /** @param {ResultRow} row */
  fits(row) { return this.#is(this.filter, row) && (this.text === '' || row.searchable.includes(this.text)); }

  /** @param {Iterable<ResultRow>} rows */
  count(rows) {
    const sums = new Map(FILTERS.map((filter) => [filter, 0]));
    for (const row of rows) for (const filter of FILTERS) if (this.#is(filter, row)) sums.set(filter, (sums.get(filter) ?? 0) + 1);
    for (const [filter, { number, button }] of this.buttons) {
      const sum = sums.get(filter) ?? 0;
      setText(number, filter === 'changed' && this.changed === null ? texts.never : String(sum));
      setAttribute(button, 'data-zero', sum === 0);
    }
  }

  /** @param {Filter} filter @param {ResultRow} row */
  #is(filter, { row, missingQuotes }) {
    switch (filter) {
      case 'answered': return row.status === 'answered';
      case 'open': return row.status !== 'answered';
      case 'low': return row.status === 'answered' && row.confidence !== null && Math.round(row.confidence * 100) < this.below;
      case 'unverified': return missingQuotes > 0;
      case 'corrected': return row.review?.verdict === 'corrected';
      case 'changed': return this.changed?.has(row.questionId) ?? false;
      default: return true;
    }
  }

  #slide() {
    this.below = Number(this.slider.value);
    this.#showChoice();
    this.onChange();
  }

  #showChoice() {
    for (const [filter, { button }] of this.buttons) setAttribute(button, 'aria-pressed', String(filter === this.filter));
    setHidden(this.threshold, this.filter !== 'low');
    setText(this.shown, `${this.below}%`);
  }

  /** @param {Filter} filter */
  #button(filter) {
    const number = h('span', { class: 'number' });
    const select = () => {
      if (button.getAttribute('aria-disabled')) return;
      this.filter = filter;
      this.#showChoice();
      this.onChange();
    };
    const button = h('button', { class: 'filter', type: 'button', 'data-filter': filter, onclick: select }, h('span', {}, words.filters[filter]), number);
    return { button, number };
  }
}
