// @ts-check
import { ApiError, streamHref } from './api.js';

/** @typedef {import('./api.js').Api} Api */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {'live'|'catching-up'|'reconnecting'|'old'} Connection */

const EVENTS = ['snapshot', 'session', 'removed', 'row', 'frame'];
const OLD_AFTER_MILLIS = 30_000;
const RETRY_FIRST_MILLIS = 500;
const RETRY_MILLIS_MAX = 15_000;
/** A switch of streams this short is not worth a word. */
const SWITCH_MILLIS_MAX = 1_000;
/** The stream's heartbeat is a comment, which a page cannot see: after so much silence it asks whether it missed anything. */
const SILENCE_MILLIS_MAX = 15_000;
/** After so many refusals the page follows the list alone. */
const REFUSALS_MAX = 2;
const CHECK_EVERY_MILLIS = 2_000;

/**
 * The one EventSource of the page: keeps the store current and says how current it is. Fires `state` when `connection`
 * changes. It reconnects by itself and never by the browser's rule, so that each stream says exactly what the store holds.
 */
export class Stream extends EventTarget {
  /** @type {Connection} */
  connection = 'catching-up';
  /** When the page last knew that it is current; null before the first time. @type {number|null} */
  currentAt = null;

  /** @type {EventSource|null} */
  #source = null;
  /** @type {string|null} */
  #sessionId = null;
  #retries = 0;
  /** How often the server refused this stream though it answers; a session that is gone must not cost the list. */
  #refusals = 0;
  /** @type {number|null} since when there is no connection */
  #lostAt = null;
  #heardAt = 0;
  #resumedAt = 0;
  #stopped = false;
  #checking = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retryTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #switchTimer;

  /** @param {Store} store @param {Api} api */
  constructor(store, api) {
    super();
    this.store = store;
    this.api = api;
    setInterval(() => this.#watch(), CHECK_EVERY_MILLIS);
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  /** Follows the list and, where one is named, the rows of this session. @param {string|null} sessionId */
  follow(sessionId) {
    if (this.#source && sessionId === this.#sessionId) return;
    this.#sessionId = sessionId;
    this.#refusals = 0;
    if (!this.#stopped) this.#connect();
  }

  /** Gives up until `start`, because the server wants a token first. */
  stop() {
    this.#stopped = true;
    this.#close();
    clearTimeout(this.#retryTimer);
  }

  start() {
    this.#stopped = false;
    this.#retries = 0;
    this.#connect();
  }

  #connect() {
    this.#close();
    clearTimeout(this.#retryTimer);
    const { journal } = this.store;
    const after = journal === null ? null : this.store.revision;
    const sessionId = this.#refusals < REFUSALS_MAX ? this.#sessionId : null;
    const source = new EventSource(streamHref({ sessionId, after, journal }));
    this.#source = source;
    for (const type of EVENTS) source.addEventListener(type, (event) => this.#receive(type, event.data));
    source.addEventListener('reset', () => this.#say('catching-up'));
    source.addEventListener('goodbye', () => this.#lose());
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#lose());
    // why: a page that was live stays so over a quick switch between list and session; only a slow one is told
    this.#switchTimer = setTimeout(() => this.connection === 'live' && this.#say('catching-up'), SWITCH_MILLIS_MAX);
  }

  #close() {
    clearTimeout(this.#switchTimer);
    this.#source?.close();
    this.#source = null;
    this.store.dropOpenFrame();
  }

  #opened() {
    this.#heardAt = Date.now();
    if (this.connection !== 'live') this.#say('catching-up');
  }

  /** @param {string} type @param {string} text */
  #receive(type, text) {
    this.#heardAt = Date.now();
    const outcome = this.store.receive(type, JSON.parse(text));
    if (outcome === 'gap') this.#resume();
    else if (outcome === 'applied' || outcome === 'known') this.#current();
  }

  /** Something is missing: asks for it at once, but a server that leaves holes again and again is asked more and more slowly. */
  #resume() {
    const isOften = Date.now() - this.#resumedAt < CHECK_EVERY_MILLIS;
    this.#resumedAt = Date.now();
    if (isOften) this.#lose();
    else this.#connect();
  }

  #current() {
    clearTimeout(this.#switchTimer);
    this.currentAt = this.#heardAt = Date.now();
    this.#retries = 0;
    this.#lostAt = null;
    this.#say('live');
  }

  #lose() {
    const refused = this.#source?.readyState === 2;
    this.#close();
    if (this.#stopped) return;
    this.#lostAt ??= Date.now();
    if (this.connection !== 'old') this.#say('reconnecting');
    const delay = Math.min(RETRY_MILLIS_MAX, RETRY_FIRST_MILLIS * 2 ** this.#retries++) * (0.5 + Math.random() / 2);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => (refused ? this.#askWhy() : this.#connect()), delay);
  }

  /** An EventSource does not tell a 401 from a 503, so a plain request finds out; it also fires `unauthorized`. */
  async #askWhy() {
    try {
      await this.api.revision();
      this.#refusals += 1;
      if (!this.#stopped) this.#connect();
    } catch {
      this.#lose();
    }
  }

  async #watch() {
    if (this.#lostAt !== null && Date.now() - this.#lostAt >= OLD_AFTER_MILLIS) this.#say('old');
    const silentSince = Date.now() - this.#heardAt;
    if (!this.#source || this.#source.readyState !== 1 || this.#checking) return;
    if (silentSince < SILENCE_MILLIS_MAX) return;
    this.#checking = true;
    await this.#check(this.#source);
    this.#checking = false;
  }

  /** Compares the page with the server: a dead connection can look alive for minutes. @param {EventSource} source */
  async #check(source) {
    const held = this.store.revision;
    try {
      const revision = await this.api.revision();
      if (source !== this.#source || this.store.journal === null) return;
      if (revision < held) this.#lose();
      else if (revision > this.store.revision) await this.#expect(revision, source);
      else this.#current();
    } catch (error) {
      if (source === this.#source && error instanceof ApiError) this.#lose();
    }
  }

  /** The stream has a moment to bring what the server is known to have. @param {number} revision @param {EventSource} source */
  async #expect(revision, source) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MILLIS));
    if (source === this.#source && revision > this.store.revision) this.#connect();
  }

  /** The network or the user came back: no reason to wait for the timers. */
  #hurry() {
    if (this.#stopped) return;
    if (!this.#source) this.#connect();
    else this.#heardAt = Math.min(this.#heardAt, Date.now() - SILENCE_MILLIS_MAX);
  }

  /** @param {Connection} connection */
  #say(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.dispatchEvent(new Event('state'));
  }
}
