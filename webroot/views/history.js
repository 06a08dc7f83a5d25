// @ts-check
import { ApiError } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { fullTime, timeOfDay } from '../format.js';
import { texts } from '../texts-session-parts.js';
import { hrefOfPlace } from './session-place.js';
import { Moments } from './timeline.js';

/** @typedef {import('./session-api.js').SessionApi} SessionApi */
/** @typedef {import('./session-api.js').SessionEvent} SessionEvent */

const words = texts.history;
/** The stream says that something happened, not what; so often at most it is asked for. */
const ASK_MILLIS = 1_000;
/** More events are shown on demand only. */
const PAGES_AT_ONCE = 4;

/** What happened to the session: the story, and the record it is told from. */
export class SessionHistory {
  #last = 0;
  #asking = false;
  #isDue = false;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {string} id @param {SessionApi} api */
  constructor(id, api) {
    this.id = id;
    this.api = api;
    this.moments = new Moments(id);
    this.rows = h('tbody', {});
    this.journal = h('div', { class: 'journal', hidden: true, tabindex: 0, role: 'region', 'aria-label': words.journal },
      h('table', {}, h('thead', {}, h('tr', {}, ...Object.values(words.columns).map((text) => h('th', { scope: 'col' }, text)))), this.rows));
    this.message = h('p', { class: 'message' }, words.loading);
    this.more = h('button', { class: 'button', type: 'button', 'data-action': 'more-events', hidden: true, onclick: () => this.#ask() }, words.more);
    this.tabs = { timeline: this.#tab('timeline'), journal: this.#tab('journal') };
    this.element = h('section', { class: 'history', 'aria-label': words.heading },
      h('div', { class: 'filters', role: 'group', 'aria-label': words.heading }, this.tabs.timeline, this.tabs.journal),
      this.message, this.moments.element, this.journal, this.more);
    this.#choose('timeline');
    void this.#ask();
  }

  /** Something happened. */
  update() {
    this.#isDue = true;
    if (this.#timer === undefined && !this.#closed) {
      this.#timer = setTimeout(() => { this.#timer = undefined; void this.#ask(); }, ASK_MILLIS);
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    this.#isDue = false;
    try {
      for (let page = 0, next = true; next && page < PAGES_AT_ONCE && !this.#closed; page += 1) next = await this.#read();
      setHidden(this.message, true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(this.message, words.failed(error.message));
      setHidden(this.message, false);
    }
    this.#asking = false;
    if (this.#isDue) this.update();
  }

  /** @returns {Promise<boolean>} whether there is more */
  async #read() {
    const { items, next } = await this.api.events(this.id, this.#last);
    for (const event of items) {
      this.#last = event.revision;
      this.moments.add(event);
      this.rows.append(this.#row(event));
    }
    setHidden(this.more, next === null);
    return next !== null;
  }

  /** @param {SessionEvent} event */
  #row({ revision, at, type, actor, client, reason, data }) {
    const details = h('details', { ontoggle: () => body.textContent || setText(body, JSON.stringify(data, null, 2)) }, h('summary', {}, words.show));
    const body = h('pre', {});
    details.append(body);
    return h('tr', { 'data-event': type },
      h('td', { class: 'number' }, h('a', { href: hrefOfPlace(this.id, { at: String(revision) }), title: words.asItWas(revision) }, String(revision))),
      h('td', { class: 'number', title: fullTime(at) }, timeOfDay(at)), h('td', {}, type), h('td', {}, actor ?? ''), h('td', {}, client ?? ''),
      h('td', { dir: 'auto' }, reason ?? ''), h('td', {}, details));
  }

  /** @param {'timeline'|'journal'} which */
  #choose(which) {
    for (const [name, tab] of Object.entries(this.tabs)) setAttribute(tab, 'aria-pressed', String(name === which));
    setHidden(this.moments.element, which !== 'timeline');
    setHidden(this.journal, which !== 'journal');
  }

  /** @param {'timeline'|'journal'} which */
  #tab(which) {
    return h('button', { class: 'filter', type: 'button', 'data-action': which, onclick: () => this.#choose(which) }, words[which]);
  }
}
