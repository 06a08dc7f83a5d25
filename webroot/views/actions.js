// @ts-check
import { ApiError } from '../api.js';
import { texts } from '../texts.js';
import { isActive } from '../states.js';
import { askReason } from './dialog.js';
import { outcomeOf } from './outcome.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('./shell.js').Shell} Shell */

/** What an operator does with a session; asks first, then shows the server's answer at once. */
export class SessionActions {
  /** Sessions that this page deletes: nobody has to ask where they went. @type {Set<string>} */
  #deleting = new Set();

  /** @param {{api: Api, store: Store, shell: Shell, onDeleted: (id: string) => void}} parts */
  constructor({ api, store, shell, onDeleted }) {
    this.api = api;
    this.store = store;
    this.shell = shell;
    this.onDeleted = onDeleted;
  }

  /** @param {Session} session */
  async stop({ id, title }) {
    const words = { ...texts.stop, heading: texts.stop.heading(title) };
    const answer = await askReason(words, 'confirm-stop');
    if (answer) await this.#try(words.confirm, () => this.#stop(id, title, answer.reason));
  }

  /** @param {Session} session */
  async delete({ id, title }) {
    const words = { ...texts.delete, heading: texts.delete.heading(title) };
    const answer = await askReason(words, 'confirm-delete');
    if (answer) await this.#try(words.confirm, () => this.#delete(id, title, answer.reason));
  }

  /** @param {Session} session */
  mayStop(session) { return isActive(session); }

  /** @param {Session} session */
  async resume({ id, title }) {
    const words = { ...texts.resume, heading: texts.resume.heading(title) };
    const answer = await askReason(words, 'confirm-resume');
    if (!answer) return;
    await this.#try(words.confirm, async () => {
      await this.api.resume(id, answer.reason);
      this.shell.notify(texts.resume.done(title), 'good');
    });
  }

  /** @param {unknown} error @param {string} [what] */
  fail(error, what) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) this.shell.notify(what ? texts.errors.failed(what, error.message) : error.message, 'bad');
  }

  /** @param {string} id @param {string} title @param {string} reason */
  async #stop(id, title, reason) {
    const { session, results } = await this.api.stop(id, reason);
    this.store.mergeResults(results);
    const what = session.state === 'partial' ? texts.stop.done(title, outcomeOf(session)) : texts.stop.ended(title, texts.states[session.state]);
    // why: the session page says it in its header, where it stays
    if (this.store.table(id)) this.shell.speak(what);
    else this.shell.notify(what, 'good');
  }

  /** @param {string} id @param {string} title @param {string} reason */
  async #delete(id, title, reason) {
    this.#deleting.add(id);
    try {
      await this.api.delete(id, reason);
    } catch (error) {
      this.#deleting.delete(id);
      throw error;
    }
    this.shell.notify(texts.delete.done(title), 'good');
    this.onDeleted(id);
  }

  /** @param {string} id */
  isDeleting(id) { return this.#deleting.has(id); }

  /** @param {string} what @param {() => Promise<void>} act */
  async #try(what, act) {
    try {
      await act();
    } catch (error) {
      this.fail(error, what);
    }
  }
}
