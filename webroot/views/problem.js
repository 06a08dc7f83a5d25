// @ts-check
import { h } from '../dom.js';
import { fullTime } from '../format.js';
import { hrefOf } from '../router.js';
import { texts } from '../texts.js';

/** @typedef {import('../api.js').ApiError} ApiError */

const words = texts.gone;

/**
 * The page in place of a session that cannot be shown: it is gone (410), never existed (404), or cannot be read now.
 * @param {string} id
 * @param {ApiError} error
 * @param {() => void} again
 */
export function problemPage(id, error, again) {
  const heading = { 404: words.missingHeading, 410: words.goneHeading }[error.status] ?? words.failedHeading;
  const detail = error.status === 404 ? words.missing : error.message;
  const back = h('a', { class: 'button', href: hrefOf({ page: 'list', state: null }) }, texts.session.back);
  const retry = h('button', { class: 'button primary', type: 'button', onclick: again }, words.retry);
  const isFinal = error.status === 404 || error.status === 410;
  return h('section', { class: 'card problem', 'data-problem': error.status },
    h('h1', {}, heading), h('p', {}, detail), facts(id, error), h('p', { class: 'buttons' }, back, isFinal ? null : retry));
}

/** @param {string} id @param {ApiError} error */
function facts(id, { problem }) {
  const at = textOf(problem, ['removedAt', 'goneAt', 'deletedAt', 'at']);
  const known = [
    [words.id, id],
    [words.when, at && fullTime(at)],
    [words.who, textOf(problem, ['removedBy', 'deletedBy', 'by', 'actor'])],
    [words.why, textOf(problem, ['reason'])],
  ];
  const pairs = known.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name ?? ''), h('dd', {}, value ?? '')));
  return h('dl', { class: 'facts' }, ...pairs);
}

/** @param {Record<string, unknown>|null} problem @param {string[]} names @returns {string|null} */
function textOf(problem, names) {
  const value = names.map((name) => problem?.[name]).find((found) => typeof found === 'string' && found !== '');
  return /** @type {string|undefined} */ (value) ?? null;
}
