// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { DAY_MILLIS, isExpiring, isStalled } from '../due.js';
import { ListQuery } from '../list-query.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts-list.js';
import { STATES } from '../states.js';

/** @typedef {import('../types.js').ListSource} ListSource */
/** @typedef {import('../types.js').SessionState} SessionState */
/** @typedef {{link: HTMLElement, number: HTMLElement}} Item */

const NAMES = /** @type {const} */ (['total', ...STATES]);
const DUE = /** @type {const} */ (['stalled', 'expiring']);

/** The counts, which are also the filters; and apart from them what the clock adds up. */
export class Filters {
  /** Sessions that the server says expire first, besides those of the list. @type {Map<string, import('../types.js').Session>} */
  expiring = new Map();
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** The clock says nothing about a list of the past. */
  #isPast = false;

  constructor() {
    this.element = h('nav', { class: 'filters', 'aria-label': texts.list.filters });
    for (const name of NAMES) this.#add(name, texts.states[name], { 'data-count': name });
    for (const name of DUE) this.#add(name, texts.list.due[name], { 'data-due': name });
  }

  /** @param {string} name @param {string} text @param {Record<string, string>} hook */
  #add(name, text, hook) {
    const number = h('span', { class: 'number', ...hook });
    const link = h('a', { class: `filter is-${name}`, 'data-filter-link': name }, h('span', {}, text), number);
    this.#items.set(name, { link, number });
    this.element.append(link);
  }

  /** @param {ListSource} source @param {number} now @param {boolean} isPast what is due now says nothing of the past */
  show(source, now, isPast) {
    for (const name of NAMES) {
      const { link, number } = this.#item(name);
      setText(number, source.counts ? String(source.counts[name]) : texts.never);
      setAttribute(link, 'data-zero', !source.counts?.[name]);
    }
    if (isPast) for (const name of DUE) setHidden(this.#item(name).link, true);
    else this.tick(source, now);
  }

  /** @param {ListSource} source @param {number} now */
  tick(source, now) {
    const sessions = [...source.sessions.values()];
    const held = (/** @type {string} */ id) => source.sessions.has(id);
    const beyond = [...this.expiring.values()].filter(({ id }) => !held(id));
    const due = {
      stalled: sessions.filter((session) => isStalled(session, now)).length,
      expiring: [...sessions, ...beyond].filter((session) => isExpiring(session, now, DAY_MILLIS)).length,
    };
    for (const name of DUE) {
      const { link, number } = this.#item(name);
      setText(number, String(due[name]));
      setHidden(link, (due[name] === 0 || this.#isPast) && link.getAttribute('aria-current') === null);
    }
  }

  /** What a filter is about changes with the rest of the question. @param {ListQuery} query */
  select(query) {
    this.#isPast = query.at !== null;
    for (const [name, { link }] of this.#items) {
      const isDue = name === 'stalled' || name === 'expiring';
      const state = name === 'total' || isDue ? null : name;
      setAttribute(link, 'href', hrefOf({ page: 'list', query: query.with({ state, due: isDue ? name : null }) }));
      const current = isDue ? query.due === name : query.due === null && (query.state ?? 'total') === name;
      setAttribute(link, 'aria-current', current && 'page');
    }
  }

  /** @param {string} name */
  #item(name) { return /** @type {Item} */ (this.#items.get(name)); }
}
