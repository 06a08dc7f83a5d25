// @ts-check
import { h } from '../dom.js';
import { texts } from '../texts.js';

let dialogs = 0;

/**
 * Opens a modal dialog; Escape and the buttons close it, and it leaves the page when it is closed.
 * @param {string} heading
 * @param {...(Node|string|null|false)} children
 * @returns {HTMLDialogElement}
 */
export function openDialog(heading, ...children) {
  const id = `dialog-${(dialogs += 1)}`;
  const dialog = h('dialog', { 'aria-labelledby': id, onclose: () => dialog.remove() }, h('h2', { id }, heading), ...children);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks before something is done that cannot be taken back.
 * @param {{heading: string, detail: string, reason: string, confirm: string}} words
 * @param {string} action a hook for the confirming button
 * @returns {Promise<{reason: string}|null>} null where the answer is no
 */
export function askReason(words, action) {
  return new Promise((resolve) => {
    const reason = h('input', { name: 'reason', type: 'text', maxlength: 500, autocomplete: 'off' });
    const confirm = (/** @type {Event} */ event) => {
      event.preventDefault();
      resolve({ reason: reason.value.trim() });
      dialog.close();
    };
    const dialog = openDialog(words.heading,
      h('form', { onsubmit: confirm },
        h('p', {}, words.detail),
        h('label', { class: 'field' }, words.reason, reason),
        h('div', { class: 'buttons end' },
          h('button', { class: 'button', type: 'button', 'data-action': 'cancel', onclick: () => dialog.close() }, texts.dialog.cancel),
          h('button', { class: 'button danger', type: 'submit', 'data-action': action }, words.confirm))));
    dialog.addEventListener('close', () => resolve(null));
    reason.focus();
  });
}
