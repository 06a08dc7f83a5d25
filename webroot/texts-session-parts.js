// @ts-check
import { texts as common } from './texts-session.js';
import { count } from './texts.js';

/** The texts of what opens on a session page: document, history, comparison, changes, and why there is nothing to show. */
export const texts = {
  ...common,

  viewer: {
    heading: 'Document', region: 'Pages of the document', pageLabel: (/** @type {number} */ n) => `Page ${n}`, of: (/** @type {number} */ n) => `of ${n}`,
    goTo: 'Go to page', zoomIn: 'Larger', zoomOut: 'Smaller', download: 'Download', hide: 'Hide the document', opening: 'Opening the document …',
    quoteBefore: 'Previous quote', quoteAfter: 'Next quote', step: (/** @type {number} */ at, /** @type {number} */ n) => `Quote ${at} of ${n}`,
    quote: {
      searching: (/** @type {number} */ page) => `Looking for the passage on page ${page} …`,
      found: (/** @type {number} */ page) => `The quoted passage is marked on page ${page}.`,
      missing: (/** @type {number} */ page) => `The quoted passage was not found on page ${page}. Nothing is marked.`,
      none: (/** @type {number} */ page) => `Nothing is quoted from page ${page}.`,
      'no-page': (/** @type {number} */ page) => `The document has no page ${page}.`,
    },
    failed: 'The document cannot be shown.', unauthorized: 'The server asks for a token.', again: 'Try again',
  },

  history: {
    heading: 'History', timeline: 'Timeline', journal: 'Journal', loading: 'Loading …', more: 'Show more', failed: (/** @type {string} */ why) => `The journal cannot be read now: ${why}`,
    columns: { revision: 'Revision', at: 'Time', type: 'Event', actor: 'By', client: 'Through', reason: 'Reason', data: 'Data' },
    asItWas: (/** @type {number} */ revision) => `Show the session as it was at revision ${revision}`,
    show: 'show',
    by: (/** @type {string} */ actor) => `by ${actor}`,
    events: {
      'session-created': 'Created', 'session-started': 'Started', 'session-completed': 'Completed', 'session-stopped': 'Stopped', 'session-failed': 'Failed',
      'session-requeued': 'Queued again after its run was lost', 'session-resumed': 'Resumed', 'session-removed': 'Taken off the lists', 'session-purged': 'Removed',
    },
    attempt: (/** @type {number} */ n) => `attempt ${n}`,
    rows: (/** @type {number} */ answered, /** @type {number} */ notFound) => [answered && count(answered, 'answer'), notFound && `${notFound} not found`].filter(Boolean).join(', '),
    reviewed: (/** @type {string} */ question, /** @type {string} */ verdict) => `${question} ${verdict}`,
    edited: { title: (/** @type {string} */ title) => `renamed “${title}”`, labels: 'labels changed', pinned: 'pinned', unpinned: 'unpinned', expiresAt: (/** @type {string} */ time) => `expires ${time}` },
  },

  change: {
    resume: {
      heading: (/** @type {string} */ title) => `Resume “${title}”?`, detail: 'The session is queued again under its next attempt. All rows are kept.', confirm: 'Resume',
      scope: 'Ask again', pending: 'what is still open', notFound: 'what is open, and what was not found', done: 'The session is queued again.',
    },
    retry: {
      heading: (/** @type {string} */ title) => `Retry “${title}”?`, detail: 'A new session asks all questions of the same document again. This one stays as it is.', confirm: 'Retry',
    },
    rename: { heading: 'Rename the session', title: 'Title', confirm: 'Rename' },
    labels: { heading: 'Labels', hint: 'One a line, as “key: value”. At most 20.', labels: 'Labels', confirm: 'Save' },
    expiry: { heading: 'When the session expires', at: 'Expires at', hint: 'At a time that has passed the next sweep takes it off the list.', confirm: 'Save', none: 'Give a date and a time.' },
    pin: { heading: 'Pin the session?', detail: 'A pinned session is kept until it is unpinned.', confirm: 'Pin' },
    unpin: { heading: 'Unpin the session?', detail: 'It then goes when it expires.', confirm: 'Unpin' },
    reason: 'Reason (optional)',
    cancel: 'Cancel',
    conflict: 'Somebody changed this meanwhile. What is here now is shown behind; your input is kept.',
  },

  past: {
    heading: 'Show the session as it was',
    detail: 'Give a revision of the journal or a time. What was then is shown to the letter.',
    revision: 'Revision',
    time: 'or time',
    confirm: 'Show',
    neither: 'Give a revision or a time.',
  },

  compare: {
    heading: 'Compare with another session',
    detail: 'Sessions on the same question set. Only what differs is shown.',
    other: 'Session', otherId: 'or its id', confirm: 'Compare', none: 'Choose a session or give its id.',
    option: (/** @type {string} */ title, /** @type {string} */ time) => `${title} (${time})`,
    original: 'the original', retry: 'a retry',
    title: 'Compared with', leave: 'Leave the comparison', loading: 'Loading the other session …',
    differ: (/** @type {number} */ n, /** @type {number} */ total) => (n === 0 ? `All ${total} questions agree.` : `${n} of ${count(total, 'question')} differ.`),
    otherSet: (/** @type {string} */ set) => `It was asked ${set}: there is no common question set to compare.`,
    only: (/** @type {number} */ n) => `${count(n, 'question')} in one of the two only.`,
    columns: { id: 'No.', question: 'Question', mine: 'This session', other: 'The other session' },
    failed: (/** @type {string} */ why) => `The other session cannot be read: ${why}`,
  },

  conflict: {
    heading: (/** @type {string} */ question) => `${question} was changed while you reviewed it`,
    detail: 'Nothing is lost: both are here. Choose what is to stand.',
    theirs: 'What stands now', mine: 'What you were about to save',
    keep: 'Keep what stands', over: 'Save mine', edit: 'Edit mine',
    nobody: 'No verdict', pages: (/** @type {string} */ pages) => `pages ${pages}`,
  },

  gone: {
    goneHeading: 'This session is gone',
    missingHeading: 'No such session',
    missing: 'No session with this id has ever existed here. Check the link.',
    was: 'What it was',
    id: 'Id',
    state: 'State', removed: 'Gone since', document: 'Document', questionSet: 'Question set', progress: 'Answers', created: 'Created', who: 'Created by',
    answers: (/** @type {number} */ answered, /** @type {number} */ total) => `${answered} of ${total}`,
    see: 'See it as it was',
    failedHeading: 'The session cannot be shown now',
    retry: 'Try again',
  },
};
