-- People: who they are, were called, and are kept from.
--
-- A fact that may be corrected stands from the act that made it (seq) to the act that ended it (ended_seq).
-- Where it may end in two ways, ended_how says which: true until then, or never true ('in_error').

-- A number that is somebody's for ever.
-- fold
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  evidence TEXT NOT NULL,           -- for an invited expert; empty otherwise
  seq INTEGER NOT NULL
) STRICT;

-- What admission asks of a person.
-- fold
-- one: person_id
CREATE TABLE person_detail (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  birth_date TEXT NOT NULL,
  education TEXT CHECK (education IN ('secondary', 'higher')),  -- null: not known
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  PRIMARY KEY (person_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX person_detail_born ON person_detail (birth_date, person_id) WHERE ended_seq IS NULL;

-- The names of a person: those that stand, and former ones, by which he or she is found as well.
-- fold
-- one: person_id
CREATE TABLE person_name (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  kk_surname TEXT NOT NULL, kk_given TEXT NOT NULL, kk_patronymic TEXT NOT NULL,
  ru_surname TEXT NOT NULL, ru_given TEXT NOT NULL, ru_patronymic TEXT NOT NULL,
  latin_surname TEXT NOT NULL, latin_given TEXT NOT NULL, latin_patronymic TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  ended_on TEXT,                    -- the last day; null: stands, or never was
  PRIMARY KEY (person_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK ((ended_on IS NULL) = (ended_how IS NOT 'ended'))
) STRICT, WITHOUT ROWID;

-- Words of all names a person bears or bore, folded for search.
-- fold
-- kept: by hand
CREATE TABLE person_word (
  word TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

-- A number that ended is its person's still; one in error is free for its true owner. Where one that had
-- ended turns out to be an error, a row of it begins and ends by that act.
-- fold
-- one: kind, country, document_type, number
CREATE TABLE person_identifier (
  kind TEXT NOT NULL CHECK (kind IN ('iin', 'document')),
  country TEXT NOT NULL,
  document_type TEXT NOT NULL,      -- empty for an IIN
  number TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  ended_on TEXT,                    -- the last day; null: stands, or never was
  PRIMARY KEY (kind, country, document_type, number, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK ((ended_on IS NULL) = (ended_how IS NOT 'ended'))
) STRICT, WITHOUT ROWID;
CREATE INDEX person_identifier_of ON person_identifier (person_id);
CREATE INDEX person_identifier_number ON person_identifier (number);

-- Whose a number is or was: but for errors, and for what came before one.
CREATE VIEW identifier_owner AS
SELECT i.kind, i.country, i.document_type, i.number, i.person_id FROM person_identifier i
WHERE i.ended_how IS NOT 'in_error' AND NOT EXISTS (SELECT 1 FROM person_identifier e
  WHERE e.kind = i.kind AND e.country = i.country AND e.document_type = i.document_type
    AND e.number = i.number AND e.person_id = i.person_id AND e.seq > i.seq
    AND e.ended_how = 'in_error');

-- By what somebody is found whom a row may mean: 64 bits each of texts made of identifiers, names and
-- birth date. Equal ones are a reason to look closer.
-- fold
-- kept: by hand
CREATE TABLE person_trait (
  trait INTEGER NOT NULL,
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
  ended_seq INTEGER,                -- null: stands
  PRIMARY KEY (person_id, other_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX dismissed_double_of ON dismissed_double (other_id);

-- Pairs that were told apart by what is known of them now (R-112): where other names, identifiers or a
-- birth date came later, what was said then says nothing.
CREATE VIEW dismissed_pair AS
SELECT d.person_id, d.other_id FROM dismissed_double d
WHERE d.ended_seq IS NULL AND d.seq >= (SELECT max(known.seq) FROM (
  SELECT seq FROM person_detail WHERE person_id IN (d.person_id, d.other_id)
  UNION ALL SELECT seq FROM person_name WHERE person_id IN (d.person_id, d.other_id)
  UNION ALL SELECT seq FROM person_identifier WHERE person_id IN (d.person_id, d.other_id)) known);

-- Two numbers that are one natural person's (R-121), by the paper that shows it. Nothing moves by a link, and
-- nothing comes back by its end.
-- fold
-- one: person_id, other_id
CREATE TABLE person_link (
  person_id INTEGER NOT NULL REFERENCES person (id),       -- the later number
  other_id INTEGER NOT NULL REFERENCES person (id),        -- the earlier
  seq INTEGER NOT NULL,
  linked_on TEXT NOT NULL,
  document TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES person (id),         -- who approved it
  ended_seq INTEGER,                -- null: stands
  ended_by INTEGER REFERENCES person (id),
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  ended_on TEXT,                    -- the last day; null: stands, or never was
  PRIMARY KEY (person_id, other_id, seq),
  CHECK (other_id < person_id),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK ((ended_seq IS NULL) = (ended_by IS NULL)),
  CHECK ((ended_on IS NULL) = (ended_how IS NOT 'ended'))
) STRICT, WITHOUT ROWID;
CREATE INDEX person_link_of ON person_link (other_id);

-- The lowest of the numbers that links join, of each of them. A number that is linked with none has no row:
-- where nobody was merged, whoever asks reads nothing.
-- fold
-- kept: by hand
CREATE TABLE natural_person (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  lowest_id INTEGER NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX natural_person_of ON natural_person (lowest_id, person_id);

-- All numbers of the natural person who has a number, that one too: by this SQL compares people.
CREATE VIEW linked_number (person_id, number) AS
SELECT id, id FROM person
UNION ALL SELECT p.person_id, o.person_id FROM natural_person p
  JOIN natural_person o ON o.lowest_id = p.lowest_id AND o.person_id <> p.person_id;

-- What links join follows them. Derived and no rule: whoever folds needs it.
CREATE TRIGGER person_link_joins AFTER INSERT ON person_link
BEGIN
  INSERT INTO natural_person (person_id, lowest_id)
  WITH RECURSIVE joined (id) AS (SELECT new.person_id UNION
    SELECT iif(l.person_id = j.id, l.other_id, l.person_id) FROM joined j
    JOIN person_link l ON (l.person_id = j.id OR l.other_id = j.id) AND l.ended_seq IS NULL)
  SELECT id, (SELECT min(id) FROM joined) FROM joined WHERE true
  ON CONFLICT (person_id) DO UPDATE SET lowest_id = excluded.lowest_id;
END;

-- Where a link ends, the numbers on either side of it are joined anew; who is alone then has no row.
CREATE TRIGGER person_link_parts AFTER UPDATE OF ended_seq ON person_link
BEGIN
  INSERT INTO natural_person (person_id, lowest_id)
  WITH RECURSIVE joined (id) AS (SELECT old.person_id UNION
    SELECT iif(l.person_id = j.id, l.other_id, l.person_id) FROM joined j
    JOIN person_link l ON (l.person_id = j.id OR l.other_id = j.id) AND l.ended_seq IS NULL)
  SELECT id, (SELECT min(id) FROM joined) FROM joined WHERE true
  ON CONFLICT (person_id) DO UPDATE SET lowest_id = excluded.lowest_id;
  INSERT INTO natural_person (person_id, lowest_id)
  WITH RECURSIVE joined (id) AS (SELECT old.other_id UNION
    SELECT iif(l.person_id = j.id, l.other_id, l.person_id) FROM joined j
    JOIN person_link l ON (l.person_id = j.id OR l.other_id = j.id) AND l.ended_seq IS NULL)
  SELECT id, (SELECT min(id) FROM joined) FROM joined WHERE true
  ON CONFLICT (person_id) DO UPDATE SET lowest_id = excluded.lowest_id;
  DELETE FROM natural_person WHERE person_id IN (old.person_id, old.other_id)
    AND NOT EXISTS (SELECT 1 FROM person_link l
      WHERE (l.person_id = natural_person.person_id OR l.other_id = natural_person.person_id)
        AND l.ended_seq IS NULL);
END;

-- fold
CREATE TABLE person_bar (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('state_function', 'incapacity', 'prosecution', 'conviction')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  document TEXT NOT NULL,           -- what it rests on; empty where it was recorded before that was asked
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- null: stands
  ended_by INTEGER REFERENCES person (id),
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  PRIMARY KEY (person_id, seq, kind, valid_from),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;

-- Who has died, on which day, and what shows it (R-124).
-- fold
-- one: person_id
CREATE TABLE person_death (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  died_on TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- null: stands; else it was recorded in error
  ended_by INTEGER REFERENCES person (id),
  PRIMARY KEY (person_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_death_stands ON person_death (person_id) WHERE ended_seq IS NULL;

-- Whom a refused act was about.
-- fold
CREATE TABLE refused_act (
  seq INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (person_id, seq)
) STRICT, WITHOUT ROWID;
