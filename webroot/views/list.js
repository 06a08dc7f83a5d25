// @ts-check
import { clock } from '../clock.js';
import { h, setAttribute, setHidden } from '../dom.js';
import { ListQuery } from '../list-query.js';
import { instantOf } from '../order.js';
import { texts } from '../texts-list.js';
import { isActive } from '../states.js';
import { Aim } from './aim.js';
import { Cursor } from './cursor.js';
import { Filters } from './filters.js';
import { ListLoading } from './list-loading.js';
import { ListRest } from './list-rest.js';
import { ListRow } from './list-row.js';
import { Rows } from './rows.js';

/** @typedef {import('../pager.js').Pager} Pager */
/** @typedef {import('../types.js').Changes} Changes */
/** @typedef {import('../types.js').ListSource} ListSource */
/** @typedef {import('../selection.js').Selection} Selection */
/** @typedef {import('./list-row.js').Actions} Actions */

const words = texts.list;
/** A row that no longer fits the filter stays so long, greyed and with its new state, before it goes. */
const LEAVING_MILLIS = 5_000;

/** The list of sessions: rows are keyed by id, made once, patched in place, and never move under the pointer. */
export class ListView {
  query = new ListQuery();
  /** Ids in the order of the list. @type {string[]} */
  #ids = [];
  /** @type {Set<string>} */
  #members = new Set();
  /** @type {Map<string, number>} id to the time when it goes */
  #leaving = new Map();
  /** Sessions that are new and wait until nobody is disturbed. @type {Set<string>} */
  #held = new Set();
  /** How many changes there were that another sorting would show. */
  #unsorted = 0;

