// @ts-check
/** @typedef {import('./types.js').Session} Session */

/** A running session that reports nothing for so long is worth a look. */
export const STALLED_MILLIS = 120_000;
export const DAY_MILLIS = 86_400_000;

/**
 * What a resumed session reported before its last start is no sign of life.
 * @param {Session} session @param {number} now by the server's clock
 */
export function isStalled({ state, progress, startedAt }, now) {
  const heard = [startedAt, progress.lastAt].map((at) => Date.parse(at ?? '') || 0);
  return state === 'running' && now - Math.max(...heard) > STALLED_MILLIS;
}

/** @param {Session} session @param {number} now by the server's clock @param {number} within milliseconds */
export function isExpiring({ expiresAt, pinned }, now, within) {
  return expiresAt !== null && !pinned && Date.parse(expiresAt) - now < within;
}
