// @ts-check
/** @typedef {import('./api.js').Api} Api */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./types.js').SessionState} SessionState */

/** The most that one request may ask for. */
const PAGE_SESSIONS = 500;
/** A snapshot leaves at most so many pages to be confirmed. */
const CONFIRM_PAGES_MAX = 20;

/** Loads what the snapshot does not hold: older sessions, page by page, for each filter from the top. */
export class Pager {
  /** @type {Map<SessionState|null, string|null>} filter to the next page; null at the end */
  #next = new Map();
  #confirming = false;

  /** @param {Store} store @param {Api} api */
  constructor(store, api) {
    this.store = store;
    this.api = api;
    store.addEventListener('replaced', () => this.#next.clear());
  }

  /** @param {SessionState|null} state @returns {boolean} */
  isAtEnd(state) { return this.#next.get(state) === null; }

  /** @param {SessionState|null} state @returns {Promise<void>} */
  async more(state) {
    const list = await this.api.sessions({ state, limit: PAGE_SESSIONS, cursor: this.#next.get(state) });
    if (!this.store.mergePage(list)) return this.more(state);
    this.#next.set(state, list.nextCursor ?? null);
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
