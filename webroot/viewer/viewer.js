// @ts-check
import { documentHref } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts-session-parts.js';
import { openPdf } from './library.js';
import { PdfPages } from './pages.js';

/** @typedef {{id: string, filename: string, pages: number, bytes: number}} Document */
/** @typedef {{page: number, text: string|null}} Passage a quoted passage of a page, or a page of which nothing is quoted */

const words = texts.viewer;
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** The document beside the table: its pages, and on them the passage that an answer quotes. */
export class DocumentViewer {
  /** @type {Document|null} */
  #document = null;
  /** @type {Promise<PdfPages>|null} */
  #opening = null;
  /** @type {PdfPages|null} */
  #pages = null;
  #closePdf = () => {};
  /** @type {Passage[]} */
  #passages = [];
  #at = 0;
  /** Counts what was asked for, so that the last request wins. */
  #asked = 0;

  /** @param {{onHide: () => void}} listeners */
  constructor({ onHide }) {
    this.scroller = h('div', { class: 'pdf-scroller', tabindex: 0, role: 'region', 'aria-label': words.region });
    this.number = h('input', { class: 'page-number', inputmode: 'numeric', 'aria-label': words.goTo, maxlength: 5, onchange: () => this.#goTo() });
    this.count = h('span', { class: 'aside number' });
    this.smaller = this.#button('zoom-out', '−', words.zoomOut, () => this.#zoom(-1));
    this.larger = this.#button('zoom-in', '+', words.zoomIn, () => this.#zoom(1));
    this.download = h('a', { class: 'button quiet', download: true, 'data-action': 'download' }, words.download);
    this.message = h('p', { class: 'pdf-message' });
    this.quote = h('blockquote', { class: 'pdf-quote' });
    this.step = h('span', { class: 'number' });
    this.before = this.#button('quote-before', '‹', words.quoteBefore, () => this.#step(-1));
    this.after = this.#button('quote-after', '›', words.quoteAfter, () => this.#step(1));
    this.stepper = h('div', { class: 'pdf-stepper', hidden: true }, this.before, this.step, this.after);
    this.said = h('div', { class: 'pdf-said', hidden: true, role: 'status', 'data-quote': '' }, this.stepper, h('div', {}, this.message, this.quote));
    this.element = h('aside', { class: 'viewer', 'aria-label': words.heading },
      h('div', { class: 'pdf-bar' },
        h('span', { class: 'pdf-place' }, this.number, this.count), this.smaller, this.larger, this.download,
        h('button', { class: 'close', type: 'button', 'data-action': 'close-document', 'aria-label': words.hide, onclick: onHide }, '×')),
      this.said, this.scroller);
  }

  /** Names the document; it is opened when it is first seen. @param {Document} document */
  hold(document) {
    if (this.#document?.id === document.id) return;
    this.close();
    this.#document = document;
    setText(this.count, words.of(document.pages));
    setAttribute(this.download, 'href', documentHref(document.id));
    setAttribute(this.download, 'download', document.filename);
    this.number.value = '1';
  }

  /** Opens the document unless it is open. @returns {Promise<PdfPages|null>} null where it cannot be opened */
  async open() {
    try {
      this.#opening ??= this.#open();
      return await this.#opening;
    } catch (error) {
      this.#fail(/** @type {Error} */ (error));
      return null;
    }
  }

  /**
   * Shows one of the passages that an answer rests on; the others can be stepped to.
   * @param {Passage[]} passages
   * @param {number} index of the one to show
   */
  async show(passages, index) {
    this.#passages = passages;
    this.#at = index;
    await this.#showPassage();
  }

  close() {
    this.#pages?.close();
    this.#closePdf();
    this.#pages = null;
    this.#opening = null;
    this.#document = null;
    this.#asked += 1;
    this.scroller.replaceChildren();
    setHidden(this.said, true);
  }

  /** @returns {Promise<PdfPages>} */
  async #open() {
    const document = this.#document;
    if (!document) throw new Error(words.failed);
    this.scroller.replaceChildren(h('p', { class: 'message' }, words.opening));
    const { lib, pdf, close } = await openPdf(documentHref(document.id), document.bytes, (error) => this.#fail(error));
    if (this.#document !== document) {
      close();
      throw new Error(words.failed);
    }
    this.#closePdf = close;
    const pages = new PdfPages(this.scroller);
    this.#pages = pages;
    pages.addEventListener('page', () => this.#showPlace());
    await pages.fill(lib, pdf);
    this.#showPlace();
    return pages;
  }

  async #showPassage() {
    const asked = (this.#asked += 1);
    const { page, text } = this.#passages[this.#at];
    setText(this.step, words.step(this.#at + 1, this.#passages.length));
    setHidden(this.stepper, this.#passages.length < 2);
    setAttribute(this.before, 'disabled', this.#at === 0);
    setAttribute(this.after, 'disabled', this.#at === this.#passages.length - 1);
    this.#say(page, text, 'searching');
    const pages = await this.open();
    if (!pages || asked !== this.#asked) return;
    const found = await pages.mark(page, text);
    if (asked !== this.#asked) return;
    this.#say(page, text, page > pages.count ? 'no-page' : text === null ? 'none' : found ? 'found' : 'missing');
  }

  /** @param {number} page @param {string|null} text @param {'searching'|'found'|'missing'|'none'|'no-page'} outcome */
  #say(page, text, outcome) {
    setHidden(this.said, false);
    setAttribute(this.said, 'data-quote', outcome);
    setText(this.message, words.quote[outcome](page));
    const isToRead = outcome === 'missing' || outcome === 'no-page';
    setHidden(this.quote, !isToRead || text === null);
    setText(this.quote, isToRead ? text ?? '' : '');
  }

  /** @param {number} by */
  #step(by) {
    this.#at = Math.min(this.#passages.length - 1, Math.max(0, this.#at + by));
    void this.#showPassage();
  }

  #showPlace() {
    if (document.activeElement !== this.number) this.number.value = String(this.#pages?.current ?? 1);
    const zoom = this.#pages?.zoom ?? 1;
    setAttribute(this.smaller, 'disabled', zoom === ZOOMS[0]);
    setAttribute(this.larger, 'disabled', zoom === ZOOMS[ZOOMS.length - 1]);
  }

  async #goTo() {
    const pages = await this.open();
    const number = Number(this.number.value);
    if (pages && Number.isInteger(number)) pages.go(number);
    this.number.value = String(pages?.current ?? 1);
  }

  /** @param {number} by steps */
  async #zoom(by) {
    const pages = await this.open();
    if (!pages) return;
    const next = ZOOMS.indexOf(pages.zoom) + by;
    pages.zoomTo(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, next))]);
    this.#showPlace();
  }

  /** A document that cannot be read does not take the table with it. @param {Error} error */
  #fail(error) {
    this.#pages?.close();
    this.#closePdf();
    this.#pages = null;
    this.#opening = null;
    setHidden(this.said, true);
    const again = h('button', { class: 'button', type: 'button', 'data-action': 'reopen', onclick: () => this.open() }, words.again);
    const why = error.message === '401' ? words.unauthorized : words.failed;
    this.scroller.replaceChildren(h('div', { class: 'message', 'data-document-failed': true }, h('p', {}, why), again));
  }

  /** @param {string} action @param {string} text @param {string} label @param {() => void} act */
  #button(action, text, label, act) {
    return h('button', { class: 'button quiet square', type: 'button', 'data-action': action, 'aria-label': label, title: label, onclick: act }, text);
  }
}
