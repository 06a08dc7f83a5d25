// @ts-check
import { ApiError } from '../api.js';
import { h, setAttribute, setHidden } from '../dom.js';
import { lazily, notFetched } from '../lazy.js';
import { texts } from '../texts-session.js';
import { QuoteCheck } from './quote-check.js';
import { covers } from './rights.js';
import { ResultsView } from './results.js';
import { notePlace } from './session-place.js';
import { visits } from './visits.js';

/** @typedef {import('../table.js').Table} Table */
/** @typedef {import('./result-row.js').ResultRow} ResultRow */
/** @typedef {import('./review.js').Review} Review */
/** @typedef {import('./session-place.js').Place} Place */
/** @typedef {import('../viewer/viewer.js').DocumentViewer} DocumentViewer */

/** From this width on the document has its place beside the table from the start. */
const BESIDE = matchMedia('(min-width: 75rem)');

/**
 * @typedef {object} Parts
 * @property {import('./session-api.js').SessionApi} api
 * @property {import('../store.js').Store} store
 * @property {import('./shell.js').Shell} shell
 * @property {() => Promise<void>} refresh
 * @property {boolean} isPast
 * @property {Place} place
 */

/** The table, beside it the document, and between them the review. */
export class SessionBody {
  /** @type {Table|null} */
  #table = null;
  /** @type {QuoteCheck|null} */
  #check = null;
  /** What the browser had seen before this visit. @type {number|null} */
  #lastVisit;
  /** Of whoever looks; null where it is not known yet. @type {string|null} */
  #role = null;
  /** Comes when the document is first shown. @type {DocumentViewer|null} */
  #viewer = null;
  #isDocumentShown = false;
  #closed = false;

