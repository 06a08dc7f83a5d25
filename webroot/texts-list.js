// @ts-check
import { count, texts as common } from './texts.js';

/** The texts of the list. */

export const texts = {
  ...common,

  list: {
    heading: 'Sessions',
    filters: 'Sessions by state',
    columns: {
      state: 'State', title: 'Title', progress: 'Progress', confidence: 'Conf.', pages: 'Pages', started: 'Started',
      last: 'Last progress', expires: 'Expires', who: 'Who', actions: 'Actions',
    },
    confidence: 'Average confidence',
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

  empty: {
    heading: 'Nothing here yet',
    invite: 'Drop a PDF anywhere on this page. Its questions are answered one by one, with page citations, while you watch.',
    choose: 'Choose a PDF',
    sample: 'Try the sample',
    sampleTitle: 'Pump station specification (sample)',
    sampleBusy: 'Starting the sample …',
    noSample: 'The sample is not on this server.',
  },
};
