// @ts-check
/**
 * The shapes of the HTTP API, as the page reads them. Types only, nothing runs here.
 *
 * @typedef {'queued'|'running'|'completed'|'partial'|'failed'} SessionState
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} title
 * @property {SessionState} state
 * @property {number} revision the session's last event
 * @property {number} attempt
 * @property {string} analyzer
 * @property {{id: string, filename: string, pages: number, bytes: number}|null} document
 * @property {{name: string, version: number, questions: number}} questionSet
 * @property {{answered: number, notFound: number, total: number, lastAt: string|null}} progress
 * @property {{averageConfidence: number|null, durationMillis?: number, tokens?: number, costUsd?: number|null}|null} statistics
 * @property {Record<string, string>} [labels]
 * @property {string|null} createdBy
 * @property {string} createdAt
 * @property {string|null} startedAt
 * @property {string|null} endedAt
 * @property {string|null} expiresAt
 * @property {boolean} pinned
 * @property {Record<string, string>} [labels]
 * @property {string|null} removedAt
 * @property {string|null} retryOf
 * @property {string|null} reason
 * @property {{type: string, message: string}|null} error
 *
 * @typedef {object} Row
 * @property {string} questionId
 * @property {string} question
 * @property {'pending'|'answered'|'not_found'} status
 * @property {string|null} answer
 * @property {number[]|null} pages best first
 * @property {number|null} confidence 0..1
 * @property {{page: number|null, text: string}[]|null} quotes
 * @property {string|null} footnote
 * @property {Review|null} [review]
 *
 * @typedef {'accepted'|'corrected'|'rejected'} Verdict
 * @typedef {{verdict: Verdict, correctedAnswer: string|null, correctedPages: number[], reason: string|null, by: string, at: string, revision: number}} Review
 *
 * @typedef {{id: string, name: string, rows: Row[]}} Section
 * @typedef {{revision: number, session: Session, sections: Section[]}} Results
 * @typedef {{queued: number, running: number, completed: number, partial: number, failed: number, total: number}} Counts
 * @typedef {{revision: number, counts: Counts, matching: number, items: Session[], nextCursor: string|null}} SessionList
 * @typedef {{journal: string, revision: number, counts: Counts, items: Session[], results?: Record<string, Results>}} Snapshot
 * @typedef {{revision: number, previous: number, counts: Counts, withoutRows?: boolean}} Frame
 * @typedef {{reset: true, snapshot: Snapshot}|{reset?: false, revision: number, previous: number, sessions: Session[], removed: {id: string, reason: string}[], counts: Counts}} ChangesReply
 * @typedef {{id: string, status: number, newId: string|null, problem: Problem|null}} BulkResult
 * @typedef {{revision: number, results: BulkResult[]}} BulkReply
 *
 * What the list shows: the store, the store as it was when the page was paused, or a list of the past.
 * @typedef {object} ListSource
 * @property {string|null} journal
 * @property {number} revision
 * @property {Counts|null} counts
 * @property {Map<string, Session>} sessions
 * @property {{ids: string[], indexOf: (id: string) => number}} order
 * @property {string} reach
 * @typedef {{type?: string, title?: string, status: number, detail?: string, [extension: string]: unknown}} Problem
 *
 * What a fold changed, so that views touch nothing else.
 * @typedef {object} Changes
 * @property {Set<string>} added sessions that are new here
 * @property {Set<string>} touched sessions whose summary changed
 * @property {Map<string, string>} removed id to reason
 * @property {Set<string>} moved sessions whose state changed
 * @property {Set<string>} tables sessions whose whole table was replaced
 * @property {Map<string, Set<string>>} rows session id to the questions that changed
 */

export {};
