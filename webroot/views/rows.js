// @ts-check
import { h, reconcile } from '../dom.js';

/** So many rows are all in the document; of more only those near the window are. */
const WHOLE_MAX = 500;
/** Rows above and below the window that are in the document, too. */
const MARGIN = 40;
/** The window moves in steps, so that scrolling does not touch the document with every pixel. */
const STEP = 20;
/** Rows that were made and are out of the document are kept so many; scrolling back is then free. */
const KEPT_MAX = 600;

/**
 * The rows of a list, of which only those near the window are in the document. All rows are of one height, so what is
 * left out is as much padding.
 * @template {{element: HTMLElement}} R
 */
export class Rows {
  /** @type {readonly string[]} */
  ids = [];
  /** Rows that were made, in the document or not. @type {Map<string, R>} */
  #made = new Map();
  /** Ids in the document. @type {Set<string>} */
  #attached = new Set();
  #height = 50;
  #first = 0;
  #last = 0;
  #due = false;

  /** @param {(id: string) => R} make @param {(row: R, id: string, place: number) => void} show brings a row up to date */
  constructor(make, show) {
    this.make = make;
    this.show = show;
    this.element = h('tbody', { role: 'rowgroup' });
    const onMove = () => this.#schedule();
    addEventListener('scroll', onMove, { passive: true });
    addEventListener('resize', onMove);
  }

  /** @param {string} id @returns {R|undefined} the row if it is in the document */
  attached(id) { return this.#attached.has(id) ? this.#made.get(id) : undefined; }

  /** @returns {Iterable<string>} ids in the document */
  get attachedIds() { return this.#attached; }

  /** @param {readonly string[]} ids all rows, in this order */
  set(ids) {
    this.ids = ids;
    this.render();
  }

  /** Forgets rows that will not come back. @param {string} id */
  forget(id) { this.#made.delete(id); }

  /** @returns {{first: number, last: number}} places of the rows that somebody sees; for 0 rows last is -1 */
  get visible() {
    const top = this.element.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-top / this.#height));
    return { first, last: Math.min(this.ids.length - 1, Math.floor((innerHeight - top) / this.#height)) };
  }

  /** Scrolls no more than needed. @param {number} place */
  scrollTo(place) {
    const bar = 120;
    const top = this.element.getBoundingClientRect().top + place * this.#height;
    if (top < bar) scrollBy(0, top - bar);
    else if (top + 2 * this.#height > innerHeight) scrollBy(0, top + 2 * this.#height - innerHeight);
    this.render();
  }

  render() {
    this.#findWindow();
    const wanted = this.ids.slice(this.#first, this.#last);
    const rows = wanted.map((id, at) => this.#row(id, this.#first + at));
    reconcile(this.element, rows.map((row) => row.element));
    this.#attached = new Set(wanted);
    this.#pad();
    this.#prune();
  }

  /** @param {string} id @param {number} place */
  #row(id, place) {
    let row = this.#made.get(id);
    if (!row) this.#made.set(id, row = this.make(id));
    this.show(row, id, place);
    return row;
  }

  #findWindow() {
    const number = this.ids.length;
    if (number <= WHOLE_MAX) {
      this.#first = 0;
      this.#last = number;
      return;
    }
    this.#measure();
    const { first, last } = this.visible;
    this.#first = Math.max(0, Math.min(number, stepped(first - MARGIN)));
    this.#last = Math.min(number, Math.max(stepped(last + MARGIN + STEP), this.#first + STEP));
  }

  /** Two rows that follow one another tell the height with all that is between them. */
  #measure() {
    const [one, other] = /** @type {HTMLElement[]} */ ([...this.element.children].slice(0, 2));
    if (other && other.offsetTop > one.offsetTop) this.#height = other.offsetTop - one.offsetTop;
  }

  #pad() {
    const { style } = this.element;
    const above = `${this.#first * this.#height}px`;
    const below = `${(this.ids.length - this.#last) * this.#height}px`;
    if (style.paddingTop !== above) style.paddingTop = above;
    if (style.paddingBottom !== below) style.paddingBottom = below;
  }

  #prune() {
    if (this.#made.size <= Math.max(KEPT_MAX, 2 * this.#attached.size)) return;
    for (const id of this.#made.keys()) if (!this.#attached.has(id)) this.#made.delete(id);
  }

  #schedule() {
    if (this.#due || this.ids.length <= WHOLE_MAX || !this.element.isConnected) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      const { first, last } = this.visible;
      const isNear = first - MARGIN / 2 >= this.#first && last + MARGIN / 2 <= this.#last;
      const isAtEdge = (this.#first === 0 || first - MARGIN / 2 >= this.#first) && (this.#last === this.ids.length || last + MARGIN / 2 <= this.#last);
      if (!isNear && !isAtEdge) this.render();
    });
  }
}

/** @param {number} place */
function stepped(place) { return Math.floor(place / STEP) * STEP; }
