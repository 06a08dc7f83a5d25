// @ts-check
import { h, setAttribute } from '../dom.js';
import { texts } from '../texts-session-parts.js';
import { PageText } from './quotes.js';

const PIXELS_MAX = 1 << 24;
const PIXEL_RATIO_MAX = 2;
/** Pieces of text whose baselines differ by less are on one line; in points. */
const LINE_POINTS = 2;

/** One page of a document: a place of its size, and, while it is near the eye, its picture, text and marks. */
export class PdfPage {
  /** What is being drawn or stands drawn; null where the page is only a place. @type {{scale: number, done: Promise<void>, cancel: () => void}|null} */
  #drawing = null;
  /** @type {HTMLElement[]} the pieces of text, as the library laid them out */
  #pieces = [];
  /** @type {PageText|null} */
  #text = null;
  /** @type {string|null} */
  #quote = null;
  #isSized = false;

  /** @param {any} lib @param {any} pdf @param {number} number 1-based @param {{width: number, height: number}} size in points */
  constructor(lib, pdf, number, size) {
    this.lib = lib;
    this.pdf = pdf;
    this.number = number;
    this.size = size;
    this.marks = h('div', { class: 'pdf-marks' });
    this.element = h('div', { class: 'pdf-page', 'data-page': number, role: 'group', 'aria-label': texts.viewer.pageLabel(number) });
  }

  /** @param {number} scale in pixels a point */
  resize(scale) {
    this.element.style.setProperty('--scale-factor', String(scale));
    this.element.style.width = `${Math.floor(this.size.width * scale)}px`;
    this.element.style.height = `${Math.floor(this.size.height * scale)}px`;
  }

  /** Draws the page unless it stands there at that scale. @param {number} scale @returns {Promise<void>} */
  draw(scale) {
    if (this.#drawing?.scale === scale) return this.#drawing.done;
    this.release();
    const state = { scale, done: Promise.resolve(), cancel: () => {} };
    this.#drawing = state;
    state.done = this.#draw(state);
    return state.done;
  }

  get isDrawn() { return this.#drawing !== null; }

  /** Leaves no more than the place. */
  release() {
    this.#drawing?.cancel();
    this.#drawing = null;
    this.#pieces = [];
    this.#text = null;
    for (const canvas of this.element.querySelectorAll('canvas')) canvas.width = canvas.height = 0;
    this.element.replaceChildren();
    setAttribute(this.element, 'data-drawn', false);
  }

  /**
   * Marks a passage, or takes the mark away.
   * @param {string|null} quote
   * @returns {Element|null} the first mark; null where the passage is not on the page
   */
  mark(quote) {
    this.#quote = quote;
    return this.#showMarks();
  }

  /** @param {{scale: number, cancel: () => void}} state */
  async #draw(state) {
    const page = await this.pdf.getPage(this.number);
    const isCurrent = () => this.#drawing === state;
    if (!isCurrent()) return;
    this.#takeSize(page, state.scale);
    const viewport = page.getViewport({ scale: state.scale });
    const canvas = canvasFor(viewport);
    const context = canvas.getContext('2d', { alpha: false });
    const ratio = canvas.width / viewport.width;
    const task = page.render({ canvasContext: context, viewport, transform: [ratio, 0, 0, canvas.height / viewport.height, 0, 0], background: 'white' });
    const layer = h('div', { class: 'pdf-text' });
    const content = await page.getTextContent();
    const text = new this.lib.TextLayer({ textContentSource: content, container: layer, viewport });
    state.cancel = () => { task.cancel(); text.cancel(); page.cleanup(); };
    if (!isCurrent()) return state.cancel();
    this.element.replaceChildren(canvas, this.marks, layer);
    const drawn = await Promise.allSettled([task.promise, text.render()]);
    if (!isCurrent()) return;
    this.#pieces = text.textDivs;
    this.#text = new PageText(text.textContentItemsStr, ordersOf(content.items));
    this.#showMarks();
    setAttribute(this.element, 'data-drawn', drawn[0].status === 'fulfilled');
  }

  /** A page may be of another size than the first, by which its place was made. @param {any} page @param {number} scale */
  #takeSize(page, scale) {
    if (this.#isSized) return;
    this.#isSized = true;
    const { width, height } = page.getViewport({ scale: 1 });
    this.size = { width, height };
    this.resize(scale);
  }

  #showMarks() {
    this.marks.replaceChildren();
    if (this.#quote === null || this.#text === null) return null;
    const frame = this.element.getBoundingClientRect();
    const boxes = this.#text.find(this.#quote).flatMap((stretch) => this.#boxesOf(stretch));
    this.marks.replaceChildren(...lines(boxes).map((box) => markAt(box, frame)));
    return this.marks.firstElementChild;
  }

  /** @param {import('./quotes.js').Stretch} stretch @returns {DOMRect[]} */
  #boxesOf({ piece, from, to }) {
    const node = this.#pieces[piece].firstChild;
    if (!node) return [];
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()];
  }
}

/** @param {any} viewport */
function canvasFor(viewport) {
  const fitting = Math.sqrt(PIXELS_MAX / (viewport.width * viewport.height));
  const ratio = Math.min(devicePixelRatio || 1, PIXEL_RATIO_MAX, fitting);
  return h('canvas', { width: Math.floor(viewport.width * ratio), height: Math.floor(viewport.height * ratio), 'aria-hidden': 'true' });
}

/** The pieces as the document has them, and as the eye reads them: line by line, each from left to right. @param {any[]} items */
function ordersOf(items) {
  const plain = items.map((item, index) => index);
  const lineOf = (/** @type {number} */ i) => Math.round(items[i].transform[5] / LINE_POINTS);
  const read = [...plain].sort((a, b) => lineOf(b) - lineOf(a) || items[a].transform[4] - items[b].transform[4]);
  return [plain, read];
}

/** One box for what stands side by side. @param {DOMRect[]} boxes */
function lines(boxes) {
  /** @type {DOMRect[]} */
  const merged = [];
  for (const box of boxes.filter(({ width }) => width > 0)) {
    const last = merged[merged.length - 1];
    if (last && Math.abs(last.bottom - box.bottom) < last.height / 2 && box.left <= last.right + last.height) {
      merged[merged.length - 1] = union(last, box);
    } else {
      merged.push(box);
    }
  }
  return merged;
}

/** @param {DOMRect} a @param {DOMRect} b */
function union(a, b) {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  return new DOMRect(left, top, Math.max(a.right, b.right) - left, Math.max(a.bottom, b.bottom) - top);
}

/** @param {DOMRect} box @param {DOMRect} frame */
function markAt(box, frame) {
  const mark = h('div', { class: 'pdf-mark', 'data-mark': true });
  mark.style.left = `${(100 * (box.left - frame.left)) / frame.width}%`;
  mark.style.top = `${(100 * (box.top - frame.top)) / frame.height}%`;
  mark.style.width = `${(100 * box.width) / frame.width}%`;
  mark.style.height = `${(100 * box.height) / frame.height}%`;
  return mark;
}
