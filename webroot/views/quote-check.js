// @ts-check
import { essence } from '../viewer/quotes.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('./session-api.js').SessionApi} SessionApi */

const AT_ONCE = 2;

/** Looks whether quotes stand on their pages, by the text that the server read. Fires `checked` with each `page` that came in. */
export class QuoteCheck extends EventTarget {
  /** The essence of each page, null where it cannot be had. @type {Map<number, string|null>} */
  #pages = new Map();
  /** @type {Set<number>} */
  #wanted = new Set();
  #asking = 0;
  #closed = false;

  /** @param {SessionApi} api @param {string|null} documentId */
  constructor(api, documentId) {
    super();
    this.api = api;
    this.documentId = documentId;
  }

  /**
   * @param {Row} row
   * @returns {number} how many of its quotes are not on their page, as far as that is known yet
   */
  missing(row) {
    const quotes = row.quotes ?? [];
    if (this.documentId === null) return quotes.length;
    return quotes.filter(({ page, text }) => page === null || this.#lacks(page, text)).length;
  }

  /** @param {number} page @param {string} text */
  #lacks(page, text) {
    const known = this.#pages.get(page);
    if (known === undefined) this.#want(page);
    return known !== undefined && (known === null || !known.includes(essence(text)));
  }

  /** @param {number} page */
  #want(page) {
    if (this.#wanted.has(page)) return;
    this.#wanted.add(page);
    if (this.#asking < AT_ONCE) void this.#ask();
  }

  async #ask() {
    this.#asking += 1;
    for (const page of this.#wanted) {
      if (this.#closed) break;
      this.#wanted.delete(page);
      if (!this.#pages.has(page)) await this.#read(page);
    }
    this.#asking -= 1;
  }

  /** @param {number} page */
  async #read(page) {
    try {
      this.#pages.set(page, essence((await this.api.pageText(String(this.documentId), page)).text));
    } catch (error) {
      // why: what cannot be read now is not known to be wrong; only a page that does not exist is
      if (/** @type {import('../api.js').ApiError} */ (error).status !== 404) return;
      this.#pages.set(page, null);
    }
    if (!this.#closed) this.dispatchEvent(new CustomEvent('checked', { detail: page }));
  }

  close() { this.#closed = true; }
}
