// @ts-check
import { ApiError } from '../api.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts-list.js';

/** @typedef {import('../api.js').Api} Api */

const words = texts.empty;
const SAMPLE = 'sample/pump-station-specification.pdf';
const SAMPLE_SET = 'bid-spec';

/**
 * What the list shows where there is no session yet: an invitation.
 * @param {{api: Api, choose: () => void, onSession: (id: string) => void, fail: (error: unknown) => void}} parts
 */
export function emptyState({ api, choose, onSession, fail }) {
  const trySample = async () => {
    button.disabled = true;
    setText(button, words.sampleBusy);
    await startSample(api).then(onSession, fail);
    button.disabled = false;
    setText(button, words.sample);
  };
  const button = h('button', { class: 'button', type: 'button', 'data-action': 'sample', onclick: trySample }, words.sample);
  return h('section', { class: 'empty', hidden: true },
    h('h2', {}, words.heading), h('p', {}, words.invite),
    h('div', { class: 'buttons' },
      h('button', { class: 'button primary', type: 'button', 'data-action': 'choose', onclick: () => choose() }, words.choose), button));
}

/** @param {Api} api @returns {Promise<string>} the id of its session */
async function startSample(api) {
  const file = await fetch(SAMPLE).catch(() => { throw new ApiError(0, texts.errors.network); });
  if (!file.ok) throw new ApiError(file.status, words.noSample);
  const document = await api.uploadDocument(await file.blob(), SAMPLE.replace(/^.*\//, ''), () => {});
  return (await api.createSession({ questionSet: SAMPLE_SET, documentId: document.id, title: words.sampleTitle })).id;
}
