// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts-session.js';
import { ResultRow } from './result-row.js';
import { RowFilters } from './row-filters.js';

/** @typedef {import('../table.js').Table} Table */
/** @typedef {import('./quote-check.js').QuoteCheck} QuoteCheck */

const words = texts.table;
/** A row that no longer fits the filter stays so long before it goes. */
const LEAVING_MILLIS = 5_000;
/** Pages come in by the dozen, and what is summed over all rows is summed so often at most. */
const SUM_MILLIS = 300;

/**
 * The unitary table: all questions from the start, grouped by section; pending rows fill in.
 * Fires `filter` when other rows are asked for, `select` when a row becomes the current one, and `evidence` with
 * `{row, page, quote}` when a citation is followed.
 */
export class ResultsView extends EventTarget {
  /** The row that keys and the review are about. @type {ResultRow|null} */
  current = null;
  /** @type {Map<string, ResultRow>} */
  #rows = new Map();
  /** @type {{body: HTMLElement, done: HTMLElement, rows: ResultRow[]}[]} */
  #sections = [];
  /** @type {Map<ResultRow, number>} */
  #leaving = new Map();
  #shape = '';
  /** @type {QuoteCheck|null} */
  #check = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #summing;

  constructor() {
    super();
    this.filters = new RowFilters(() => { this.#filterAll(); this.dispatchEvent(new Event('filter')); });
    this.noMatch = h('p', { class: 'message', hidden: true }, words.noMatch);
    this.table = h('table', { class: 'unitary', role: 'table', 'aria-label': words.heading, onclick: (/** @type {MouseEvent} */ event) => this.#click(event) });
    this.element = h('section', { class: 'unitary-part', 'aria-label': words.heading }, this.filters.element, this.table, this.noMatch);
  }

  /** @param {QuoteCheck} check */
  verifyWith(check) {
    this.#check = check;
    check.addEventListener('checked', (event) => this.#checked(/** @type {CustomEvent<number>} */ (event).detail));
    this.#verify(this.#rows.values());
  }

  /** Shows another table, or the same at a later revision; rows whose question stays are patched. @param {Table} table */
  replace(table) {
    const documentId = table.session.document?.id ?? null;
    const shape = JSON.stringify([documentId, table.sections]);
    if (shape === this.#shape) this.patch(table, table.rows.keys());
    else this.#build(table, documentId);
    this.#shape = shape;
  }

  /** @param {Table} table @param {Iterable<string>} questions those that changed */
  patch(table, questions) {
    const now = Date.now();
    /** @type {ResultRow[]} */
    const changed = [];
    for (const question of questions) {
      const row = this.#rows.get(question);
      const shown = table.rows.get(question);
      if (!row || !shown || row.row === shown) continue;
      const fitted = this.filters.fits(row);
      row.show(shown);
      changed.push(row);
      if (this.filters.fits(row)) this.#leaving.delete(row);
      else if (fitted && !row.element.hidden) this.#leaving.set(row, now + LEAVING_MILLIS);
      this.#place(row);
    }
    this.#verify(changed);
  }

  /** @param {number} now */
  tick(now) {
    const due = [...this.#leaving].filter(([row, at]) => now >= at && row !== this.current);
    for (const [row] of due) {
      this.#leaving.delete(row);
      this.#place(row);
    }
    if (due.length > 0) this.#showSums();
  }

  /** @param {string} question */
  row(question) { return this.#rows.get(question); }

  /** @param {ResultRow|null} row @param {boolean} [scrolls] */
  select(row, scrolls = false) {
    if (row !== this.current) {
      if (this.current) {
        setAttribute(this.current.element, 'aria-current', null);
        setAttribute(this.current.element, 'tabindex', -1);
      }
      this.current = row;
      if (row) {
        setAttribute(row.element, 'aria-current', 'true');
        setAttribute(row.element, 'tabindex', 0);
      }
      this.dispatchEvent(new Event('select'));
    }
    if (row && scrolls) {
      row.element.focus({ preventScroll: true });
      row.element.scrollIntoView({ block: 'nearest' });
    }
  }

  /**
   * @param {1|-1} step
   * @param {(row: ResultRow) => boolean} [wanted]
   * @returns {ResultRow|null} the next row that is shown and wanted, from the current one on
   */
  next(step, wanted = () => true) {
    const shown = [...this.#rows.values()].filter((row) => !row.element.hidden);
    const at = this.current ? shown.indexOf(this.current) : step > 0 ? -1 : shown.length;
    for (let i = at + step; i >= 0 && i < shown.length; i += step) if (wanted(shown[i])) return shown[i];
    return null;
  }

  /** @param {Set<string>|null} questions @param {string} [why] */
  setChanged(questions, why) {
    this.filters.setChanged(questions, why);
    this.#filterAll();
  }

  /** @param {Iterable<ResultRow>} rows whose quotes are to be looked for */
  #verify(rows) {
    if (this.#check) for (const row of rows) row.setMissing(this.#check.missing(row.row));
    if (this.filters.filter === 'unverified') this.#filterAll();
    else this.#showSums();
  }

  /** @param {number} page whose text is known now */
  #checked(page) {
    const check = /** @type {QuoteCheck} */ (this.#check);
    for (const row of this.#rows.values()) if (row.row.quotes?.some((quote) => quote.page === page)) row.setMissing(check.missing(row.row));
    this.#summing ??= setTimeout(() => { this.#summing = undefined; this.#verify([]); }, SUM_MILLIS);
  }

  /** @param {Table} table @param {string|null} documentId */
  #build(table, documentId) {
    this.#rows.clear();
    this.#leaving.clear();
    this.select(null);
    for (const [question, row] of table.rows) this.#rows.set(question, new ResultRow(row, documentId));
    this.#sections = table.sections.map(({ name, questions }) => {
      const rows = questions.map((question) => /** @type {ResultRow} */ (this.#rows.get(question)));
      const done = h('span', { class: 'number' });
      const heading = h('tr', { role: 'row', class: 'section' }, h('th', { role: 'rowheader', scope: 'rowgroup' }, h('h2', {}, name), done));
      return { body: h('tbody', { role: 'rowgroup' }, heading, ...rows.map((row) => row.element)), done, rows };
    });
    this.table.replaceChildren(head(), ...this.#sections.map(({ body }) => body));
    this.#verify(this.#rows.values());
    this.#filterAll();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const row = this.#rows.get(/** @type {HTMLElement|null} */ (target.closest('[data-question]'))?.dataset.question ?? '');
    if (!row) return;
    this.select(row);
    const chip = /** @type {HTMLElement|null} */ (target.closest('a.chip'));
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const quote = chip.dataset.quoteIndex === undefined ? null : Number(chip.dataset.quoteIndex);
    this.dispatchEvent(new CustomEvent('evidence', { detail: { row, page: Number(chip.dataset.page), quote } }));
  }

  /** @param {ResultRow} row */
  #place(row) {
    const leaving = this.#leaving.has(row);
    setAttribute(row.element, 'data-leaving', leaving);
    setHidden(row.element, !leaving && !this.filters.fits(row));
  }

  #filterAll() {
    this.#leaving.clear();
    for (const row of this.#rows.values()) this.#place(row);
    this.#showSums();
  }

  /** What is summed over rows: the numbers of the filters and of the sections, and which sections show at all. */
  #showSums() {
    let visible = 0;
    for (const { body, done, rows } of this.#sections) {
      const shown = rows.filter((row) => !row.element.hidden).length;
      const open = rows.filter(({ row }) => row.status === 'pending').length;
      visible += shown;
      setText(done, words.section(rows.length - open, rows.length));
      setHidden(body, shown === 0);
    }
    this.filters.count(this.#rows.values());
    setHidden(this.noMatch, visible > 0);
  }
}

function head() {
  const cells = Object.entries(words.columns).map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text));
  return h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...cells));
}
