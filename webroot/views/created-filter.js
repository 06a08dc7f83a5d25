// @ts-check
import { SPAN_NAMES, boundsOf, createdOf, describeCreated, isRelative } from '../created.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts.js';
import { openDialog } from './dialog.js';
import { local } from './past.js';

const words = texts.created;
const CUSTOM = 'custom';

/** Which time of creation is asked for: a span that ends now, or one from a dialog. */
export class CreatedFilter {
  #created = '';

  /** @param {(created: string) => void} onCreated */
  constructor(onCreated) {
    this.onCreated = onCreated;
    this.own = h('option', { hidden: true });
    this.element = h('select', { name: 'created', 'aria-label': words.label, onchange: () => this.#choose() },
      h('option', { value: '' }, words.any),
      ...SPAN_NAMES.map((name) => h('option', { value: name }, words.spans[/** @type {keyof typeof words.spans} */ (name)])),
      this.own, h('option', { value: CUSTOM }, words.custom));
  }

  /** @param {string} created */
  show(created) {
    this.#created = created;
    this.own.hidden = created === '' || isRelative(created);
    this.own.value = this.own.hidden ? 'none' : created;
    setText(this.own, this.own.hidden ? '' : describeCreated(created));
    this.element.value = created;
  }

  #choose() {
    const chosen = this.element.value;
    if (chosen !== CUSTOM) {
      this.onCreated(chosen);
      return;
    }
    // why back at once: a dialog that is left changes nothing
    this.element.value = this.#created;
    this.#ask();
  }

  #ask() {
    const { after, before } = boundsOf(this.#created || '..', Date.now());
    const field = (/** @type {string} */ name, /** @type {number} */ value) =>
      h('input', { type: 'datetime-local', name, step: 1, value: Number.isFinite(value) && local(value) });
    const from = field('from', after);
    const to = field('to', before);
    const error = h('p', { class: 'error', role: 'alert' });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const wanted = `${utc(from.value)}..${utc(to.value)}`;
      const created = createdOf(wanted);
      if (created === '' && wanted !== '..') {
        setText(error, words.noSpan);
        return;
      }
      dialog.close();
      this.onCreated(created);
    };
    const dialog = openDialog(words.heading,
      h('form', { onsubmit: submit },
        h('p', {}, words.detail),
        h('label', { class: 'field' }, words.from, from),
        h('label', { class: 'field' }, words.to, to), error,
        h('div', { class: 'buttons end' },
          h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, texts.dialog.cancel),
          h('button', { class: 'button primary', type: 'submit', 'data-action': 'show-created' }, words.show))));
  }
}

/** @param {string} time of this computer, or '' */
function utc(time) { return time && new Date(time).toISOString(); }
