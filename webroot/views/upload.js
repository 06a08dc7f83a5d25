// @ts-check
import { ApiError } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { size } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts-dialogs.js';

/** @typedef {import('../api.js').Api} Api */

const words = texts.start;

/** One document on its way to becoming a session, with what is to be said about it. */
export class Upload {
  /** @type {string|null} */
  sessionId = null;
  #busy = false;

  /** @param {File} file @param {() => void} onRemove */
  constructor(file, onRemove) {
    this.file = file;
    this.isPdf = file.type === 'application/pdf' || /\.pdf$/i.test(file.name);
    this.state = h('span', { class: 'upload-state' });
    this.bar = h('progress', { max: 1, value: 0, 'aria-label': file.name, hidden: true });
    this.remove = h('button', { class: 'close', type: 'button', 'aria-label': `${words.remove} ${file.name}`, onclick: onRemove }, '×');
    this.element = h('li', {}, h('span', { class: 'upload-name' }, file.name), h('span', { class: 'aside number' }, size(file.size)),
      this.remove, this.state, this.bar);
    this.#say(this.isPdf ? words.ready : words.notPdf, !this.isPdf);
  }

  get isStarted() { return this.sessionId !== null; }

  get canStart() { return this.isPdf && !this.isStarted && !this.#busy; }

  /** @param {Api} api @param {string} questionSet @param {string} title '' leaves it to the server */
  async start(api, questionSet, title) {
    this.#busy = true;
    setHidden(this.remove, true);
    setHidden(this.bar, false);
    try {
      const document = await api.uploadDocument(this.file, this.file.name, (fraction) => this.#showFraction(fraction));
      this.#say(words.starting, false);
      const session = await api.createSession({ questionSet, documentId: document.id, ...(title && { title }) });
      this.sessionId = session.id;
      this.#say('', false);
      this.state.append(`${words.started}. `, this.#link(session.id));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#say(error.message, true);
    } finally {
      this.#busy = false;
      setHidden(this.bar, true);
      setHidden(this.remove, this.isStarted);
    }
  }

  /** @param {number} fraction */
  #showFraction(fraction) {
    setAttribute(this.bar, 'value', fraction);
    this.#say(fraction < 1 ? words.uploading(Math.floor(fraction * 100)) : words.reading, false);
  }

  /** @param {string} id */
  #link(id) {
    const leave = () => this.element.closest('dialog')?.close();
    return h('a', { href: hrefOf({ page: 'session', id }), onclick: leave }, words.view);
  }

  /** @param {string} text @param {boolean} isError */
  #say(text, isError) {
    setText(this.state, text);
    setAttribute(this.state, 'data-error', isError);
  }
}
