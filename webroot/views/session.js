// @ts-check
import { ApiError } from '../api.js';
import { h, setHidden, setText } from '../dom.js';
import { fullTime } from '../format.js';
import { Table } from '../table.js';
import { texts } from '../texts.js';
import { Comparison } from './compare.js';
import { SessionHistory } from './history.js';
import { problemPage } from './problem.js';
import { SessionApi } from './session-api.js';
import { SessionBody } from './session-body.js';
import { SessionChanges } from './session-changes.js';
import { SessionHeader } from './session-header.js';
import { hrefOfPlace, placeOf } from './session-place.js';
import { SessionTools } from './session-tools.js';

/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../types.js').Changes} Changes */
/** @typedef {import('./actions.js').SessionActions} SessionActions */

const ASK_TRIES_MAX = 20;
const ASK_PAUSE_MILLIS = 200;

/** One session, now or as it was: its header, its table and what happened to it; or the page that says why there is none. */
export class SessionView {
  #asking = false;
  #closed = false;
  #broken = false;
  /** What is shown where that is not what the store holds. @type {Table|null} */
  #past = null;

  /** @param {string} id @param {{store: Store, api: Api, actions: SessionActions}} parts */
  constructor(id, { store, api, actions }) {
    this.id = id;
    this.store = store;
    this.actions = actions;
    this.api = new SessionApi(api);
    this.place = placeOf(location.hash);
    const refresh = () => this.#askUntilCurrent();
    this.changes = new SessionChanges({ api: this.api, store, refresh });
    this.tools = this.#tools();
    this.body = new SessionBody(id, { api: this.api, store, shell: actions.shell, refresh, isPast: this.place.at !== null, place: this.place });
    this.header = new SessionHeader(this.tools, { onDocument: () => this.body.toggleDocument() });
    this.comparison = this.place.with === null ? null : new Comparison(this.place.with, this.api, hrefOfPlace(id, { at: this.place.at }));
    this.history = new SessionHistory(id, this.api);
    this.banner = h('p', { class: 'outcome past', hidden: this.place.at === null, 'data-past': true });
    this.loading = h('p', { class: 'message' }, texts.session.loading);
    this.content = h('div', { class: 'session', hidden: true }, this.banner, this.header.element, (this.comparison ?? this.body).element, this.history.element);
    this.element = h('div', { class: 'page' }, this.loading, this.content);
    this.#begin();
    void this.#askRole(api);
  }

  /** @param {Changes} changes */
  update(changes) {
    if (this.place.at !== null) return;
    const table = this.store.table(this.id);
    if (!table || (changes.removed.has(this.id) && !this.actions.isDeleting(this.id))) void this.#ask();
    if (changes.tables.has(this.id)) this.#showAll();
    else if (table) this.#showChanged(table, changes.rows.get(this.id));
    const other = this.place.with && this.store.sessions.get(this.place.with);
    if (other && this.comparison && other.revision > this.comparison.otherRevision) void this.comparison.ask();
  }

  /** @param {number} now */
  tick(now) {
    this.header.tick(now);
    this.body.tick(now);
  }

  /** @returns {Record<string, () => void>} what single keys do here; a comparison has none */
  get keys() { return this.comparison || this.content.hidden ? {} : this.body.keys; }

  close() {
    this.#closed = true;
    this.tools.close();
    this.body.close();
    this.comparison?.close();
    this.history.close();
  }

  #begin() {
    if (this.place.at !== null) void this.#showPast(this.place.at);
    else if (this.store.table(this.id)) this.#showAll();
    else if (this.store.journal !== null) void this.#ask();
  }

  /** @param {Api} api */
  async #askRole(api) {
    try {
      const { role } = await api.me();
      this.tools.setRole(role);
      this.body.setRole(role);
    } catch (error) {
      // why silent: nobody is kept from trying, and the server says no where it must
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #tools() {
    const { changes, actions } = this;
    const acts = {
      stop: actions.stop.bind(actions), delete: actions.delete.bind(actions), resume: changes.resume.bind(changes), retry: changes.retry.bind(changes),
      compare: changes.compare.bind(changes), past: changes.past.bind(changes), rename: changes.rename.bind(changes), labels: changes.labels.bind(changes),
      pin: changes.pin.bind(changes), expiry: changes.expiry.bind(changes),
    };
    return new SessionTools(acts, (why) => actions.shell.notify(why, 'good'));
  }

  #showAll() {
    const table = this.#past ?? this.store.table(this.id);
    if (!table) return;
    this.#showHeader(table);
    this.body.replace(table);
    this.comparison?.show(table);
    this.history.update();
    setHidden(this.loading, true);
    setHidden(this.content, false);
  }

  /** @param {Table} table @param {Set<string>|undefined} questions */
  #showChanged(table, questions) {
    const isOther = this.header.session !== table.session;
    if (isOther) this.#showHeader(table);
    if (questions) this.body.patch(table, questions);
    if (!isOther && !questions) return;
    this.comparison?.show(table);
    this.history.update();
  }

  /** @param {Table} table */
  #showHeader({ session }) {
    const wasStopped = this.header.session?.state === 'partial';
    this.header.show(session, this.place.at);
    if (session.state === 'partial' && !wasStopped && session.endedAt) void this.#findStop(session.endedAt);
  }

  /** What was changed after a stop has a later revision; that of the stop is the session's at that instant. @param {string} endedAt */
  async #findStop(endedAt) {
    try {
      const { revision, state } = await this.api.sessionAt(this.id, endedAt);
      if (state === 'partial') this.header.setStopped(revision);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** @param {string} at */
  async #showPast(at) {
    try {
      this.#past = new Table(await this.api.resultsAt(this.id, at));
      if (this.#closed) return;
      const isRevision = /^\d+$/.test(at);
      setText(this.banner, texts.session.past.banner(isRevision ? Number(at) : this.#past.revision, isRevision ? '' : fullTime(at)));
      this.banner.append(' ', h('a', { href: hrefOfPlace(this.id, {}), 'data-action': 'now' }, texts.session.past.now));
      this.#showAll();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!this.#closed && error.status !== 401) this.#showProblem(error, () => this.#showPast(at));
    }
  }

  /** Asks for the table where the stream does not bring it: after a switch of pages, and for sessions that are gone. */
  async #ask() {
    if (this.#asking || this.#broken) return;
    this.#asking = true;
    try {
      await this.#askUntilCurrent();
    } catch (error) {
      if (!this.#closed && error instanceof ApiError && error.status !== 401) this.#showProblem(error, () => this.#ask());
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

  /** @param {ApiError} error @param {() => void} retry */
  #showProblem(error, retry) {
    const isFinal = error.status === 404 || error.status === 410;
    if (!isFinal && this.place.at === null && this.store.table(this.id)) return;
    this.#broken = true;
    const again = () => { this.#broken = false; retry(); };
    this.element.replaceChildren(problemPage(this.id, error, this.api, again), ...(isFinal || this.content.hidden ? [] : [this.content]));
  }
}
