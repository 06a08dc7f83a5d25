// @ts-check
import { duration, timeOfDay } from '../format.js';
import { texts } from '../texts.js';

/** @typedef {import('../types.js').Session} Session */

const words = texts.outcome;
/** Fewer answers than this say nothing about the time that is left. */
const ETA_ANSWERS_MIN = 3;

/** @param {Session} session @param {number} now */
export function etaOf({ state, startedAt, progress: { answered, notFound, total } }, now) {
  const done = answered + notFound;
  if (state !== 'running' || !startedAt || done < ETA_ANSWERS_MIN || done >= total) return '';
  return words.eta(duration(((now - Date.parse(startedAt)) / done) * (total - done)));
}

/** @param {Session} session @param {number} [revision] of its end @returns {string} how it ended, '' where there is nothing to add to its state */
export function outcomeOf({ state, endedAt, revision: last, progress, reason, error }, revision = last) {
  if (state === 'failed') return words.failed(error?.message ?? reason ?? texts.never);
  if (state !== 'partial') return '';
  const stopped = words.stopped(timeOfDay(endedAt), revision, progress.answered);
  return reason ? `${stopped}. ${words.because(reason)}` : stopped;
}
