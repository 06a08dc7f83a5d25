// @ts-check
import { h, setText } from '../dom.js';
import { texts } from '../texts.js';

const words = texts.empty;

/**
 * What the list shows where there is no session yet: an invitation.
 * @param {{choose: () => void, sample: () => Promise<void>}} acts
 */
export function emptyState({ choose, sample }) {
  const trySample = async () => {
    button.disabled = true;
    setText(button, words.sampleBusy);
    await sample();
    button.disabled = false;
    setText(button, words.sample);
  };
  const button = h('button', { class: 'button', type: 'button', 'data-action': 'sample', onclick: trySample }, words.sample);
  return h('section', { class: 'empty', hidden: true },
    h('h2', {}, words.heading), h('p', {}, words.invite),
    h('div', { class: 'buttons' },
      h('button', { class: 'button primary', type: 'button', 'data-action': 'choose', onclick: choose }, words.choose), button));
}
