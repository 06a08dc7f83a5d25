// @ts-check
import { h, reconcile, setHidden, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Filters } from './filters.js';
import { ListRow } from './list-row.js';

/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../pager.js').Pager} Pager */
/** @typedef {import('../types.js').Changes} Changes */
/** @typedef {import('../types.js').SessionState} SessionState */
/** @typedef {import('./list-row.js').Actions} Actions */

const words = texts.list;
/** A row that no longer fits the filter stays so long, greyed and with its new state, before it goes. */
const LEAVING_MILLIS = 5_000;

/** The list of sessions. Rows are keyed by id: made once, patched in place, taken away only when the session is removed. */
export class ListView {
  /** @type {Map<string, ListRow>} */
  #rows = new Map();
  /** Ids that are on the page now. @type {Set<string>} */
  #shown = new Set();
  /** @type {Map<string, number>} id to the time when it goes */
  #leaving = new Map();
  /** @type {SessionState|null} */
  #state = null;
  #loading = false;
  /** Filters whose first sessions were asked for, because the snapshot held none of them. @type {Set<SessionState|null>} */
  #asked = new Set();

  /** @param {{store: Store, pager: Pager, actions: Actions & {fail: (error: unknown) => void}, empty: HTMLElement}} parts */
  constructor({ store, pager, actions, empty }) {
    this.store = store;
    this.pager = pager;
    this.actions = actions;
    this.empty = empty;
    this.filters = new Filters();
    this.body = h('tbody', { role: 'rowgroup' });
    this.table = h('table', { class: 'list', role: 'table', 'aria-label': words.heading }, head(), this.body);
    this.message = h('p', { class: 'message' });
    this.shownNumber = h('span', { class: 'number' });
    this.more = h('button', { class: 'button', type: 'button', 'data-action': 'more', onclick: () => this.#loadMore() }, words.more);
    this.foot = h('div', { class: 'list-foot' }, this.shownNumber, this.more);
    this.element = h('div', { class: 'page' }, h('h1', { class: 'visually-hidden' }, words.heading),
      this.filters.element, this.table, this.message, this.empty, this.foot);
  }

  /** Shows all that the store holds for this filter. @param {SessionState|null} state */
  show(state) {
    this.#state = state;
    this.#leaving.clear();
    this.filters.select(state);
    const now = Date.now();
    const fitting = this.store.order.ids.filter((id) => this.#fits(id));
    for (const id of this.#rows.keys()) if (!this.store.sessions.has(id)) this.#rows.delete(id);
    reconcile(this.body, fitting.map((id) => this.#patched(id, now).element));
    this.#shown = new Set(fitting);
    this.#showRest();
  }

  /** @param {Changes} changes */
  update(changes) {
    const now = Date.now();
    for (const id of changes.removed.keys()) this.#drop(id, true);
    for (const id of changes.touched) this.#patch(id, now);
    this.#showRest();
  }

  /** @param {number} now */
  tick(now) {
    for (const [id, at] of this.#leaving) if (now >= at) this.#drop(id, false);
    for (const id of this.#shown) this.#rows.get(id)?.tick(now);
    this.#showRest();
  }

  /** @param {string} id */
  #fits(id) { return this.#state === null || this.store.sessions.get(id)?.state === this.#state; }

  /** @param {string} id @param {number} now */
  #patch(id, now) {
    if (!this.store.sessions.has(id)) return;
    if (this.#fits(id)) this.#leaving.delete(id);
    else if (!this.#shown.has(id)) return;
    else if (!this.#leaving.has(id)) this.#leaving.set(id, now + LEAVING_MILLIS);
    const row = this.#patched(id, now);
    if (!this.#shown.has(id)) this.#insert(id, row);
  }

  /** @param {string} id @param {number} now */
  #patched(id, now) {
    const session = /** @type {import('../types.js').Session} */ (this.store.sessions.get(id));
    let row = this.#rows.get(id);
    if (!row) this.#rows.set(id, row = new ListRow(session, this.actions));
    else if (row.session !== session) row.show(session, now);
    row.setLeaving(this.#leaving.has(id));
    return row;
  }

  /** @param {string} id @param {ListRow} row */
  #insert(id, row) {
    const { ids } = this.store.order;
    let below = this.store.order.indexOf(id) + 1;
    while (below < ids.length && !this.#shown.has(ids[below])) below += 1;
    this.body.insertBefore(row.element, this.#rows.get(ids[below])?.element ?? null);
    this.#shown.add(id);
  }

  /** @param {string} id @param {boolean} forGood */
  #drop(id, forGood) {
    this.#leaving.delete(id);
    this.#shown.delete(id);
    this.#rows.get(id)?.element.remove();
    if (forGood) this.#rows.delete(id);
  }

  /** Counts, what stands in for an empty table, and how much more there is. */
  #showRest() {
    const { counts } = this.store;
    this.filters.show(counts);
    const shown = this.#shown.size - this.#leaving.size;
    const total = counts?.[this.#state ?? 'total'] ?? 0;
    const isEmpty = counts?.total === 0;
    setHidden(this.empty, !isEmpty);
    setHidden(this.table, this.#shown.size === 0);
    setHidden(this.message, isEmpty || this.#shown.size > 0);
    setText(this.message, this.#messageFor(total));
    setHidden(this.foot, total === 0);
    setText(this.shownNumber, words.shown(Math.min(shown, total), total));
    setHidden(this.more, shown >= total || this.pager.isAtEnd(this.#state));
    if (shown === 0 && total > 0 && !this.#asked.has(this.#state)) {
      this.#asked.add(this.#state);
      void this.#loadMore();
    }
  }

  /** @param {number} total */
  #messageFor(total) {
    if (!this.store.counts) return texts.connection.waiting;
    return total > 0 || this.#state === null ? words.loading : words.noneInState(texts.states[this.#state]);
  }

  async #loadMore() {
    if (this.#loading) return;
    this.#loading = true;
    setText(this.more, words.loading);
    try {
      await this.pager.more(this.#state);
    } catch (error) {
      this.actions.fail(error);
    }
    this.#loading = false;
    setText(this.more, words.more);
    this.#showRest();
  }
}

function head() {
  const cells = Object.entries(words.columns).map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text));
  return h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...cells));
}
