-- Users, keys and logins: each as JSON under what it is and its name.
CREATE TABLE account (
  id   TEXT COLLATE "C" PRIMARY KEY,
  body TEXT NOT NULL
);

-- What happened to them is asked for apart from what happened to sessions.
CREATE INDEX event_without_session ON event (revision) WHERE session_id IS NULL;
