// @ts-check
import { ApiError } from './api.js';
import { eventsOf } from './polled.js';
import { Tabs } from './tabs.js';
import { Uplink } from './uplink.js';

/** @typedef {import('./api.js').Api} Api */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./uplink.js').Connection} Connection */

/** The most sessions whose rows one stream brings. */
const SESSIONS_MAX = 16;
const BEAT_EVERY_MILLIS = 5_000;
const WATCH_EVERY_MILLIS = 2_000;
/** A leader that is silent for so long is frozen or dead; a tab that somebody looks at then leads itself. */
const LEADER_SILENCE_MILLIS_MAX = 12_000;

/**
 * The one stream of this browser. The leading tab has the connection, the others hear of each event from it, and what
 * one missed it asks for itself. Fires `state` when `connection` changes.
 */
export class Stream extends EventTarget {
  /** @type {Connection} */
  connection = 'catching-up';
  /** When the page last knew that it is current; null before the first time. @type {number|null} */
  currentAt = null;

  #isLeader = false;
  #stopped = true;
  /** @type {string|null} the session that this tab shows */
  #sessionId = null;
  /** What the other tabs show. @type {Map<string, string|null>} */
  #wants = new Map();
  /** What the leader said of itself. @type {{connection: Connection, revision: number, named: string[]}|null} */
  #leader = null;
  #heardAt = 0;
  #catching = false;

  /** @param {Store} store @param {Api} api */
  constructor(store, api) {
    super();
    this.store = store;
    this.api = api;
    this.uplink = new Uplink(store, api, {
      onEvent: (type, text) => this.tabs.post({ kind: 'event', type, text }),
      onState: () => this.#showUplink(),
    });
    this.tabs = new Tabs({ onLead: () => this.#lead(), onFollow: () => this.#follow(), onMessage: (message) => this.#hear(message) });
    setInterval(() => this.#isLeader && this.#beat(), BEAT_EVERY_MILLIS);
    setInterval(() => this.#watch(), WATCH_EVERY_MILLIS);
    addEventListener('online', () => this.#hurry());
    addEventListener('pageshow', (event) => event.persisted && this.#hurry());
    for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, () => document.hidden || this.#hurry());
    addEventListener('pagehide', () => this.tabs.post({ kind: 'bye' }));
  }

  /** Follows the list and, where one is named, the rows of this session. @param {string|null} sessionId */
  follow(sessionId) {
    this.#sessionId = sessionId;
    if (this.#stopped) return;
    if (this.#isLeader) this.uplink.follow(this.#named());
    else this.tabs.post({ kind: 'want', sessionId });
  }

  /** Gives up until `start`, because the server wants a token first. */
  stop() {
    this.#stopped = true;
    this.#isLeader = false;
    this.uplink.stop();
    this.tabs.leave();
  }

  start() {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.tabs.join();
  }

  #named() {
    const ids = new Set([this.#sessionId, ...this.#wants.values()].filter((id) => id !== null));
    return [.../** @type {Set<string>} */ (ids)].slice(0, SESSIONS_MAX);
  }

  #lead() {
    this.#isLeader = true;
    this.#leader = null;
    this.uplink.currentAt ??= this.currentAt;
    this.tabs.post({ kind: 'leader' });
    this.uplink.follow(this.#named());
    this.uplink.start();
  }

  #follow() {
    this.#isLeader = false;
    this.uplink.stop();
    this.#wants.clear();
    this.#heardAt = Date.now();
    this.tabs.post({ kind: 'want', sessionId: this.#sessionId });
    void this.#catchUp();
  }

  /** @param {any} message */
  #hear(message) {
    if (this.#isLeader) this.#hearFollower(message);
    else this.#hearLeader(message);
  }

  /** @param {any} message */
  #hearFollower({ kind, from, sessionId }) {
    if (kind === 'want') this.#wants.set(from, sessionId);
    else if (kind === 'bye') this.#wants.delete(from);
    if (kind !== 'want') return;
    this.uplink.follow(this.#named());
    this.#beat();
  }

  /** @param {any} message */
  #hearLeader({ kind, type, text, state }) {
    if (kind === 'want' || kind === 'bye') return;
    this.#heardAt = Date.now();
    if (kind === 'leader') this.tabs.post({ kind: 'want', sessionId: this.#sessionId });
    else if (kind === 'state') this.#compare(state);
    else if (kind === 'event') this.#receive(type, text);
  }

  /** @param {string} type @param {string} text */
  #receive(type, text) {
    const data = JSON.parse(text);
    const isNamed = this.#sessionId === null || (this.#leader?.named.includes(this.#sessionId) ?? false);
    const outcome = this.store.receive(type, type === 'frame' && !isNamed ? { ...data, withoutRows: true } : data);
    if (outcome === 'gap') void this.#catchUp();
    else if (outcome === 'applied' || outcome === 'known') this.#showLeader();
  }

  /** The leader said how it stands: this tab may have missed something. @param {{connection: Connection, revision: number, named: string[]}} state */
  #compare(state) {
    this.#leader = state;
    if (state.connection === 'live' && state.revision > this.store.revision) void this.#catchUp();
    else this.#showLeader();
  }

  /** Asks the server for what came since. */
  async #catchUp() {
    if (this.#catching) return;
    this.#catching = true;
    try {
      const { journal, revision } = this.store;
      const after = journal === null ? null : revision;
      for (const [type, data] of eventsOf(await this.api.changes({ after, journal, wait: 0 }))) this.store.receive(type, data);
      this.#heardAt = Date.now();
      this.#showLeader();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // why nothing more: the leader feels the same and says so, and its next beat tries again
    } finally {
      this.#catching = false;
    }
  }

  #beat() {
    const { connection } = this.uplink;
    this.tabs.post({ kind: 'state', state: { connection, revision: this.store.revision, named: this.#named() } });
  }

  #watch() {
    if (this.#isLeader) this.currentAt = this.uplink.currentAt;
    if (this.#isLeader || this.#stopped || document.hidden) return;
    if (Date.now() - this.#heardAt >= LEADER_SILENCE_MILLIS_MAX) this.tabs.seize();
  }

  #hurry() {
    if (this.#stopped) return;
    if (this.#isLeader) this.uplink.hurry();
    else void this.#catchUp();
  }

  #showUplink() {
    if (!this.#isLeader) return;
    this.currentAt = this.uplink.currentAt;
    this.#say(this.uplink.connection);
    this.#beat();
  }

  /** A tab is as current as its leader, once it holds what the leader holds. */
  #showLeader() {
    const { connection = 'live', revision = 0 } = this.#leader ?? {};
    if (connection === 'live' && (this.store.journal === null || this.store.revision < revision)) return;
    if (connection === 'live') this.currentAt = Date.now();
    this.#say(connection);
  }

  /** @param {Connection} connection */
  #say(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.dispatchEvent(new Event('state'));
  }
}
