-- Operation: not derived from acts. An upgrade copies these tables as they are.

-- The answer to each mutating call, kept for 30 days with answers at least, so that a repeat gets the same one.
-- Rows lie in the order they came in: a random key would write another page for each. One of a kind by
-- principal and key, which lie at their place.
-- operation
-- kept: by hand
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,           -- 64 bits of SHA-256 over principal and key
  principal TEXT NOT NULL,          -- 'person:7' or 'organisation:3'
  key TEXT NOT NULL,
  digest BLOB NOT NULL,             -- SHA-256 of method and payload
  status BLOB NOT NULL,             -- google.rpc.Status; empty: success
  payload BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  turn INTEGER NOT NULL,            -- the commit that kept it
  seal INTEGER NOT NULL             -- FNV-1a of the rest: no act explains an answer, so it says itself
                                    -- whether the disk has kept it
) STRICT;
CREATE UNIQUE INDEX answer_one ON answer (place, principal, key);
CREATE INDEX answer_by_age ON answer (at_ms, principal, key);

-- operation
-- kept: by hand
CREATE TABLE token_use (
  token_id INTEGER PRIMARY KEY REFERENCES token (id),
  last_used_at_ms INTEGER NOT NULL
) STRICT;

-- Whom a token of a centre asked about on a day without the centre knowing them (R-110): HMAC-SHA256 of
-- what was typed, keyed by the token's secret, which no table has. Former days are forgotten.
-- operation
-- kept: by hand
CREATE TABLE inquiry (
  day TEXT NOT NULL,                -- in the School's zone
  token_id INTEGER NOT NULL REFERENCES token (id),
  person BLOB NOT NULL CHECK (length(person) = 32),
  PRIMARY KEY (day, token_id, person)
) STRICT, WITHOUT ROWID;

-- Both clocks as they were when the wall clock was believed: a start in the same boot holds it against them.
-- operation
-- kept: by hand
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  boot TEXT NOT NULL,               -- the kernel's name for the boot
  wall_ms INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL       -- since the boot
) STRICT;

-- Who was shown whose personal data, when and what for (R-903). An act has the digest of the rows up to a number
-- (`reads_counted`), and says which are forgotten; rows after the last such act have none yet.
-- operation
-- kept: by hand
CREATE TABLE reading (
  id INTEGER PRIMARY KEY,           -- given once, also where rows were forgotten
  at_ms INTEGER NOT NULL,
  day TEXT NOT NULL,                -- of the instant, in the School's zone
  reader_id INTEGER NOT NULL REFERENCES person (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  token_id INTEGER NOT NULL REFERENCES token (id),
  kind TEXT NOT NULL CHECK (kind IN ('file', 'history', 'search')),
  person_id INTEGER NOT NULL,       -- 0: of a session or an organisation, or of an identifier that nobody has
  about TEXT NOT NULL,              -- the certificate's number, the session's or the organisation's code
  fields TEXT NOT NULL,             -- what was shown: names with a space between them
  purpose TEXT NOT NULL CHECK (purpose IN ('enrolment', 'attestation', 'certification', 'correction', 'complaint', 'audit',
    'subject_request', 'legal_request'))
) STRICT;
CREATE INDEX reading_of ON reading (person_id, day, id);
CREATE INDEX reading_by ON reading (reader_id, day, id);
CREATE INDEX reading_on ON reading (day, id);
