// @ts-check
/**
 * The sessions that somebody picked, by id. Fires `change`. It survives whatever happens to the rows; sessions that are
 * removed leave it.
 */
export class Selection extends EventTarget {
  /** @type {Set<string>} */
  ids = new Set();
  /** Instead of single sessions: all that match, as many as were seen. @type {{query: import('./list-query.js').ListQuery, count: number}|null} */
  all = null;

  get isEmpty() { return this.ids.size === 0 && this.all === null; }

  /** @param {string} id */
  has(id) { return this.all !== null || this.ids.has(id); }

  /** @param {string} id @param {boolean} isPicked */
  set(id, isPicked) {
    if (this.ids.has(id) === isPicked && this.all === null) return;
    this.all = null;
    if (isPicked) this.ids.add(id);
    else this.ids.delete(id);
    this.#changed();
  }

  /** @param {Iterable<string>} ids */
  pick(ids) {
    this.all = null;
    this.ids = new Set(ids);
    this.#changed();
  }

  /** @param {import('./list-query.js').ListQuery} query @param {number} count */
  pickAll(query, count) {
    this.all = { query, count };
    this.#changed();
  }

  clear() {
    if (this.isEmpty) return;
    this.all = null;
    this.ids.clear();
    this.#changed();
  }

  /** @param {Iterable<string>} ids that are gone */
  drop(ids) {
    const before = this.ids.size;
    for (const id of ids) this.ids.delete(id);
    if (this.ids.size < before) this.#changed();
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
