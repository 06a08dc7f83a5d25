// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { duration, timeOfDay } from '../format.js';
import { texts } from '../texts.js';

/** @typedef {import('../stream.js').Stream} Stream */
/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../types.js').Changes} Changes */

const DIGEST_EVERY_MILLIS = 10_000;
const NOTICE_MILLIS = 12_000;
const NOTICES_MAX = 4;

/** What surrounds every page: the status line, the title, notices and the one live region. */
export class Shell {
  #digest = { added: 0, moved: 0, removed: 0 };
  #wasLive = false;

  /** @param {Store} store @param {Stream} stream */
  constructor(store, stream) {
    this.store = store;
    this.stream = stream;
    this.label = h('span', { class: 'connection' });
    this.revision = h('span', { class: 'number', 'data-revision-shown': true });
    this.age = h('span', { class: 'age' });
    find('[data-status-line]').append(
      h('span', { class: 'dot', 'aria-hidden': 'true' }), this.label,
      h('span', { class: 'revision' }, `${texts.connection.revision} `, this.revision), this.age,
    );
    this.region = find('[data-digest]');
    this.notices = find('[data-notices]');
    setInterval(() => this.#speakDigest(), DIGEST_EVERY_MILLIS);
    this.showConnection();
  }

  /** Shows the revision that the rest of the page shows. Called in the same paint as the views. */
  showRevision() {
    setAttribute(document.body, 'data-revision', this.store.revision);
    setText(this.revision, this.store.journal === null ? texts.never : String(this.store.revision));
  }

  showConnection() {
    const { connection } = this.stream;
    setAttribute(document.body, 'data-connection', connection);
    setText(this.label, texts.connection[connection]);
    this.tick(Date.now());
    this.#speakConnection(connection);
  }

  /** @param {number} now */
  tick(now) {
    const { connection, currentAt } = this.stream;
    const dated = connection !== 'live' && currentAt !== null;
    setHidden(this.age, !dated);
    if (dated) setText(this.age, texts.connection.asOf(timeOfDay(currentAt), duration(now - currentAt)));
  }

  /** @param {Changes} changes */
  count(changes) {
    document.title = texts.title(this.store.counts?.running ?? 0);
    if (!this.#wasLive) return;
    this.#digest.added += changes.added.size;
    this.#digest.moved += changes.moved.size;
    this.#digest.removed += changes.removed.size;
  }

  /** @param {string} text @param {'good'|'bad'} kind */
  notify(text, kind) {
    const close = () => notice.remove();
    const notice = h('div', { class: `notice is-${kind}` }, h('p', {}, text),
      h('button', { class: 'close', type: 'button', 'aria-label': texts.dialog.dismiss, onclick: close }, '×'));
    while (this.notices.childElementCount >= NOTICES_MAX) this.notices.firstElementChild?.remove();
    this.notices.append(notice);
    this.speak(text);
    if (kind === 'good') setTimeout(close, NOTICE_MILLIS);
  }

  /** @param {string} connection */
  #speakConnection(connection) {
    const isLive = connection === 'live';
    if (this.#wasLive && !isLive && connection !== 'catching-up') this.speak(texts.connection.lost);
    if (!this.#wasLive && isLive && this.region.textContent) this.speak(texts.connection.back);
    if (connection !== 'catching-up') this.#wasLive = isLive;
  }

  #speakDigest() {
    const text = texts.digest(this.#digest);
    if (text) this.speak(text);
    this.#digest = { added: 0, moved: 0, removed: 0 };
  }

  /** Says something in the live region only. @param {string} text */
  speak(text) { setText(this.region, text); }
}

/** @param {string} selector @returns {HTMLElement} */
function find(selector) { return /** @type {HTMLElement} */ (document.querySelector(selector)); }
