// @ts-check
import { ApiError } from '../api.js';
import { h } from '../dom.js';
import { fullTime } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts-session-parts.js';
import { hrefOfPlace } from './session-place.js';

/** @typedef {import('./session-api.js').SessionApi} SessionApi */
/** @typedef {import('../types.js').Session} Session */

const words = texts.gone;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/;

/**
 * The page in place of a session that cannot be shown: it is gone (410), never existed (404), or cannot be read now.
 * @param {string} id
 * @param {ApiError} error
 * @param {SessionApi} api
 * @param {() => void} again
 */
export function problemPage(id, error, api, again) {
  const heading = { 404: words.missingHeading, 410: words.goneHeading }[error.status] ?? words.failedHeading;
  const detail = error.status === 404 ? words.missing : error.message.replace(INSTANT, fullTime);
  const back = h('a', { class: 'button', href: hrefOf({ page: 'list' }) }, texts.session.back);
  const retry = h('button', { class: 'button primary', type: 'button', onclick: again }, words.retry);
  const isFinal = error.status === 404 || error.status === 410;
  const facts = h('dl', { class: 'facts' }, fact(words.id, id));
  const buttons = h('p', { class: 'buttons' }, back, isFinal ? null : retry);
  if (error.status === 410) void showWhatItWas(id, error.message, api, facts, buttons);
  return h('section', { class: 'card problem', 'data-problem': error.status },
    h('h1', {}, heading), h('p', { dir: 'auto' }, detail), facts, buttons);
}

/**
 * The journal still knows what it was just before it went; where that is not kept any more, the sentence says enough.
 * @param {string} id
 * @param {string} sentence names the instant
 * @param {SessionApi} api
 * @param {HTMLElement} facts
 * @param {HTMLElement} buttons
 */
async function showWhatItWas(id, sentence, api, facts, buttons) {
  const removedAt = INSTANT.exec(sentence)?.[0];
  if (!removedAt) return;
  facts.append(fact(words.removed, fullTime(removedAt)));
  const before = new Date(Date.parse(removedAt) - 1).toISOString();
  try {
    const was = await api.sessionAt(id, before);
    facts.append(...factsOf(was));
    buttons.append(h('a', { class: 'button', 'data-action': 'see-as-it-was', href: hrefOfPlace(id, { at: before }) }, words.see));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** @param {Session} session */
function factsOf({ state, document: pdf, questionSet, progress, createdAt, createdBy }) {
  return [
    fact(words.state, texts.states[state]), pdf && fact(words.document, pdf.filename),
    fact(words.questionSet, texts.session.set(questionSet.name, questionSet.version)),
    fact(words.progress, words.answers(progress.answered, progress.total)),
    fact(words.created, fullTime(createdAt)), createdBy && fact(words.who, createdBy),
  ].filter((known) => known instanceof Node);
}

/** @param {string} name @param {string} value */
function fact(name, value) { return h('div', {}, h('dt', {}, name), h('dd', { dir: 'auto' }, value)); }
