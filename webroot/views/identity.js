// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts.js';
import { covers } from './rights.js';

/** @typedef {import('../api.js').Api} Api */

const words = texts.identity;

/** In the bar: which server this is, who somebody is to it, and the ways to the users and out. Fires `change`. */
export class Identity extends EventTarget {
  /** @type {string|null} null as long as nobody knows */
  role = null;
  /** Under which name they are on record, null as long as nobody knows. @type {string|null} */
  me = null;

  /** @param {Api} api @param {HTMLElement} place @param {HTMLElement} bar */
  constructor(api, place, bar) {
    super();
    this.api = api;
    const { host, pathname } = new URL('.', document.baseURI);
    setText(place, host + pathname.replace(/\/$/, ''));
    this.name = h('a', { class: 'whoami', 'data-who': true, dir: 'auto' });
    this.out = h('button', { class: 'button quiet', type: 'button', 'data-action': 'logout', hidden: true, onclick: () => this.#logOut() }, words.logout);
    bar.append(this.name, this.out);
  }

  /** Why this person cannot change sessions, null where they can. @returns {string|null} */
  get whyNot() { return this.role === null || covers(this.role, 'operator') ? null : words.looksOnly(this.role); }

  /** Asks the server; where it does not answer, nothing is said. */
  async ask() {
    try {
      const { name, role, means } = await this.api.me();
      this.role = role;
      this.me = name;
      setText(this.name, words.me(name, role));
      setAttribute(this.name, 'href', role === 'admin' ? 'people.html' : null);
      setHidden(this.out, means !== 'login');
    } catch {
      this.role = null;
      this.me = null;
      setText(this.name, '');
      setHidden(this.out, true);
    }
    this.dispatchEvent(new Event('change'));
  }

  async #logOut() {
    await this.api.logout();
    location.reload();
  }
}
