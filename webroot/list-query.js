// @ts-check
import { boundsOf, createdOf, createdParams, fixed, isRelative } from './created.js';
import { DAY_MILLIS, isExpiring, isStalled } from './due.js';
import { STATES } from './states.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').SessionState} SessionState */
/** @typedef {'stalled'|'expiring'} Due */

/** The order in which sessions keep their place, whatever happens to them. */
export const BY_CREATION = '-createdAt';
/** The orders that the server offers. */
export const SORTS = /** @type {const} */ ([BY_CREATION, 'createdAt', '-endedAt', 'expiresAt', 'title', '-title']);
const TEXT_MAX = 200;

/** What the list is asked for; all of it is in the address of the page. */
export class ListQuery {
  /** @param {{state?: string|null, q?: string|null, label?: string|null, createdBy?: string|null, created?: string|null, sort?: string|null, due?: string|null, at?: string|null}} [given] */
  constructor({ state, q, label, createdBy, created, sort, due, at } = {}) {
    /** @type {SessionState|null} */
    this.state = STATES.find((known) => known === state) ?? null;
    this.q = (q ?? '').slice(0, TEXT_MAX);
    this.label = (label ?? '').slice(0, TEXT_MAX);
    this.createdBy = (createdBy ?? '').slice(0, TEXT_MAX);
    /** A span like `24h`, or `from..to`; '' for any time. */
    this.created = createdOf(created ?? '');
    /** @type {string} */
    this.sort = SORTS.find((known) => known === sort) ?? BY_CREATION;
    /** @type {Due|null} */
    this.due = due === 'stalled' || due === 'expiring' ? due : null;
    /** The revision or time of the past that is shown, or null for now. @type {string|null} */
    this.at = at || null;
  }

  /** @param {Partial<{state: string|null, q: string, label: string, createdBy: string, created: string, sort: string, due: string|null, at: string|null}>} change */
  with(change) { return new ListQuery({ ...this, ...change }); }

  /** @param {URLSearchParams} params */
  static of(params) { return new ListQuery(Object.fromEntries(params)); }

  /** @returns {string} for the address, '' for the list of all sessions of now */
  toString() {
    const { state, q, label, createdBy, created } = this;
    const given = Object.entries({ state, q, label, createdBy, created, sort: this.sort === BY_CREATION ? null : this.sort, due: this.due, at: this.at });
    return new URLSearchParams(given.filter(([, value]) => value).map(([name, value]) => [name, String(value)])).toString();
  }

  /** The same question, whose answer does not change with the clock alone. @param {number} now */
  fixedAt(now) { return this.with({ created: fixed(this.created, now) }); }

  /**
   * The parameters that the server takes. What is due it does not know, but it can bring close what will be.
   * @param {number} now @returns {Record<string, string|null>}
   */
  toParams(now) {
    const { state, q, label, createdBy, sort } = this;
    const asked = { state, q, label, createdBy, ...(this.created && createdParams(this.created, now)), sort };
    if (this.due === 'stalled') return { ...asked, state: 'running' };
    return this.due === 'expiring' ? { ...asked, sort: 'expiresAt' } : asked;
  }

  /** Whether a session changes its place only when somebody asks for that. */
  get isOrderedByServer() { return this.sort !== BY_CREATION || this.due === 'expiring'; }

  /** Whether sessions come and go with the clock alone. */
  get isTimed() { return this.due !== null || isRelative(this.created); }

  /** Whether the counts tell how many sessions there are. */
  get isCounted() { return this.q === '' && this.label === '' && this.createdBy === '' && this.created === '' && this.due === null; }

  get isFiltered() { return this.state !== null || !this.isCounted; }

  /** @param {Session} session @param {number} now */
  fits(session, now) {
    return (this.state === null || session.state === this.state) && this.#isDue(session, now)
      && hasText(session, this.q.toLowerCase()) && hasLabel(session, this.label)
      && (this.createdBy === '' || session.createdBy === this.createdBy) && (this.created === '' || isIn(session, boundsOf(this.created, now)));
  }

  /** @param {Session} session @param {number} now */
  #isDue(session, now) {
    if (this.due === 'stalled') return isStalled(session, now);
    return this.due !== 'expiring' || isExpiring(session, now, DAY_MILLIS);
  }
}

/** As the server searches. @param {Session} session @param {string} text in lower case */
function hasText({ title, document: pdf, id, createdBy }, text) {
  return text === '' || [title, pdf?.filename, id, createdBy].some((value) => value?.toLowerCase().includes(text));
}

/** @param {Session} session @param {{after: number, before: number}} bounds */
function isIn({ createdAt }, { after, before }) {
  const at = Date.parse(createdAt);
  return at >= after && at < before;
}

/** @param {Session} session @param {string} label a key, or a key and a value */
function hasLabel({ labels = {} }, label) {
  if (label === '') return true;
  const colon = label.indexOf(':');
  return colon < 0 ? label in labels : labels[label.slice(0, colon)] === label.slice(colon + 1);
}
