// @ts-check
import { documentHref } from '../api.js';
import { clock } from '../clock.js';
import { h, setAttribute, setHidden, setText } from '../dom.js';
import { fullTime, shortTime, timeOfDay, until } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts-session.js';
import { badge, setBadge } from './badge.js';
import { Meter } from './meter.js';
import { etaOf, outcomeOf } from './outcome.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('./session-tools.js').SessionTools} SessionTools */

const words = texts.session;
const NAMES = /** @type {const} */ (['progress', 'left', 'confidence', 'document', 'questionSet', 'who', 'created', 'started', 'ended', 'expires', 'cost', 'labels', 'attempt', 'retryOf']);

/** What is known of a session apart from its rows, and what can be done with it. */
export class SessionHeader {
  /** @type {Session|null} */
  session = null;
  /** The revision at which it was stopped; a review since then does not change that. @type {number|null} */
  #stoppedRevision = null;

  /** @param {SessionTools} tools @param {{onDocument: () => void}} listeners */
  constructor(tools, { onDocument }) {
    this.tools = tools;
    this.badge = badge();
    this.title = h('h1', { dir: 'auto' });
    this.outcome = h('p', { class: 'outcome', 'data-outcome': true });
    this.removed = h('p', { class: 'outcome' });
    this.progress = new Meter(words.facts.progress, 'progress');
    this.confidence = new Meter(words.facts.confidence, 'confidence');
    this.document = h('a', { class: 'document-link', 'data-action': 'document', title: words.showDocument, onclick: (/** @type {Event} */ event) => { event.preventDefault(); onDocument(); } });
    this.pages = h('span', { class: 'aside' });
    this.retryOf = h('a', {});
    /** @type {Record<typeof NAMES[number], HTMLElement>} */
    this.values = /** @type {any} */ (Object.fromEntries(NAMES.map((name) => [name, h('dd', { class: 'number' })])));
    this.values.progress.append(this.progress.element);
    this.values.confidence.append(this.confidence.element);
    this.values.document.append(this.document, ' ', this.pages);
    this.values.retryOf.append(this.retryOf);
    this.element = h('div', { class: 'session-head' },
      h('a', { class: 'back', 'data-action': 'back', href: hrefOf({ page: 'list' }) }, `← ${words.back}`),
      h('div', { class: 'head-line' }, this.badge, this.title, tools.element),
      this.outcome, this.removed,
      h('dl', { class: 'facts' }, ...NAMES.map((name) => h('div', { 'data-fact': name }, h('dt', {}, words.facts[name]), this.values[name]))));
  }

  /** @param {Session} session @param {string|null} at when it was so; null for now */
  show(session, at) {
    this.session = session;
    setAttribute(this.element, 'data-session-state', session.state);
    setBadge(this.badge, session.state);
    setText(this.title, session.title);
    this.progress.setProgress(session.progress);
    this.confidence.setFraction(session.statistics?.averageConfidence);
    this.#showDocument(session);
    this.#showFacts(session);
    this.#showTimes(session);
    this.#showOutcome(session);
    this.tools.show(session, at);
    this.tick(clock.now());
  }

  /** @param {number} revision of the stop */
  setStopped(revision) {
    this.#stoppedRevision = revision;
    if (this.session) this.#showOutcome(this.session);
  }

  /** @param {number} now */
  tick(now) {
    if (!this.session) return;
    const { expiresAt, pinned } = this.session;
    const left = expiresAt ? until(expiresAt, now) : words.neverExpires;
    setText(this.values.expires, pinned ? words.pinned : left);
    const eta = etaOf(this.session, now);
    this.#fact('left', eta !== '');
    setText(this.values.left, eta);
  }

  /** @param {Session} session */
  #showDocument({ document: pdf }) {
    this.#fact('document', pdf !== null);
    if (!pdf) return;
    setText(this.document, pdf.filename);
    setAttribute(this.document, 'href', documentHref(pdf.id));
    setText(this.pages, words.pages(pdf.pages));
  }

  /** @param {Session} session */
  #showFacts({ questionSet, createdBy, attempt, retryOf, statistics, labels }) {
    setText(this.values.questionSet, words.set(questionSet.name, questionSet.version));
    setText(this.values.who, createdBy ?? texts.never);
    this.#fact('attempt', attempt > 1);
    setText(this.values.attempt, String(attempt));
    const { tokens = 0, costUsd = null } = statistics ?? {};
    this.#fact('cost', tokens > 0 || costUsd !== null);
    setText(this.values.cost, words.cost(costUsd, tokens));
    const named = Object.entries(labels ?? {});
    this.#fact('labels', named.length > 0);
    this.values.labels.replaceChildren(...named.map(([key, value]) => h('span', { class: 'tag', dir: 'auto' }, words.label(key, value))));
    this.#fact('retryOf', Boolean(retryOf));
    setText(this.retryOf, retryOf?.slice(0, 8) ?? '');
    if (retryOf) setAttribute(this.retryOf, 'href', hrefOf({ page: 'session', id: retryOf }));
  }

  /** @param {Session} session */
  #showTimes({ createdAt, startedAt, endedAt, expiresAt }) {
    const now = clock.now();
    const times = /** @type {const} */ ([['created', createdAt], ['started', startedAt], ['ended', endedAt]]);
    for (const [name, at] of times) {
      this.#fact(name, at !== null);
      setText(this.values[name], shortTime(at, now));
      setAttribute(this.values[name], 'title', at && fullTime(at));
    }
    setAttribute(this.values.expires, 'title', expiresAt && fullTime(expiresAt));
  }

  /** @param {Session} session */
  #showOutcome(session) {
    const text = outcomeOf(session, this.#stoppedRevision ?? session.revision);
    setHidden(this.outcome, !text);
    setText(this.outcome, text);
    setHidden(this.removed, !session.removedAt);
    setText(this.removed, session.removedAt ? words.removed(timeOfDay(session.removedAt)) : '');
  }

  /** @param {typeof NAMES[number]} name @param {boolean} isKnown what is not known takes no place */
  #fact(name, isKnown) { setHidden(/** @type {HTMLElement} */ (this.values[name].parentElement), !isKnown); }
}
