// @ts-check
import { addChanges, noChanges } from './changes.js';
import { OpenFrame } from './open-frame.js';
import { SessionOrder, instantOf } from './order.js';
import { Table } from './table.js';
import { isActive } from './states.js';

/** @import { Changes, Counts, Frame, Results, Row, Session, SessionList, Snapshot } from './types.js' */

/** A snapshot holds this many of the newest sessions, besides all active ones. */
const SNAPSHOT_NEWEST = 200;
/** Ids of removed sessions that are remembered, so that a page read earlier cannot bring them back. */
const REMOVED_MAX = 5000;
/** A page that stays open for weeks lets go of the oldest ended sessions beyond this many. */
const SESSIONS_MAX = 10_000;
const SESSIONS_KEPT = 9_000;

/**
 * What the page knows: the sessions, their counts and the watched tables, all as of one revision.
 * Fold snapshots and frames into it; after each fold that changed something it fires `change` with the Changes,
 * after a snapshot `replaced` before it.
 * No DOM and no network in here, and no state in between: a fold is seen whole or not at all.
 */
export class Store extends EventTarget {
  /** @type {string|null} */
  journal = null;
  revision = 0;
  /** @type {Counts|null} */
  counts = null;
  /** @type {Map<string, Session>} */
  sessions = new Map();
  order = new SessionOrder();
  /** The instant down to which every session is held, '' for all of them; older ones may be held, too. */
  reach = '';
  /** Sessions kept over a snapshot that does not reach down to them, until a page confirms or drops them. @type {Set<string>} */
  unconfirmed = new Set();

  /** @type {Map<string, Table>} */
  #tables = new Map();
  /** @type {string|null} */
  #watched = null;
  /** Frames' rows of the watched session that came before its table. @type {{revision: number, session: Session|undefined, rows: Row[]}[]} */
  #early = [];
  /** @type {Map<string, number>} */
  #removed = new Map();
  /** Pages that are ahead of the stream: they wait, because the counts come with the stream. @type {SessionList[]} */
  #ahead = [];
  #open = new OpenFrame();
  /** The revision of the last snapshot. */
  #replacedAt = 0;

