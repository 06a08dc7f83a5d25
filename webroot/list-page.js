// @ts-check
import { ApiError } from './api.js';
import { clock } from './clock.js';
import { DAY_MILLIS, isExpiring } from './due.js';
import { frozen } from './frozen.js';
import { lazily } from './lazy.js';
import { ListQuery } from './list-query.js';
import { Pager } from './pager.js';
import { hrefOf } from './router.js';
import { Selection } from './selection.js';
import { Store } from './store.js';
import { texts } from './texts-list.js';
import { emptyState } from './views/empty.js';
import { ListView } from './views/list.js';
import { hrefOfPlace } from './views/session-place.js';
import { PastBanner, describePast } from './views/past.js';
import { ListTools } from './views/tools.js';

/** @typedef {import('./types.js').Changes} Changes */
/** @typedef {import('./types.js').ListSource} ListSource */
/** @typedef {import('./views/bulk.js').BulkBar} BulkBar */

const PAST_SESSIONS = 500;
const EXPIRING_MAX = 200;
const EXPIRING_EVERY_MILLIS = 600_000;
/** How many match is asked again at most so often. */
const RECOUNT_MILLIS = 3_000;

/** The list page: which list is shown (now, paused, or of the past), and what can be done with it. */
export class ListPage {
  selection = new Selection();
  /** What can be done with many sessions: comes with the first that is picked. @type {BulkBar|null} */
  #bulk = null;
  /** @type {ListSource|null} the list as it was when the page was paused */
  #paused = null;
  /** @type {{at: string, store: Store, pager: Pager}|null} */
  #past = null;
  /** Sessions that changed since the page was paused. @type {Set<string>} */
  #waiting = new Set();
  /** Why this person changes nothing, null where they may. @type {string|null} */
  #whyNot = null;
  /** The name of this person, which sessions carry. @type {string|null} */
  #me = null;
  #expiringAt = 0;
  #recountDue = false;
  #recountedAt = 0;

