// @ts-check
/** Rows do not move while somebody aims at one. */
const AIMING_MILLIS = 1_000;
/** As far from the top as this, new rows still enter above. */
const TOP_PIXELS = 8;

/** Whether somebody looks at the top of a list and aims at none of its rows, so that rows may move. */
export class Aim {
  #aimedAt = 0;
  #pressed = false;

  /** @param {HTMLElement} rows @param {() => void} onTop called when somebody scrolled to the top */
  constructor(rows, onTop) {
    rows.addEventListener('pointermove', () => { this.#aimedAt = Date.now(); }, { passive: true });
    rows.addEventListener('pointerdown', () => { this.#pressed = true; });
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => { this.#pressed = false; });
    addEventListener('scroll', () => this.#isAtTop && rows.isConnected && onTop(), { passive: true });
  }

  get mayMove() { return this.#isAtTop && !this.#pressed && Date.now() - this.#aimedAt >= AIMING_MILLIS; }

  /** Somebody asked for the rows to move. */
  forget() { this.#aimedAt = 0; }

  get #isAtTop() { return scrollY <= TOP_PIXELS; }
}
