// @ts-check
import { documentHref, exportHref } from '../api.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { fullTime, shortTime, timeOfDay, until } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts.js';
import { isActive } from '../types.js';
import { badge, setBadge } from './badge.js';
import { Meter } from './meter.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('./list-row.js').Actions} Actions */

const words = texts.session;

/** What is known of a session apart from its rows, and what can be done with it. */
export class SessionHeader {
  /** @type {Session|null} */
  session = null;

  /** @param {Actions} actions */
  constructor(actions) {
    this.badge = badge();
    this.title = h('h1', {});
    this.outcome = h('p', { class: 'outcome', 'data-outcome': true });
    this.removed = h('p', { class: 'outcome' });
    this.document = h('a', { target: '_blank', rel: 'noopener' });
    this.pages = h('span', { class: 'aside' });
    this.progress = new Meter(words.facts.progress, 'progress');
    this.confidence = new Meter(words.facts.confidence, 'confidence');
    this.retryOf = h('a', {});
    const names = /** @type {const} */ (['questionSet', 'who', 'created', 'started', 'ended', 'expires', 'attempt']);
    /** @type {Record<string, HTMLElement>} */
    this.values = Object.fromEntries(names.map((name) => [name, h('dd', { class: 'number' })]));
    this.stop = this.#button('stop', words.stop, (session) => actions.stop(session));
    this.delete = this.#button('delete', words.delete, (session) => actions.delete(session));
    this.csv = h('a', { class: 'button', download: true, 'data-action': 'export-csv' }, words.csv);
    this.json = h('a', { class: 'button', download: true, 'data-action': 'export-json' }, words.json);
    this.element = this.#header();
  }

  /** @param {Session} session */
  show(session) {
    this.session = session;
    setAttribute(this.element, 'data-session-state', session.state);
    setBadge(this.badge, session.state);
    setText(this.title, session.title);
    this.progress.setProgress(session.progress);
    this.confidence.setFraction(session.statistics?.averageConfidence);
    this.#showDocument(session);
    this.#showFacts(session);
    this.#showOutcome(session);
    this.#showActions(session);
    this.tick(Date.now());
  }

  /** @param {number} now */
  tick(now) {
    if (!this.session) return;
    const { expiresAt, pinned } = this.session;
    const left = expiresAt ? until(expiresAt, now) : words.neverExpires;
    setText(this.values.expires, pinned ? words.pinned : left);
  }

  /** @param {Session} session */
  #showDocument({ document: pdf }) {
    setHidden(/** @type {HTMLElement} */ (this.document.closest('div')), !pdf);
    if (!pdf) return;
    setText(this.document, pdf.filename);
    setAttribute(this.document, 'href', documentHref(pdf.id));
    setText(this.pages, words.pages(pdf.pages));
  }

  /** @param {Session} session */
  #showFacts({ questionSet, createdBy, createdAt, startedAt, endedAt, attempt, expiresAt, retryOf }) {
    const now = Date.now();
    setText(this.values.questionSet, words.set(questionSet.name, questionSet.version));
    setText(this.values.who, createdBy ?? texts.never);
    setText(this.values.attempt, String(attempt));
    const times = /** @type {[string, string|null][]} */ ([['created', createdAt], ['started', startedAt], ['ended', endedAt]]);
    for (const [name, at] of times) {
      setText(this.values[name], shortTime(at, now));
      setAttribute(this.values[name], 'title', at && fullTime(at));
    }
    setAttribute(this.values.expires, 'title', expiresAt && fullTime(expiresAt));
    setHidden(/** @type {HTMLElement} */ (this.retryOf.closest('div')), !retryOf);
    setText(this.retryOf, retryOf ?? '');
    if (retryOf) setAttribute(this.retryOf, 'href', hrefOf({ page: 'session', id: retryOf }));
  }

  /** @param {Session} session */
  #showOutcome(session) {
    const text = outcomeOf(session);
    setHidden(this.outcome, !text);
    setText(this.outcome, text);
    setHidden(this.removed, !session.removedAt);
    setText(this.removed, session.removedAt ? words.removed(timeOfDay(session.removedAt)) : '');
  }

  /** @param {Session} session */
  #showActions(session) {
    const active = isActive(session);
    setHidden(this.stop, !active);
    setHidden(this.delete, active);
    setAttribute(this.csv, 'href', exportHref(session.id, 'csv'));
    setAttribute(this.json, 'href', exportHref(session.id, 'json'));
    for (const link of [this.csv, this.json]) setAttribute(link, 'title', session.state === 'completed' ? null : words.partialExport);
  }

  /** @param {string} action @param {string} text @param {(session: Session) => void} act */
  #button(action, text, act) {
    return h('button', { class: 'button', type: 'button', 'data-action': action, onclick: () => this.session && act(this.session) }, text);
  }

  #header() {
    const { questionSet, who, created, started, ended, expires, attempt } = this.values;
    const { facts } = words;
    return h('div', { class: 'session-head' },
      h('a', { class: 'back', 'data-action': 'back', href: hrefOf({ page: 'list', state: null }) }, `← ${words.back}`),
      h('div', { class: 'head-line' }, this.badge, this.title,
        h('div', { class: 'buttons' }, this.stop, this.csv, this.json, this.delete)),
      this.outcome, this.removed,
      h('dl', { class: 'facts' },
        pair(facts.progress, h('dd', {}, this.progress.element)), pair(facts.confidence, h('dd', {}, this.confidence.element)),
        pair(facts.document, h('dd', {}, this.document, ' ', this.pages)), pair(facts.questionSet, questionSet), pair(facts.who, who),
        pair(facts.created, created), pair(facts.started, started), pair(facts.ended, ended), pair(facts.expires, expires),
        pair(facts.attempt, attempt), pair(facts.retryOf, h('dd', {}, this.retryOf))));
  }
}

/** @param {Session} session @returns {string} how it ended, '' where there is nothing to add to its state */
export function outcomeOf({ state, endedAt, revision, progress, reason, error }) {
  if (state === 'failed') return words.failed(error?.message ?? reason ?? texts.never);
  if (state !== 'partial') return '';
  const stopped = words.stopped(timeOfDay(endedAt), revision, progress.answered);
  return reason ? `${stopped}. ${words.because(reason)}` : stopped;
}

/** @param {string} name @param {HTMLElement} value */
function pair(name, value) { return h('div', {}, h('dt', {}, name), value); }
