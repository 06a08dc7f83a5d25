// @ts-check
import { h, setText } from '../dom.js';
import { texts } from '../texts-session.js';
import { answerOf, pagesOf } from './result-row.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {{verdict: 'accepted'|'corrected'|'rejected', correctedAnswer?: string, correctedPages?: number[], reason?: string}} Opinion */
/** @typedef {{answer: string, pages: string, reason: string}} Draft */

const words = texts.review;
const ANSWER_MAX = 20_000;
const REASON_MAX = 500;
const PAGES_MAX = 5;

/** Where a person writes the correction of a row, or why it is rejected. What was written survives a reload. */
export class ReviewEditor {
  /**
   * @param {string} key of the draft
   * @param {Row} row
   * @param {'corrected'|'rejected'} verdict
   * @param {number|null} pages of the document
   * @param {{save: (opinion: Opinion) => void, cancel: () => void}} listeners
   */
  constructor(key, row, verdict, pages, { save, cancel }) {
    this.key = `holdfast.draft.${key}.${verdict}`;
    this.verdict = verdict;
    this.pageMax = pages;
    const draft = this.#draft() ?? draftOf(row);
    this.answer = h('textarea', { name: 'correctedAnswer', rows: 3, maxlength: ANSWER_MAX, dir: 'auto' }, draft.answer);
    this.pages = h('input', { name: 'correctedPages', type: 'text', inputmode: 'numeric', autocomplete: 'off', value: draft.pages });
    this.reason = h('input', { name: 'reason', type: 'text', maxlength: REASON_MAX, autocomplete: 'off', value: draft.reason });
    this.error = h('p', { class: 'error', role: 'alert' });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const opinion = this.#opinion();
      if (opinion) save(opinion);
    };
    this.element = h('form', { class: 'review-editor', onsubmit: submit, oninput: () => this.#keep(), onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') { event.stopPropagation(); cancel(); }
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
    } },
    verdict === 'corrected' && h('label', { class: 'field' }, words.answer, this.answer),
    verdict === 'corrected' && h('label', { class: 'field' }, words.pages, this.pages),
    h('label', { class: 'field' }, words.reason, this.reason), this.error,
    h('div', { class: 'buttons' },
      h('button', { class: 'button primary', type: 'submit', 'data-action': `save-${verdict}` }, verdict === 'corrected' ? words.save : words.reject),
      h('button', { class: 'button', type: 'button', 'data-action': 'cancel-review', onclick: cancel }, words.cancel)));
  }

  focus() { (this.verdict === 'corrected' ? this.answer : this.reason).focus(); }

  /** @param {string} text */
  fail(text) { setText(this.error, text); }

  /** The draft has become a review, or was given up. */
  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // There is nothing to forget where nothing is kept.
    }
  }

  /** @returns {Opinion|null} null, with the reason shown, where it is not whole */
  #opinion() {
    const reason = this.reason.value.trim();
    /** @type {Opinion} */
    const opinion = { verdict: this.verdict, ...(reason && { reason }) };
    if (this.verdict === 'rejected') return opinion;
    const correctedAnswer = this.answer.value.trim();
    const pages = numbers(this.pages.value);
    const fits = pages.length <= PAGES_MAX && new Set(pages).size === pages.length
      && pages.every((page) => Number.isInteger(page) && page >= 1 && page <= (this.pageMax ?? Infinity));
    this.fail(!correctedAnswer ? words.noAnswer : fits ? '' : words.badPages(this.pageMax));
    return correctedAnswer && fits ? { ...opinion, correctedAnswer, correctedPages: pages } : null;
  }

  #keep() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ answer: this.answer.value, pages: this.pages.value, reason: this.reason.value }));
    } catch {
      // The draft is on screen; it only does not survive a reload.
    }
  }

  /** @returns {Draft|null} */
  #draft() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? 'null');
    } catch {
      return null;
    }
  }
}

/** @param {Row} row @returns {Draft} */
function draftOf(row) {
  const isAnswered = row.status === 'answered' || Boolean(row.review?.correctedAnswer);
  return { answer: isAnswered ? answerOf(row) : '', pages: pagesOf(row).join(', '), reason: '' };
}

/** @param {string} text */
function numbers(text) { return text.split(/[\s,;]+/).filter(Boolean).map(Number); }