  /** @param {string} id @param {Parts} parts */
  constructor(id, parts) {
    this.id = id;
    this.parts = parts;
    this.#lastVisit = visits.last(id);
    this.results = new ResultsView();
    this.results.filters.restore(parts.place.filter, parts.place.below);
    this.viewerPlace = h('aside', { class: 'viewer', hidden: true });
    this.viewer = lazily('viewer/viewer.js', (/** @type {typeof import('../viewer/viewer.js')} */ code) => this.#makeViewer(code), () => this.viewerPlace.replaceChildren(notFetched(() => this.#showDocument(true))));
    const { api, store, shell, refresh } = parts;
    const session = () => (this.#canReview ? this.#table?.session ?? null : null);
    this.review = lazily('views/review.js', (/** @type {typeof import('./review.js')} */ { Review }) => new Review({ results: this.results, api, store, shell, refresh, session }),
      (error) => shell.notify(error.message, 'bad'));
    this.hint = h('p', { class: 'review-keys', 'aria-label': texts.review.keysLabel }, ...texts.reviewKeys.flatMap((keys) => [
      ...keys.slice(0, -1).flatMap((key) => [h('kbd', {}, key), ' ']), `${keys[keys.length - 1]}  `]));
    this.element = h('div', { class: 'session-body' }, h('div', { class: 'table-side' }, this.results.element, this.hint), this.viewerPlace);
    this.onLeave = () => this.#noteVisit();
    addEventListener('pagehide', this.onLeave);
    this.#listen();
  }

  /** @param {Table} table */
  replace(table) {
    const isFirst = this.#table === null;
    this.#table = table;
    this.results.replace(table);
    if (isFirst) this.#begin(table);
  }

  /** @param {Table} table @param {Set<string>} questions */
  patch(table, questions) {
    this.#table = table;
    this.results.patch(table, questions);
  }

  /** @param {number} now */
  tick(now) { this.results.tick(now); }

  /** @returns {Record<string, () => void>} what single keys do here */
  get keys() {
    const { results } = this;
    const review = (/** @type {(review: Review) => void} */ act) => () => void this.review(act);
    const move = (/** @type {1|-1} */ step) => results.select(results.next(step) ?? results.current, true);
    return {
      j: () => move(1), k: () => move(-1), n: review((verdicts) => verdicts.next()), o: () => this.#showEvidence(results.current, null, null, true),
      a: review((verdicts) => verdicts.accept()), c: review((verdicts) => verdicts.edit('corrected')), x: review((verdicts) => verdicts.edit('rejected')),
    };
  }

  /** @param {string} role of whoever looks */
  setRole(role) {
    this.#role = role;
    setHidden(this.hint, !this.#canReview);
    this.#bringReview();
  }

  toggleDocument() { this.#showDocument(!this.#isDocumentShown); }

  close() {
    this.#noteVisit();
    removeEventListener('pagehide', this.onLeave);
    this.#closed = true;
    this.#check?.close();
    this.#viewer?.close();
  }

  get #canReview() { return !this.parts.isPast && !this.#table?.session.removedAt && covers(this.#role, 'reviewer'); }

  #listen() {
    const { results } = this;
    results.addEventListener('filter', () => {
      const { filter, below } = results.filters;
      notePlace(this.id, { filter: filter === 'all' ? null : filter, below: filter === 'low' ? below : null });
    });
    results.addEventListener('select', () => {
      this.#bringReview();
      notePlace(this.id, { question: results.current?.row.questionId ?? null });
      if (results.current && this.#isDocumentShown && BESIDE.matches) this.#showEvidence(results.current, null, null, false);
    });
    results.addEventListener('evidence', (event) => {
      const { row, page, quote } = /** @type {CustomEvent<{row: ResultRow, page: number, quote: number|null}>} */ (event).detail;
      this.#showEvidence(row, page, quote, true);
    });
  }

  /** Verdicts are about a row, so they come with the first that somebody chooses. */
  #bringReview() {
    if (this.results.current) void this.review((review) => review.follow());
  }

  /** @param {Table} table */
  #begin({ session }) {
    const { document: pdf } = session;
    this.#showDocument(pdf !== null && BESIDE.matches);
    setHidden(this.hint, !this.#canReview);
    this.#check = new QuoteCheck(this.parts.api, pdf?.id ?? null);
    this.results.verifyWith(this.#check);
    void this.#findChanges();
    const row = this.results.row(this.parts.place.question ?? '');
    if (row) this.results.select(row, true);
  }

  /**
   * @param {ResultRow|null} row
   * @param {number|null} page
   * @param {number|null} quote
   * @param {boolean} opens the document where it is hidden
   */
  #showEvidence(row, page, quote, opens) {
    const passages = row?.passages() ?? [];
    if (!this.#table?.session.document || passages.length === 0) return;
    const index = quote ?? (page === null ? 0 : passages.findIndex((passage) => passage.page === page));
    if (opens) this.#showDocument(true);
    // why: where the document lies over the table, the row is to stay in sight above it
    if (opens && !BESIDE.matches) row?.element.scrollIntoView({ block: 'start' });
    this.#withViewer((viewer) => viewer.show(passages, Math.max(0, index)));
  }

  /** @param {boolean} isShown */
  #showDocument(isShown) {
    this.#isDocumentShown = isShown;
    setHidden(this.#viewer?.element ?? this.viewerPlace, !isShown);
    setAttribute(this.element, 'data-document', isShown);
    if (isShown && this.#table?.session.document) this.#withViewer((viewer) => viewer.open());
  }

  /** @param {(viewer: DocumentViewer) => unknown} use */
  #withViewer(use) { void this.viewer((viewer) => this.#closed || use(viewer)); }

  /** @param {typeof import('../viewer/viewer.js')} code */
  #makeViewer(code) {
    const viewer = new code.DocumentViewer({ onHide: () => this.#showDocument(false) });
    if (this.#table?.session.document) viewer.hold(this.#table.session.document);
    this.viewerPlace.replaceWith(viewer.element);
    setHidden(viewer.element, !this.#isDocumentShown);
    this.#viewer = viewer;
    return viewer;
  }

  /** What changed since the last visit is what differs from the table as it was then. */
  async #findChanges() {
    if (this.#lastVisit === null || this.parts.isPast) return;
    try {
      const then = await this.parts.api.resultsAt(this.id, this.#lastVisit);
      const rows = new Map(then.sections.flatMap((section) => section.rows.map((row) => [row.questionId, JSON.stringify(row)])));
      const changed = [...(this.#table?.rows ?? [])].filter(([question, row]) => rows.get(question) !== JSON.stringify(row));
      this.results.setChanged(new Set(changed.map(([question]) => question)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.results.setChanged(null, texts.table.notKept);
    }
  }

  #noteVisit() {
    if (this.#table && !this.parts.isPast) visits.note(this.id, Math.max(this.parts.store.revision, this.#table.revision));
  }
}
