// @ts-check
/** @typedef {Record<string, () => void>} Keys */

/**
 * Single keys that act on the page. They rest while somebody types, while a dialog is open, and with modifier keys.
 * @param {() => Keys} keysOf what the keys do on the page that is shown
 */
export function listenToKeys(keysOf) {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = keysOf()[event.key];
    if (!act || document.querySelector('dialog[open]')) return;
    if (event.key === 'Enter' && isControl(event.target)) return;
    event.preventDefault();
    act();
  });
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea, [contenteditable]');
}

/** Enter belongs to what has the focus. @param {EventTarget|null} target */
function isControl(target) { return target instanceof HTMLElement && target.matches('a, button, summary, input'); }
