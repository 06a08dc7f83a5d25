// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts.js';
import { ResultRow } from './result-row.js';

/** @typedef {import('../table.js').Table} Table */
/** @typedef {import('../types.js').Row} Row */
/** @typedef {'all'|Row['status']} Filter */

const words = texts.table;
const FILTERS = /** @type {const} */ (['all', 'answered', 'not_found', 'pending']);
/** A row that no longer fits the filter stays so long before it goes. */
const LEAVING_MILLIS = 5_000;

/** The unitary table: all questions from the start, grouped by section; pending rows fill in. */
export class ResultsView {
  /** @type {Map<string, ResultRow>} */
  #rows = new Map();
  /** @type {{body: HTMLElement, done: HTMLElement, rows: ResultRow[]}[]} */
  #sections = [];
  /** @type {Filter} */
  #filter = 'all';
  #text = '';
  /** @type {Map<ResultRow, number>} */
  #leaving = new Map();
  #shape = '';

  constructor() {
    this.buttons = new Map(FILTERS.map((filter) => [filter, this.#filterButton(filter)]));
    this.search = h('input', {
      type: 'search', class: 'search', 'aria-label': words.search, placeholder: words.searchHint, autocomplete: 'off',
      oninput: () => { this.#text = this.search.value.trim().toLowerCase(); this.#filterAll(); },
    });
    this.noMatch = h('p', { class: 'message', hidden: true }, words.noMatch);
    this.table = h('table', { class: 'results', role: 'table', 'aria-label': words.heading });
    this.element = h('section', { 'aria-label': words.heading },
      h('div', { class: 'tools' },
        h('div', { class: 'filters', role: 'group', 'aria-label': words.filter }, ...[...this.buttons.values()].map(({ button }) => button)),
        this.search),
      this.table, this.noMatch);
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
    for (const question of questions) {
      const row = this.#rows.get(question);
      const shown = table.rows.get(question);
      if (!row || !shown || row.row === shown) continue;
      const fitted = this.#fits(row);
      row.show(shown);
      if (this.#fits(row)) this.#leaving.delete(row);
      else if (fitted && !row.element.hidden) this.#leaving.set(row, now + LEAVING_MILLIS);
      this.#place(row);
    }
    this.#showSums();
  }

  /** @param {number} now */
  tick(now) {
    const due = [...this.#leaving].filter(([, at]) => now >= at);
    for (const [row] of due) {
      this.#leaving.delete(row);
      this.#place(row);
    }
    if (due.length > 0) this.#showSums();
  }

  /** @param {Table} table @param {string|null} documentId */
  #build(table, documentId) {
    this.#rows.clear();
    this.#leaving.clear();
    for (const [question, row] of table.rows) this.#rows.set(question, new ResultRow(row, documentId));
    this.#sections = table.sections.map(({ name, questions }) => {
      const rows = questions.map((question) => /** @type {ResultRow} */ (this.#rows.get(question)));
      const done = h('span', { class: 'number' });
      const heading = h('tr', { role: 'row', class: 'section' }, h('th', { role: 'rowheader', scope: 'rowgroup' }, h('h2', {}, name), done));
      return { body: h('tbody', { role: 'rowgroup' }, heading, ...rows.map((row) => row.element)), done, rows };
    });
    this.table.replaceChildren(head(), ...this.#sections.map(({ body }) => body));
    this.#filterAll();
  }

  /** @param {ResultRow} row */
  #fits({ row, searchable }) {
    return (this.#filter === 'all' || row.status === this.#filter) && (this.#text === '' || searchable.includes(this.#text));
  }

  /** @param {ResultRow} row */
  #place(row) {
    const leaving = this.#leaving.has(row);
    setAttribute(row.element, 'data-leaving', leaving);
    setHidden(row.element, !leaving && !this.#fits(row));
  }

  #filterAll() {
    this.#leaving.clear();
    for (const row of this.#rows.values()) this.#place(row);
    for (const [filter, { button }] of this.buttons) setAttribute(button, 'aria-pressed', String(filter === this.#filter));
    this.#showSums();
  }

  /** What is summed over rows: the numbers of the filters and of the sections, and which sections show at all. */
  #showSums() {
    const sums = { all: 0, answered: 0, not_found: 0, pending: 0 };
    let visible = 0;
    for (const { body, done, rows } of this.#sections) {
      const shown = rows.filter((row) => !row.element.hidden).length;
      const open = rows.filter(({ row }) => row.status === 'pending').length;
      for (const { row } of rows) sums[row.status] += 1;
      sums.all += rows.length;
      visible += shown;
      setText(done, words.section(rows.length - open, rows.length));
      setHidden(body, shown === 0);
    }
    for (const [filter, { number }] of this.buttons) setText(number, String(sums[filter]));
    setHidden(this.noMatch, visible > 0);
  }

  /** @param {Filter} filter */
  #filterButton(filter) {
    const number = h('span', { class: 'number' });
    const select = () => { this.#filter = filter; this.#filterAll(); };
    const button = h('button', { class: 'filter', type: 'button', 'data-filter': filter, onclick: select }, h('span', {}, words.filters[filter]), number);
    return { button, number };
  }
}

function head() {
  const cells = Object.entries(words.columns).map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text));
  return h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...cells));
}