  /** @param {string} id */
  table(id) { return this.#tables.get(id); }

  /** Keeps the table of this session current from now on, and lets go of any other. @param {string|null} id */
  watch(id) {
    if (id === this.#watched) return;
    this.#watched = id;
    this.#early = [];
    this.#tables.clear();
  }

  /**
   * Takes one event of the stream.
   * @param {string} type
   * @param {any} data
   * @returns {'buffered'|'applied'|'known'|'behind'|'gap'} `gap`: events are missing, `behind`: older than what is held
   */
  receive(type, data) {
    if (type === 'snapshot') return this.#replace(data);
    if (type === 'frame') return this.#applyFrame(data);
    return this.#open.add(type, data);
  }

  /** Forgets a frame that was cut off in the middle. */
  dropOpenFrame() { this.#open = new OpenFrame(); }

  /**
   * Takes a page of the list; what the stream said later wins.
   * @param {SessionList} list
   * @returns {boolean} false for a page from before the last snapshot: it may name sessions that were removed unseen
   */
  mergePage(list) {
    if (list.revision < this.#replacedAt) return false;
    for (const session of list.items) this.unconfirmed.delete(session.id);
    if (list.revision > this.revision) this.#ahead.push(list);
    else this.#announce(this.#mergeItems(list, noChanges()));
    return true;
  }

  /**
   * Takes a reply's table of the watched session.
   * @param {Results} results
   * @returns {boolean} false where the page already knows more, so that a later reply is needed
   */
  mergeResults(results) {
    const { id } = results.session;
    if (id !== this.#watched) return true;
    const table = new Table(results);
    for (const { revision, session, rows } of this.#early) table.apply(revision, session, rows);
    const known = Math.max(this.#tables.get(id)?.revision ?? 0, this.sessions.get(id)?.revision ?? 0);
    if (table.revision < known) return false;
    this.#early = [];
    this.#tables.set(id, table);
    const changes = noChanges();
    changes.tables.add(id);
    this.#announce(changes);
    return true;
  }

  /** Drops what no page confirmed. */
  dropUnconfirmed() {
    const changes = noChanges();
    for (const id of this.unconfirmed) this.#remove(id, 'removed', changes);
    this.#announce(changes);
  }

  /** @param {Snapshot} snapshot */
  #replace(snapshot) {
    this.dropOpenFrame();
    const sameJournal = this.journal === null || this.journal === snapshot.journal;
    if (sameJournal && snapshot.revision < this.revision) return 'behind';
    const changes = noChanges();
    const named = new Set(snapshot.items.map((session) => session.id));
    this.reach = reachOf(snapshot);
    const kept = sameJournal ? this.#keptOver(named) : new Set();
    for (const id of [...this.sessions.keys()]) if (!named.has(id) && !kept.has(id)) this.#remove(id, 'removed', changes);
    if (!sameJournal) this.#removed.clear();
    this.unconfirmed = kept;
    for (const session of [...snapshot.items].reverse()) this.#put(session, 'above', changes, sameJournal);
    this.journal = snapshot.journal;
    this.revision = snapshot.revision;
    this.counts = snapshot.counts;
    this.#ahead = [];
    for (const results of Object.values(snapshot.results ?? {})) this.#putTable(results, sameJournal, changes);
    this.#replacedAt = snapshot.revision;
    this.dispatchEvent(new Event('replaced'));
    this.#announce(changes, true);
    return 'applied';
  }

  /**
   * A snapshot reaches down to its 200th newest session. What was loaded beyond stays, unless it was active (all active
   * ones are in the snapshot), so that nothing vanishes from the eye only to come back with the next page.
   * @param {Set<string>} named
   * @returns {Set<string>}
   */
  #keptOver(named) {
    const beyond = [...this.sessions.values()].filter((session) =>
      !named.has(session.id) && !isActive(session) && instantOf(session) < this.reach);
    return new Set(beyond.map((session) => session.id));
  }

  /** @param {Frame} frame */
  #applyFrame(frame) {
    const open = this.#open;
    this.dropOpenFrame();
    if (this.journal === null || frame.previous > this.revision) return 'gap';
    if (frame.revision < this.revision) return 'behind';
    if (frame.revision === this.revision) return 'known';
    const changes = noChanges();
    for (const session of open.sessions.values()) this.#put(session, 'above', changes, true);
    for (const [id, reason] of open.removed) this.#fence(id, reason, frame.revision, changes);
    this.#trim(changes);
    this.revision = frame.revision;
    this.counts = frame.counts;
    if (frame.withoutRows) this.#dropTable(open);
    else this.#applyRows(frame.revision, open, changes);
    this.#mergeWaitingPages(changes);
    this.#announce(changes, true);
    return 'applied';
  }

  /**
   * @param {number} revision
   * @param {OpenFrame} open
   * @param {Changes} changes
   */
  #applyRows(revision, open, changes) {
    const id = this.#watched;
    if (id === null) return;
    const session = open.sessions.get(id);
    const rows = open.rows.get(id) ?? [];
    if (!session && rows.length === 0) return;
    const table = this.#tables.get(id);
    if (!table) this.#early.push({ revision, session, rows });
    else if (table.apply(revision, session, rows)) changes.rows.set(id, new Set(rows.map((row) => row.questionId)));
  }

  /** A frame without rows leaves the watched table behind, so it has to be asked for again. @param {OpenFrame} open */
  #dropTable(open) {
    if (this.#watched === null || !open.sessions.has(this.#watched)) return;
    this.#early = [];
    this.#tables.delete(this.#watched);
  }

  /** @param {Changes} changes */
  #trim(changes) {
    if (this.sessions.size <= SESSIONS_MAX) return;
    const ids = [...this.order.ids];
    while (this.sessions.size > SESSIONS_KEPT && ids.length > 0) {
      const session = /** @type {Session} */ (this.sessions.get(/** @type {string} */ (ids.pop())));
      if (isActive(session) || session.id === this.#watched) continue;
      this.reach = instantOf(session) + '~';
      this.#remove(session.id, 'trimmed', changes);
    }
  }

  /** @param {Results} results @param {boolean} sameJournal @param {Changes} changes */
  #putTable(results, sameJournal, changes) {
    const { id } = results.session;
    const held = this.#tables.get(id);
    if (id !== this.#watched || (sameJournal && held && held.revision > results.revision)) return;
    this.#early = [];
    this.#tables.set(id, new Table(results));
    changes.tables.add(id);
  }

  /**
   * @param {Session} session
   * @param {'above'|'below'} side where it goes among sessions of the same instant
   * @param {Changes} changes
   * @param {boolean} sameJournal revisions of another journal cannot be compared
   */
  #put(session, side, changes, sameJournal) {
    const { id } = session;
    const held = this.sessions.get(id);
    this.order.add(session, side);
    this.unconfirmed.delete(id);
    if (held && sameJournal && held.revision >= session.revision) return;
    this.sessions.set(id, session);
    changes.touched.add(id);
    if (!held) changes.added.add(id);
    else if (held.state !== session.state) changes.moved.add(id);
  }

  /** @param {string} id @param {string} reason @param {number} revision @param {Changes} changes */
  #fence(id, reason, revision, changes) {
    this.#removed.set(id, revision);
    if (this.#removed.size > REMOVED_MAX) this.#removed.delete(/** @type {string} */ (this.#removed.keys().next().value));
    this.#remove(id, reason, changes);
  }

  /** @param {string} id @param {string} reason @param {Changes} changes */
  #remove(id, reason, changes) {
    this.unconfirmed.delete(id);
    this.order.remove(id);
    this.sessions.delete(id);
    changes.removed.set(id, reason);
    for (const set of [changes.added, changes.touched, changes.moved]) set.delete(id);
  }

  /** @param {SessionList} list @param {Changes} changes */
  #mergeItems(list, changes) {
    for (const session of list.items) {
      if ((this.#removed.get(session.id) ?? 0) <= list.revision) this.#put(session, 'below', changes, true);
    }
    return changes;
  }

  /** @param {Changes} changes */
  #mergeWaitingPages(changes) {
    const due = this.#ahead.filter((list) => list.revision <= this.revision);
    this.#ahead = this.#ahead.filter((list) => list.revision > this.revision);
    for (const list of due) addChanges(changes, this.#mergeItems(list, noChanges()));
  }

  /** @param {Changes} changes @param {boolean} [always] a new revision is news even where nothing listed changed */
  #announce(changes, always = false) {
    if (always || changes.touched.size || changes.removed.size || changes.tables.size) {
      this.dispatchEvent(new CustomEvent('change', { detail: changes }));
    }
  }
}

/** @param {Snapshot} snapshot @returns {string} */
function reachOf({ items, counts }) {
  return items.length >= counts.total ? '' : (items.map(instantOf).sort().reverse()[SNAPSHOT_NEWEST - 1] ?? '');
}
