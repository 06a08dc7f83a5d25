-- The same tables as of the embedded store, with the lease of the owner and the content of
-- documents, so that every node can read them. Text is compared byte by byte.

-- The journal: what happened, in one order. Everything else can be made from it.
CREATE TABLE event (
  revision   BIGINT PRIMARY KEY,
  session_id TEXT COLLATE "C",
  type       TEXT   NOT NULL,
  at         BIGINT NOT NULL, -- milliseconds since 1970
  actor      TEXT   NOT NULL,
  reason     TEXT,
  client     TEXT,
  request_id TEXT,
  command_id TEXT   NOT NULL,
  body       TEXT   NOT NULL, -- empty when nothing is left of what it was about
  progress   TEXT             -- of the session after an event that changed no more
);
CREATE INDEX event_of_session ON event (session_id, revision) WHERE session_id IS NOT NULL;

-- Projections, written in the transaction of the events.
CREATE TABLE session (
  id               TEXT COLLATE "C" PRIMARY KEY,
  revision         BIGINT NOT NULL, -- of the last event that changed more than the progress
  created_revision BIGINT NOT NULL,
  state            TEXT   NOT NULL,
  title            TEXT COLLATE "C" NOT NULL,
  created_at       BIGINT NOT NULL,
  ended_at         BIGINT,
  expires_at       BIGINT,
  removed_at       BIGINT,
  search           TEXT   NOT NULL, -- what a text search looks at, in lower case
  labels           TEXT   NOT NULL,
  body             TEXT   NOT NULL
);
CREATE INDEX session_by_creation ON session (created_revision, state, removed_at, search);

-- A session as it was from one revision up to, but without, another.
CREATE TABLE session_version (
  id               TEXT COLLATE "C" NOT NULL,
  revision         BIGINT NOT NULL,
  to_revision      BIGINT NOT NULL, -- 9223372036854775807 for what it is now
  created_revision BIGINT NOT NULL,
  state            TEXT   NOT NULL,
  title            TEXT COLLATE "C" NOT NULL,
  created_at       BIGINT NOT NULL,
  ended_at         BIGINT,
  expires_at       BIGINT,
  removed_at       BIGINT,
  search           TEXT   NOT NULL,
  labels           TEXT   NOT NULL,
  body             TEXT   NOT NULL,
  PRIMARY KEY (id, revision)
);
CREATE INDEX session_version_by_end ON session_version (to_revision, revision, state, removed_at);
CREATE INDEX session_version_by_creation ON session_version (created_revision, revision);

CREATE TABLE answer_row (
  session_id  TEXT COLLATE "C" NOT NULL,
  question_id TEXT COLLATE "C" NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (session_id, question_id)
);

CREATE TABLE tombstone (
  session_id TEXT COLLATE "C" PRIMARY KEY,
  revision   BIGINT NOT NULL,
  body       TEXT   NOT NULL
);

CREATE TABLE question_set (
  name    TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  body    TEXT   NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE document (
  id         TEXT COLLATE "C" PRIMARY KEY,
  idle_since BIGINT, -- null while a session names it
  body       TEXT NOT NULL
);

-- Text read once at upload; the event that makes the document known follows.
CREATE TABLE document_page (
  document_id TEXT COLLATE "C" NOT NULL,
  page        BIGINT NOT NULL, -- from 1
  text        TEXT   NOT NULL,
  PRIMARY KEY (document_id, page)
);

CREATE TABLE document_chunk (
  document_id TEXT COLLATE "C" NOT NULL,
  place       BIGINT NOT NULL, -- from 0
  bytes       BYTEA  NOT NULL,
  PRIMARY KEY (document_id, place)
);

CREATE TABLE idempotency (
  scope       TEXT COLLATE "C" PRIMARY KEY,
  fingerprint TEXT   NOT NULL,
  at          BIGINT NOT NULL,
  reply       TEXT   NOT NULL
);
CREATE INDEX idempotency_by_age ON idempotency (at);

-- Who may append, and until when nobody else may ask to.
CREATE TABLE ownership (
  name          TEXT PRIMARY KEY,
  epoch         BIGINT NOT NULL,
  incarnation   TEXT,
  expires_at    TIMESTAMPTZ NOT NULL,
  last_revision BIGINT NOT NULL
);
INSERT INTO ownership (name, epoch, expires_at, last_revision) VALUES ('owner', 0, now(), 0);

-- Names this journal; a restore takes a new name. What was before "compacted" is shown no more.
CREATE TABLE journal (id TEXT NOT NULL, compacted BIGINT NOT NULL DEFAULT 0);
