// @ts-check
/** @typedef {import('./types.js').Results} Results */
/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Row} Row */

/** The unitary table of one session: all its rows as of one revision. */
export class Table {
  /** @param {Results} results */
  constructor(results) {
    this.revision = results.revision;
    this.session = results.session;
    this.sections = results.sections.map(({ id, name, rows }) => ({ id, name, questions: rows.map((row) => row.questionId) }));
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    for (const section of results.sections) for (const row of section.rows) this.rows.set(row.questionId, row);
  }

  /**
   * Applies what one frame says about this session. A table may be ahead of the stream, because it came with a
   * reply; then the frame says nothing new and is ignored whole, so that header and rows stay of one revision.
   * @param {number} revision of the frame
   * @param {Session|undefined} session
   * @param {Row[]} rows
   * @returns {boolean} whether the frame was news
   */
  apply(revision, session, rows) {
    if (revision <= this.revision) return false;
    for (const row of rows) this.rows.set(row.questionId, row);
    if (session && session.revision >= this.revision) {
      this.session = session;
      this.revision = session.revision;
    }
    return true;
  }

  /** @returns {Results} the same body that GET gives at this revision */
  toResults() {
    const sections = this.sections.map(({ id, name, questions }) => ({
      id, name, rows: questions.map((question) => /** @type {Row} */ (this.rows.get(question))),
    }));
    return { revision: this.revision, session: this.session, sections };
  }
}
