// @ts-check
import { ApiError } from '../api.js';
import { h, reconcile, setHidden, setText } from '../dom.js';
import { percent } from '../format.js';
import { hrefOf } from '../router.js';
import { Table } from '../table.js';
import { texts } from '../texts-session-parts.js';
import { answerOf, pagesOf } from './result-row.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('./session-api.js').SessionApi} SessionApi */

const words = texts.compare;
const ASK_MILLIS = 1_000;

/** This session beside another on the same question set: only what differs. */
export class Comparison {
  /** @type {Table|null} */
  #mine = null;
  /** @type {Table|null} */
  #other = null;
  /** @type {Map<string, {key: string, element: HTMLElement}>} */
  #rows = new Map();
  #asking = false;
  /** It changed while it was being asked for. */
  #isDue = false;
  #closed = false;

  /** @param {string} otherId @param {SessionApi} api @param {string} leaveHref */
  constructor(otherId, api, leaveHref) {
    this.otherId = otherId;
    this.api = api;
    this.title = h('a', { href: hrefOf({ page: 'session', id: otherId }) }, otherId);
    this.sum = h('p', { 'data-differences': '', role: 'status' }, words.loading);
    this.rows = h('tbody', { role: 'rowgroup' });
    const heads = Object.entries(words.columns).map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text));
    this.table = h('table', { class: 'unitary compare', role: 'table', hidden: true }, h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...heads)), this.rows);
    this.element = h('section', { class: 'unitary-part', 'aria-label': words.heading },
      h('div', { class: 'tools' }, h('div', {}, h('h2', {}, words.title, ' ', this.title), this.sum),
        h('a', { class: 'button', 'data-action': 'leave-comparison', href: leaveHref }, words.leave)), this.table);
    void this.ask();
  }

  /** @param {Table} table this session's */
  show(table) {
    this.#mine = table;
    this.#showAll();
  }

  /** Asks for the other table: at first, and when the stream says that it changed. */
  async ask() {
    this.#isDue = true;
    if (this.#asking || this.#closed) return;
    this.#asking = true;
    this.#isDue = false;
    try {
      const results = await this.api.results(this.otherId);
      if (this.#closed) return;
      this.#other = new Table(results);
      this.#showAll();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(this.sum, words.failed(error.message));
    }
    setTimeout(() => {
      this.#asking = false;
      if (this.#isDue) void this.ask();
    }, ASK_MILLIS);
  }

  /** @returns {number} the revision of what is shown of the other session */
  get otherRevision() { return this.#other?.session.revision ?? Infinity; }

  close() { this.#closed = true; }

  #showAll() {
    const [mine, other] = [this.#mine, this.#other];
    if (!mine || !other) return;
    const { questionSet, title } = other.session;
    setText(this.title, title);
    const isSame = questionSet.name === mine.session.questionSet.name;
    setHidden(this.table, !isSame);
    if (!isSame) {
      setText(this.sum, words.otherSet(texts.session.set(questionSet.name, questionSet.version)));
      return;
    }
    const asked = [...new Set([...mine.rows.keys(), ...other.rows.keys()])];
    const differing = asked.filter((question) => keyOf(mine.rows.get(question)) !== keyOf(other.rows.get(question)));
    reconcile(this.rows, differing.map((question) => this.#row(question, mine.rows.get(question), other.rows.get(question))));
    setText(this.sum, words.differ(differing.length, asked.length));
    setHidden(this.table, differing.length === 0);
  }

  /** @param {string} question @param {Row|undefined} mine @param {Row|undefined} other */
  #row(question, mine, other) {
    const key = JSON.stringify([keyOf(mine), keyOf(other)]);
    const held = this.#rows.get(question);
    if (held?.key === key) return held.element;
    const element = h('tr', { role: 'row', 'data-difference': question },
      h('td', { role: 'cell', class: 'id number' }, question), h('td', { role: 'cell', class: 'question', dir: 'auto' }, (mine ?? other)?.question ?? ''),
      side(mine, words.columns.mine), side(other, words.columns.other));
    this.#rows.set(question, { key, element });
    return element;
  }
}

/** What of a row counts: not how sure a run was, but what stands. @param {Row|undefined} row */
function keyOf(row) {
  return row ? JSON.stringify([row.status, answerOf(row), pagesOf(row), row.review?.verdict ?? null]) : '';
}

/** @param {Row|undefined} row @param {string} label */
function side(row, label) {
  const cell = h('td', { role: 'cell', class: 'side', 'data-label': label, 'data-status': row?.status });
  if (!row) return cell;
  const facts = [pagesOf(row).map(texts.table.page).join(', '), row.confidence === null ? '' : percent(row.confidence)].filter(Boolean).join(' · ');
  const { review } = row;
  cell.append(h('p', { class: 'answer-text', dir: 'auto' }, answerOf(row)));
  if (facts) cell.append(h('p', { class: 'aside' }, facts));
  if (review) cell.append(h('p', { class: 'verdict' }, texts.table.verdict[review.verdict](review.by)));
  return cell;
}
