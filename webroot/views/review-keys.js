// @ts-check
/** @typedef {import('./results.js').ResultsView} ResultsView */
/** @typedef {import('./review.js').Review} Review */

/**
 * The keys of the session page. They rest while something is typed, a dialog is open, or a key belongs to the browser.
 * @param {{results: ResultsView, review: Review, showEvidence: () => void}} parts
 * @returns {() => void} ends it
 */
export function listenToKeys({ results, review, showEvidence }) {
  const move = (/** @type {1|-1} */ step) => results.select(results.next(step) ?? results.current, true);
  /** @type {Record<string, () => void>} */
  const keys = {
    j: () => move(1), k: () => move(-1), n: () => review.next(), o: showEvidence,
    a: () => review.accept(), c: () => review.edit('corrected'), x: () => review.edit('rejected'),
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key !== 'j' && event.key !== 'k') return;
    if (target.closest('input, textarea, select, dialog') || document.querySelector('dialog[open]') || !results.element.isConnected) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
