// @ts-check
import { documentHref } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { fullTime } from '../format.js';
import { texts } from '../texts-session.js';
import { Meter } from './meter.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('../viewer/viewer.js').Passage} Passage */

const words = texts.table;

/** One question of the unitary table with what was found, patched in place. */
export class ResultRow {
  /** What the text filter looks at, in lower case. */
  searchable = '';
  /** Quotes that are not on their page, as far as that is known. */
  missingQuotes = 0;

  /** @param {Row} row @param {string|null} documentId */
  constructor(row, documentId) {
    this.row = row;
    this.documentId = documentId;
    this.answer = h('p', { class: 'answer-text', dir: 'auto' });
    this.verdict = h('p', { class: 'verdict', hidden: true });
    this.original = h('p', { class: 'footnote', hidden: true, dir: 'auto' });
    this.footnote = h('p', { class: 'footnote', hidden: true, dir: 'auto' });
    this.quotesLabel = h('summary', {});
    this.quotes = h('div', { class: 'quote-list' });
    this.details = h('details', { class: 'quotes', hidden: true, ontoggle: () => this.#fillQuotes() }, this.quotesLabel, this.quotes);
    this.pages = h('td', { role: 'cell', class: 'pages' });
    this.confidence = new Meter(words.columns.confidence, 'confidence');
    this.answerCell = h('td', { role: 'cell', class: 'answer' }, this.answer, this.verdict, this.original, this.footnote, this.details);
    this.element = h('tr', { role: 'row', 'data-question': row.questionId, tabindex: -1 },
      h('td', { role: 'cell', class: 'id number' }, row.questionId),
      h('td', { role: 'cell', class: 'question', dir: 'auto' }, row.question),
      this.answerCell, this.pages,
      h('td', { role: 'cell', class: 'confidence' }, this.confidence.element));
    this.show(row);
  }

  /** @param {Row} row */
  show(row) {
    const before = this.row;
    this.row = row;
    setAttribute(this.element, 'data-status', row.status);
    setAttribute(this.element, 'data-verdict', row.review?.verdict);
    if (before.status !== row.status) this.element.classList.add('fresh');
    setText(this.answer, answerOf(row));
    setHidden(this.footnote, !row.footnote);
    setText(this.footnote, row.footnote ?? '');
    this.confidence.setFraction(row.status === 'pending' ? null : row.confidence);
    this.#showReview(row);
    this.#showPages(pagesOf(row));
    this.#showQuotes(row.quotes ?? []);
    const { review } = row;
    this.searchable = [row.questionId, row.question, review?.correctedAnswer, row.answer, row.footnote, review?.reason].join('\n').toLowerCase();
  }

  /** @param {number} missing quotes that are not on their page */
  setMissing(missing) {
    if (missing === this.missingQuotes) return;
    this.missingQuotes = missing;
    setAttribute(this.element, 'data-unverified', missing > 0);
    setText(this.quotesLabel, words.quotes(this.row.quotes?.length ?? 0, missing));
  }

  /**
   * What the answer rests on: its quotes, then the cited pages of which it quotes nothing.
   * @returns {Passage[]}
   */
  passages() {
    const quotes = (this.row.quotes ?? []).flatMap(({ page, text }) => (page === null ? [] : [{ page, text }]));
    const quoted = new Set(quotes.map(({ page }) => page));
    return [...quotes, ...pagesOf(this.row).filter((page) => !quoted.has(page)).map((page) => ({ page, text: null }))];
  }

  /** @param {Row} row */
  #showReview({ review, answer, pages }) {
    setHidden(this.verdict, !review);
    setHidden(this.original, review?.verdict !== 'corrected');
    if (!review) return;
    setText(this.verdict, words.verdict[review.verdict](review.by) + (review.reason ? words.because(review.reason) : ''));
    setAttribute(this.verdict, 'title', fullTime(review.at));
    if (review.verdict !== 'corrected') return;
    const cited = review.correctedPages.length > 0 && pages?.length ? words.originalPages(pages.join(', ')) : '';
    setText(this.original, words.original(answer ?? texts.never) + cited);
  }

  /** @param {number[]} pages */
  #showPages(pages) {
    const key = pages.join();
    if (this.pages.dataset.pages === key) return;
    this.pages.dataset.pages = key;
    this.pages.replaceChildren(...pages.map((page) => this.#citation(page, null)));
  }

  /** @param {{page: number|null, text: string}[]} quotes */
  #showQuotes(quotes) {
    const key = JSON.stringify(quotes);
    if (this.details.dataset.quotes === key) return;
    this.details.dataset.quotes = key;
    this.missingQuotes = 0;
    setHidden(this.details, quotes.length === 0);
    setText(this.quotesLabel, words.quotes(quotes.length, 0));
    this.quotes.replaceChildren();
    this.#fillQuotes();
  }

  /** Quotes are built when somebody looks at them: a long table has thousands. */
  #fillQuotes() {
    if (!this.details.open || this.quotes.childElementCount > 0) return;
    this.quotes.replaceChildren(...(this.row.quotes ?? []).map(({ page, text }, index) =>
      h('figure', {}, h('blockquote', { dir: 'auto' }, text), page === null ? null : h('figcaption', {}, this.#citation(page, index)))));
  }

  /** @param {number} page @param {number|null} quote which quote it belongs to */
  #citation(page, quote) {
    const label = words.page(page);
    if (this.documentId === null) return h('span', { class: 'chip' }, label);
    return h('a', {
      class: 'chip', href: documentHref(this.documentId, page), target: '_blank', rel: 'noopener',
      'aria-label': `${label}: ${words.openPage(page)}`, 'data-page': page, 'data-quote-index': quote,
    }, label);
  }
}

/** @param {Row} row @returns {string} what stands, as people correct it */
export function answerOf(row) {
  return row.review?.correctedAnswer ?? row.answer ?? (row.status === 'answered' ? '' : words.status[row.status]);
}

/** @param {Row} row @returns {number[]} */
export function pagesOf({ review, pages }) { return review?.correctedPages.length ? review.correctedPages : pages ?? []; }
