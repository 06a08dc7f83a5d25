// @ts-check
import { clock } from './clock.js';
import { instantOf } from './order.js';

/** @typedef {import('./api.js').Api} Api */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./list-query.js').ListQuery} ListQuery */
/** @typedef {{cursor: string|null, isAtEnd: boolean, floor: string, matching: number, ids: string[], params: Record<string, string|null>}} Loaded */

/** The most that one request may ask for. */
const PAGE_SESSIONS = 500;
/** A snapshot leaves at most so many pages to be confirmed. */
const CONFIRM_PAGES_MAX = 20;
/** An instant above all others: nothing is loaded. */
const NOTHING = '~';

/** Loads what the snapshot does not hold: older sessions, page by page, for each question from the top. */
export class Pager {
  /** @type {Map<string, Loaded>} */
  #loaded = new Map();
  #confirming = false;
  /** @type {string|null} */
  #journal = null;

  /** @param {Store} store @param {Api} api @param {string|null} [at] the past whose pages are loaded */
  constructor(store, api, at = null) {
    this.store = store;
    this.api = api;
    this.at = at;
    store.addEventListener('replaced', () => this.#keepWithin(store.journal));
  }

  /** @param {ListQuery} query @returns {boolean} */
  isAtEnd(query) { return this.#of(query)?.isAtEnd ?? false; }

  /** Whether a first page was loaded. @param {ListQuery} query */
  hasBegun(query) { return this.#of(query) !== undefined; }

  /** How many sessions matched when the server last said so. @param {ListQuery} query @returns {number|null} */
  matching(query) { return this.#of(query)?.matching ?? null; }

  /** The sessions in the server's order. @param {ListQuery} query @returns {readonly string[]} */
  ids(query) { return this.#of(query)?.ids ?? []; }

  /** The instant down to which every session that matches is loaded. @param {ListQuery} query @returns {string} */
  floor(query) {
    const loaded = this.#of(query)?.floor ?? NOTHING;
    return loaded < this.store.reach ? loaded : this.store.reach;
  }

  /** Loads the next page. @param {ListQuery} query @returns {Promise<void>} */
  async more(query) {
    const before = this.#of(query);
    // why those of the first page: a span that ends now would begin later by now, and the cursor would not belong to it
    const params = before?.params ?? query.toParams(clock.now());
    const list = await this.api.sessions({ ...params, at: this.at, limit: PAGE_SESSIONS, cursor: before?.cursor });
    if (this.#of(query) !== before) return;
    if (!this.store.mergePage(list)) await this.more(query);
    else this.#take(query, list, before, params);
  }

  /** Forgets what was loaded, so that the next page is the first one again. @param {ListQuery} query */
  restart(query) { this.#loaded.delete(query.toString()); }

  /** Asks how many sessions match now. @param {ListQuery} query */
  async count(query) {
    const { matching } = await this.api.sessions({ ...query.toParams(clock.now()), at: this.at, limit: 1 });
    const loaded = this.#of(query);
    if (loaded) loaded.matching = matching;
  }

  /** @param {ListQuery} query */
  #of(query) { return this.#loaded.get(query.toString()); }

  /** @param {ListQuery} query @param {import('./types.js').SessionList} list @param {Loaded|undefined} before @param {Loaded['params']} params */
  #take(query, list, before, params) {
    const last = list.items.at(-1);
    this.#loaded.set(query.toString(), {
      cursor: list.nextCursor,
      isAtEnd: list.nextCursor === null,
      floor: list.nextCursor === null ? '' : last ? instantOf(last) : NOTHING,
      matching: list.matching,
      ids: [...(before?.ids ?? []), ...list.items.map((session) => session.id)],
      params,
    });
  }

  /** A cursor and what was loaded before it outlive a snapshot, but not a journal. @param {string|null} journal */
  #keepWithin(journal) {
    if (this.#journal !== null && this.#journal !== journal) this.#loaded.clear();
    this.#journal = journal;
  }

  /** Reads again what a snapshot left unconfirmed, then drops what is no longer there. */
  async confirm() {
    if (this.#confirming || this.store.unconfirmed.size === 0) return;
    this.#confirming = true;
    try {
      await this.#readAgain();
      this.store.dropUnconfirmed();
    } catch {
      // why: it stays unconfirmed and on the page, and the next snapshot or frame tries again
    } finally {
      this.#confirming = false;
    }
  }

  async #readAgain() {
    let cursor = null;
    for (let page = 0; page < CONFIRM_PAGES_MAX && this.store.unconfirmed.size > 0; page += 1) {
      const list = await this.api.sessions({ limit: PAGE_SESSIONS, cursor });
      this.store.mergePage(list);
      cursor = list.nextCursor;
      if (!cursor) return;
    }
  }
}
