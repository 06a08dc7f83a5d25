// @ts-check
/** @typedef {import('./rows.js').Rows<import('./list-row.js').ListRow>} ListRows */

/** The row that the keyboard is at. */
export class Cursor {
  /** @type {string|null} */
  #id = null;

  /** @param {ListRows} rows */
  constructor(rows) { this.rows = rows; }

  /** @param {string} id */
  isAt(id) { return id === this.#id; }

  /** @param {string} id of a row that goes */
  drop(id) {
    if (this.isAt(id)) this.#id = null;
  }

  /** Moves on from where it is, or begins at the first row that somebody sees. @param {number} by */
  move(by) {
    const { ids } = this.rows;
    if (ids.length === 0) return;
    const from = this.#id === null ? -1 : ids.indexOf(this.#id);
    const place = Math.max(0, Math.min(ids.length - 1, from < 0 ? this.rows.visible.first : from + by));
    this.#id = ids[place];
    this.rows.scrollTo(place);
    this.rows.attached(this.#id)?.focus();
    for (const id of this.rows.attachedIds) this.rows.attached(id)?.setCursor(this.isAt(id));
  }

  /** The session that keys act on: where the focus or the keyboard's place is. @returns {string|null} */
  get current() {
    const focused = /** @type {HTMLElement|null|undefined} */ (document.activeElement?.closest('[data-session]'));
    return focused?.dataset.session ?? this.#id;
  }
}
