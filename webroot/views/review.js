// @ts-check
import { ApiError } from '../api.js';
import { h, setAttribute } from '../dom.js';
import { fetchCode } from '../lazy.js';
import { texts } from '../texts-session.js';
import { ReviewEditor } from './review-editor.js';

/** @typedef {import('./result-row.js').ResultRow} ResultRow */
/** @typedef {import('./results.js').ResultsView} ResultsView */
/** @typedef {import('./review-editor.js').Opinion} Opinion */
/** @typedef {import('../types.js').Session} Session */

const words = texts.review;

/**
 * @typedef {object} Parts
 * @property {ResultsView} results
 * @property {import('./session-api.js').SessionApi} api
 * @property {import('../store.js').Store} store
 * @property {import('./shell.js').Shell} shell
 * @property {() => Promise<void>} refresh brings the table up to what the server has now
 * @property {() => Session|null} session null where nothing can be changed
 */

/** What a person makes of the answers, row by row: accept, correct, reject, and on to the next. */
export class Review {
  /** @type {ReviewEditor|null} */
  #editor = null;
  /** @type {Set<string>} */
  #saving = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.buttons = {
      accept: this.#button('accept', 'a', () => this.accept()),
      correct: this.#button('correct', 'c', () => this.edit('corrected')),
      reject: this.#button('reject', 'x', () => this.edit('rejected')),
      next: this.#button('next', 'n', () => this.next()),
    };
    this.toolbar = h('div', { class: 'buttons', role: 'group' }, ...Object.values(this.buttons));
    this.element = h('div', { class: 'review' }, this.toolbar);
    parts.results.addEventListener('select', () => { this.#closeEditor(); this.follow(); });
    this.follow();
  }

  accept() {
    const row = this.#current();
    if (!row) return;
    if (row.row.status === 'pending') this.parts.shell.notify(words.openRow, 'bad');
    else void this.#save(row, { verdict: 'accepted' }, this.#seen());
  }

  /** @param {'corrected'|'rejected'} verdict */
  edit(verdict) {
    const row = this.#current();
    const session = this.parts.session();
    if (!row || !session) return;
    if (verdict === 'rejected' && row.row.status === 'pending') {
      this.parts.shell.notify(words.openRow, 'bad');
      return;
    }
    this.#closeEditor();
    const seen = this.#seen();
    const editor = new ReviewEditor(`${session.id}.${row.row.questionId}`, row.row, verdict, session.document?.pages ?? null, {
      save: (opinion) => void this.#save(row, opinion, seen, editor),
      cancel: () => { editor.forget(); this.#closeEditor(row); },
    });
    this.#editor = editor;
    this.element.append(editor.element);
    editor.focus();
  }

  /** Goes to the next row that nobody has reviewed. */
  next() {
    const { results, shell } = this.parts;
    const row = results.next(1, ({ row: { review } }) => !review);
    if (row) results.select(row, true);
    else shell.notify(words.none, 'good');
  }

  /** The bar of the verdicts stands in the current row, where its session can be reviewed. */
  follow() {
    const { results } = this.parts;
    if (!results.current || !this.parts.session()) {
      this.element.remove();
      return;
    }
    if (results.current.answerCell.contains(this.element)) return;
    setAttribute(this.toolbar, 'aria-label', words.toolbar(results.current.row.questionId));
    results.current.answerCell.append(this.element);
  }

  #current() { return this.parts.session() ? this.parts.results.current : null; }

  /** What is on the page is the state of this revision, so that is what the person has seen. */
  #seen() {
    const { store } = this.parts;
    const session = this.parts.session();
    return Math.max(store.revision, (session && store.table(session.id)?.revision) ?? 0);
  }

  /**
   * @param {ResultRow} row
   * @param {Opinion} opinion
   * @param {number} seen
   * @param {ReviewEditor} [editor]
   */
  async #save(row, opinion, seen, editor) {
    const session = this.parts.session();
    const question = row.row.questionId;
    if (!session || this.#saving.has(question)) return;
    this.#saving.add(question);
    setAttribute(row.element, 'aria-busy', 'true');
    try {
      const saved = await this.parts.api.review(session.id, question, opinion, seen);
      editor?.forget();
      if (editor && editor === this.#editor) this.#closeEditor(row);
      this.parts.shell.speak(words.done(question, words.saved[opinion.verdict]));
      await this.#await(row, saved.review?.revision ?? 0);
    } catch (error) {
      this.#saving.delete(question);
      await this.#refused(row, opinion, error, editor);
    } finally {
      this.#saving.delete(question);
      setAttribute(row.element, 'aria-busy', null);
    }
  }

  /** The stream brings the row in a moment; where it does not, it is asked for. @param {ResultRow} row @param {number} revision */
  async #await(row, revision) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if ((row.row.review?.revision ?? 0) < revision) await this.parts.refresh().catch(() => {});
  }

  /** @param {ResultRow} row @param {Opinion} opinion @param {unknown} error @param {ReviewEditor} [editor] */
  async #refused(row, opinion, error, editor) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 412) await this.#resolve(row, opinion, editor);
    else if (editor && editor === this.#editor) editor.fail(words.failed(error.message));
    else if (error.status !== 401) this.parts.shell.notify(words.failed(error.message), 'bad');
  }

  /** Somebody else was faster: both are shown, and the person decides. @param {ResultRow} row @param {Opinion} opinion @param {ReviewEditor} [editor] */
  async #resolve(row, opinion, editor) {
    const { results, shell, refresh } = this.parts;
    try {
      await refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      shell.notify(words.failed(error.message), 'bad');
      return;
    }
    const code = await fetchCode('views/review-conflict.js').catch(() => null);
    if (!code) {
      shell.notify(words.failed(texts.errors.code), 'bad');
      return;
    }
    const seen = this.#seen();
    const choice = await code.askWhichStands(row.row, opinion);
    if (choice === 'over') {
      await this.#save(row, opinion, seen, editor);
    } else if (choice === 'keep') {
      editor?.forget();
      this.#closeEditor(row);
    } else {
      this.#editAgain(row, opinion, results);
    }
  }

  /** @param {ResultRow} row @param {Opinion} opinion @param {ResultsView} results */
  #editAgain(row, opinion, results) {
    if (opinion.verdict === 'accepted') return;
    results.select(row, true);
    // why anew: it now counts as seen what stands; the draft brings back what was written
    this.edit(opinion.verdict);
  }

  /** @param {ResultRow} [row] where the keyboard goes on */
  #closeEditor(row) {
    this.#editor?.element.remove();
    this.#editor = null;
    row?.element.focus({ preventScroll: true });
  }

  /** @param {"accept"|"correct"|"reject"|"next"} action @param {string} key @param {() => void} act */
  #button(action, key, act) {
    return h('button', { class: 'button', type: 'button', 'data-action': action, 'aria-keyshortcuts': key, onclick: act }, words[action]);
  }
}
