// @ts-check
import { h, setAttribute, setText } from '../dom.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts.js';
import { STATES } from '../types.js';

/** @typedef {import('../types.js').Counts} Counts */
/** @typedef {import('../types.js').SessionState} SessionState */

/** The counts, which are also the filters. */
export class Filters {
  /** @type {Map<SessionState|'total', {link: HTMLElement, number: HTMLElement}>} */
  #items = new Map();

  constructor() {
    this.element = h('nav', { class: 'filters', 'aria-label': texts.list.filters });
    for (const state of /** @type {const} */ (['total', ...STATES])) {
      const number = h('span', { class: 'number', 'data-count': state });
      const href = hrefOf({ page: 'list', state: state === 'total' ? null : state });
      const link = h('a', { class: `filter is-${state}`, href }, h('span', {}, texts.states[state]), number);
      this.#items.set(state, { link, number });
      this.element.append(link);
    }
  }

  /** @param {Counts|null} counts */
  show(counts) {
    for (const [state, { link, number }] of this.#items) {
      setText(number, counts ? String(counts[state]) : texts.never);
      setAttribute(link, 'data-zero', !counts?.[state]);
    }
  }

  /** @param {SessionState|null} current */
  select(current) {
    for (const [state, { link }] of this.#items) setAttribute(link, 'aria-current', state === (current ?? 'total') && 'page');
  }
}
