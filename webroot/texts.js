// @ts-check
import { sessionTexts } from './texts-session.js';

/** Every text of the page, in one place; those of the session page are a file of their own. */

/** @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const texts = {
  ...sessionTexts,
  product: 'Holdfast',
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
  },

  states: { queued: 'Queued', running: 'Running', completed: 'Completed', partial: 'Partial', failed: 'Failed', total: 'All' },

  list: {
    heading: 'Sessions',
    filters: 'Sessions by state',
    columns: {
      state: 'State', title: 'Title', progress: 'Progress', confidence: 'Conf.', pages: 'Pages', started: 'Started',
      last: 'Last progress', expires: 'Expires', who: 'Who', actions: 'Actions',
    },
    confidence: 'Average confidence',
    progress: (/** @type {number} */ answered, /** @type {number} */ notFound, /** @type {number} */ total) =>
      `${answered} answered, ${notFound} not found, ${total - answered - notFound} open`,
    eta: (/** @type {string} */ time) => `~${time} left`,
    noneInState: (/** @type {string} */ state) => `No session is ${state.toLowerCase()}.`,
    shown: (/** @type {number} */ shown, /** @type {number} */ total) => `${shown} of ${total} shown`,
    more: 'Show more',
    loading: 'Loading …',
    view: 'View',
    stop: 'Stop',
    delete: 'Delete',
    actionOn: (/** @type {string} */ action, /** @type {string} */ title) => `${action} ${title}`,
    pinned: 'pinned',
  },

  empty: {
    heading: 'Nothing here yet',
    invite: 'Drop a PDF anywhere on this page. Its questions are answered one by one, with page citations, while you watch.',
    choose: 'Choose a PDF',
    sample: 'Try the sample',
    sampleTitle: 'Pump station specification (sample)',
    sampleBusy: 'Starting the sample …',
  },

  start: {
    open: 'New analysis',
    heading: 'New analysis',
    drop: 'Drop to analyse',
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
    none: 'Choose at least one PDF.',
    noSets: 'The server has no question set yet.',
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

  dialog: { cancel: 'Cancel', dismiss: 'Dismiss' },

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

  people: {
    title: 'Users and keys · Holdfast',
    heading: 'Users and keys',
    back: 'All sessions',
    me: (/** @type {string} */ name, /** @type {string} */ role) => `${name} · ${role}`,
    logout: 'Log out',
    forAdmins: 'Only admins see who may do what. Log in as one.',
    users: 'Users',
    usersHint: 'People who log in with a password.',
    noUsers: 'No users yet.',
    keys: 'Keys',
    keysHint: 'For programs, as Authorization: Bearer.',
    noKeys: 'No keys yet.',
    audit: 'On record',
    noAudit: 'Nothing has happened yet.',
    columns: {
      name: 'Name', role: 'Role', created: 'Created', by: 'By', expires: 'Expires', secret: 'Secret', actions: 'Actions',
      when: 'When', what: 'What', who: 'By', details: 'Details',
    },
    addUser: 'Add user…',
    addKey: 'Add key…',
    add: 'Add',
    never: 'never',
    until: 'until',
    disabled: 'disabled',
    disable: 'Disable',
    enable: 'Enable',
    remove: 'Remove…',
    revoke: 'Revoke…',
    newPassword: 'Password…',
    password: 'Password, at least 8 characters',
    save: 'Save',
    expiresOn: 'Expires on (empty for never)',
    roles: {
      viewer: 'viewer: reads',
      reviewer: 'reviewer: reads and gives verdicts',
      operator: 'operator: everything about sessions',
      admin: 'admin: everything, and who may what',
      worker: 'worker: reports rows only',
    },
    secretOnce: 'This is the secret of the key. It is shown this once only: copy it now.',
    done: 'Done',
    confirmRemove: (/** @type {string} */ name) => `Remove ${name}? Every login of this user ends at once.`,
    confirmRevoke: (/** @type {string} */ name) => `Revoke ${name}? Whoever uses it is refused at once.`,
  },

  errors: {
    network: 'The server cannot be reached. Nothing was changed; try again.',
    timeout: 'The server did not answer in time. Try again.',
    status: (/** @type {number} */ status) => `The server answered ${status}.`,
    failed: (/** @type {string} */ what, /** @type {string} */ why) => `${what}: ${why}`,
    sample: 'The sample is not on this server.',
  },

  digest: (/** @type {{added: number, moved: number, removed: number}} */ { added, moved, removed }) => [
    added && `${count(added, 'new session')}`,
    moved && `${count(moved, 'session')} changed state`,
    removed && `${count(removed, 'session')} removed`,
  ].filter(Boolean).join(', '),

  never: '—',
};
