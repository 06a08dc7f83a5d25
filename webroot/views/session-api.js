// @ts-check
/** @typedef {import('../api.js').Api} Api */
/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../types.js').Results} Results */
/** @typedef {import('../types.js').Row} Row */
/** @typedef {{revision: number, at: string, type: string, actor: string, client: string|null, requestId: string|null, reason: string|null, data: any}} SessionEvent */

/** What the session page asks of the API. */
export class SessionApi {
  /** @param {Api} api */
  constructor(api) { this.api = api; }

  /** @param {string} id @returns {Promise<Results>} */
  results(id) { return this.api.request('GET', `${path(id)}/results`); }

  /** @param {string} id @param {string|number} at a revision or a time @returns {Promise<Results>} */
  resultsAt(id, at) { return this.api.request('GET', `${path(id)}/results?at=${encodeURIComponent(at)}`); }

  /** @param {string} id @param {string|number} at @returns {Promise<Session>} */
  sessionAt(id, at) { return this.api.request('GET', `${path(id)}?at=${encodeURIComponent(at)}`); }

  /** @param {string} id @param {number} after @returns {Promise<{items: SessionEvent[], next: number|null}>} */
  events(id, after) { return this.api.request('GET', `${path(id)}/events?after=${after}`); }

  /** @param {string} document @param {number} page @returns {Promise<{page: number, text: string}>} */
  pageText(document, page) { return this.api.request('GET', `documents/${encodeURIComponent(document)}/pages/${page}`); }

  /**
   * @param {string} id
   * @param {string} question
   * @param {{verdict: string, correctedAnswer?: string, correctedPages?: number[], reason?: string}} body
   * @param {number} seen the revision that the person looked at
   * @returns {Promise<Row>}
   */
  review(id, question, body, seen) {
    return this.api.request('PUT', `${path(id)}/results/${encodeURIComponent(question)}/review`, body, ifMatch(seen));
  }

  /** @param {string} id @param {{scope: string, reason?: string}} body @param {number} seen @returns {Promise<Session>} */
  resume(id, body, seen) { return this.api.request('POST', `${path(id)}/resume`, body, ifMatch(seen)); }

  /** @param {string} id @param {{reason?: string}} body @param {string} key names the wish, so that it is carried out once @returns {Promise<Session>} */
  retry(id, body, key) { return this.api.request('POST', `${path(id)}/retry`, body, { 'Idempotency-Key': key }); }

  /** @param {string} id @param {Record<string, unknown>} body @param {string} reason @param {number} seen @returns {Promise<Session>} */
  patch(id, body, reason, seen) {
    const query = reason ? `?reason=${encodeURIComponent(reason)}` : '';
    return this.api.request('PATCH', path(id) + query, body, ifMatch(seen));
  }
}

/** @param {string} id */
function path(id) { return `sessions/${encodeURIComponent(id)}`; }

/** @param {number} revision */
function ifMatch(revision) { return { 'If-Match': `"${revision}"` }; }
