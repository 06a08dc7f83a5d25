// @ts-check
import { listExportHref } from '../api.js';
import { clock } from '../clock.js';
import { h, setAttribute, setText } from '../dom.js';
import { BY_CREATION, ListQuery, SORTS } from '../list-query.js';
import { texts } from '../texts-list.js';
import { CreatedFilter } from './created-filter.js';

/** @typedef {import('../types.js').Session} Session */

const words = texts.tools;
/** A search waits until the typing pauses. */
const TYPING_MILLIS = 250;
const FORMATS = /** @type {const} */ (['xlsx', 'csv', 'json']);
const OFFERED_MAX = 200;

/** What the list is asked for, apart from the state, and what can be taken from it. */
export class ListTools {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #query = new ListQuery();

  /**
   * @param {object} parts
   * @param {(query: ListQuery) => void} parts.onQuery
   * @param {() => {sessions: Iterable<Session>, me: string|null}} parts.known what labels and creators are offered from
   * @param {(use: (code: typeof import('./time-dialogs.js')) => void) => Promise<void>} parts.dialogs
   */
  constructor({ onQuery, known, dialogs }) {
    this.onQuery = onQuery;
    this.known = known;
    this.search = h('input', {
      type: 'search', class: 'search', name: 'q', maxlength: 200, autocomplete: 'off', 'aria-label': words.search,
      placeholder: words.searchHint, 'aria-keyshortcuts': '/', oninput: () => this.#later(),
    });
    this.labels = h('datalist', { id: 'labels' });
    this.label = h('input', {
      type: 'search', class: 'label-filter', name: 'label', maxlength: 200, autocomplete: 'off', list: 'labels', 'aria-label': words.label,
      placeholder: words.labelHint, oninput: () => this.#later(), onfocus: () => this.#offerLabels(),
    });
    this.names = h('datalist', { id: 'names' });
    this.who = h('input', {
      type: 'search', class: 'label-filter', name: 'createdBy', maxlength: 200, autocomplete: 'off', list: 'names', 'aria-label': words.who,
      placeholder: words.whoHint, oninput: () => this.#later(), onfocus: () => this.#offerNames(),
    });
    const onCreated = (/** @type {string} */ created) => this.#ask({ created });
    this.created = new CreatedFilter({ onCreated, ask: (created) => void dialogs(({ askCreated }) => askCreated({ created, onCreated })) });
    this.sort = h('select', { name: 'sort', 'aria-label': words.sort, onchange: () => this.#ask() },
      ...SORTS.map((sort) => h('option', { value: sort }, words.sorts[sort])));
    this.links = FORMATS.map((format) => h('a', { download: true, 'data-action': `export-${format}`, onclick: () => this.export.removeAttribute('open') }, words.formats[format]));
    this.hint = h('p', { class: 'hint' }, words.exportHint);
    this.export = h('details', { class: 'menu', 'data-menu': 'export', ontoggle: () => this.#showLinks() },
      h('summary', { class: 'button', 'data-action': 'export', 'aria-keyshortcuts': 'e' }, words.export),
      h('div', { class: 'menu-items' }, this.hint, ...this.links));
    this.element = h('div', { class: 'list-tools' }, h('div', { class: 'tools-ask', role: 'search' }, this.search, this.label, this.labels, this.who, this.names, this.created.element, this.sort), this.export);
    addEventListener('pointerdown', (event) => this.export.contains(/** @type {Node} */ (event.target)) || this.export.removeAttribute('open'));
    this.export.addEventListener('keydown', (event) => event.key === 'Escape' && this.closeExport());
  }

  /** Shows what is asked for, without disturbing who is typing. @param {ListQuery} query */
  show(query) {
    this.#query = query;
    this.#showText(this.search, query.q);
    this.#showText(this.label, query.label);
    this.#showText(this.who, query.createdBy);
    this.created.show(query.created);
    this.sort.value = query.due === 'expiring' ? 'expiresAt' : query.sort;
    this.sort.disabled = query.due === 'expiring';
    setText(this.hint, query.due === null ? words.exportHint : words.exportHintDue);
    this.#showLinks();
  }

  /** @param {HTMLInputElement} field @param {string} text */
  #showText(field, text) {
    if (this.#timer === undefined && field.value.trim() !== text) field.value = text;
  }

  /** A span that ends now is counted back from when the menu is opened. */
  #showLinks() {
    const query = this.#query;
    FORMATS.forEach((format, at) => setAttribute(this.links[at], 'href', listExportHref({ ...query.toParams(clock.now()), at: query.at }, format)));
  }

  /** Offers the creators that sessions have to who is about to name one; who looks comes first. */
  #offerNames() {
    const { sessions, me } = this.known();
    const names = new Set([...sessions].map(({ createdBy }) => createdBy).filter((name) => name !== null && name !== me));
    const offered = [...(me === null ? [] : [me]), .../** @type {string[]} */ ([...names]).sort().slice(0, OFFERED_MAX)];
    this.names.replaceChildren(...offered.map((name) => h('option', { value: name, label: name === me && words.me })));
  }

  #offerLabels() {
    const labels = new Set();
    for (const { labels: own = {} } of this.known().sessions) {
      for (const [key, value] of Object.entries(own)) labels.add(`${key}:${value}`);
      if (labels.size >= OFFERED_MAX) break;
    }
    this.labels.replaceChildren(...[...labels].sort().map((label) => h('option', { value: label })));
  }

  openExport() {
    this.export.setAttribute('open', '');
    this.links[0].focus();
  }

  closeExport() {
    this.export.removeAttribute('open');
    this.export.querySelector('summary')?.focus();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), TYPING_MILLIS);
  }

  /** @param {{created?: string}} [change] besides what the fields hold */
  #ask(change) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sort = this.sort.disabled ? BY_CREATION : this.sort.value;
    this.onQuery(this.#query.with({ q: this.search.value.trim(), label: this.label.value.trim(), createdBy: this.who.value.trim(), sort, ...change }));
  }
}
