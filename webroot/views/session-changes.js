// @ts-check
import { ApiError } from '../api.js';
import { clock } from '../clock.js';
import { h, setText } from '../dom.js';
import { hrefOf } from '../router.js';
import { shortTime } from '../format.js';
import { texts } from '../texts-session-parts.js';
import { openDialog } from './dialog.js';
import { hrefOfPlace } from './session-place.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('./session-api.js').SessionApi} SessionApi */

const words = texts.change;
const REASON_MAX = 500;
const TITLE_MAX = 200;
const CHOICES_MAX = 200;

/** What people change of a session besides its rows. Each asks first; a refusal is shown where the input is. */
export class SessionChanges {
  /** @param {{api: SessionApi, store: import('../store.js').Store, refresh: () => Promise<void>}} parts */
  constructor({ api, store, refresh }) {
    this.api = api;
    this.store = store;
    this.refresh = refresh;
  }

  /** @param {Session} session */
  resume(session) {
    const scope = h('select', { name: 'scope' }, h('option', { value: 'pending' }, words.resume.pending), h('option', { value: 'notFound' }, words.resume.notFound));
    this.#ask('resume', words.resume.heading(session.title), words.resume,
      [h('p', {}, words.resume.detail), field(words.resume.scope, scope)],
      (reason) => this.api.resume(session.id, { scope: scope.value, ...(reason && { reason }) }, this.#seen(session)));
  }

  /** @param {Session} session */
  retry(session) {
    const key = randomKey();
    this.#ask('retry', words.retry.heading(session.title), words.retry, [h('p', {}, words.retry.detail)], async (reason) => {
      const { id } = await this.api.retry(session.id, reason ? { reason } : {}, key);
      location.hash = hrefOf({ page: 'session', id });
    });
  }

  /** @param {Session} session */
  rename(session) {
    const title = h('input', { name: 'title', type: 'text', required: true, maxlength: TITLE_MAX, value: session.title, dir: 'auto' });
    this.#ask('rename', words.rename.heading, words.rename, [field(words.rename.title, title)], (reason) => this.#patch(session, { title: title.value.trim() }, reason));
  }

  /** @param {Session} session */
  labels(session) {
    const known = session.labels ?? {};
    const shown = Object.entries(known).map(([key, value]) => (value ? `${key}: ${value}` : key)).join('\n');
    const labels = h('textarea', { name: 'labels', rows: 5, dir: 'auto' }, shown);
    this.#ask('labels', words.labels.heading, words.labels, [h('p', { class: 'hint' }, words.labels.hint), field(words.labels.labels, labels)],
      (reason) => this.#patch(session, { labels: labelPatch(known, labels.value) }, reason));
  }

  /** @param {Session} session */
  expiry(session) {
    const at = h('input', { name: 'expiresAt', type: 'datetime-local', required: true, value: session.expiresAt ? localTime(session.expiresAt) : '' });
    this.#ask('expiry', words.expiry.heading, words.expiry, [h('p', { class: 'hint' }, words.expiry.hint), field(words.expiry.at, at)],
      (reason) => this.#patch(session, { expiresAt: new Date(at.value).toISOString() }, reason));
  }

  /** @param {Session} session */
  pin(session) {
    const action = session.pinned ? 'unpin' : 'pin';
    this.#ask(action, words[action].heading, words[action], [h('p', {}, words[action].detail)], (reason) => this.#patch(session, { pinned: !session.pinned }, reason));
  }

  /** @param {Session} session */
  compare(session) {
    const text = texts.compare;
    const others = [...this.store.sessions.values()].filter(({ id, questionSet }) => id !== session.id && questionSet.name === session.questionSet.name);
    const isKin = (/** @type {Session} */ other) => other.id === session.retryOf || other.retryOf === session.id;
    others.sort((a, b) => Number(isKin(b)) - Number(isKin(a)) || b.createdAt.localeCompare(a.createdAt));
    const select = h('select', { name: 'other' }, h('option', { value: '' }, texts.never), ...others.slice(0, CHOICES_MAX).map((other) =>
      h('option', { value: other.id, selected: isKin(other) }, text.option(other.title, shortTime(other.createdAt, clock.now())))));
    const id = h('input', { name: 'otherId', type: 'text', autocomplete: 'off', spellcheck: 'false' });
    this.#ask('compare', text.heading, text, [h('p', {}, text.detail), field(text.other, select), field(text.otherId, id)], async () => {
      const other = id.value.trim() || select.value;
      if (!other) throw new ApiError(0, text.none);
      location.hash = hrefOfPlace(session.id, { with: other });
    }, false);
  }

  /** @param {Session} session */
  past(session) {
    const text = texts.past;
    const revision = h('input', { name: 'revision', type: 'text', inputmode: 'numeric', pattern: '\\d{1,18}', autocomplete: 'off' });
    const time = h('input', { name: 'time', type: 'datetime-local', step: 1 });
    this.#ask('past', text.heading, text, [h('p', {}, text.detail), field(text.revision, revision), field(text.time, time)], async () => {
      const at = revision.value.trim() || (time.value && new Date(time.value).toISOString());
      if (!at) throw new ApiError(0, text.neither);
      location.hash = hrefOfPlace(session.id, { at });
    }, false);
  }

  /** @param {Session} session @param {Record<string, unknown>} body @param {string} reason */
  #patch(session, body, reason) { return this.api.patch(session.id, body, reason, this.#seen(session)); }

  /** @param {Session} session what the person looked at when the dialog opened */
  #seen(session) { return Math.max(session.revision, this.store.revision); }

  /**
   * @param {string} action
   * @param {string} heading
   * @param {{confirm: string}} labels
   * @param {HTMLElement[]} fields
   * @param {(reason: string) => Promise<unknown>} act
   * @param {boolean} [asksReason]
   */
  #ask(action, heading, labels, fields, act, asksReason = true) {
    const reason = h('input', { name: 'reason', type: 'text', maxlength: REASON_MAX, autocomplete: 'off' });
    const error = h('p', { class: 'error', role: 'alert' });
    const confirm = h('button', { class: 'button primary', type: 'submit', 'data-action': `confirm-${action}` }, labels.confirm);
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      confirm.disabled = true;
      try {
        await act(reason.value.trim());
        dialog.close();
      } catch (refused) {
        setText(error, await this.#explain(refused));
      }
      confirm.disabled = false;
    };
    const dialog = openDialog(heading, h('form', { onsubmit: submit }, ...fields, asksReason && field(words.reason, reason), error,
      h('div', { class: 'buttons end' }, h('button', { class: 'button', type: 'button', 'data-action': 'cancel', onclick: () => dialog.close() }, words.cancel), confirm)));
    /** @type {HTMLElement|null} */ (dialog.querySelector('input, select, textarea'))?.focus();
  }

  /** After a conflict what is there now is brought, so that the next try is about that. @param {unknown} refused */
  async #explain(refused) {
    if (!(refused instanceof ApiError)) throw refused;
    if (refused.status !== 412) return refused.message;
    await this.refresh().catch(() => {});
    return words.conflict;
  }
}

/** @param {string} label @param {HTMLElement} input */
function field(label, input) { return h('label', { class: 'field' }, label, input); }

/**
 * @param {Record<string, string>} known
 * @param {string} text one label a line
 * @returns {Record<string, string|null>} a merge patch: what is not there any more is null
 */
function labelPatch(known, text) {
  /** @type {Record<string, string|null>} */
  const patch = Object.fromEntries(Object.keys(known).map((key) => [key, null]));
  for (const line of text.split('\n').map((given) => given.trim()).filter(Boolean)) {
    const colon = line.indexOf(':');
    patch[colon < 0 ? line : line.slice(0, colon).trim()] = colon < 0 ? '' : line.slice(colon + 1).trim();
  }
  return patch;
}

/** @param {string} at @returns {string} as an input of local time wants it */
function localTime(at) {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** `randomUUID` is missing on plain HTTP off loopback. */
function randomKey() { return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''); }
