// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { duration, timeOfDay } from '../format.js';
import { showInFavicon } from '../favicon.js';
import { texts } from '../texts.js';
import { themeButton } from './theme-button.js';

/** @typedef {import('../stream.js').Stream} Stream */
/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../types.js').Changes} Changes */

const DIGEST_EVERY_MILLIS = 10_000;
const NOTICE_MILLIS = 12_000;
const NOTICES_MAX = 4;

/** What surrounds every page: the status line, the title, banners, notices and the one live region. */
export class Shell {
  #digest = { added: 0, moved: 0, removed: 0 };
  #wasLive = false;

  /**
   * @param {Store} store
   * @param {Stream} stream
   * @param {{time: () => void, pause: () => void, help: () => void}} acts
   * @param {boolean} isList whether the page that is about to come is the list
   */
  constructor(store, stream, { time, pause, help }, isList) {
    this.store = store;
    this.stream = stream;
    this.label = h('span', { class: 'connection' });
    this.revision = h('span', { class: 'number', 'data-revision-shown': true }, texts.never);
    this.lag = h('span', { class: 'lag number', 'data-lag': true, title: texts.connection.lagTitle, hidden: true });
    this.age = h('span', { class: 'age' });
    find('[data-status-line]').append(
      h('span', { class: 'dot', 'aria-hidden': 'true' }), this.label,
      h('span', { class: 'revision' }, `${texts.connection.revision} `, this.revision), this.lag, this.age,
    );
    this.time = h('button', { class: 'button quiet', type: 'button', 'data-action': 'time', onclick: time });
    this.pause = h('button', { class: 'button quiet', type: 'button', 'data-action': 'pause', 'aria-keyshortcuts': 'p', onclick: pause });
    find('[data-bar-tools]').append(this.time, this.pause, themeButton(),
      h('button', { class: 'button quiet', type: 'button', 'data-action': 'help', 'aria-label': texts.helpHeading, 'aria-keyshortcuts': '?', onclick: help }, '?'));
    this.reload = h('p', { class: 'banner', role: 'status', 'data-banner': 'version', hidden: true }, texts.version.text, ' ',
      h('button', { class: 'button', type: 'button', 'data-action': 'reload', onclick: () => location.reload() }, texts.version.reload));
    this.paused = h('p', { class: 'banner', role: 'status', 'aria-live': 'off', 'data-banner': 'paused', hidden: true });
    this.waiting = h('span', { 'data-waiting': '0' });
    this.paused.append(this.waiting, ' ', h('button', { class: 'button', type: 'button', 'data-action': 'show-waiting', onclick: pause }, texts.pause.show));
    this.banners = find('[data-banners]');
    this.banners.append(this.reload, this.paused);
    this.region = find('[data-digest]');
    this.notices = find('[data-notices]');
    setInterval(() => this.#speakDigest(), DIGEST_EVERY_MILLIS);
    this.showTime(null, isList);
    this.showPause(false, 0, 0, isList);
    this.showConnection();
  }

  /** Shows the revision that the rest of the page shows. Called in the same paint as the views. @param {{revision: number, journal: string|null}} source */
  showRevision({ revision, journal }) {
    setAttribute(document.body, 'data-revision', revision);
    setText(this.revision, journal === null ? texts.never : String(revision));
  }

  showConnection() {
    const { connection } = this.stream;
    setAttribute(document.body, 'data-connection', connection);
    setText(this.label, texts.connection[connection]);
    this.tick(Date.now());
    this.#speakConnection(connection);
  }

  /** @param {string|null} at @param {boolean} isList only the list has a past */
  showTime(at, isList) {
    setHidden(this.time, !isList);
    setText(this.time, at === null ? texts.time.now : texts.time.then);
    setAttribute(this.time, 'aria-pressed', String(at !== null));
  }

  /** @param {boolean} isPaused @param {number} revision @param {number} waiting @param {boolean} isPossible */
  showPause(isPaused, revision, waiting, isPossible) {
    setHidden(this.pause, !isPossible);
    setText(this.pause, isPaused ? texts.pause.resume : texts.pause.pause);
    setAttribute(this.pause, 'aria-pressed', String(isPaused));
    setAttribute(document.body, 'data-paused', isPaused);
    setHidden(this.paused, !isPaused);
    setAttribute(this.waiting, 'data-waiting', waiting);
    setText(this.waiting, texts.pause.waiting(revision, waiting));
  }

  /** The server is of another version than this page. */
  askForReload() { setHidden(this.reload, false); }

  /** @param {number|null} millis */
  showLag(millis) {
    setHidden(this.lag, millis === null || this.stream.connection !== 'live');
    if (millis !== null) setText(this.lag, texts.connection.lag(millis));
  }

  /** @param {number} now by the clock of this computer, which also dated what is shown */
  tick(now) {
    const { connection, currentAt } = this.stream;
    const dated = connection !== 'live' && currentAt !== null;
    setHidden(this.age, !dated);
    if (connection !== 'live') setHidden(this.lag, true);
    if (dated) setText(this.age, texts.connection.asOf(timeOfDay(currentAt), duration(now - currentAt)));
  }

  /** @param {Changes} changes */
  count(changes) {
    const running = this.store.counts?.running ?? 0;
    document.title = texts.title(running);
    showInFavicon(running);
    if (!this.#wasLive) return;
    this.#digest.added += changes.added.size;
    this.#digest.moved += changes.moved.size;
    this.#digest.removed += changes.removed.size;
  }

  /** @param {string} text @param {'good'|'bad'} kind */
  notify(text, kind) {
    const close = () => notice.remove();
    const notice = h('div', { class: `notice is-${kind}` }, h('p', { dir: 'auto' }, text),
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
