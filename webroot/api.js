// @ts-check
import { clock } from './clock.js';
import { texts } from './texts.js';

/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Results} Results */
/** @typedef {import('./types.js').SessionList} SessionList */
/** @typedef {{name: string, version?: number, title?: string, questions?: number|unknown[]}} QuestionSet */

const BASE = 'api/v1/';
const REPLY_SECONDS_MAX = 30;
/** Creates are sent again with the same key when their reply is lost, at most so often. */
const TRIES_MAX = 3;

/** A refusal of the server, or the lack of an answer (status 0). `message` is fit to be shown. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message @param {Problem|null} problem */
  constructor(status, message, problem = null) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * The HTTP API. Fires `unauthorized` whenever a reply asks for a token, and `version` when the server turns out to be of
 * another version than the one that this page is of.
 */
export class Api extends EventTarget {
  /** How long the last short request took, in milliseconds. @type {number|null} */
  lag = null;
  /** @type {string|null} */
  #version = null;

  /** @param {Record<string, string|number|null|undefined>} query @returns {Promise<SessionList>} */
  sessions(query) { return this.#json('GET', `sessions${queryOf(query)}`); }

  /**
   * What changed after a revision, without waiting longer than that.
   * @param {{after: number|null, journal: string|null, wait: number}} query
   * @param {AbortSignal} [signal]
   * @returns {Promise<import('./types.js').ChangesReply>}
   */
  changes(query, signal) { return this.#json('GET', `changes${queryOf(query)}`, undefined, {}, { signal }); }

  /** @param {Record<string, unknown>} body @returns {Promise<import('./types.js').BulkReply>} */
  bulk(body) { return this.#create('bulk', body); }

  /** Asks for nothing: tells the lag, the server's clock and its version. */
  async ping() {
    const sentAt = performance.now();
    const reply = await this.#fetch('health/live', { cache: 'no-store', signal: AbortSignal.timeout(REPLY_SECONDS_MAX * 1000) });
    this.lag = reply.ok ? performance.now() - sentAt : null;
  }

  /** @param {string} id @returns {Promise<Results>} */
  results(id) { return this.#json('GET', `sessions/${encodeURIComponent(id)}/results`); }

  /** @param {string} id @param {string} reason @returns {Promise<{session: Session, results: Results}>} */
  stop(id, reason) { return this.#json('POST', `sessions/${encodeURIComponent(id)}/stop`, reason ? { reason } : {}); }

  /** @param {string} id @param {string} reason @returns {Promise<Session>} */
  resume(id, reason) { return this.#json('POST', `sessions/${encodeURIComponent(id)}/resume`, reason ? { reason } : {}); }

  /** @param {string} id @param {string} reason @returns {Promise<void>} */
  delete(id, reason) { return this.#json('DELETE', `sessions/${encodeURIComponent(id)}${queryOf({ reason })}`); }

  /** @returns {Promise<QuestionSet[]>} */
  async questionSets() {
    const reply = await this.#json('GET', 'question-sets');
    return Array.isArray(reply) ? reply : (reply?.items ?? []);
  }

  /** @param {{questionSet: string, documentId: string, title?: string}} body @returns {Promise<Session>} */
  async createSession(body) {
    const reply = await this.#create('sessions', body);
    return reply.session ?? reply;
  }

  /** @param {string} token */
  login(token) { return this.#json('POST', 'login', { token }, {}, { isLogin: true }); }

  /** @param {string} name @param {string} password */
  loginAs(name, password) { return this.#json('POST', 'login', { name, password }, {}, { isLogin: true }); }

  logout() { return this.#json('POST', 'logout'); }

  /** @returns {Promise<{name: string, role: string, means: string, expiresAt: string|null}>} */
  me() { return this.#json('GET', 'me'); }

  /** @param {'users'|'keys'|'audit'} what @returns {Promise<any[]>} */
  async accounts(what) { return (await this.#json('GET', what)).items; }

  /** @param {'users'|'keys'} what @param {Record<string, unknown>} body @returns {Promise<any>} */
  addAccount(what, body) { return this.#json('POST', what, body); }

  /** @param {string} name @param {Record<string, unknown>} body */
  changeUser(name, body) { return this.#json('PATCH', `users/${encodeURIComponent(name)}`, body); }

  /** @param {'users'|'keys'} what @param {string} id */
  removeAccount(what, id) { return this.#json('DELETE', `${what}/${encodeURIComponent(id)}`); }

  /** @returns {Promise<number>} the server's revision now; fails where nobody can answer for the state */
  async revision() { return (await this.sessions({ limit: 1 })).revision; }

  /**
   * @param {Blob} file
   * @param {string} filename
   * @param {(fraction: number) => void} onProgress
   * @returns {Promise<{id: string, filename: string, pages: number}>}
   */
  uploadDocument(file, filename, onProgress) {
    const { promise, resolve, reject } = deferred();
    const upload = new XMLHttpRequest();
    upload.open('POST', `${BASE}documents${queryOf({ filename })}`);
    upload.setRequestHeader('content-type', 'application/pdf');
    upload.setRequestHeader('X-Holdfast', '1');
    upload.setRequestHeader('Idempotency-Key', randomKey());
    upload.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    upload.upload.onload = () => onProgress(1);
    upload.onerror = () => reject(new ApiError(0, texts.errors.network));
    upload.onload = () => {
      const body = parsed(upload.responseText);
      if (upload.status >= 200 && upload.status < 300) resolve(body);
      else reject(this.#refused(upload.status, body, false));
    };
    upload.send(file);
    return promise;
  }

  /**
   * Any other request.
   * @param {string} method
   * @param {string} path below the base
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   */
  request(method, path, body, headers) { return this.#json(method, path, body, headers); }

  /** @param {string} path @param {unknown} body */
  async #create(path, body) {
    const headers = { 'Idempotency-Key': randomKey() };
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#json('POST', path, body, headers);
      } catch (error) {
        const lost = error instanceof ApiError && (error.status === 0 || error.status === 503);
        if (!lost || tries === TRIES_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, 400 * tries));
      }
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   * @param {{isLogin?: boolean, signal?: AbortSignal}} [how] a refused login is no reason to ask for a login
   * @returns {Promise<any>}
   */
  async #json(method, path, body, headers = {}, { isLogin = false, signal } = {}) {
    /** @type {Record<string, string>} */
    const sent = { ...headers, accept: 'application/json', ...(method === 'GET' ? {} : { 'X-Holdfast': '1' }) };
    if (body !== undefined) sent['content-type'] = 'application/json';
    const limit = AbortSignal.timeout(REPLY_SECONDS_MAX * 1000);
    // why no-cache: a stored reply may be older than what the page holds; it is asked about by its ETag instead
    const reply = await this.#fetch(BASE + path, {
      method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-cache',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const text = await textOf(reply);
    if (!reply.ok) throw this.#refused(reply.status, parsed(text), isLogin);
    return parsed(text);
  }

  /** @param {string} path @param {RequestInit} request */
  async #fetch(path, request) {
    const sentAt = Date.now();
    let reply;
    try {
      reply = await fetch(path, request);
    } catch (error) {
      throw lost(error);
    }
    clock.observe(reply.headers.get('date'), sentAt);
    this.#seeVersion(reply.headers.get('holdfast-version'));
    return reply;
  }

  /** @param {string|null} version */
  #seeVersion(version) {
    if (version === null) return;
    this.#version ??= version;
    if (version !== this.#version) this.dispatchEvent(new Event('version'));
  }

  /** @param {number} status @param {any} body @param {boolean} isLogin */
  #refused(status, body, isLogin) {
    if (status === 401 && !isLogin) this.dispatchEvent(new Event('unauthorized'));
    return new ApiError(status, body?.detail ?? body?.title ?? texts.errors.status(status), body ?? { status });
  }
}

/** @param {string} documentId @param {number} [page] */
export function documentHref(documentId, page) {
  return `${BASE}documents/${encodeURIComponent(documentId)}/content${page === undefined ? '' : `#page=${page}`}`;
}

/** @param {string} id @param {'csv'|'json'|'xlsx'} format */
export function exportHref(id, format) {
  return `${BASE}sessions/${encodeURIComponent(id)}/export?format=${format}`;
}

/** @param {Record<string, string|null>} query what the list shows @param {'csv'|'json'|'xlsx'} format */
export function listExportHref(query, format) { return `${BASE}sessions/export${queryOf({ ...query, format })}`; }

/** @param {{sessionIds: string[], after: number|null, journal: string|null}} query */
export function streamHref({ sessionIds, after, journal }) {
  const address = `${BASE}stream${queryOf({ after, journal })}`;
  const named = sessionIds.map((id) => `sessionId=${encodeURIComponent(id)}`).join('&');
  return named ? `${address}${address.includes('?') ? '&' : '?'}${named}` : address;
}

/** @param {Record<string, string|number|null|undefined>} query what is null, undefined or '' is left out */
function queryOf(query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}

/** A key that names one wish; `randomUUID` is missing on plain HTTP off loopback. */
function randomKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} text @returns {any} null where the text is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns {{promise: Promise<any>, resolve: (value: any) => void, reject: (error: Error) => void}} */
function deferred() {
  /** @type {any} */
  const it = {};
  it.promise = new Promise((resolve, reject) => Object.assign(it, { resolve, reject }));
  return it;
}

/** @param {Response} reply */
async function textOf(reply) {
  try {
    return await reply.text();
  } catch (error) {
    throw lost(error);
  }
}

/** @param {unknown} error of a request that was not answered */
function lost(error) {
  const late = error instanceof DOMException && error.name === 'TimeoutError';
  return new ApiError(0, late ? texts.errors.timeout : texts.errors.network);
}
