// @ts-check
import { STATES } from './types.js';

/** @typedef {import('./types.js').SessionState} SessionState */
/** @typedef {{page: 'list', state: SessionState|null}|{page: 'session', id: string}} Route */

/** @param {string} hash @returns {Route} */
export function routeOf(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const session = /^\/sessions\/([^/]+)\/?$/.exec(path);
  if (session) return { page: 'session', id: decoded(session[1]) };
  const state = new URLSearchParams(query).get('state');
  return { page: 'list', state: STATES.find((known) => known === state) ?? null };
}

/** @param {Route} route @returns {string} */
export function hrefOf(route) {
  if (route.page === 'session') return `#/sessions/${encodeURIComponent(route.id)}`;
  return route.state ? `#/?state=${route.state}` : '#/';
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
