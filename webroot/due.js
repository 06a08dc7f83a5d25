// @ts-check
/** @typedef {import('./types.js').Session} Session */

/** A running session that reports nothing for so long is worth a look. */
export const STALLED_MILLIS = 120_000;
export const DAY_MILLIS = 86_400_000;

/** @param {Session} session @param {number} now by the server's clock */
export function isStalled({ state, progress, startedAt }, now) {
  return state === 'running' && now - Date.parse(progress.lastAt ?? startedAt ?? '') > STALLED_MILLIS;
}

/** @param {Session} session @param {number} now by the server's clock @param {number} within milliseconds */
export function isExpiring({ expiresAt, pinned }, now, within) {
  return expiresAt !== null && !pinned && Date.parse(expiresAt) - now < within;
}
