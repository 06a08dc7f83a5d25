// @ts-check
import { ApiError } from '../api.js';
import { h, setHidden } from '../dom.js';
import { texts } from '../texts.js';
import { problemPage } from './problem.js';
import { ResultsView } from './results.js';
import { SessionHeader } from './session-header.js';

/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../types.js').Changes} Changes */
/** @typedef {import('./list-row.js').Actions & {isDeleting: (id: string) => boolean}} Actions */

const ASK_TRIES_MAX = 20;
const ASK_PAUSE_MILLIS = 200;

/** One session: its header and its unitary table, both of one revision; or the page that says why there is none. */
export class SessionView {
  #asking = false;
  #closed = false;
  #broken = false;

  /** @param {string} id @param {{store: Store, api: Api, actions: Actions}} parts */
  constructor(id, { store, api, actions }) {
    this.id = id;
    this.store = store;
    this.api = api;
    this.actions = actions;
    this.header = new SessionHeader(actions);
    this.results = new ResultsView();
    this.loading = h('p', { class: 'message' }, texts.session.loading);
    this.content = h('div', { hidden: true }, this.header.element, this.results.element);
    this.element = h('div', { class: 'page' }, this.loading, this.content);
    this.#showAll();
    if (store.journal !== null && !store.table(id)) void this.#ask();
  }

  /** @param {Changes} changes */
  update(changes) {
    const table = this.store.table(this.id);
    if (!table || (changes.removed.has(this.id) && !this.actions.isDeleting(this.id))) void this.#ask();
    if (changes.tables.has(this.id)) this.#showAll();
    else if (table) this.#showChanged(table, changes.rows.get(this.id));
  }

  /** @param {number} now */
  tick(now) {
    this.header.tick(now);
    this.results.tick(now);
  }

  close() { this.#closed = true; }

  #showAll() {
    const table = this.store.table(this.id);
    if (!table) return;
    this.header.show(table.session);
    this.results.replace(table);
    setHidden(this.loading, true);
    setHidden(this.content, false);
  }

  /** @param {import('../table.js').Table} table @param {Set<string>|undefined} questions */
  #showChanged(table, questions) {
    if (this.header.session !== table.session) this.header.show(table.session);
    if (questions) this.results.patch(table, questions);
  }

  /** Asks for the table where the stream does not bring it: after a switch of pages, and for sessions that are gone. */
  async #ask() {
    if (this.#asking || this.#broken) return;
    this.#asking = true;
    try {
      await this.#askUntilCurrent();
    } catch (error) {
      if (!this.#closed && error instanceof ApiError && error.status !== 401) this.#showProblem(error);
    }
    this.#asking = false;
  }

  /** A reply may be older than what the stream brought while it was on its way. */
  async #askUntilCurrent() {
    for (let tries = 0; tries < ASK_TRIES_MAX; tries += 1) {
      const results = await this.api.results(this.id);
      if (this.#closed || this.store.mergeResults(results)) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_PAUSE_MILLIS));
    }
    throw new ApiError(0, texts.errors.timeout);
  }

  /** @param {ApiError} error */
  #showProblem(error) {
    const isFinal = error.status === 404 || error.status === 410;
    if (!isFinal && this.store.table(this.id)) return;
    this.#broken = true;
    const again = () => { this.#broken = false; void this.#ask(); };
    this.element.replaceChildren(problemPage(this.id, error, again), ...(isFinal ? [] : [this.content]));
  }
}
