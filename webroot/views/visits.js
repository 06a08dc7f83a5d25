// @ts-check
const KEY = 'holdfast.visits';
const VISITS_MAX = 300;

/** Up to which revision this browser has seen each session; the oldest are forgotten. */
export const visits = {
  /** @param {string} id @returns {number|null} */
  last(id) { return read().find(([known]) => known === id)?.[1] ?? null; },

  /** @param {string} id @param {number} revision */
  note(id, revision) {
    const others = read().filter(([known]) => known !== id);
    try {
      localStorage.setItem(KEY, JSON.stringify([[id, revision], ...others].slice(0, VISITS_MAX)));
    } catch {
      // A browser that keeps nothing has no last visit.
    }
  },
};

/** @returns {[string, number][]} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
