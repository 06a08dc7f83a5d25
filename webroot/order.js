// @ts-check
/** @typedef {import('./types.js').Session} Session */
/** @typedef {{instant: string, tie: number}} Place */

/**
 * The ids of the sessions, newest created first, as the server lists them. The server breaks ties by the revision of
 * creation, which no summary carries; so ties follow the order in which the server named the sessions.
 */
export class SessionOrder {
  /** @type {string[]} */
  ids = [];
  /** @type {Map<string, Place>} */
  #places = new Map();
  #lowest = 0;
  #highest = 0;

  /** @param {Session} session @param {'above'|'below'} side where it goes among sessions of the same instant */
  add(session, side) {
    if (this.#places.has(session.id)) return;
    const place = { instant: instantOf(session), tie: side === 'above' ? ++this.#highest : --this.#lowest };
    this.#places.set(session.id, place);
    this.ids.splice(this.#position(place), 0, session.id);
  }

  /** @param {string} id */
  remove(id) {
    const at = this.indexOf(id);
    if (at >= 0) this.ids.splice(at, 1);
    this.#places.delete(id);
  }

  /** @param {string} id @returns {number} -1 if it is not listed */
  indexOf(id) {
    const place = this.#places.get(id);
    return place ? this.#position(place) : -1;
  }

  /** @param {Place} place @returns {number} the number of sessions above it */
  #position(place) {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = /** @type {Place} */ (this.#places.get(this.ids[middle]));
      if (isAbove(other, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * An instant as text that sorts: the server writes as many digits of the second as it needs.
 * @param {{createdAt: string}} session
 */
export function instantOf({ createdAt }) {
  const [second, fraction = ''] = createdAt.replace(/Z$/, '').split('.');
  return `${second}.${fraction.padEnd(9, '0')}`;
}

/** @param {Place} a @param {Place} b */
function isAbove(a, b) {
  return a.instant === b.instant ? a.tie > b.tie : a.instant > b.instant;
}
