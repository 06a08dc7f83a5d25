// @ts-check
import { h } from '../dom.js';
import { texts } from '../texts-dialogs.js';
import { openDialog } from './dialog.js';

/** The keys, and what the words of the status line mean. */
export function openHelp() {
  const { help } = texts;
  const keys = Object.entries(help.keys).map(([key, does]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)));
  const review = texts.reviewKeys.map((words) => h('div', {}, h('dt', {}, ...words.slice(0, -1).map((key) => h('kbd', {}, key))), h('dd', {}, words[words.length - 1])));
  const meanings = Object.entries(help.meanings).map(([word, meaning]) => h('div', {}, h('dt', {}, word), h('dd', {}, meaning)));
  const dialog = openDialog(texts.helpHeading,
    h('dl', { class: 'help-keys' }, ...keys), h('h3', {}, help.session), h('dl', { class: 'help-keys' }, ...review), h('h3', {}, help.status), h('dl', { class: 'help-words' }, ...meanings),
    h('div', { class: 'buttons end' }, h('button', { class: 'button primary', type: 'button', 'data-action': 'close', onclick: () => dialog.close() }, texts.start.close)));
  dialog.dataset.help = '';
  // why: the one button stands at its end, and on a phone the help would open there
  dialog.tabIndex = -1;
  dialog.focus();
}