  /**
   * @param {{store: Store, api: import('./api.js').Api, shell: import('./views/shell.js').Shell, actions: import('./views/actions.js').SessionActions, choose: () => void, onSession: (id: string) => void}} parts
   */
  constructor({ store, api, shell, actions, choose, onSession }) {
    const fail = (/** @type {unknown} */ error) => actions.fail(error);
    this.store = store;
    this.api = api;
    this.pager = new Pager(store, api);
    this.shell = shell;
    this.actions = actions;
    /** Where the list is asked for by time. */
    this.dialogs = lazily('views/time-dialogs.js', (/** @type {typeof import('./views/time-dialogs.js')} */ code) => code, fail);
    const known = () => ({ sessions: store.sessions.values(), me: this.#me });
    this.tools = new ListTools({ onQuery: (query) => this.#go(query), known, dialogs: this.dialogs });
    const empty = emptyState({ api, choose, onSession, fail });
    this.view = new ListView({ source: store, pager: this.pager, actions, empty, selection: this.selection, tools: this.tools.element });
    const withBulk = lazily('views/bulk.js', (/** @type {typeof import('./views/bulk.js')} */ { BulkBar }) => this.#addBulk(new BulkBar({ api, selection: this.selection, list: this.view })), fail);
    this.selection.addEventListener('change', () => this.#bulk || this.selection.isEmpty || void withBulk((bar) => bar.show()));
    this.banner = new PastBanner(() => this.#go(this.view.query.with({ at: null })));
    shell.banners.append(this.banner.element);
    store.addEventListener('replaced', () => { this.#expiringAt = 0; });
    store.addEventListener('change', () => this.#confirm());
    this.#confirm();
  }

  get element() { return this.view.element; }

  /** What the page shows: its revision is the page's. @returns {ListSource} */
  get source() { return this.#past?.store ?? this.#paused ?? this.store; }

  get isPaused() { return this.#paused !== null; }

  /** @param {string|null} whyNot why this person changes nothing, null where they may @param {string|null} me their name, null as long as nobody knows */
  setRights(whyNot, me) {
    this.#me = me;
    if (whyNot === this.#whyNot) return;
    this.#whyNot = whyNot;
    if (!this.#past && this.element.isConnected) this.#showNow(this.view.query);
  }

  /** @param {string} text what the address asks for */
  open(text) {
    const query = ListQuery.of(new URLSearchParams(text));
    this.tools.show(query);
    if (query.at !== null) void this.#showPast(query, query.at);
    else this.#showNow(query);
  }

  /** The page is about to show a session. */
  leave() {
    this.#resume();
    this.banner.hide();
    this.selection.clear();
  }

  /** @param {Changes} changes */
  update(changes) {
    if (this.#paused) this.#wait(changes);
    else if (!this.#past) this.#updateNow(changes);
  }

  /** @param {number} now */
  tick(now) {
    this.view.tick(now);
    this.#bulk?.show();
    if (now - this.#expiringAt > EXPIRING_EVERY_MILLIS && this.store.journal !== null && !document.hidden) void this.#loadExpiring(now);
    if (this.#recountDue && now - this.#recountedAt > RECOUNT_MILLIS) void this.#recount(now);
  }

  /** Freezes the list, or shows what came since. */
  togglePause() {
    if (this.#past) return;
    if (this.#paused) this.#resume();
    else if (this.store.journal !== null) this.#paused = frozen(this.store);
    this.#showNow(this.view.query);
    // why not the banner: it changes with each change, and would be read out each time
    this.shell.speak(this.#paused ? texts.pause.paused : texts.pause.resumed);
  }

  askPast() {
    void this.dialogs(({ askPast }) =>
      askPast({ at: this.view.query.at, revision: this.store.revision, now: clock.now(), onAt: (at) => this.#go(this.view.query.with({ at })) }));
  }

  /** @returns {import('./keys.js').Keys} */
  get keys() {
    const { view, tools, selection } = this;
    const onCurrent = (/** @type {(session: import('./types.js').Session) => void} */ act) => () => view.current && act(view.current);
    return {
      '/': () => tools.search.focus(),
      j: () => view.cursor.move(1),
      k: () => view.cursor.move(-1),
      x: onCurrent(({ id }) => !view.isReadOnly && selection.set(id, !selection.has(id))),
      Enter: onCurrent(({ id }) => { location.hash = hrefOfPlace(id, { at: view.query.at }); }),
      s: onCurrent((session) => !view.isReadOnly && this.actions.mayStop(session) && this.actions.stop(session)),
      e: () => tools.openExport(),
      p: () => this.togglePause(),
    };
  }

  /** @param {ListQuery} query */
  #go(query) { location.hash = hrefOf({ page: 'list', query }); }

  /** Sessions that a snapshot left unconfirmed are asked for again. */
  #confirm() {
    if (this.store.unconfirmed.size > 0) void this.pager.confirm();
  }

  /** @param {BulkBar} bar */
  #addBulk(bar) {
    this.#bulk = bar;
    this.view.element.append(bar.element);
    return bar;
  }

  #resume() {
    this.#paused = null;
    this.#waiting.clear();
  }

  /** @param {ListQuery} query */
  #showNow(query) {
    this.#past = null;
    this.banner.hide();
    const isPaused = this.#paused !== null;
    this.view.show(query, { source: this.source, pager: this.pager, readOnly: this.#whyNot, isPaused });
    this.#showState();
  }

  #showState() {
    this.shell.showTime(this.view.query.at, true);
    this.shell.showPause(this.isPaused, this.#paused?.revision ?? 0, this.#waiting.size, this.#past === null);
    this.shell.showRevision(this.source);
    this.#bulk?.show();
  }

  /** @param {Changes} changes */
  #wait(changes) {
    for (const ids of [changes.touched, changes.removed.keys()]) for (const id of ids) this.#waiting.add(id);
    this.#showState();
  }

  /** @param {Changes} changes */
  #updateNow(changes) {
    this.view.update(changes);
    this.#bulk?.show();
    const mayDiffer = changes.added.size + changes.moved.size + changes.removed.size > 0;
    if (mayDiffer && !this.view.query.isCounted) this.#recountDue = true;
  }

  /** @param {ListQuery} query @param {string} at */
  async #showPast(query, at) {
    this.#resume();
    this.selection.clear();
    if (this.#past?.at !== at) this.#past = null;
    if (!this.#past) await this.#loadPast(query, at);
    if (!this.#past || query.at !== at) return;
    const { store, pager } = this.#past;
    this.banner.show(texts.past.banner(describePast(at, store.revision)));
    this.view.show(query, { source: store, pager, readOnly: texts.past.off, isPaused: false });
    this.#showState();
  }

  /** @param {ListQuery} query @param {string} at */
  async #loadPast(query, at) {
    try {
      const { revision, counts, items } = await this.api.sessions({ at, limit: PAST_SESSIONS });
      const store = new Store();
      const pager = new Pager(store, this.api, at);
      store.receive('snapshot', { journal: 'past', revision, counts, items });
      store.addEventListener('change', ({ detail }) => this.#past?.store === store && this.view.update(detail));
      this.#past = { at, store, pager };
    } catch (error) {
      this.actions.fail(error);
      if (error instanceof ApiError) this.#go(query.with({ at: null }));
    }
  }

  /** Most of what expires soon is old, and not among the newest sessions that the page holds. @param {number} now */
  async #loadExpiring(now) {
    this.#expiringAt = now;
    try {
      const { items } = await this.api.sessions({ sort: 'expiresAt', limit: EXPIRING_MAX });
      const soon = items.filter((session) => isExpiring(session, now, 2 * DAY_MILLIS));
      this.view.filters.expiring = new Map(soon.map((session) => [session.id, session]));
    } catch {
      // why nothing more: the number then counts what the page holds, and is asked for again later
    }
  }

  /** @param {number} now */
  async #recount(now) {
    this.#recountDue = false;
    this.#recountedAt = now;
    try {
      await this.pager.count(this.view.query);
    } catch {
      // why nothing more: the last known number stays until the next change
    }
  }
}
