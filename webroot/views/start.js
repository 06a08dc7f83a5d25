// @ts-check
import { ApiError } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts-dialogs.js';
import { openDialog } from './dialog.js';
import { Upload } from './upload.js';

/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../api.js').QuestionSet} QuestionSet */

const words = texts.start;
const DEFAULT_SET = 'bid-spec';

/** The dialog that starts analyses: documents, a question set, a title. Each document gets its own session. */
export class StartDialog {
  /** @type {HTMLDialogElement|null} */
  #dialog = null;
  /** @type {Upload[]} */
  #uploads = [];
  #busy = false;

  /** @param {Api} api @param {(sessionId: string) => void} onOnlyOne called with the session where there was one document */
  constructor(api, onOnlyOne) {
    this.api = api;
    this.onOnlyOne = onOnlyOne;
  }

  /** @param {File[]} [files] */
  open(files = []) {
    if (!this.#dialog?.open) this.#build();
    this.#add(files);
  }

  #build() {
    this.#uploads = [];
    this.#busy = false;
    this.input = h('input', { type: 'file', accept: 'application/pdf,.pdf', multiple: true, class: 'visually-hidden', 'aria-label': words.choose, onchange: () => this.#add([...(this.input?.files ?? [])]) });
    this.list = h('ul', { class: 'uploads', 'aria-label': words.files });
    this.set = h('select', { name: 'questionSet', required: true });
    this.title = h('input', { name: 'title', type: 'text', maxlength: 200, autocomplete: 'off' });
    this.hint = h('span', { class: 'hint' });
    this.error = h('p', { class: 'error', role: 'alert' });
    this.submit = h('button', { class: 'button primary', type: 'submit', 'data-action': 'start' }, words.submit);
    this.cancel = h('button', { class: 'button', type: 'button', onclick: () => this.#dialog?.close() }, words.cancel);
    this.#dialog = openDialog(words.heading,
      h('form', { class: 'start', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void this.#start(); } },
        h('label', { class: 'zone' }, words.zone, this.input), this.list,
        h('label', { class: 'field' }, words.questionSet, this.set),
        h('label', { class: 'field' }, words.title, this.title, this.hint),
        this.error,
        h('div', { class: 'buttons end' }, this.cancel, this.submit)));
    void this.#loadSets();
    this.#show();
  }

  /** @param {File[]} files */
  #add(files) {
    for (const file of files) {
      const upload = new Upload(file, () => this.#remove(upload));
      this.#uploads.push(upload);
      this.list?.append(upload.element);
    }
    if (this.input) this.input.value = '';
    this.#show();
  }

  /** @param {Upload} upload */
  #remove(upload) {
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    upload.element.remove();
    this.#show();
  }

  #open() { return this.#uploads.filter((upload) => upload.canStart); }

  #show() {
    if (!this.submit || !this.hint || !this.title || !this.error || !this.list || !this.cancel) return;
    const open = this.#open().length;
    const several = this.#uploads.length > 1;
    setText(this.submit, open > 1 ? words.submitSeveral(open) : words.submit);
    this.submit.disabled = this.#busy || open === 0;
    setText(this.cancel, this.#uploads.some((upload) => upload.isStarted) ? words.close : words.cancel);
    setText(this.hint, several ? words.titleSeveral : words.titleHint);
    setAttribute(this.title, 'disabled', several);
    setHidden(this.list, this.#uploads.length === 0);
  }

  async #loadSets() {
    try {
      const sets = await this.api.questionSets();
      this.set?.replaceChildren(...sets.map(option));
      if (sets.length === 0 && this.error) setText(this.error, words.noSets);
    } catch (error) {
      if (error instanceof ApiError && this.error) setText(this.error, error.message);
    }
  }

  async #start() {
    if (this.#busy || !this.set || !this.title) return;
    const dialog = this.#dialog;
    const questionSet = this.set.value || DEFAULT_SET;
    const title = this.#uploads.length === 1 ? this.title.value.trim() : '';
    this.#busy = true;
    this.#show();
    for (const upload of this.#open()) await upload.start(this.api, questionSet, title);
    this.#busy = false;
    this.#show();
    if (this.#uploads.some((upload) => !upload.isStarted)) return;
    dialog?.close();
    if (this.#uploads.length === 1 && this.#uploads[0].sessionId) this.onOnlyOne(this.#uploads[0].sessionId);
  }
}

/** @param {QuestionSet} set */
function option({ name, title, questions }) {
  const number = Array.isArray(questions) ? questions.length : (questions ?? null);
  return h('option', { value: name, selected: name === DEFAULT_SET }, words.questions(title ?? name, number));
}
