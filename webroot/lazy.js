// @ts-check
import { ApiError } from './api.js';
import { h } from './dom.js';
import { texts } from './texts.js';

/** How often the code of a path did not come. @type {Map<string, number>} */
const failures = new Map();

/**
 * Fetches code. A browser remembers for good that a module did not come, so the next try gives it another address.
 * @param {string} path below that of the page @returns {Promise<any>}
 */
export async function fetchCode(path) {
  const failed = failures.get(path) ?? 0;
  try {
    return await import(`./${path}${failed > 0 ? `?try=${failed}` : ''}`);
  } catch (error) {
    failures.set(path, failed + 1);
    throw error;
  }
}

/**
 * Something whose code comes at its first use. While that is on its way the last wish counts, so a key that is pressed
 * twice opens nothing twice; where it does not come, the next use tries again.
 * @template C, T
 * @param {string} path below that of the page
 * @param {(code: C) => T} make
 * @param {(error: ApiError) => void} fail says that it did not come
 * @returns {(use: (made: T) => void) => Promise<void>}
 */
export function lazily(path, make, fail) {
  /** @type {T|null} */
  let made = null;
  /** @type {((made: T) => void)|null} */
  let wish = null;
  return async (use) => {
    const isComing = wish !== null;
    wish = use;
    if (isComing) return;
    const code = made ? null : await fetchCode(path).catch(() => null);
    const last = wish;
    wish = null;
    if (code) made = make(code);
    if (made) last(made);
    else fail(new ApiError(0, texts.errors.code));
  };
}

/**
 * Fills a place of the page with what is made of code that comes now.
 * @template C
 * @param {HTMLElement} place says where it does not come, and offers to try again
 * @param {string} path below that of the page
 * @param {(code: C) => void} make
 */
export async function fill(place, path, make) {
  const code = await fetchCode(path).catch(() => null);
  if (code) make(code);
  else place.replaceChildren(notFetched(() => fill(place, path, make)));
}

/** @param {() => void} again */
export function notFetched(again) {
  return h('div', { class: 'message', role: 'alert' }, h('p', {}, texts.errors.code),
    h('button', { class: 'button', type: 'button', 'data-action': 'fetch-again', onclick: again }, texts.errors.again));
}
