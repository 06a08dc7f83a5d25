// @ts-check
import { h } from '../dom.js';
import { fullTime } from '../format.js';
import { texts } from '../texts-session-parts.js';
import { openDialog } from './dialog.js';
import { answerOf, pagesOf } from './result-row.js';

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('./review-editor.js').Opinion} Opinion */

const words = texts.conflict;
const verdicts = texts.table.verdict;

/**
 * Shows what somebody else made of a row beside what was about to be saved, and asks which is to stand.
 * @param {Row} row as it stands now
 * @param {Opinion} mine
 * @returns {Promise<'keep'|'over'|'edit'>}
 */
export function askWhichStands(row, mine) {
  return new Promise((resolve) => {
    /** @type {'keep'|'over'|'edit'} */
    let choice = 'edit';
    const choose = (/** @type {typeof choice} */ made) => () => { choice = made; dialog.close(); };
    const button = (/** @type {typeof choice} */ made, /** @type {string} */ text, /** @type {string} */ look) =>
      h('button', { class: `button ${look}`, type: 'button', 'data-action': `conflict-${made}`, onclick: choose(made) }, text);
    const dialog = openDialog(words.heading(row.questionId),
      h('p', {}, words.detail),
      h('div', { class: 'conflict' },
        side(words.theirs, 'theirs', theirVerdict(row), answerOf(row), pagesOf(row), row.review?.reason),
        side(words.mine, 'mine', texts.review.saved[mine.verdict], mine.correctedAnswer, mine.correctedPages ?? [], mine.reason)),
      h('div', { class: 'buttons end' }, button('keep', words.keep, ''), button('edit', words.edit, ''), button('over', words.over, 'primary')));
    dialog.classList.add('roomy');
    // why: Escape is no decision, and leads back to what was written
    dialog.addEventListener('close', () => resolve(choice));
  });
}

/** @param {Row} row */
function theirVerdict({ review }) {
  return review ? `${verdicts[review.verdict](review.by)}, ${fullTime(review.at)}` : words.nobody;
}

/**
 * @param {string} heading
 * @param {string} hook
 * @param {string} verdict
 * @param {string|undefined} answer
 * @param {number[]} pages
 * @param {string|null|undefined} reason
 */
function side(heading, hook, verdict, answer, pages, reason) {
  return h('section', { 'data-conflict': hook }, h('h3', {}, heading), h('p', { class: 'aside' }, verdict),
    answer ? h('p', { class: 'answer-text', dir: 'auto' }, answer) : null,
    pages.length > 0 ? h('p', { class: 'aside' }, words.pages(pages.join(', '))) : null,
    reason ? h('p', { class: 'aside', dir: 'auto' }, texts.outcome.because(reason)) : null);
}
