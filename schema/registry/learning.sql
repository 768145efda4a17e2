-- What mediators learn and do since they were certified (R-810, R-811).

-- Something that somebody learned.
-- fold
CREATE TABLE learning (
  seq INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  held_on TEXT NOT NULL,            -- its last day
  kind TEXT NOT NULL CHECK (kind IN (
    'course', 'conference', 'supervision', 'teaching', 'publication', 'other')),
  quarters INTEGER NOT NULL CHECK (quarters >= 0),
  points INTEGER NOT NULL CHECK (points >= 0),
  is_relevant INTEGER NOT NULL CHECK (is_relevant IN (0, 1)),
  provider TEXT NOT NULL CHECK (provider <> ''),
  evidence TEXT NOT NULL CHECK (evidence <> ''),
  recorded_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- the act that found it an error
  CHECK ((quarters = 0) <> (points = 0))
) STRICT;
CREATE INDEX learning_of ON learning (person_id);

-- Who has checked it, once.
-- fold
CREATE TABLE learning_check (
  learning_seq INTEGER PRIMARY KEY REFERENCES learning (seq),
  seq INTEGER NOT NULL,
  checked_on TEXT NOT NULL,
  checked_by INTEGER NOT NULL REFERENCES person (id)
) STRICT;

-- What a mediator says of the cases of a year in a field (R-811): as it was declared, and nobody's name.
-- fold
-- one: person_id, year, field
CREATE TABLE practice (
  person_id INTEGER NOT NULL REFERENCES person (id),
  year INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (field IN (
    'family', 'labour', 'business', 'civil', 'administrative', 'criminal', 'other')),
  seq INTEGER NOT NULL,
  cases INTEGER NOT NULL CHECK (cases >= 0),
  settled INTEGER NOT NULL CHECK (settled BETWEEN 0 AND cases),
  recorded_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- the act that said otherwise
  PRIMARY KEY (person_id, year, field, seq)
) STRICT, WITHOUT ROWID;
