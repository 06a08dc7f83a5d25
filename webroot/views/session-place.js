// @ts-check
/**
 * What of the session page is in the address: so that a link shows to somebody else what one sees.
 * @typedef {{at: string|null, with: string|null, question: string|null, filter: string|null, below: number|null}} Place
 */

const PARTS = /** @type {const} */ (['at', 'with', 'question', 'filter', 'below']);

/** @param {string} hash @returns {Place} */
export function placeOf(hash) {
  const given = new URLSearchParams(hash.split('?')[1] ?? '');
  const below = Number(given.get('below'));
  return {
    at: given.get('at'), with: given.get('with'), question: given.get('question'), filter: given.get('filter'),
    below: given.has('below') && below >= 0 && below <= 100 ? below : null,
  };
}

/** @param {string} id @param {Partial<Place>} place @returns {string} */
export function hrefOfPlace(id, place) {
  const given = PARTS.filter((part) => place[part] !== null && place[part] !== undefined).map((part) => [part, String(place[part])]);
  return `#/sessions/${encodeURIComponent(id)}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}

/** Notes in the address what is shown now; this is no step to go back from. @param {string} id @param {Partial<Place>} change */
export function notePlace(id, change) {
  history.replaceState(history.state, '', hrefOfPlace(id, { ...placeOf(location.hash), ...change }));
}
