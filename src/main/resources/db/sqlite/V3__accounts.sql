-- Users, keys and logins: each as JSON under what it is and its name.
CREATE TABLE account (
  id   TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- What happened to them is asked for apart from what happened to sessions.
CREATE INDEX event_without_session ON event (revision) WHERE session_id IS NULL;
