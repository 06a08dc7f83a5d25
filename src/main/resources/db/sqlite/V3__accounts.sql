-- Users, keys, logins and tries to log in: each as JSON under what it is and its name.
CREATE TABLE account (
  id   TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
