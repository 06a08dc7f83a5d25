// @ts-check
/** @typedef {import('./types.js').SessionState} SessionState */

/** @type {readonly SessionState[]} */
export const STATES = ['queued', 'running', 'completed', 'partial', 'failed'];

/** @param {{state: SessionState}} session an active session never expires and can be stopped */
export const isActive = (session) => session.state === 'queued' || session.state === 'running';
