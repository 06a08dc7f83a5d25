// @ts-check
/** @typedef {{page: 'list', query: string}|{page: 'session', id: string}} Route what a list is asked for, its own page understands */

/** @param {string} hash @returns {Route} */
export function routeOf(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const session = /^\/sessions\/([^/]+)\/?$/.exec(path);
  if (session) return { page: 'session', id: decoded(session[1]) };
  return { page: 'list', query };
}

/** @param {Route|{page: 'list', query?: import('./list-query.js').ListQuery}} route @returns {string} */
export function hrefOf(route) {
  if (route.page === 'session') return `#/sessions/${encodeURIComponent(route.id)}`;
  const query = String(route.query ?? '');
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
