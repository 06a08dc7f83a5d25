// @ts-check
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { ago, duration, fullTime, percent, shortTime, until } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts.js';
import { isActive } from '../types.js';
import { badge, setBadge } from './badge.js';
import { Meter } from './meter.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {{stop: (session: Session) => void, delete: (session: Session) => void}} Actions */

const words = texts.list;
/** Fewer answers than this say nothing about the time that is left. */
const ETA_ANSWERS_MIN = 3;
/** A running session that reports nothing for so long is worth a look. */
const STALLED_MILLIS = 120_000;

/** One session in the list. The element is made once; later only cells that differ are touched. */
export class ListRow {
  /** @param {Session} session @param {Actions} actions */
  constructor(session, actions) {
    this.session = session;
    this.badge = badge();
    this.title = h('a', { class: 'title' });
    this.note = h('span', { class: 'note' });
    this.progress = new Meter(words.columns.progress, 'progress');
    this.eta = h('span', { class: 'eta' });
    this.cells = {
      confidence: this.#cell('confidence'), pages: this.#cell('pages'), started: this.#cell('started'),
      last: this.#cell('last'), expires: this.#cell('expires'), who: this.#cell('who'),
    };
    this.view = h('a', { class: 'button', 'data-action': 'view' }, words.view);
    this.stop = h('button', { class: 'button', type: 'button', 'data-action': 'stop', onclick: () => actions.stop(this.session) }, words.stop);
    this.delete = h('button', { class: 'button quiet', type: 'button', 'data-action': 'delete', onclick: () => actions.delete(this.session) }, words.delete);
    this.element = this.#row();
    this.show(session, Date.now());
  }

  /** @param {Session} session @param {number} now */
  show(session, now) {
    this.session = session;
    const { id, title, state, progress, document: pdf } = session;
    setAttribute(this.element, 'data-state', state);
    setBadge(this.badge, state);
    setText(this.title, title);
    setAttribute(this.title, 'title', title);
    for (const link of [this.title, this.view]) setAttribute(link, 'href', hrefOf({ page: 'session', id }));
    this.#showNote(session);
    this.progress.setProgress(progress);
    setText(this.cells.confidence, percent(session.statistics?.averageConfidence));
    setText(this.cells.pages, pdf ? String(pdf.pages) : texts.never);
    setText(this.cells.who, session.createdBy ?? texts.never);
    setAttribute(this.cells.started, 'title', session.startedAt && fullTime(session.startedAt));
    this.#showActions(session);
    this.tick(now);
  }

  /** Shows what depends on the clock. @param {number} now */
  tick(now) {
    const { startedAt, expiresAt, pinned, progress, state } = this.session;
    const silent = state === 'running' && now - Date.parse(progress.lastAt ?? startedAt ?? '') > STALLED_MILLIS;
    setText(this.cells.started, shortTime(startedAt, now));
    setText(this.cells.last, ago(progress.lastAt, now));
    setAttribute(this.cells.last, 'data-stalled', silent);
    setText(this.cells.expires, pinned ? words.pinned : until(expiresAt, now));
    setText(this.eta, etaOf(this.session, now));
  }

  /** Marks a row that no longer fits the filter and is about to go. @param {boolean} leaving */
  setLeaving(leaving) { setAttribute(this.element, 'data-leaving', leaving); }

  /** @param {Session} session */
  #showNote({ document: pdf, questionSet, title, state, reason, error }) {
    const failure = state === 'failed' ? (error?.message ?? reason) : null;
    const stopped = state === 'partial' && reason ? texts.session.because(reason) : null;
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
    setHidden(this.delete, active);
    for (const [element, action] of /** @type {[Element, string][]} */ ([[this.view, words.view], [this.stop, words.stop], [this.delete, words.delete]])) {
      setAttribute(element, 'aria-label', words.actionOn(action, session.title));
    }
  }

  /** @param {string} name */
  #cell(name) { return h('td', { role: 'cell', class: `${name} number`, 'data-label': words.columns[/** @type {'pages'} */ (name)] }); }

  #row() {
    const { confidence, pages, started, last, expires, who } = this.cells;
    return h('tr', { role: 'row', 'data-session': this.session.id },
      h('td', { role: 'cell', class: 'state' }, this.badge),
      h('td', { role: 'cell', class: 'name' }, this.title, this.note),
      h('td', { role: 'cell', class: 'done' }, this.progress.element, this.eta),
      confidence, pages, started, last, expires, who,
      h('td', { role: 'cell', class: 'actions' }, this.view, this.stop, this.delete));
  }
}

/** @param {Session} session @param {number} now */
export function etaOf({ state, startedAt, progress: { answered, notFound, total } }, now) {
  const done = answered + notFound;
  if (state !== 'running' || !startedAt || done < ETA_ANSWERS_MIN || done >= total) return '';
  return words.eta(duration(((now - Date.parse(startedAt)) / done) * (total - done)));
}
