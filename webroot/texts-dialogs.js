// @ts-check
import { count, texts as common } from './texts.js';

/** The texts of what opens on demand: the help, a new analysis, the login, and what is done with many sessions. */

/** @param {string} verb @param {string} done @param {string} detail @param {string} none */
const bulkAction = (verb, done, detail, none) => ({
  button: (/** @type {number} */ n) => `${verb} ${n}…`,
  heading: (/** @type {number} */ n) => `${verb} ${count(n, 'session')}?`,
  confirm: (/** @type {number} */ n) => `${verb} ${n}`,
  verb, done, detail, none,
});

export const texts = {
  ...common,

  help: {
    keys: {
      '/': 'Search', j: 'Next row', k: 'Row before', x: 'Select the row', Enter: 'View the session', s: 'Stop the session', e: 'Export the list',
      p: 'Pause, or show what came since', '?': 'This help', Esc: 'Close',
    },
    session: 'On a session',
    status: 'The status line',
    meanings: {
      Live: 'What you see is what the server holds.',
      'Catching up': 'Connected; what was missed is on its way.',
      Reconnecting: 'No connection. What you see is kept and dated.',
      Old: 'No connection for half a minute or more. Do not rely on what you see.',
      rev: 'The position in the journal that the whole page stands for. Say it when you ask for help.',
      Stalled: 'Running, and nothing was reported for two minutes.',
      Expiring: 'Leaves the lists within 24 hours, unless somebody pins or extends it.',
    },
  },

  start: {
    heading: 'New analysis',
    zone: 'Drop PDFs here or choose them',
    choose: 'Choose PDFs',
    files: 'Documents',
    questionSet: 'Question set',
    questions: (/** @type {string} */ title, /** @type {number|null} */ n) => (n === null ? title : `${title} (${count(n, 'question')})`),
    title: 'Title',
    titleHint: 'Left empty, it is the file name.',
    titleSeveral: 'With several documents each takes its file name.',
    submit: 'Start',
    submitSeveral: (/** @type {number} */ n) => `Start ${n}`,
    cancel: 'Cancel',
    close: 'Close',
    remove: 'Remove',
    notPdf: 'This is not a PDF.',
    uploading: (/** @type {number} */ percent) => `Uploading, ${percent} %`,
    reading: 'Reading its text …',
    starting: 'Starting …',
    ready: 'Ready',
    started: 'Started',
    view: 'View',
    noSets: 'The server has no question set yet.',
  },

  login: {
    heading: 'Log in',
    name: 'Name',
    password: 'Password',
    submit: 'Log in',
    token: 'Or with the token of this server',
    submitToken: 'Continue with the token',
    wrong: 'There is no such user, or the password is another one.',
    wrongToken: 'The server does not accept this token.',
    hint: 'It is the value of HOLDFAST_ADMIN_TOKEN.',
  },

  bulk: {
    heading: 'What to do with the selected sessions',
    selected: (/** @type {number} */ n) => `${n} selected`,
    selectMatching: (/** @type {number} */ n) => `Select all ${n} that match`,
    clear: 'Clear',
    reason: 'Reason (optional)',
    by: (/** @type {string} */ name) => `by ${name}`,
    allOf: (/** @type {string} */ filter) => `All that match: ${filter}. If it is another number by then, nothing is done.`,
    asSeen: (/** @type {number} */ revision) => `As seen at rev ${revision}: a session that changed after it is left alone and named.`,
    andMore: (/** @type {number} */ n) => `and ${n} more`,
    outcomes: 'How it went for each',
    outcome: (/** @type {string} */ verb) => `${verb}: how it went`,
    sum: (/** @type {string} */ done, /** @type {number} */ n, /** @type {number} */ refused) =>
      (refused === 0 ? `${n} ${done}.` : `${n} ${done}, ${refused} refused.`),
    actions: {
      stop: bulkAction('Stop', 'stopped', 'The answers found so far are kept and can be exported. Later answers are refused.', 'No selected session is active'),
      retry: bulkAction('Retry', 'started again', 'Each gets a new session with the same document and questions; the old ones stay.', 'No selected session has ended'),
      pin: bulkAction('Pin', 'pinned', 'Pinned sessions never expire.', 'All selected sessions are pinned'),
      extend: bulkAction('Extend', 'extended', 'Their retention begins anew, from now.', 'No selected session has ended'),
      delete: bulkAction('Delete', 'deleted', 'Their tables and their places in the lists go at once. Who opens a link reads that you deleted it, when and why.', 'No selected session has ended'),
    },
  },
};
