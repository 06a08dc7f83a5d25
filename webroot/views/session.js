// @ts-check
import { ApiError } from '../api.js';
import { h, setHidden, setText } from '../dom.js';
import { fullTime } from '../format.js';
import { fill, lazily } from '../lazy.js';
import { Table } from '../table.js';
import { texts } from '../texts-session.js';
import { SessionApi } from './session-api.js';
import { SessionBody } from './session-body.js';
import { SessionHeader } from './session-header.js';
import { hrefOfPlace, placeOf } from './session-place.js';
import { SessionTools } from './session-tools.js';

/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../types.js').Changes} Changes */
/** @typedef {import('./actions.js').SessionActions} SessionActions */
/** @typedef {import('./compare.js').Comparison} Comparison */
/** @typedef {import('./session-tools.js').Action} Action */

const ASK_TRIES_MAX = 20;
const ASK_PAUSE_MILLIS = 200;
/** The history comes a little before it is in view. */
const NEAR = { rootMargin: '0px 0px 50%' };

/** One session, now or as it was: its header, its table and what happened to it; or the page that says why there is none. */
export class SessionView {
  #asking = false;
  #closed = false;
  #broken = false;
  /** What is shown where that is not what the store holds. @type {Table|null} */
  #past = null;
  /** This session beside another: instead of its table, where the address names the other. @type {Comparison|null} */
  #comparison = null;
  /** What happened to it: comes when somebody gets near it. @type {import('./history.js').SessionHistory|null} */
  #history = null;

  /** @param {string} id @param {{store: Store, api: Api, actions: SessionActions}} parts */
  constructor(id, { store, api, actions }) {
    this.id = id;
    this.store = store;
    this.actions = actions;
    this.api = new SessionApi(api);
    this.place = placeOf(location.hash);
    const refresh = () => this.#askUntilCurrent();
    this.tools = this.#tools(refresh);
    this.body = new SessionBody(id, { api: this.api, store, shell: actions.shell, refresh, isPast: this.place.at !== null, place: this.place });
    this.header = new SessionHeader(this.tools, { onDocument: () => this.body.toggleDocument() });
    this.historyPlace = h('section', { class: 'history' });
    this.banner = h('p', { class: 'outcome past', hidden: this.place.at === null, 'data-past': true });
    this.loading = h('p', { class: 'message' }, texts.session.loading);
    this.content = h('div', { class: 'session', hidden: true }, this.banner, this.header.element, this.place.with === null ? this.body.element : this.#compare(this.place.with), this.historyPlace);
    this.element = h('div', { class: 'page' }, this.loading, this.content);
    this.nearing = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#tellHistory(), NEAR);
    this.nearing.observe(this.historyPlace);
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
    if (other && this.#comparison && other.revision > this.#comparison.otherRevision) void this.#comparison.ask();
  }

  /** @param {number} now */
  tick(now) {
    this.header.tick(now);
    this.body.tick(now);
  }

  /** @returns {Record<string, () => void>} what single keys do here; a comparison has none */
  get keys() { return this.place.with !== null || this.content.hidden ? {} : this.body.keys; }

  close() {
    this.#closed = true;
    this.tools.close();
    this.body.close();
    this.nearing.disconnect();
    this.#comparison?.close();
    this.#history?.close();
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

  /** @param {() => Promise<void>} refresh */
  #tools(refresh) {
    const { api, store, actions } = this;
    const changes = lazily('views/session-changes.js', (/** @type {typeof import('./session-changes.js')} */ { SessionChanges }) => new SessionChanges({ api, store, refresh }), (error) => actions.fail(error));
    const change = (/** @type {Exclude<Action, 'stop'|'delete'>} */ name) =>
      (/** @type {import('../types.js').Session} */ session) => void changes((dialogs) => dialogs[name](session));
    const acts = {
      stop: actions.stop.bind(actions), delete: actions.delete.bind(actions), resume: change('resume'), retry: change('retry'), compare: change('compare'),
      past: change('past'), rename: change('rename'), labels: change('labels'), pin: change('pin'), expiry: change('expiry'),
    };
    return new SessionTools(acts, (why) => actions.shell.notify(why, 'good'));
  }

  /** @param {string} other the id of the session to compare with */
  #compare(other) {
    const place = h('section', { class: 'unitary-part' });
    void fill(place, 'views/compare.js', (/** @type {typeof import('./compare.js')} */ { Comparison }) => {
      if (this.#closed) return;
      this.#comparison = new Comparison(other, this.api, hrefOfPlace(this.id, { at: this.place.at }));
      place.replaceWith(this.#comparison.element);
      if (this.#table) this.#comparison.show(this.#table);
    });
    return place;
  }

  #tellHistory() {
    this.nearing.disconnect();
    void fill(this.historyPlace, 'views/history.js', (/** @type {typeof import('./history.js')} */ { SessionHistory }) => {
      if (this.#closed) return;
      this.#history = new SessionHistory(this.id, this.api);
      this.historyPlace.replaceWith(this.#history.element);
    });
  }

  get #table() { return this.#past ?? this.store.table(this.id); }

  #showAll() {
    const table = this.#table;
    if (!table) return;
    this.#showHeader(table);
    this.body.replace(table);
    this.#comparison?.show(table);
    this.#history?.update();
    setHidden(this.loading, true);
    setHidden(this.content, false);
  }

  /** @param {Table} table @param {Set<string>|undefined} questions */
  #showChanged(table, questions) {
    const isOther = this.header.session !== table.session;
    if (isOther) this.#showHeader(table);
    if (questions) this.body.patch(table, questions);
    if (!isOther && !questions) return;
    this.#comparison?.show(table);
    this.#history?.update();
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
    void fill(this.element, 'views/problem.js', (/** @type {typeof import('./problem.js')} */ { problemPage }) =>
      this.element.replaceChildren(problemPage(this.id, error, this.api, again), ...(isFinal || this.content.hidden ? [] : [this.content])));
  }
}
