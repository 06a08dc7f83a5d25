// @ts-check
import { ApiError } from '../api.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts.js';
import { openDialog } from './dialog.js';

const words = texts.login;

/** Asks for the token once, however many requests were refused meanwhile. */
export class Login {
  /** @type {HTMLDialogElement|null} */
  #dialog = null;

  /** @param {import('../api.js').Api} api @param {() => void} onDone */
  constructor(api, onDone) {
    this.api = api;
    this.onDone = onDone;
  }

  ask() {
    if (this.#dialog) return;
    const token = h('input', { name: 'token', type: 'password', autocomplete: 'current-password', required: true });
    const error = h('p', { class: 'error', role: 'alert' });
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      setText(error, await this.#refusal(token.value.trim()));
      token.select();
    };
    this.#dialog = openDialog(words.heading,
      h('form', { 'data-login': true, onsubmit: submit },
        h('p', {}, words.hint),
        h('label', { class: 'field' }, words.token, token),
        error,
        h('div', { class: 'buttons end' }, h('button', { class: 'button primary', type: 'submit' }, words.submit))));
    // why: without a token there is nothing behind the dialog to go back to
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.#dialog.addEventListener('close', () => { this.#dialog = null; });
    token.focus();
  }

  /** @param {string} token @returns {Promise<string>} '' where it was accepted */
  async #refusal(token) {
    try {
      await this.api.login(token);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 401 || error.status === 403 ? words.wrong : error.message;
    }
    this.#dialog?.close();
    this.onDone();
    return '';
  }
}
