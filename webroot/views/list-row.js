// @ts-check
import { exportHref } from '../api.js';
import { clock } from '../clock.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { isExpiring, isStalled, DAY_MILLIS } from '../due.js';
import { ago, fullTime, percent, shortTime, until } from '../format.js';
import { texts } from '../texts-list.js';
import { isActive } from '../states.js';
import { badge, setBadge } from './badge.js';
import { Meter } from './meter.js';
import { etaOf } from './outcome.js';
import { hrefOfPlace } from './session-place.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../selection.js').Selection} Selection */
/** @typedef {{stop: (session: Session) => void, delete: (session: Session) => void, resume: (session: Session) => void}} Actions */

const words = texts.list;

/** One session in the list. The element is made once; later only cells that differ are touched. */
export class ListRow {
  /** @param {Session} session @param {Actions} actions @param {Selection} selection */
  constructor(session, actions, selection) {
    this.session = session;
    /** When the list was so, null for now. What was due then is not what is due now. @type {string|null} */
    this.at = null;
    this.pick = h('input', { type: 'checkbox', 'data-action': 'select', onchange: () => selection.set(this.session.id, this.pick.checked) });
    this.badge = badge();
    this.title = h('a', { class: 'title', dir: 'auto' });
    this.note = h('span', { class: 'note', dir: 'auto' });
    this.progress = new Meter(words.columns.progress, 'progress');
    this.eta = h('span', { class: 'eta' });
    this.cells = {
      confidence: this.#cell('confidence'), pages: this.#cell('pages'), started: this.#cell('started'),
      last: this.#cell('last'), expires: this.#cell('expires'), who: this.#cell('who'),
    };
    this.view = h('a', { class: 'button', 'data-action': 'view' }, words.view);
    this.excel = h('a', { class: 'button', 'data-action': 'excel', download: true }, words.excel);
    this.stop = this.#button('stop', words.stop, actions.stop.bind(actions));
    this.resume = this.#button('resume', words.resume, actions.resume.bind(actions));
    this.delete = this.#button('delete', '×', actions.delete.bind(actions));
    this.delete.classList.add('quiet', 'icon');
    this.element = this.#row();
    this.setPast(null);
    this.show(session, clock.now());
  }

  /** @param {Session} session @param {number} now */
  show(session, now) {
    this.session = session;
    const { id, title, state, progress, document: pdf } = session;
    setAttribute(this.element, 'data-state', state);
    setBadge(this.badge, state);
    setText(this.title, title);
    setAttribute(this.title, 'title', title);
    this.#showNote(session);
    this.progress.setProgress(progress);
    setText(this.cells.confidence, percent(session.statistics?.averageConfidence));
    setText(this.cells.pages, pdf ? String(pdf.pages) : texts.never);
    setText(this.cells.who, session.createdBy ?? texts.never);
    setAttribute(this.cells.started, 'title', session.startedAt && fullTime(session.startedAt));
    setAttribute(this.cells.expires, 'title', session.expiresAt && fullTime(session.expiresAt));
    this.#showActions(session);
    this.tick(now);
  }

  /** Shows what depends on the clock. @param {number} now */
  tick(now) {
    const { startedAt, expiresAt, pinned, progress } = this.session;
    const isPast = this.at !== null;
    const stalled = !isPast && isStalled(this.session, now);
    setText(this.cells.started, shortTime(startedAt, now));
    setText(this.cells.last, isPast ? shortTime(progress.lastAt, now) : ago(progress.lastAt, now));
    setAttribute(this.cells.last, 'data-stalled', stalled);
    setText(this.cells.expires, pinned ? words.pinned : isPast ? shortTime(expiresAt, now) : until(expiresAt, now));
    setAttribute(this.cells.expires, 'data-soon', !isPast && isExpiring(this.session, now, DAY_MILLIS));
    setText(this.eta, stalled || isPast ? '' : etaOf(this.session, now));
  }

  /** Links lead to the session as the list shows it. @param {string|null} at when that was */
  setPast(at) {
    this.at = at;
    const { id } = this.session;
    for (const link of [this.title, this.view]) setAttribute(link, 'href', hrefOfPlace(id, { at }));
    setAttribute(this.excel, 'href', exportHref(id, 'xlsx') + (at === null ? '' : `&at=${encodeURIComponent(at)}`));
  }

  /** Marks a row that no longer fits the filter and is about to go. @param {boolean} leaving */
  setLeaving(leaving) { setAttribute(this.element, 'data-leaving', leaving); }

  /** @param {boolean} selected */
  setSelected(selected) {
    if (this.pick.checked !== selected) this.pick.checked = selected;
    setAttribute(this.element, 'data-selected', selected);
  }

  /** @param {boolean} isCursor */
  setCursor(isCursor) { setAttribute(this.element, 'data-cursor', isCursor); }

  /** @param {string|null} why nothing can be changed */
  setReadOnly(why) {
    for (const control of [this.stop, this.resume, this.delete, this.pick]) {
      if (control.disabled !== (why !== null)) control.disabled = why !== null;
      setAttribute(control, 'title', why ?? (control === this.delete ? words.delete : null));
    }
  }

  focus() { this.title.focus({ preventScroll: true }); }

  /** @param {Session} session */
  #showNote({ document: pdf, questionSet, title, state, reason, error }) {
    const failure = state === 'failed' ? (error?.message ?? reason) : null;
    const stopped = state === 'partial' && reason ? texts.outcome.because(reason) : null;
    const filename = pdf && pdf.filename !== title ? `${pdf.filename} · ` : '';
    const note = failure ?? stopped ?? `${filename}${questionSet.name}`;
    setText(this.note, note);
    setAttribute(this.note, 'title', note);
    setAttribute(this.note, 'data-failure', failure !== null);
  }

  /** @param {Session} session */
  #showActions(session) {
    const active = isActive(session);
    setHidden(this.stop, !active);
    setHidden(this.resume, session.state !== 'partial' && session.state !== 'failed');
    for (const control of [this.excel, this.delete]) setHidden(control, active);
    const named = /** @type {[Element, string][]} */ ([
      [this.view, words.view], [this.stop, words.stop], [this.resume, words.resume], [this.excel, words.excel],
      [this.delete, words.delete], [this.pick, words.select],
    ]);
    for (const [element, action] of named) setAttribute(element, 'aria-label', words.actionOn(action, session.title));
  }

  /** @param {string} name */
  #cell(name) { return h('td', { role: 'cell', class: `${name} number`, 'data-label': words.columns[/** @type {'pages'} */ (name)] }); }

  /** @param {string} action @param {string} text @param {(session: Session) => void} act */
  #button(action, text, act) {
    return h('button', { class: 'button', type: 'button', 'data-action': action, onclick: () => act(this.session) }, text);
  }

  #row() {
    const { confidence, pages, started, last, expires, who } = this.cells;
    return h('tr', { role: 'row', 'data-session': this.session.id },
      h('td', { role: 'cell', class: 'pick' }, this.pick),
      h('td', { role: 'cell', class: 'state' }, this.badge),
      h('td', { role: 'cell', class: 'name' }, this.title, this.note),
      h('td', { role: 'cell', class: 'done' }, this.progress.element, this.eta),
      confidence, pages, started, last, expires, who,
      h('td', { role: 'cell', class: 'actions' }, this.view, this.stop, this.resume, this.excel, this.delete));
  }
}
