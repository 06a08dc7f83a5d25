// @ts-check
import { h } from '../dom.js';
import { PdfPage } from './page.js';

/** Pages that stand drawn at most; a picture of a page takes some megabytes. */
const DRAWN_MAX = 8;
/** Pages are drawn before they come into view, so far ahead. */
const AHEAD = '75% 0px';
const SETTLE_MILLIS = 120;
const PADDING_PIXELS = 24;

/**
 * The pages of one document under each other. Each has its place from the start; only those near the eye are drawn.
 * Fires `page` when another page is the current one, and `drawn` after one was drawn.
 */
export class PdfPages extends EventTarget {
  current = 1;
  #zoom = 1;
  #scale = 1;
  /** @type {PdfPage[]} */
  #pages = [];
  /** @type {Set<PdfPage>} */
  #near = new Set();
  #drawing = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #settling;

  /** @param {HTMLElement} scroller */
  constructor(scroller) {
    super();
    this.scroller = scroller;
    this.list = h('div', { class: 'pdf-pages' });
    scroller.replaceChildren(this.list);
    this.seen = new IntersectionObserver((entries) => this.#see(entries), { root: scroller, rootMargin: AHEAD });
    this.sized = new ResizeObserver(() => this.#settle());
    this.onScroll = () => this.#findCurrent();
    scroller.addEventListener('scroll', this.onScroll, { passive: true });
  }

  /** @param {any} lib @param {any} pdf */
  async fill(lib, pdf) {
    const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
    this.#pages = Array.from({ length: pdf.numPages }, (_, i) => new PdfPage(lib, pdf, i + 1, { width, height }));
    this.#fit();
    this.list.replaceChildren(...this.#pages.map(({ element }) => element));
    for (const { element } of this.#pages) this.seen.observe(element);
    this.sized.observe(this.scroller);
  }

  get count() { return this.#pages.length; }
  get zoom() { return this.#zoom; }

  /** @param {number} zoom 1 is as wide as the place allows */
  zoomTo(zoom) {
    this.#zoom = zoom;
    this.#rescale();
  }

  /** Goes to a page. @param {number} number @returns {PdfPage|undefined} undefined where there is no such page */
  go(number) {
    const page = this.#pages[number - 1];
    if (page) this.scroller.scrollTop = page.element.offsetTop - this.list.offsetTop - PADDING_PIXELS / 2;
    this.#findCurrent();
    return page;
  }

  /**
   * Goes to a page and marks a passage there.
   * @param {number} number
   * @param {string|null} quote
   * @returns {Promise<boolean>} whether the passage was found
   */
  async mark(number, quote) {
    for (const page of this.#pages) if (page.number !== number) page.mark(null);
    const page = this.go(number);
    if (!page) return false;
    await page.draw(this.#scale);
    const mark = page.mark(quote);
    if (mark) this.#center(mark);
    return mark !== null;
  }

  close() {
    this.seen.disconnect();
    this.sized.disconnect();
    clearTimeout(this.#settling);
    this.scroller.removeEventListener('scroll', this.onScroll);
    for (const page of this.#pages) page.release();
    this.#pages = [];
    this.#near.clear();
  }

  /** @param {Element} mark */
  #center(mark) {
    const box = mark.getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    const isInView = box.top >= frame.top && box.bottom <= frame.bottom;
    if (!isInView) this.scroller.scrollTop += box.top - frame.top - frame.height / 3;
    if (box.left < frame.left || box.right > frame.right) this.scroller.scrollLeft += box.left - frame.left - PADDING_PIXELS;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #see(entries) {
    for (const { target, isIntersecting } of entries) {
      const page = this.#pages[Number(/** @type {HTMLElement} */ (target).dataset.page) - 1];
      if (isIntersecting) this.#near.add(page);
      else this.#near.delete(page);
    }
    void this.#drawNear();
  }

  /** Draws one page after the other, the nearest first, and lets go of those that are farthest. */
  async #drawNear() {
    if (this.#drawing) return;
    this.#drawing = true;
    /** @type {Set<PdfPage>} */
    const tried = new Set();
    for (;;) {
      const due = [...this.#near].filter((page) => !tried.has(page)).sort((a, b) => this.#distance(a) - this.#distance(b))[0];
      if (!due) break;
      tried.add(due);
      this.#releaseFar();
      await due.draw(this.#scale).catch(() => {});
      this.dispatchEvent(new Event('drawn'));
    }
    this.#drawing = false;
  }

  #releaseFar() {
    const drawn = this.#pages.filter((page) => page.isDrawn && !this.#near.has(page));
    drawn.sort((a, b) => this.#distance(b) - this.#distance(a));
    for (const page of drawn.slice(0, Math.max(0, drawn.length + this.#near.size - DRAWN_MAX))) page.release();
  }

  /** @param {PdfPage} page */
  #distance({ number }) { return Math.abs(number - this.current); }

  #findCurrent() {
    const middle = this.scroller.scrollTop + this.scroller.clientHeight / 3;
    let low = 0;
    let high = this.#pages.length - 1;
    while (low < high) {
      const half = (low + high + 1) >> 1;
      if (this.#pages[half].element.offsetTop - this.list.offsetTop <= middle) low = half;
      else high = half - 1;
    }
    if (this.#pages.length === 0 || low + 1 === this.current) return;
    this.current = low + 1;
    this.dispatchEvent(new Event('page'));
  }

  /** A place that is being resized is drawn anew when it rests. */
  #settle() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#rescale(), SETTLE_MILLIS);
  }

  #fit() {
    const width = Math.max(120, this.scroller.clientWidth - PADDING_PIXELS);
    this.#scale = (this.#zoom * width) / this.#pages[0].size.width;
    for (const page of this.#pages) page.resize(this.#scale);
  }

  #rescale() {
    if (this.#pages.length === 0 || this.scroller.clientWidth === 0) return;
    const before = this.#scale;
    const { current } = this;
    const { element } = this.#pages[current - 1];
    const within = (this.scroller.scrollTop - (element.offsetTop - this.list.offsetTop)) / element.offsetHeight;
    this.#fit();
    if (this.#scale === before) return;
    this.scroller.scrollTop = element.offsetTop - this.list.offsetTop + within * element.offsetHeight;
    for (const page of this.#pages) if (page.isDrawn && !this.#near.has(page)) page.release();
    void this.#drawNear();
  }
}
