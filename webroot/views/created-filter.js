// @ts-check
import { SPAN_NAMES, describeCreated, isRelative } from '../created.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts-list.js';

const words = texts.created;
const CUSTOM = 'custom';

/** Which time of creation is asked for: a span that ends now, or one from a dialog. */
export class CreatedFilter {
  #created = '';

  /** @param {{onCreated: (created: string) => void, ask: (created: string) => void}} acts what is chosen, and what opens the dialog */
  constructor({ onCreated, ask }) {
    this.onCreated = onCreated;
    this.ask = ask;
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
    this.ask(this.#created);
  }
}
