// @ts-check
import { fullTime } from './format.js';
import { texts } from './texts-list.js';

const words = texts.created;
const HOUR_MILLIS = 3_600_000;
/** Spans that end now, in milliseconds. @type {Readonly<Record<string, number>>} */
const SPANS = { '1h': HOUR_MILLIS, '24h': 24 * HOUR_MILLIS, '7d': 168 * HOUR_MILLIS, '30d': 720 * HOUR_MILLIS };
export const SPAN_NAMES = Object.keys(SPANS);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** Whether a span ends now, and so lets through less with the time. @param {string} created */
export function isRelative(created) { return Object.hasOwn(SPANS, created); }

/**
 * When sessions were created, as the address says it: a span that ends now, or `from..to`, of which one may be missing.
 * @param {string} text @returns {string} the same, or '' for what means nothing
 */
export function createdOf(text) {
  if (isRelative(text)) return text;
  const bounds = text.split('..');
  const isValid = (/** @type {string} */ bound) => bound === '' || (INSTANT.test(bound) && !Number.isNaN(Date.parse(bound)));
  if (bounds.length !== 2 || text === '..' || !bounds.every(isValid)) return '';
  const { after, before } = boundsOf(text, 0);
  return after < before ? text : '';
}

/**
 * The first millisecond that is wanted, and the first that is not any more.
 * @param {string} created @param {number} now @returns {{after: number, before: number}}
 */
export function boundsOf(created, now) {
  if (isRelative(created)) return { after: now - SPANS[created], before: Infinity };
  const [from, to] = created.split('..');
  return { after: from ? Date.parse(from) : -Infinity, before: to ? Date.parse(to) : Infinity };
}

/** The bounds as the server takes them. @param {string} created @param {number} now */
export function createdParams(created, now) {
  const { after, before } = boundsOf(created, now);
  return { createdAfter: instant(after), createdBefore: instant(before) };
}

/** A span whose moment is fixed. @param {string} created @param {number} now */
export function fixed(created, now) {
  const { createdAfter, createdBefore } = createdParams(created, now);
  return created && `${createdAfter ?? ''}..${createdBefore ?? ''}`;
}

/** @param {string} created as the address says it, not '' */
export function describeCreated(created) {
  if (isRelative(created)) return words.spans[/** @type {keyof typeof words.spans} */ (created)];
  const { createdAfter, createdBefore } = createdParams(created, 0);
  return words.between(createdAfter && fullTime(createdAfter), createdBefore && fullTime(createdBefore));
}

/** @param {number} millis */
function instant(millis) { return Number.isFinite(millis) ? new Date(millis).toISOString() : null; }