  /**
   * @param {{source: ListSource, pager: Pager, actions: Actions & {fail: (error: unknown) => void}, empty: HTMLElement, selection: Selection, tools: HTMLElement}} parts
   */
  constructor({ source, pager, actions, empty, selection, tools }) {
    this.source = source;
    this.pager = pager;
    this.actions = actions;
    this.empty = empty;
    this.selection = selection;
    /** Why nothing can be changed, null where it can. @type {string|null} */
    this.readOnly = null;
    this.isPaused = false;
    this.filters = new Filters();
    this.rows = new Rows((id) => this.#make(id), (row, id, place) => this.#bringUp(row, id, place));
    this.cursor = new Cursor(this.rows);
    this.all = h('input', { type: 'checkbox', 'aria-label': words.selectAll, 'data-action': 'select-all', onchange: () => this.#selectAll() });
    this.table = h('table', { class: 'list', role: 'table', 'aria-label': words.heading }, head(this.all), this.rows.element);
    this.rest = new ListRest({ onNews: () => this.#showNews(), onSort: () => this.#sortAgain(), onMore: () => this.#loadMore() });
    this.loading = new ListLoading((error) => actions.fail(error));
    this.aim = new Aim(this.rows.element, () => this.#held.size > 0 && this.tick(clock.now()));
    this.element = h('div', { class: 'page' }, h('h1', { class: 'visually-hidden' }, words.heading),
      this.filters.element, tools, this.rest.above, this.table, this.rest.message, this.empty, this.rest.foot);
    selection.addEventListener('change', () => this.#showSelection());
  }

  /** How many sessions match, as far as the page knows. @returns {number} */
  get matching() {
    const { state } = this.query;
    if (this.query.isCounted) return this.source.counts?.[state ?? 'total'] ?? 0;
    const known = this.#ids.length - this.#leaving.size;
    return this.pager.isAtEnd(this.query) ? known : Math.max(this.pager.matching(this.query) ?? 0, known);
  }

  /** Rows as they are in the list, of which a part is in the document. @returns {readonly string[]} */
  get ids() { return this.#ids; }

  get isReadOnly() { return this.readOnly !== null; }

  /**
   * Shows another part of the same, or something else.
   * @param {ListQuery} query
   * @param {{source?: ListSource, pager?: Pager, readOnly?: string|null, isPaused?: boolean}} [shown]
   */
  show(query, { source = this.source, pager = this.pager, readOnly = this.readOnly, isPaused = this.isPaused } = {}) {
    Object.assign(this, { source, pager, readOnly, isPaused, query });
    this.all.disabled = this.isReadOnly;
    this.#leaving.clear();
    this.#held.clear();
    this.#unsorted = 0;
    this.filters.select(query);
    this.#setIds(this.#listed());
    this.#showRest();
    this.#loadFirst();
  }

  /** @param {Changes} changes */
  update(changes) {
    const now = clock.now();
    const before = this.#ids.length;
    for (const [id, reason] of changes.removed) this.#drop(id, reason !== 'trimmed');
    if (this.#ids.length !== before) this.#setIds(this.#ids);
    const entering = [...changes.touched].filter((id) => this.#patch(id, now));
    if (entering.length > 0) this.#enter(entering);
    if (this.query.isOrderedByServer) this.#unsorted += [...changes.moved].filter((id) => this.#members.has(id)).length;
    this.#showRest();
    this.#loadFirst();
  }

  /** @param {number} now */
  tick(now) {
    const due = [...this.#leaving].filter(([, at]) => now >= at).map(([id]) => id);
    for (const id of due) this.#drop(id, false);
    if (due.length > 0) this.#setIds(this.#ids);
    for (const id of this.rows.attachedIds) this.rows.attached(id)?.tick(now);
    if (!this.isReadOnly) this.filters.tick(this.source, now);
    if (this.query.isTimed) this.#showTimed(now);
    if (this.#held.size > 0) this.#enter([]);
    this.#showRest();
  }

  /** What is due, or was created a while ago, changes with the clock alone. @param {number} now */
  #showTimed(now) {
    const entering = this.source.order.ids.filter((id) => this.#patch(id, now));
    if (entering.length > 0) this.#enter(entering);
  }

  /** The session that keys act on. */
  get current() {
    const id = this.cursor.current;
    return id !== null && this.#members.has(id) ? this.source.sessions.get(id) : undefined;
  }

  #listed() {
    const now = clock.now();
    const { query, source, pager } = this;
    const fits = (/** @type {string} */ id) => {
      const session = source.sessions.get(id);
      return session !== undefined && query.fits(session, now);
    };
    if (query.isOrderedByServer) return pager.ids(query).filter(fits);
    return source.order.ids.filter((id) => fits(id) && this.#isReached(id));
  }

  /** Sessions below what was loaded in one piece would stand beside a gap; the active ones are always all there. @param {string} id */
  #isReached(id) {
    const session = /** @type {import('../types.js').Session} */ (this.source.sessions.get(id));
    return isActive(session) || instantOf(session) >= this.pager.floor(this.query);
  }

  /** @param {string[]} ids */
  #setIds(ids) {
    this.#ids = ids;
    this.#members = new Set(ids);
    setAttribute(this.table, 'aria-rowcount', ids.length + 1);
    this.rows.set(ids);
  }

  /** Brings a row up to date. @param {string} id @param {number} now @returns {boolean} whether it belongs in the list and is not yet */
  #patch(id, now) {
    const session = this.source.sessions.get(id);
    if (!session) return false;
    const fits = this.query.fits(session, now);
    if (fits) this.#leaving.delete(id);
    else this.#held.delete(id);
    if (!this.#members.has(id)) return fits;
    if (!fits && !this.#leaving.has(id)) this.#leaving.set(id, now + LEAVING_MILLIS);
    const row = this.rows.attached(id);
    if (row) this.#bringUp(row, id);
    return false;
  }

  /** New rows enter below at any time, above only where nobody aims or reads. @param {string[]} ids */
  #enter(ids) {
    if (this.query.isOrderedByServer) {
      this.#enterSorted(ids);
      return;
    }
    const waiting = [...new Set([...this.#held, ...ids])].filter((id) => !this.#members.has(id) && this.source.sessions.has(id) && this.#isReached(id));
    const lowest = this.aim.mayMove ? -1 : this.#ids.length === 0 ? -1 : this.rows.visible.last;
    const bottom = lowest < 0 ? -1 : this.source.order.indexOf(this.#ids[Math.max(0, lowest)]);
    const [now, later] = split(waiting, (id) => this.source.order.indexOf(id) > bottom);
    this.#held = new Set(later);
    if (now.length > 0) this.#setIds(this.#merged(now));
  }

  /** @param {string[]} ids those of a page that was just loaded stand in the server's order, others wait for a sorting */
  #enterSorted(ids) {
    const listed = this.#listed();
    this.#unsorted += ids.filter((id) => !listed.includes(id)).length;
    if (listed.length > this.#ids.length) this.#setIds(listed);
  }

  /** @param {string[]} ids */
  #merged(ids) {
    const { order } = this.source;
    const place = new Map([...this.#ids, ...ids].map((id) => [id, order.indexOf(id)]));
    return [...place.keys()].sort((a, b) => /** @type {number} */ (place.get(a)) - /** @type {number} */ (place.get(b)));
  }

  /** @param {string} id @param {boolean} forGood */
  #drop(id, forGood) {
    this.#leaving.delete(id);
    this.#held.delete(id);
    this.cursor.drop(id);
    if (this.#members.delete(id)) this.#ids = this.#ids.filter((other) => other !== id);
    if (!forGood) return;
    this.rows.forget(id);
    this.selection.drop([id]);
  }

  /** @param {string} id */
  #make(id) {
    return new ListRow(/** @type {import('../types.js').Session} */ (this.source.sessions.get(id)), this.actions, this.selection);
  }

  /** @param {ListRow} row @param {string} id @param {number} [place] */
  #bringUp(row, id, place) {
    const session = this.source.sessions.get(id);
    const now = clock.now();
    row.setPast(this.query.at);
    if (session && row.session !== session) row.show(session, now);
    else row.tick(now);
    row.setLeaving(this.#leaving.has(id));
    row.setReadOnly(this.readOnly);
    row.setSelected(this.selection.has(id));
    row.setCursor(this.cursor.isAt(id));
    if (place !== undefined) setAttribute(row.element, 'aria-rowindex', place + 2);
  }

  #showSelection() {
    for (const id of this.rows.attachedIds) this.rows.attached(id)?.setSelected(this.selection.has(id));
    const picked = this.#ids.filter((id) => this.selection.has(id)).length;
    this.all.checked = picked > 0 && picked === this.#ids.length;
    this.all.indeterminate = picked > 0 && picked < this.#ids.length;
  }

  #selectAll() {
    if (this.all.checked) this.selection.pick(this.#ids.filter((id) => !this.#leaving.has(id)));
    else this.selection.clear();
  }

  #showNews() {
    const ids = [...this.#held];
    scrollTo(0, 0);
    this.aim.forget();
    this.#enter(ids);
    this.#showRest();
  }

  #sortAgain() {
    this.pager.restart(this.query);
    this.#unsorted = 0;
    void this.#loadMore().then(() => this.show(this.query));
  }

  /** Counts, what stands in for an empty table, and how much more there is. */
  #showRest() {
    const { counts } = this.source;
    this.filters.show(this.source, clock.now(), this.isReadOnly);
    if (this.all.disabled !== this.isReadOnly) this.all.disabled = this.isReadOnly;
    const shown = this.#ids.length - this.#leaving.size;
    const total = Math.max(this.matching, shown);
    const isEmpty = counts?.total === 0 && !this.isReadOnly;
    setHidden(this.empty, !isEmpty);
    setHidden(this.table, this.#ids.length === 0);
    this.rest.showMessage(isEmpty || this.#ids.length > 0 ? null : this.#messageFor(total));
    this.rest.showWaiting({ held: this.#held.size, unsorted: this.#unsorted });
    const mayLoad = shown + this.#held.size < total && !this.pager.isAtEnd(this.query) && !this.isPaused;
    this.rest.showLoaded({ shown, total, mayLoad, isLoading: this.loading.isBusy });
  }

  /** @param {number} total */
  #messageFor(total) {
    if (!this.source.counts) return texts.connection.waiting;
    if (this.loading.isBusy || (total > 0 && !this.pager.isAtEnd(this.query) && !this.isPaused)) return words.loading;
    return this.query.isCounted && this.query.state ? words.noneInState(texts.states[this.query.state]) : words.noMatch;
  }

  #loadFirst() {
    const { query, pager, source, matching } = this;
    if (!this.isPaused && this.loading.isDue({ query, pager, source, matching, held: this.#ids.length + this.#held.size })) void this.#loadMore();
  }

  async #loadMore() {
    if (this.loading.isBusy) return;
    const { query, pager } = this;
    const loaded = this.loading.more(query, pager);
    this.#showRest();
    await loaded;
    if (query === this.query && pager === this.pager) this.#showLoaded();
    else this.#loadFirst();
  }

  /** What was loaded may have been in the store before, and then no change tells of it. */
  #showLoaded() {
    const listed = this.#listed().filter((id) => !this.#held.has(id));
    if (listed.length > this.#members.size) this.#setIds(this.query.isOrderedByServer ? listed : this.#merged(listed));
    this.#showRest();
  }
}

/** @template T @param {T[]} items @param {(item: T) => boolean} belongs @returns {[T[], T[]]} */
function split(items, belongs) { return [items.filter(belongs), items.filter((item) => !belongs(item))]; }

/** @param {HTMLElement} all */
function head(all) {
  const cells = Object.entries(words.columns).map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text));
  return h('thead', { role: 'rowgroup' }, h('tr', { role: 'row', 'aria-rowindex': 1 }, h('th', { role: 'columnheader', scope: 'col', class: 'pick' }, all), ...cells));
}
