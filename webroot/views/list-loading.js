// @ts-check
/** @typedef {import('../pager.js').Pager} Pager */
/** @typedef {import('../types.js').ListSource} ListSource */
/** @typedef {import('../list-query.js').ListQuery} ListQuery */

/** A list that is shorter than this, although there is more, loads it by itself. */
const FIRST_ROWS = 50;
/** What fits into one page is loaded whole by itself. */
const WHOLE_MAX = 500;

/** Loads what the page does not hold, one page at a time. */
export class ListLoading {
  isBusy = false;
  /** The question whose first page could not be loaded: only somebody's wish tries it again. @type {ListQuery|null} */
  #failed = null;

  /** @param {(error: unknown) => void} fail */
  constructor(fail) { this.fail = fail; }

  /**
   * Whether the first sessions have to be asked for, because the snapshot cannot hold what the query asks for.
   * @param {{query: ListQuery, pager: Pager, source: ListSource, held: number, matching: number}} list
   */
  isDue({ query, pager, source, held, matching }) {
    if (!source.counts || this.isBusy || this.#failed === query || pager.hasBegun(query)) return false;
    const isHeldWhole = source.reach === '' && !query.isOrderedByServer;
    const wanted = matching <= WHOLE_MAX ? matching : FIRST_ROWS;
    return !isHeldWhole && !(query.isCounted && held >= wanted);
  }

  /** @param {ListQuery} query @param {Pager} pager */
  async more(query, pager) {
    this.isBusy = true;
    try {
      await pager.more(query);
      this.#failed = null;
    } catch (error) {
      this.#failed = query;
      this.fail(error);
    } finally {
      this.isBusy = false;
    }
  }
}
