// @ts-check
import { ListQuery } from './list-query.js';

/** @typedef {{page: 'list', query: ListQuery}|{page: 'session', id: string}} Route */

/** @param {string} hash @returns {Route} */
export function routeOf(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const session = /^\/sessions\/([^/]+)\/?$/.exec(path);
  if (session) return { page: 'session', id: decoded(session[1]) };
  return { page: 'list', query: ListQuery.of(new URLSearchParams(query)) };
}

/** @param {Route|{page: 'list', state: string|null}} route @returns {string} */
export function hrefOf(route) {
  if (route.page === 'session') return `#/sessions/${encodeURIComponent(route.id)}`;
  const query = String('query' in route ? route.query : new ListQuery(route));
  return query ? `#/?${query}` : '#/';
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
