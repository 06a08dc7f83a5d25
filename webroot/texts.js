// @ts-check
import { sessionTexts } from './texts-session.js';

/** Every text of the page, in one place; those of the session page are a file of their own. */

/** @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;


/** @param {string} verb @param {string} done @param {string} detail @param {string} none */
const bulkAction = (verb, done, detail, none) => ({
  button: (/** @type {number} */ n) => `${verb} ${n}…`,
  heading: (/** @type {number} */ n) => `${verb} ${count(n, 'session')}?`,
  confirm: (/** @type {number} */ n) => `${verb} ${n}`,
  verb, done, detail, none,
});

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
    lag: (/** @type {number} */ millis) => `lag ${millis < 1000 ? `${Math.max(1, Math.round(millis))} ms` : `${(millis / 1000).toFixed(1)} s`}`,
    lagTitle: 'How long the server took for its last short answer, there and back',
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
    resume: 'Resume',
    excel: 'Excel',
    select: 'Select',
    selectAll: 'Select all rows that are loaded',
    due: { stalled: 'Stalled', expiring: 'Expiring < 24 h' },
    noMatch: 'No session matches.',
    news: (/** @type {number} */ n) => `${n} new`,
    sortAgain: (/** @type {number} */ n) => `${count(n, 'change')} since it was sorted: sort again`,
  },

  tools: {
    search: 'Search title, file name, id or creator',
    searchHint: 'Search title, file, id, creator …',
    label: 'Label, as key or key:value',
    labelHint: 'Label',
    who: 'Created by, the exact name',
    whoHint: 'Who',
    me: 'Me',
    sort: 'Sort by',
    sorts: {
      '-createdAt': 'Newest first', createdAt: 'Oldest first', '-endedAt': 'Running, then last ended', expiresAt: 'Expiring first',
      title: 'Title A–Z', '-title': 'Title Z–A',
    },
    export: 'Export',
    exportHint: 'All sessions that match, as of one revision',
    exportHintDue: 'What is due only this page knows: the file has all sessions that match besides',
    formats: { xlsx: 'Excel (.xlsx)', csv: 'CSV', json: 'JSON' },
  },

  created: {
    label: 'Created',
    any: 'Any time',
    spans: { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' },
    custom: 'From … to …',
    heading: 'When they were created',
    detail: 'In your local time. Leave one empty for no bound on that side.',
    from: 'From',
    to: 'Before',
    noSpan: 'The first time must be before the second.',
    show: 'Show',
    between: (/** @type {string|null} */ from, /** @type {string|null} */ to) => [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(' '),
  },

  past: {
    now: 'Time: now',
    then: 'Time: past',
    heading: 'The list as it was',
    detail: 'Shows every session as it was then, also those that are gone by now. Nothing can be changed there.',
    time: 'Time',
    revision: 'Or revision',
    revisionHint: (/** @type {number} */ head) => `From 0 to ${head}; it counts before the time.`,
    show: 'Show',
    back: 'Back to now',
    atRevision: (/** @type {string} */ revision) => `at revision ${revision}`,
    atTime: (/** @type {string} */ time, /** @type {number} */ revision) => `on ${time}, at revision ${revision}`,
    banner: (/** @type {string} */ when) => `This is the list as it was ${when}. Actions are off.`,
    off: 'The past cannot be changed',
  },

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

  help: {
    heading: 'Keys and words',
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

  resume: {
    heading: (/** @type {string} */ title) => `Resume “${title}”?`,
    detail: 'Its answers are kept; only the open questions are asked again.',
    reason: 'Reason (optional)',
    confirm: 'Resume',
    done: (/** @type {string} */ title) => `“${title}” is queued again.`,
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

  identity: {
    me: (/** @type {string} */ name, /** @type {string} */ role) => `${name} · ${role}`,
    logout: 'Log out',
    looksOnly: (/** @type {string} */ role) => `This needs the role operator; yours is ${role}.`,
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
