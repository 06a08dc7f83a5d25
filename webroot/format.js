// @ts-check
import { texts } from './texts.js';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** @param {number} millis @returns {string} a length of time in its largest unit, e.g. "3 s", "29 d" */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** @param {string|null} at @param {number} now */
export function ago(at, now) {
  if (!at) return texts.never;
  const millis = now - Date.parse(at);
  return millis < 1000 ? 'now' : `${duration(millis)} ago`;
}

/** @param {string|null} at @param {number} now */
export function until(at, now) {
  if (!at) return texts.never;
  const millis = Date.parse(at) - now;
  return millis <= 0 ? 'due' : duration(millis);
}

/** @param {string|null} at @param {number} now @returns {string} the time of day; for another day its date */
export function shortTime(at, now) {
  if (!at) return texts.never;
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clock.format(date);
  return date.getFullYear() === today.getFullYear() ? `${day.format(date)}, ${clock.format(date)}` : dayYear.format(date);
}

/** @param {string|number|null} at */
export function timeOfDay(at) { return at === null ? texts.never : clockSeconds.format(new Date(at)); }

/** @param {string|null} at */
export function fullTime(at) {
  if (!at) return texts.never;
  const date = new Date(at);
  return `${dayYear.format(date)}, ${clockSeconds.format(date)}`;
}

/** @param {number|null|undefined} fraction 0..1 */
export function percent(fraction) {
  return fraction === null || fraction === undefined ? texts.never : `${Math.round(fraction * 100)}%`;
}

/** @param {number} bytes */
export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
