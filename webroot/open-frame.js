// @ts-check
/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Row} Row */

/** What came of the next frame so far; nothing of it counts before its `frame` event. */
export class OpenFrame {
  /** @type {Map<string, Session>} */
  sessions = new Map();
  /** @type {Map<string, string>} */
  removed = new Map();
  /** @type {Map<string, Row[]>} */
  rows = new Map();

  /** @param {string} type @param {any} data */
  add(type, data) {
    if (type === 'session') this.sessions.set(data.session.id, data.session);
    if (type === 'removed') this.removed.set(data.id, data.reason);
    if (type === 'row') this.#rowsOf(data.sessionId).push(data.row);
    return /** @type {const} */ ('buffered');
  }

  /** @param {string} sessionId */
  #rowsOf(sessionId) {
    const rows = this.rows.get(sessionId) ?? [];
    this.rows.set(sessionId, rows);
    return rows;
  }
}
