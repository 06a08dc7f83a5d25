-- The past of every session, documents that go away, and projections that are made anew from the
-- journal: the application fills them after this script, see Projections.
ALTER TABLE event ADD COLUMN progress TEXT; -- of the session after an event that changed no more

DROP TABLE session;
CREATE TABLE session (
  id               TEXT PRIMARY KEY,
  revision         INTEGER NOT NULL, -- of the last event that changed more than the progress
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
CREATE INDEX session_by_creation ON session (created_revision, state, removed_at, search);

-- A session as it was from one revision up to, but without, another.
CREATE TABLE session_version (
  id               TEXT    NOT NULL,
  revision         INTEGER NOT NULL,
  to_revision      INTEGER NOT NULL, -- 9223372036854775807 for what it is now
  created_revision INTEGER NOT NULL,
  state            TEXT    NOT NULL,
  title            TEXT    NOT NULL,
  created_at       INTEGER NOT NULL,
  ended_at         INTEGER,
  expires_at       INTEGER,
  removed_at       INTEGER,
  search           TEXT    NOT NULL,
  labels           TEXT    NOT NULL,
  body             TEXT    NOT NULL,
  PRIMARY KEY (id, revision)
) WITHOUT ROWID;
CREATE INDEX session_version_by_end ON session_version (to_revision, revision, state, removed_at);
CREATE INDEX session_version_by_creation ON session_version (created_revision, revision);

DROP TABLE answer_row;
CREATE TABLE answer_row (
  session_id  TEXT NOT NULL,
  question_id TEXT NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (session_id, question_id)
) WITHOUT ROWID;

DELETE FROM tombstone;
DELETE FROM question_set;

DROP TABLE document;
CREATE TABLE document (
  id         TEXT PRIMARY KEY,
  idle_since INTEGER, -- null while a session names it
  body       TEXT NOT NULL
) WITHOUT ROWID;

-- What was before this revision can be shown no more.
ALTER TABLE journal ADD COLUMN compacted INTEGER NOT NULL DEFAULT 0;
