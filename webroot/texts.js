// @ts-check
/** The texts that every page needs. Those of the list, of a session and of what opens on demand are files of their own. */

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const texts = {
  title: (/** @type {number} */ running) => (running > 0 ? `(${running}) Holdfast` : 'Holdfast'),

  connection: {
    live: 'Live',
    'catching-up': 'Catching up',
    reconnecting: 'Reconnecting',
    old: 'Old',
    revision: 'rev',
    asOf: (/** @type {string} */ time, /** @type {string} */ age) => `${age} old, as of ${time}`,
    lost: 'The connection is lost. What you see is kept and may be out of date.',
    back: 'Connected again. What you see is current.',
    waiting: 'Waiting for the first answer of the server …',
    lag: (/** @type {number} */ millis) => `lag ${millis < 1000 ? `${Math.max(1, Math.round(millis))} ms` : `${(millis / 1000).toFixed(1)} s`}`,
    lagTitle: 'How long the server took for its last short answer, there and back',
  },

  states: { queued: 'Queued', running: 'Running', completed: 'Completed', partial: 'Partial', failed: 'Failed', total: 'All' },

  progress: (/** @type {number} */ answered, /** @type {number} */ notFound, /** @type {number} */ total) =>
    `${answered} answered, ${notFound} not found, ${total - answered - notFound} open`,

  outcome: {
    stopped: (/** @type {string} */ time, /** @type {number} */ revision, /** @type {number} */ kept) =>
      `Stopped at ${time}, revision ${revision}, ${count(kept, 'answer')} kept`,
    because: (/** @type {string} */ reason) => `Reason: ${reason}`,
    failed: (/** @type {string} */ message) => `Failed: ${message}`,
    eta: (/** @type {string} */ time) => `~${time} left`,
  },

  resume: {
    heading: (/** @type {string} */ title) => `Resume “${title}”?`,
    detail: 'Its answers are kept; only the open questions are asked again.',
    reason: 'Reason (optional)',
    confirm: 'Resume',
    done: (/** @type {string} */ title) => `“${title}” is queued again.`,
  },

  stop: {
    heading: (/** @type {string} */ title) => `Stop “${title}”?`,
    detail: 'The answers found so far are kept and can be exported. Later answers are refused.',
    reason: 'Reason (optional)',
    confirm: 'Stop',
    ended: (/** @type {string} */ title, /** @type {string} */ state) => `“${title}” had already ended: ${state.toLowerCase()}`,
    done: (/** @type {string} */ title, /** @type {string} */ what) => `“${title}”: ${what}`,
  },

  delete: {
    heading: (/** @type {string} */ title) => `Delete “${title}”?`,
    detail: 'The table and its record in the lists go at once. Whoever opens its link reads that you deleted it, when and why.',
    reason: 'Reason (optional)',
    confirm: 'Delete',
    done: (/** @type {string} */ title) => `“${title}” is deleted.`,
  },

  time: { now: 'Time: now', then: 'Time: past' },

  pause: {
    pause: 'Pause',
    resume: 'Continue',
    show: 'Show',
    paused: 'Paused',
    resumed: 'Shows what is now',
    waiting: (/** @type {number} */ revision, /** @type {number} */ n) => `Paused at rev ${revision}. ${count(n, 'change')} waiting.`,
  },

  version: { text: 'The server is of another version than this page.', reload: 'Reload' },

  theme: { label: 'Colours', system: 'Auto', light: 'Light', dark: 'Dark' },

  helpHeading: 'Keys and words',

  drop: 'Drop to analyse',

  reviewKeys: [['j', 'k', 'move'], ['o', 'show evidence'], ['a', 'accept'], ['c', 'correct'], ['x', 'reject'], ['n', 'next open']],

  identity: {
    me: (/** @type {string} */ name, /** @type {string} */ role) => `${name} · ${role}`,
    logout: 'Log out',
    looksOnly: (/** @type {string} */ role) => `This needs the role operator; yours is ${role}.`,
  },

  dialog: { cancel: 'Cancel', dismiss: 'Dismiss' },

  errors: {
    network: 'The server cannot be reached. Nothing was changed; try again.',
    again: 'Try again',
    code: 'A part of this page could not be fetched. Try again, or reload the page.',
    timeout: 'The server did not answer in time. Try again.',
    status: (/** @type {number} */ status) => `The server answered ${status}.`,
    failed: (/** @type {string} */ what, /** @type {string} */ why) => `${what}: ${why}`,
  },

  digest: (/** @type {{added: number, moved: number, removed: number}} */ { added, moved, removed }) => [
    added && `${count(added, 'new session')}`,
    moved && `${count(moved, 'session')} changed state`,
    removed && `${count(removed, 'session')} removed`,
  ].filter(Boolean).join(', '),

  never: '—',
};
