// @ts-check
const RANKS = ['viewer', 'reviewer', 'operator', 'admin'];

/** @typedef {'reviewer'|'operator'} Needed */

/**
 * Whether a role covers what is needed; the server decides, the page only says so in time.
 * @param {string|null} role null where it is not known yet
 * @param {Needed} needed
 */
export function covers(role, needed) { return role === null || RANKS.indexOf(role) >= RANKS.indexOf(needed); }
