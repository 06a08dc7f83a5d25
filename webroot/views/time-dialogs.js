// @ts-check
import { boundsOf, createdOf } from '../created.js';
import { h, setText } from '../dom.js';
import { texts } from '../texts-list.js';
import { openDialog } from './dialog.js';

/** Where the list is asked for by time: as it was then, or what was created then. */

/**
 * Asks for a time or a revision of the past.
 * @param {{at: string|null, revision: number, now: number, onAt: (at: string|null) => void}} asked
 */
export function askPast({ at, revision, now, onAt }) {
  const isRevision = at !== null && /^\d+$/.test(at);
  const time = h('input', { type: 'datetime-local', name: 'time', step: 1, max: local(now), value: at !== null && !isRevision ? local(Date.parse(at)) : local(now - 3_600_000) });
  const number = h('input', { type: 'number', name: 'revision', min: 0, max: revision, inputmode: 'numeric', value: isRevision ? at : '' });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.close();
    onAt(number.value || (time.value && new Date(time.value).toISOString()) || null);
  };
  const dialog = openDialog(texts.past.heading,
    h('form', { onsubmit: submit },
      h('p', {}, texts.past.detail),
      h('label', { class: 'field' }, texts.past.time, time),
      h('label', { class: 'field' }, texts.past.revision, number, h('span', { class: 'hint' }, texts.past.revisionHint(revision))),
      h('div', { class: 'buttons end' },
        at === null ? null : h('button', { class: 'button', type: 'button', 'data-action': 'now', onclick: () => { dialog.close(); onAt(null); } }, texts.past.back),
        h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, texts.dialog.cancel),
        h('button', { class: 'button primary', type: 'submit', 'data-action': 'show-past' }, texts.past.show))));
}

/**
 * Asks between which times sessions were created.
 * @param {{created: string, onCreated: (created: string) => void}} asked
 */
export function askCreated({ created, onCreated }) {
  const words = texts.created;
  const { after, before } = boundsOf(created || '..', Date.now());
  const field = (/** @type {string} */ name, /** @type {number} */ value) =>
    h('input', { type: 'datetime-local', name, step: 1, value: Number.isFinite(value) && local(value) });
  const from = field('from', after);
  const to = field('to', before);
  const error = h('p', { class: 'error', role: 'alert' });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const wanted = `${utc(from.value)}..${utc(to.value)}`;
    const chosen = createdOf(wanted);
    if (chosen === '' && wanted !== '..') {
      setText(error, words.noSpan);
      return;
    }
    dialog.close();
    onCreated(chosen);
  };
  const dialog = openDialog(words.heading,
    h('form', { onsubmit: submit },
      h('p', {}, words.detail),
      h('label', { class: 'field' }, words.from, from),
      h('label', { class: 'field' }, words.to, to), error,
      h('div', { class: 'buttons end' },
        h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, texts.dialog.cancel),
        h('button', { class: 'button primary', type: 'submit', 'data-action': 'show-created' }, words.show))));
}

/** A time as a `datetime-local` field wants it. @param {number} millis */
function local(millis) {
  const date = new Date(millis);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** @param {string} time of this computer, or '' */
function utc(time) { return time && new Date(time).toISOString(); }
