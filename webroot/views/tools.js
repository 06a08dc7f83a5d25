// @ts-check
import { listExportHref } from '../api.js';
import { h, setAttribute, setText } from '../dom.js';
import { BY_CREATION, ListQuery, SORTS } from '../list-query.js';
import { texts } from '../texts.js';

const words = texts.tools;
/** A search waits until the typing pauses. */
const TYPING_MILLIS = 250;
const FORMATS = /** @type {const} */ (['xlsx', 'csv', 'json']);
const LABELS_MAX = 200;

/** What the list is asked for, apart from the state, and what can be taken from it. */
export class ListTools {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #query = new ListQuery();

  /** @param {(query: ListQuery) => void} onQuery */
  constructor(onQuery) {
    this.onQuery = onQuery;
    this.search = h('input', {
      type: 'search', class: 'search', name: 'q', maxlength: 200, autocomplete: 'off', 'aria-label': words.search,
      placeholder: words.searchHint, 'aria-keyshortcuts': '/', oninput: () => this.#later(),
    });
    this.labels = h('datalist', { id: 'labels' });
    this.label = h('input', {
      type: 'search', class: 'label-filter', name: 'label', maxlength: 200, autocomplete: 'off', list: 'labels', 'aria-label': words.label,
      placeholder: words.labelHint, oninput: () => this.#later(),
    });
    this.sort = h('select', { name: 'sort', 'aria-label': words.sort, onchange: () => this.#ask() },
      ...SORTS.map((sort) => h('option', { value: sort }, words.sorts[sort])));
    this.links = FORMATS.map((format) => h('a', { download: true, 'data-action': `export-${format}`, onclick: () => this.export.removeAttribute('open') }, words.formats[format]));
    this.hint = h('p', { class: 'hint' }, words.exportHint);
    this.export = h('details', { class: 'menu', 'data-menu': 'export' },
      h('summary', { class: 'button', 'data-action': 'export', 'aria-keyshortcuts': 'e' }, words.export),
      h('div', { class: 'menu-items' }, this.hint, ...this.links));
    this.element = h('div', { class: 'list-tools' }, h('div', { class: 'tools-ask', role: 'search' }, this.search, this.label, this.labels, this.sort), this.export);
    addEventListener('pointerdown', (event) => this.export.contains(/** @type {Node} */ (event.target)) || this.export.removeAttribute('open'));
    this.export.addEventListener('keydown', (event) => event.key === 'Escape' && this.closeExport());
  }

  /** Shows what is asked for, without disturbing who is typing. @param {ListQuery} query */
  show(query) {
    this.#query = query;
    if (document.activeElement !== this.search) this.search.value = query.q;
    if (document.activeElement !== this.label) this.label.value = query.label;
    this.sort.value = query.due === 'expiring' ? 'expiresAt' : query.sort;
    this.sort.disabled = query.due === 'expiring';
    setText(this.hint, query.due === null ? words.exportHint : words.exportHintDue);
    FORMATS.forEach((format, at) => setAttribute(this.links[at], 'href', listExportHref({ ...query.toParams(), at: query.at }, format)));
  }

  /** Offers the labels that sessions have. @param {Iterable<import('../types.js').Session>} sessions */
  offer(sessions) {
    const labels = new Set();
    for (const { labels: own = {} } of sessions) {
      for (const [key, value] of Object.entries(own)) labels.add(`${key}:${value}`);
      if (labels.size >= LABELS_MAX) break;
    }
    if (labels.size === this.labels.childElementCount) return;
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

  #ask() {
    clearTimeout(this.#timer);
    const sort = this.sort.disabled ? BY_CREATION : this.sort.value;
    this.onQuery(this.#query.with({ q: this.search.value.trim(), label: this.label.value.trim(), sort }));
  }
}
