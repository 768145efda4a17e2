-- Who may do what, and by which token.

-- fold
CREATE TABLE role_grant (
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'registrar', 'trainer', 'examiner',
    'certifier', 'verifier', 'auditor', 'arbiter')),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  seq INTEGER NOT NULL,
  granted_at_ms INTEGER NOT NULL,
  ended_seq INTEGER,                -- the act that withdrew it; null: in force
  ended_on TEXT,                    -- the day it was withdrawn
  PRIMARY KEY (person_id, role, organisation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_grant_at ON role_grant (organisation_id);

-- fold
CREATE TABLE token (
  id INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person (id),  -- null: a partner's agreement
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- the act that revoked it; null: in force
  session_id INTEGER REFERENCES session (id)  -- null: an invited examiner's of no session
) STRICT;
CREATE INDEX token_of ON token (person_id);
CREATE INDEX token_at ON token (organisation_id);
CREATE INDEX token_ending ON token (expires_at_ms, id) WHERE ended_seq IS NULL;

-- fold
CREATE TABLE token_role (
  token_id INTEGER NOT NULL REFERENCES token (id),
  role TEXT NOT NULL,
  PRIMARY KEY (token_id, role)
) STRICT, WITHOUT ROWID;

-- That what was read of people was counted, and its digest (R-903); the rows are in `reading`.
-- fold
CREATE TABLE reads_counted (
  seq INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= first),
  count INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  forgotten INTEGER NOT NULL CHECK (forgotten < first),
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX reads_counted_up_to ON reads_counted (last, seq, at_ms);
