// @ts-check
import { ApiError, streamHref } from './api.js';
import { eventsOf } from './polled.js';

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
const SILENCE_MILLIS_MAX = 6_000;
/** A stream that comes after one that was held back is looked at sooner. */
const SUSPECT_MILLIS_MAX = 2_000;
/** A stream answers at once; one that does not is held back by something on the way. */
const OPENING_MILLIS_MAX = 5_000;
/** Its first event may be large and the line slow, but some time it has to be there. */
const FIRST_EVENT_MILLIS_MAX = 10_000;
/** After so many refusals the page follows the list alone. */
const REFUSALS_MAX = 2;
/** After the stream was found silent so often though there was news, the page polls. */
const HELD_BACK_MAX = 2;
const POLL_WAIT_SECONDS = 25;
const CHECK_EVERY_MILLIS = 2_000;

/**
 * This tab's own connection: keeps the store current and says how current it is. Calls `onEvent` with each event and
 * `onState` when `connection` changes. It reconnects by itself and never by the browser's rule, so that each stream says
 * exactly what the store holds. Where a proxy holds streams back it polls instead.
 */
export class Uplink {
  /** @type {Connection} */
  connection = 'catching-up';
  /** When the page last knew that it is current; null before the first time. @type {number|null} */
  currentAt = null;
  isPolling = false;

  /** @type {EventSource|null} */
  #source = null;
  /** @type {AbortController|null} */
  #poll = null;
  /** @type {string[]} */
  #sessionIds = [];
  #retries = 0;
  /** How often the server refused this stream though it answers; a session that is gone must not cost the list. */
  #refusals = 0;
  #heldBack = 0;
  /** @type {number|null} since when there is no connection */
  #lostAt = null;
  #heardAt = 0;
  #openedAt = 0;
  #heardAny = false;
  #resumedAt = 0;
  #stopped = true;
  #checking = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retryTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #switchTimer;

  /** @param {Store} store @param {Api} api @param {{onEvent: (type: string, text: string) => void, onState: () => void}} parts */
  constructor(store, api, { onEvent, onState }) {
    this.store = store;
    this.api = api;
    this.onEvent = onEvent;
    this.onState = onState;
    setInterval(() => this.#watch(), CHECK_EVERY_MILLIS);
  }

  /** Follows the list and the rows of these sessions. @param {string[]} sessionIds */
  follow(sessionIds) {
    const known = new Set(this.#sessionIds);
    const news = sessionIds.some((id) => !known.has(id));
    this.#sessionIds = sessionIds;
    // why: polls bring no rows, whatever is named
    if (this.#stopped || (this.isOpen && (!news || this.isPolling))) return;
    this.#refusals = 0;
    this.#connect();
  }

  get isOpen() { return this.#source !== null || this.#poll !== null; }

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

  /** The network or the user came back: no reason to wait for the timers. */
  hurry() {
    if (this.#stopped) return;
    if (!this.isOpen) this.#connect();
    else if (this.#poll) this.#connect();
    else this.#heardAt = Math.min(this.#heardAt, Date.now() - SILENCE_MILLIS_MAX);
  }

  #connect() {
    this.#close();
    clearTimeout(this.#retryTimer);
    this.#openedAt = Date.now();
    this.#heardAny = false;
    if (this.isPolling) void this.#pollOn();
    else this.#open();
    // why: a page that was live stays so over a quick switch between list and session; only a slow one is told
    this.#switchTimer = setTimeout(() => this.connection === 'live' && this.#say('catching-up'), SWITCH_MILLIS_MAX);
  }

  #open() {
    const { journal } = this.store;
    const after = journal === null ? null : this.store.revision;
    const sessionIds = this.#refusals < REFUSALS_MAX ? this.#sessionIds : [];
    const source = new EventSource(streamHref({ sessionIds, after, journal }));
    this.#source = source;
    for (const type of EVENTS) source.addEventListener(type, (event) => this.#receive(type, event.data));
    source.addEventListener('reset', () => this.#say('catching-up'));
    source.addEventListener('goodbye', () => this.#lose());
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#lose());
  }

  #close() {
    clearTimeout(this.#switchTimer);
    this.#source?.close();
    this.#source = null;
    this.#poll?.abort();
    this.#poll = null;
    this.store.dropOpenFrame();
  }

  #opened() {
    this.#heardAt = Date.now();
    if (this.connection !== 'live') this.#say('catching-up');
  }

  /** @param {string} type @param {string} text */
  #receive(type, text) {
    this.#heardAt = Date.now();
    this.#heardAny = true;
    const outcome = this.store.receive(type, JSON.parse(text));
    this.onEvent(type, text);
    if (outcome === 'applied' && Date.now() - this.#openedAt > OPENING_MILLIS_MAX) this.#heldBack = 0;
    if (outcome === 'gap') this.#resume();
    else if (outcome === 'applied' || outcome === 'known') this.#current();
  }

  /** Asks again and again what changed; the server answers when something did. */
  async #pollOn() {
    const poll = new AbortController();
    this.#poll = poll;
    let wait = 0;
    while (poll === this.#poll) {
      try {
        const reply = await this.api.changes({ ...this.#position(), wait }, poll.signal);
        if (poll !== this.#poll) return;
        for (const [type, data] of eventsOf(reply)) this.#receive(type, JSON.stringify(data));
        wait = POLL_WAIT_SECONDS;
      } catch {
        if (poll === this.#poll) this.#lose();
        return;
      }
    }
  }

  #position() {
    const { journal, revision } = this.store;
    return journal === null ? { after: null, journal: null } : { after: revision, journal };
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
    if (!this.#source || this.#checking || this.#stopped) return;
    const isOpen = this.#source.readyState === 1;
    const isHeld = !this.#heardAny && Date.now() - this.#openedAt >= (isOpen ? FIRST_EVENT_MILLIS_MAX : OPENING_MILLIS_MAX);
    const silence = this.#heldBack > 0 ? SUSPECT_MILLIS_MAX : SILENCE_MILLIS_MAX;
    const isSilent = isOpen && this.#heardAny && Date.now() - this.#heardAt >= silence;
    if (!isHeld && !isSilent) return;
    this.#checking = true;
    if (isHeld) await this.#checkHeld(this.#source);
    else await this.#check(this.#source);
    this.#checking = false;
  }

  /** Nothing came on a stream that is open: the server answers, so something between holds the stream back. @param {EventSource} source */
  async #checkHeld(source) {
    try {
      await this.api.revision();
      if (source === this.#source && !this.#heardAny) this.#turnToPolling();
    } catch (error) {
      if (source === this.#source && error instanceof ApiError) this.#lose();
    }
  }

  #turnToPolling() {
    this.isPolling = true;
    this.#connect();
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
    if (source !== this.#source || revision <= this.store.revision) return;
    this.#say('catching-up');
    this.#heldBack += 1;
    if (this.#heldBack >= HELD_BACK_MAX) this.#turnToPolling();
    else this.#connect();
  }

  /** @param {Connection} connection */
  #say(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.onState();
  }
}
