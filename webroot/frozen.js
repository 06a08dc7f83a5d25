// @ts-check
/** @typedef {import('./types.js').ListSource} ListSource */

/** The list as it is now, for as long as the page is paused. @param {ListSource} store @returns {ListSource} */
export function frozen({ journal, revision, counts, sessions, order, reach }) {
  const ids = [...order.ids];
  const places = new Map(ids.map((id, place) => [id, place]));
  return { journal, revision, counts, sessions: new Map(sessions), reach, order: { ids, indexOf: (id) => places.get(id) ?? -1 } };
}
