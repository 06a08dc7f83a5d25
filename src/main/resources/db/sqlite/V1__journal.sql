-- The journal: what happened, in one order. Everything else can be made from it.
CREATE TABLE event (
  revision   INTEGER PRIMARY KEY,
  session_id TEXT,
  type       TEXT    NOT NULL,
  at         INTEGER NOT NULL, -- milliseconds since 1970
  actor      TEXT    NOT NULL,
  reason     TEXT,
  client     TEXT,
  request_id TEXT,
  command_id TEXT    NOT NULL,
  body       TEXT    NOT NULL
);
CREATE INDEX event_of_session ON event (session_id, revision) WHERE session_id IS NOT NULL;

-- Projections, written in the transaction of the events.
CREATE TABLE session (
  id               TEXT PRIMARY KEY,
  revision         INTEGER NOT NULL,
  created_revision INTEGER NOT NULL,
  state            TEXT    NOT NULL,
  title            TEXT    NOT NULL,
  created_at       INTEGER NOT NULL,
  ended_at         INTEGER,
  expires_at       INTEGER,
  removed_at       INTEGER,
  search           TEXT    NOT NULL, -- what a text search looks at, in lower case
  labels           TEXT    NOT NULL,
  body             TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_by_creation ON session (created_revision);

CREATE TABLE answer_row (
  session_id  TEXT NOT NULL,
  question_id TEXT NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (session_id, question_id)
) WITHOUT ROWID;

CREATE TABLE tombstone (
  session_id TEXT PRIMARY KEY,
  revision   INTEGER NOT NULL,
  body       TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TABLE question_set (
  name    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  body    TEXT    NOT NULL,
  PRIMARY KEY (name, version)
) WITHOUT ROWID;

CREATE TABLE document (
  id   TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Text read once at upload; the event that makes the document known follows.
CREATE TABLE document_page (
  document_id TEXT    NOT NULL,
  page        INTEGER NOT NULL, -- from 1
  text        TEXT    NOT NULL,
  PRIMARY KEY (document_id, page)
);

CREATE TABLE idempotency (
  scope       TEXT PRIMARY KEY,
  fingerprint TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  reply       TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (at);

-- Who may append: each append moves last_revision on and fails when the epoch is another's.
CREATE TABLE ownership (
  name          TEXT PRIMARY KEY,
  epoch         INTEGER NOT NULL,
  incarnation   TEXT,
  last_revision INTEGER NOT NULL
);
INSERT INTO ownership (name, epoch, last_revision) VALUES ('owner', 0, 0);

-- Names this journal; a restore takes a new one.
CREATE TABLE journal (id TEXT NOT NULL);
