// @ts-check
import { ApiError } from '../api.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts-dialogs.js';
import { openDialog } from './dialog.js';

const words = texts.login;

/** Asks once who it is, however many requests were refused meanwhile. */
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
    const name = h('input', { name: 'name', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true });
    const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
    const token = h('input', { name: 'token', type: 'password', autocomplete: 'off', required: true });
    const error = h('p', { class: 'error', role: 'alert' });
    this.#dialog = openDialog(words.heading,
      this.#form('data-login-user', [field(words.name, name), field(words.password, password)], words.submit, error,
        () => this.api.loginAs(name.value.trim(), password.value), words.wrong),
      this.#form('data-login', [field(words.token, token, words.hint)], words.submitToken, error,
        () => this.api.login(token.value.trim()), words.wrongToken),
      error);
    // why: without a login there is nothing behind the dialog to go back to
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.#dialog.addEventListener('close', () => { this.#dialog = null; });
    name.focus();
  }

  /**
   * @param {string} hook
   * @param {HTMLElement[]} fields
   * @param {string} label
   * @param {HTMLElement} error where a refusal is said
   * @param {() => Promise<unknown>} send
   * @param {string} wrong
   */
  #form(hook, fields, label, error, send, wrong) {
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      setText(error, await this.#refusal(send, wrong));
    };
    return h('form', { [hook]: true, class: 'login', onsubmit: submit }, ...fields,
      h('div', { class: 'buttons end' }, h('button', { class: 'button primary', type: 'submit' }, label)));
  }

  /** @param {() => Promise<unknown>} send @param {string} wrong @returns {Promise<string>} '' where it was accepted */
  async #refusal(send, wrong) {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 401 ? wrong : error.message;
    }
    this.#dialog?.close();
    this.onDone();
    return '';
  }
}

/** @param {string} label @param {HTMLElement} input @param {string} [hint] */
function field(label, input, hint) {
  return h('label', { class: 'field' }, label, input, hint ? h('span', { class: 'hint' }, hint) : null);
}
