// @ts-check
import { h, setAttribute, setText } from '../dom.js';
import { texts } from '../texts.js';

/** @typedef {import('../types.js').SessionState} SessionState */

/** @returns {HTMLSpanElement} a session's state as a word with its colour */
export function badge() { return h('span', { class: 'badge' }); }

/** @param {HTMLElement} element @param {SessionState} state */
export function setBadge(element, state) {
  setText(element, texts.states[state]);
  setAttribute(element, 'class', `badge is-${state}`);
}
