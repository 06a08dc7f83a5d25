// @ts-check
import { h, setText } from '../dom.js';
import { fullTime, timeOfDay } from '../format.js';
import { texts } from '../texts-session-parts.js';
import { hrefOfPlace } from './session-place.js';

/** @typedef {import('./session-api.js').SessionEvent} SessionEvent */

const words = texts.history;

/** The events of a session as a story: answers that came one after the other are one moment. */
export class Moments {
  /** The moment of answers that more may join. @type {{answered: Set<string>, notFound: Set<string>, from: string, to: string, actor: string, what: HTMLElement, time: HTMLElement}|null} */
  #answers = null;

  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.element = h('ol', { class: 'timeline' });
  }

  /** @param {SessionEvent} event */
  add(event) {
    const kind = event.type.replace(/\.v\d+$/, '');
    if (kind === 'rows-answered') {
      this.#addAnswers(event);
      return;
    }
    this.#answers = null;
    this.#append(kind, event, h('span', {}, textOf(kind, event)), timeAt(event.at));
  }

  /** @param {SessionEvent} event */
  #addAnswers(event) {
    if (this.#answers?.actor !== event.actor) {
      this.#answers = { answered: new Set(), notFound: new Set(), from: event.at, to: event.at, actor: event.actor, what: h('span', {}), time: timeAt(event.at) };
      this.#append('rows-answered', event, this.#answers.what, this.#answers.time);
    }
    const { answered, notFound, from, what, time } = this.#answers;
    for (const { questionId, status } of event.data.rows ?? []) {
      (status === 'ANSWERED' ? answered : notFound).add(questionId);
      (status === 'ANSWERED' ? notFound : answered).delete(questionId);
    }
    setText(what, words.rows(answered.size, notFound.size));
    const [first, last] = [timeOfDay(from), timeOfDay(event.at)];
    setText(time, first === last ? first : `${first} – ${last}`);
  }

  /** @param {string} kind @param {SessionEvent} event @param {HTMLElement} what @param {HTMLElement} time */
  #append(kind, { revision, actor, reason, data }, what, time) {
    const why = reason ?? data.reason ?? null;
    this.element.append(h('li', { 'data-moment': kind }, time,
      h('div', { class: 'moment' }, what, h('span', { class: 'aside' }, words.by(actor)),
        why ? h('p', { class: 'aside', dir: 'auto' }, texts.outcome.because(why)) : null),
      h('a', { class: 'aside number', href: hrefOfPlace(this.id, { at: String(revision) }), title: words.asItWas(revision) }, String(revision))));
  }
}

/** @param {string} at */
function timeAt(at) { return h('time', { datetime: at, title: fullTime(at) }, timeOfDay(at)); }

/** @param {string} kind @param {SessionEvent} event */
function textOf(kind, { data }) {
  if (kind === 'row-reviewed') return words.reviewed(data.questionId, String(data.verdict).toLowerCase());
  if (kind === 'session-edited') return edits(data).join(', ');
  const text = /** @type {Record<string, string>} */ (words.events)[kind] ?? kind;
  return kind === 'session-started' || kind === 'session-resumed' ? `${text}, ${words.attempt(data.attempt)}` : text;
}

/** @param {any} data */
function edits({ title, labels, pinned, expiresAt }) {
  const { edited } = words;
  return [
    title && edited.title(title), labels && edited.labels, expiresAt && edited.expiresAt(fullTime(expiresAt)),
    pinned === true && edited.pinned, pinned === false && edited.unpinned,
  ].filter(Boolean);
}
