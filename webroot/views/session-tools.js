// @ts-check
import { exportHref } from '../api.js';
import { h, setAttribute, setText } from '../dom.js';
import { texts } from '../texts-session.js';
import { isActive } from '../states.js';
import { covers } from './rights.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {'stop'|'resume'|'retry'|'compare'|'past'|'rename'|'labels'|'pin'|'expiry'|'delete'} Action */

const words = texts.session;
const BESIDE = /** @type {Action[]} */ (['stop', 'resume', 'retry']);
const UNDER_MORE = /** @type {Action[]} */ (['compare', 'past', 'rename', 'labels', 'pin', 'expiry', 'delete']);
const FORMATS = /** @type {const} */ (['xlsx', 'csv', 'json']);
/** What only looks at the session can be done with any. */
const LOOKING = new Set(['compare', 'past']);

/** What can be done with a session; what cannot be done now is there too, and says why. */
export class SessionTools {
  /** @type {Session|null} */
  #session = null;
  /** @type {string|null} */
  #at = null;
  /** Of whoever looks; null where it is not known yet. @type {string|null} */
  #role = null;

  /**
   * @param {Record<Action, (session: Session) => void>} acts
   * @param {(why: string) => void} refuse says why something cannot be done now
   */
  constructor(acts, refuse) {
    this.acts = acts;
    this.refuse = refuse;
    const actions = [...BESIDE, ...UNDER_MORE];
    this.buttons = /** @type {Record<Action, HTMLElement>} */ (Object.fromEntries(actions.map((action) => [action, this.#button(action)])));
    this.links = FORMATS.map((format) => h('a', { class: 'button', download: true, 'data-action': `export-${format}` }, { xlsx: words.excel, csv: words.csv, json: words.json }[format]));
    const menu = h('details', { class: 'menu' }, h('summary', { class: 'button', 'data-action': 'more' }, words.more),
      h('div', { class: 'menu-list', onclick: () => menu.removeAttribute('open') }, ...UNDER_MORE.map((action) => this.buttons[action])));
    this.menu = menu;
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
    this.onClick = (/** @type {MouseEvent} */ event) => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; };
    document.addEventListener('click', this.onClick);
    this.element = h('div', { class: 'buttons session-tools' }, ...BESIDE.map((action) => this.buttons[action]),
      h('span', { class: 'button-group', role: 'group', 'aria-label': words.exports }, ...this.links), menu);
  }

  /** @param {Session} session @param {string|null} at when it was so; null for now */
  show(session, at) {
    this.#session = session;
    this.#at = at;
    for (const [action, button] of Object.entries(this.buttons)) {
      const why = this.#whyNot(/** @type {Action} */ (action));
      setAttribute(button, 'aria-disabled', why ? 'true' : null);
      setAttribute(button, 'title', why);
    }
    setText(this.buttons.pin, session.pinned ? words.actions.unpin : words.actions.pin);
    FORMATS.forEach((format, i) => {
      setAttribute(this.links[i], 'href', exportHref(session.id, format) + (at === null ? '' : `&at=${encodeURIComponent(at)}`));
      setAttribute(this.links[i], 'title', session.state === 'completed' ? null : words.partialExport);
    });
  }

  /** @param {string} role of whoever looks */
  setRole(role) {
    this.#role = role;
    if (this.#session) this.show(this.#session, this.#at);
  }

  close() { document.removeEventListener('click', this.onClick); }

  /** @param {Action} action @returns {string|null} */
  #whyNot(action) {
    const session = /** @type {Session} */ (this.#session);
    const { whyNot } = words;
    const active = isActive(session);
    if (LOOKING.has(action)) return null;
    if (this.#at !== null) return whyNot.past;
    if (!covers(this.#role, 'operator')) return whyNot.role(String(this.#role));
    if (session.removedAt && action !== 'retry') return whyNot.removed;
    if (action === 'stop') return active ? null : whyNot.ended;
    if (action === 'resume') return active ? whyNot.running : session.state === 'completed' ? whyNot.completed : null;
    if (action === 'retry' || action === 'delete') return active ? whyNot.active : null;
    return action === 'expiry' && active ? whyNot.activeExpiry : null;
  }

  /** @param {Action} action */
  #act(action) {
    if (!this.#session) return;
    const why = this.#whyNot(action);
    if (why) this.refuse(why);
    else this.acts[action](this.#session);
  }

  /** @param {Action} action */
  #button(action) {
    return h('button', { class: 'button', type: 'button', 'data-action': action, onclick: () => this.#act(action) }, words.actions[action]);
  }
}
