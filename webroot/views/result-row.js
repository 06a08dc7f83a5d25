// @ts-check
import { documentHref } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Meter } from './meter.js';

/** @typedef {import('../types.js').Row} Row */

const words = texts.table;

/** One question of the unitary table with what was found, patched in place. */
export class ResultRow {
  /** What the text filter looks at, in lower case. */
  searchable = '';

  /** @param {Row} row @param {string|null} documentId */
  constructor(row, documentId) {
    this.row = row;
    this.documentId = documentId;
    this.answer = h('p', { class: 'answer-text' });
    this.original = h('p', { class: 'footnote' });
    this.footnote = h('p', { class: 'footnote' });
    this.quotesLabel = h('summary', {});
    this.quotes = h('div', { class: 'quote-list' });
    this.details = h('details', { class: 'quotes' }, this.quotesLabel, this.quotes);
    this.pages = h('td', { role: 'cell', class: 'pages' });
    this.confidence = new Meter(words.columns.confidence, 'confidence');
    this.element = h('tr', { role: 'row', 'data-question': row.questionId },
      h('td', { role: 'cell', class: 'id number' }, row.questionId),
      h('td', { role: 'cell', class: 'question' }, row.question),
      h('td', { role: 'cell', class: 'answer' }, this.answer, this.original, this.footnote, this.details),
      this.pages,
      h('td', { role: 'cell', class: 'confidence' }, this.confidence.element));
    this.show(row);
  }

  /** @param {Row} row */
  show(row) {
    const before = this.row;
    this.row = row;
    setAttribute(this.element, 'data-status', row.status);
    if (before.status !== row.status) this.element.classList.add('fresh');
    const corrected = row.review?.correctedAnswer ?? null;
    setText(this.answer, corrected ?? row.answer ?? (row.status === 'answered' ? '' : words.status[row.status]));
    setHidden(this.original, corrected === null);
    if (corrected !== null) setText(this.original, `${words.corrected(row.review?.by)}. ${words.original(row.answer ?? texts.never)}`);
    setHidden(this.footnote, !row.footnote);
    setText(this.footnote, row.footnote ?? '');
    this.confidence.setFraction(row.status === 'pending' ? null : row.confidence);
    this.#showPages(row.pages ?? []);
    this.#showQuotes(row.quotes ?? []);
    this.searchable = [row.questionId, row.question, corrected, row.answer, row.footnote].join('\n').toLowerCase();
  }

  /** @param {number[]} pages */
  #showPages(pages) {
    const key = pages.join();
    if (this.pages.dataset.pages === key) return;
    this.pages.dataset.pages = key;
    this.pages.replaceChildren(...pages.map((page) => this.#citation(page)));
  }

  /** @param {{page: number|null, text: string}[]} quotes */
  #showQuotes(quotes) {
    setHidden(this.details, quotes.length === 0);
    const key = JSON.stringify(quotes);
    if (this.details.dataset.quotes === key) return;
    this.details.dataset.quotes = key;
    setText(this.quotesLabel, words.quotes(quotes.length));
    this.quotes.replaceChildren(...quotes.map(({ page, text }) =>
      h('figure', {}, h('blockquote', {}, text), page === null ? null : h('figcaption', {}, this.#citation(page)))));
  }

  /** @param {number} page */
  #citation(page) {
    const label = words.page(page);
    if (this.documentId === null) return h('span', { class: 'chip' }, label);
    return h('a', {
      class: 'chip', href: documentHref(this.documentId, page), target: '_blank', rel: 'noopener',
      'aria-label': `${label}: ${words.openPage(page)}`, 'data-page': page,
    }, label);
  }
}
