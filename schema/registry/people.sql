-- People: who they are, were called, and are kept from.

-- fold
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  birth_date TEXT NOT NULL,
  education TEXT CHECK (education IN ('secondary', 'higher')),  -- null: not known
  evidence TEXT NOT NULL,           -- for an invited expert; empty otherwise
  seq INTEGER NOT NULL
) STRICT;

-- The names of a person from one act on; the row with the highest seq is in force.
-- fold
CREATE TABLE person_name (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  kk_surname TEXT NOT NULL, kk_given TEXT NOT NULL, kk_patronymic TEXT NOT NULL,
  ru_surname TEXT NOT NULL, ru_given TEXT NOT NULL, ru_patronymic TEXT NOT NULL,
  latin_surname TEXT NOT NULL, latin_given TEXT NOT NULL, latin_patronymic TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (person_id, seq)
) STRICT, WITHOUT ROWID;

-- Words of all names a person bears or bore, folded for search.
-- fold
-- kept: by hand
CREATE TABLE person_word (
  word TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

-- fold
CREATE TABLE person_identifier (
  kind TEXT NOT NULL CHECK (kind IN ('iin', 'document')),
  country TEXT NOT NULL,
  document_type TEXT NOT NULL,      -- empty for an IIN
  number TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, country, document_type, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_identifier_of ON person_identifier (person_id);

-- By what somebody is found whom a row may mean: texts made of identifiers, names and birth date.
-- fold
-- kept: by hand
CREATE TABLE person_trait (
  trait TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (trait, person_id)
) STRICT, WITHOUT ROWID;

-- Two people who look like one, and are not.
-- fold
CREATE TABLE dismissed_double (
  person_id INTEGER NOT NULL REFERENCES person (id),
  other_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (person_id, other_id, seq)
) STRICT, WITHOUT ROWID;

-- Pairs that were told apart by what is known of them now (R-112): where other names, identifiers or a
-- birth date came later, what was said then says nothing.
CREATE VIEW dismissed_pair AS
SELECT d.person_id, d.other_id FROM dismissed_double d WHERE d.seq >= (SELECT max(known.seq) FROM (
  SELECT seq FROM person WHERE id IN (d.person_id, d.other_id)
  UNION ALL SELECT seq FROM person_name WHERE person_id IN (d.person_id, d.other_id)
  UNION ALL SELECT seq FROM person_identifier WHERE person_id IN (d.person_id, d.other_id)) known);

-- A bar stands from the act that made it (seq) to the act that ended it (ended_seq).
-- fold
CREATE TABLE person_bar (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('state_function', 'incapacity', 'prosecution', 'conviction')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  PRIMARY KEY (person_id, seq, kind, valid_from),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;

-- Whom a refused act was about.
-- fold
CREATE TABLE refused_act (
  seq INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (person_id, seq)
) STRICT, WITHOUT ROWID;
