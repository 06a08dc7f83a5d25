// @ts-check
import { ApiError } from '../api.js';
import { clock } from '../clock.js';
import { createdParams, describeCreated } from '../created.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { texts } from '../texts-dialogs.js';
import { isActive } from '../states.js';
import { openDialog } from './dialog.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../types.js').BulkResult} BulkResult */
/** @typedef {import('../selection.js').Selection} Selection */
/** @typedef {import('./list.js').ListView} ListView */
/** @typedef {keyof typeof APPLIES} Action */

const words = texts.bulk;
const NAMED_MAX = 8;
const OUTCOMES_MAX = 200;
const APPLIES = {
  stop: isActive,
  retry: (/** @type {Session} */ session) => !isActive(session),
  pin: (/** @type {Session} */ session) => !session.pinned,
  extend: (/** @type {Session} */ session) => !isActive(session),
  delete: (/** @type {Session} */ session) => !isActive(session),
};
const ACTIONS = /** @type {Action[]} */ (Object.keys(APPLIES));

/** The bar of what can be done with the picked sessions: it says what, to how many, and how it went for each. */
export class BulkBar {
  /** @type {Map<Action, HTMLButtonElement>} */
  #buttons = new Map();

  /** @param {{api: import('../api.js').Api, selection: Selection, list: ListView}} parts */
  constructor({ api, selection, list }) {
    this.api = api;
    this.selection = selection;
    this.list = list;
    this.number = h('span', { class: 'picked', 'data-selected': true });
    this.allMatching = h('button', { class: 'button quiet', type: 'button', 'data-action': 'select-matching', onclick: () => this.#pickAll() });
    this.clear = h('button', { class: 'button quiet', type: 'button', 'data-action': 'clear-selection', onclick: () => selection.clear() }, words.clear);
    for (const action of ACTIONS) this.#buttons.set(action, this.#button(action));
    this.element = h('section', { class: 'bulk', 'aria-label': words.heading, hidden: true },
      this.number, this.allMatching, h('div', { class: 'buttons' }, ...this.#buttons.values()), this.clear);
    selection.addEventListener('change', () => this.show());
  }

  /** Shows what can be done now. */
  show() {
    const { selection, list } = this;
    setHidden(this.element, selection.isEmpty || list.isReadOnly || !list.element.isConnected);
    if (this.element.hidden) return;
    const { all } = selection;
    setText(this.number, words.selected(all ? all.count : selection.ids.size));
    const mayPickAll = !all && list.query.due === null && list.matching > selection.ids.size;
    setHidden(this.allMatching, !mayPickAll);
    if (mayPickAll) setText(this.allMatching, words.selectMatching(list.matching));
    for (const [action, button] of this.#buttons) {
      const number = this.#numberFor(action);
      setText(button, words.actions[action].button(number));
      button.disabled = number === 0;
      setAttribute(button, 'title', number === 0 ? words.actions[action].none : null);
    }
  }

  /** @param {Action} action */
  #numberFor(action) { return this.selection.all ? this.selection.all.count : this.#fitting(action).length; }

  /** @param {Action} action @returns {Session[]} */
  #fitting(action) {
    const { sessions } = this.list.source;
    const picked = [...this.selection.ids].map((id) => sessions.get(id));
    return /** @type {Session[]} */ (picked.filter((session) => session && APPLIES[action](session)));
  }

  #pickAll() { this.selection.pickAll(this.list.query.fixedAt(clock.now()), this.list.matching); }

  /** @param {Action} action */
  #button(action) {
    return h('button', { class: 'button', type: 'button', 'data-action': `bulk-${action}`, onclick: () => this.#ask(action) });
  }

  /** What is asked for is fixed here: the sessions, and the revision at which they were seen. @param {Action} action */
  #ask(action) {
    const { revision, sessions } = this.list.source;
    const { all } = this.selection;
    const fitting = all ? [] : this.#fitting(action);
    const number = all ? all.count : fitting.length;
    const what = all
      ? { filter: filterOf(all.query), expectCount: all.count }
      : { ids: fitting.map(({ id }) => id) };
    const titles = new Map(all ? [...sessions.values()].map(({ id, title }) => [id, title]) : fitting.map(({ id, title }) => [id, title]));
    const reason = h('input', { name: 'reason', type: 'text', maxlength: 500, autocomplete: 'off' });
    const error = h('p', { class: 'error', role: 'alert' });
    const confirm = h('button', { class: `button ${action === 'delete' || action === 'stop' ? 'danger' : 'primary'}`, type: 'submit', 'data-action': `confirm-bulk-${action}` }, words.actions[action].confirm(number));
    const run = async (/** @type {Event} */ event) => {
      event.preventDefault();
      confirm.disabled = true;
      setText(error, '');
      try {
        const reply = await this.api.bulk({ action, ...what, atRevision: revision, ...(reason.value.trim() && { reason: reason.value.trim() }) });
        setText(/** @type {Element} */ (dialog.querySelector('h2')), words.outcome(words.actions[action].verb));
        content.replaceChildren(...this.#outcome(action, reply.results, titles, () => dialog.close()));
        this.selection.clear();
      } catch (problem) {
        if (!(problem instanceof ApiError)) throw problem;
        setText(error, problem.message);
        confirm.disabled = false;
      }
    };
    const content = h('div', {},
      h('form', { onsubmit: run },
        h('p', {}, words.actions[action].detail),
        all ? h('p', { class: 'hint' }, words.allOf(describe(all.query))) : names(fitting.map(({ title }) => title)),
        h('p', { class: 'hint number' }, words.asSeen(revision)),
        h('label', { class: 'field' }, words.reason, reason), error,
        h('div', { class: 'buttons end' },
          h('button', { class: 'button', type: 'button', 'data-action': 'cancel', onclick: () => dialog.close() }, texts.dialog.cancel), confirm)));
    const dialog = openDialog(words.actions[action].heading(number), content);
    reason.focus();
  }

  /** @param {Action} action @param {BulkResult[]} results @param {Map<string, string>} titles @param {() => void} close */
  #outcome(action, results, titles, close) {
    const refused = results.filter(({ problem }) => problem);
    const done = results.length - refused.length;
    const shown = [...refused, ...results.filter(({ problem }) => !problem)].slice(0, OUTCOMES_MAX);
    const items = shown.map(({ id, status, problem }) => h('li', { 'data-result': id, 'data-status': status, class: problem ? 'is-refused' : 'is-done' },
      h('span', { class: 'outcome-title', dir: 'auto' }, titles.get(id) ?? id), h('span', { class: 'aside' }, problem ? (problem.detail ?? problem.title ?? String(status)) : words.actions[action].done)));
    return [
      h('p', { class: 'outcome-sum', role: 'status', 'data-bulk-outcome': true }, words.sum(words.actions[action].done, done, refused.length)),
      h('ul', { class: 'outcomes', tabindex: 0, 'aria-label': words.outcomes }, ...items),
      results.length > shown.length && h('p', { class: 'hint' }, words.andMore(results.length - shown.length)),
      h('div', { class: 'buttons end' }, h('button', { class: 'button primary', type: 'button', 'data-action': 'close', onclick: close }, texts.start.close)),
    ].filter((part) => part instanceof Node);
  }
}

/** @param {string[]} titles */
function names(titles) {
  const more = titles.length - NAMED_MAX;
  return h('ul', { class: 'named' }, ...titles.slice(0, NAMED_MAX).map((title) => h('li', { dir: 'auto' }, title)), more > 0 && h('li', { class: 'hint' }, words.andMore(more)));
}

/** @param {import('../list-query.js').ListQuery} query */
function filterOf({ state, q, label, createdBy, created }) {
  const given = Object.entries({ state, q, label, createdBy, ...(created && createdParams(created, clock.now())) });
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** @param {import('../list-query.js').ListQuery} query */
function describe({ state, q, label, createdBy, created }) {
  return [state && texts.states[state], q && `“${q}”`, label, createdBy && words.by(createdBy), created && describeCreated(created)].filter(Boolean).join(', ') || texts.states.total;
}
