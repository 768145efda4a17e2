-- The register of mediators (R-801 to R-808).

-- What is to be published of who applies for an entry (R-802, R-806).
-- fold
CREATE TABLE case_entry (
  case_seq INTEGER PRIMARY KEY REFERENCES case_file (seq),
  address_kk TEXT NOT NULL CHECK (address_kk <> ''),
  address_ru TEXT NOT NULL CHECK (address_ru <> ''),
  field_kk TEXT NOT NULL CHECK (field_kk <> ''),
  field_ru TEXT NOT NULL CHECK (field_ru <> ''),
  languages_kk TEXT NOT NULL CHECK (languages_kk <> ''),
  languages_ru TEXT NOT NULL CHECK (languages_ru <> ''),
  contact TEXT NOT NULL CHECK (contact <> '')
) STRICT;

-- Entries (R-801). How one stands on a day follows from its marks, and from the death of whose it is (R-124).
-- fold
CREATE TABLE register_entry (
  number INTEGER PRIMARY KEY,       -- the year, a million times, and the serial
  person_id INTEGER NOT NULL REFERENCES person (id),
  case_seq INTEGER NOT NULL UNIQUE REFERENCES case_entry (case_seq),
  entered_on TEXT NOT NULL,
  entered_by INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX register_entry_of ON register_entry (person_id);
CREATE INDEX register_entry_since ON register_entry (entered_on, number);

-- What stands against an entry: a suspension for six months (R-807), or an exclusion (R-808).
-- fold
CREATE TABLE entry_mark (
  number INTEGER NOT NULL REFERENCES register_entry (number),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('suspended', 'excluded')),
  since TEXT NOT NULL,
  until TEXT,                       -- null: for good
  ground TEXT CHECK (ground IN ('own_request', 'decision')),
  case_seq INTEGER REFERENCES case_file (seq),
  made_by INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (number, seq),
  CHECK ((kind = 'suspended') = (until IS NOT NULL)),
  CHECK ((kind = 'suspended') = (case_seq IS NOT NULL)),
  CHECK ((kind = 'excluded') = (ground IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_mark_ending ON entry_mark (until, number) WHERE kind = 'suspended';

-- What is published of an entry from a day on, since a correction (R-809); before the first, what was applied for is.
-- fold
-- one: number
CREATE TABLE entry_published (
  number INTEGER NOT NULL REFERENCES register_entry (number),
  seq INTEGER NOT NULL,
  since TEXT NOT NULL,
  address_kk TEXT NOT NULL CHECK (address_kk <> ''),
  address_ru TEXT NOT NULL CHECK (address_ru <> ''),
  field_kk TEXT NOT NULL CHECK (field_kk <> ''),
  field_ru TEXT NOT NULL CHECK (field_ru <> ''),
  languages_kk TEXT NOT NULL CHECK (languages_kk <> ''),
  languages_ru TEXT NOT NULL CHECK (languages_ru <> ''),
  contact TEXT NOT NULL CHECK (contact <> ''),
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- the act that corrected it anew
  PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;
