-- The registry. Every table of the first part is the fold of the journal: `bitimd check` derives it
-- again from the acts and compares. `seq` names the act that made a row.
--
-- Words (kind, role, seat, ...) are those of schema/bitim/v1 in lower case. Dates are ISO 8601
-- texts, instants milliseconds since 1970 (`_ms`), hours quarters of an academic hour.

-- Reference data: changes with a release, never by an act.

CREATE TABLE programme (
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 3),
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  programme INTEGER NOT NULL REFERENCES programme (number),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: in force
  theory_quarters INTEGER NOT NULL,
  theory_basis TEXT NOT NULL CHECK (theory_basis IN ('law', 'reported', 'school')),
  practice_quarters INTEGER NOT NULL,
  practice_basis TEXT NOT NULL CHECK (practice_basis IN ('law', 'reported', 'school')),
  group_max INTEGER NOT NULL,       -- 0: no limit
  group_basis TEXT NOT NULL CHECK (group_basis IN ('law', 'reported', 'school')),
  attempts_max INTEGER NOT NULL,
  attempts_basis TEXT NOT NULL CHECK (attempts_basis IN ('law', 'reported', 'school')),
  commission_min INTEGER NOT NULL,
  commission_basis TEXT NOT NULL CHECK (commission_basis IN ('law', 'reported', 'school')),
  prerequisite INTEGER NOT NULL,    -- 0: none
  prerequisite_basis TEXT NOT NULL CHECK (prerequisite_basis IN ('law', 'reported', 'school')),
  age_min INTEGER NOT NULL,         -- 0: none
  age_basis TEXT NOT NULL CHECK (age_basis IN ('law', 'reported', 'school')),
  higher_education INTEGER NOT NULL CHECK (higher_education IN (0, 1)),
  higher_education_basis TEXT NOT NULL
    CHECK (higher_education_basis IN ('law', 'reported', 'school')),
  legal_basis_kk TEXT NOT NULL,
  legal_basis_ru TEXT NOT NULL,
  legal_basis_en TEXT NOT NULL,
  UNIQUE (programme, code)
) STRICT;

CREATE TABLE edition_component (
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  component TEXT NOT NULL CHECK (component IN ('test', 'role_play', 'interview')),
  pass_mark INTEGER NOT NULL CHECK (pass_mark BETWEEN 0 AND 100),
  basis TEXT NOT NULL CHECK (basis IN ('law', 'reported', 'school')),
  PRIMARY KEY (edition_id, component)
) STRICT, WITHOUT ROWID;

-- The fold of the journal.

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('school', 'centre', 'university', 'sender')),
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL,
  region TEXT NOT NULL,
  country TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX organisation_one_school ON organisation (kind) WHERE kind = 'school';

CREATE TABLE entitlement (
  id INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  activity TEXT NOT NULL CHECK (activity IN ('train', 'issue')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  basis TEXT NOT NULL,
  seq INTEGER NOT NULL,
  CHECK (valid_until IS NULL OR valid_until >= valid_from)
) STRICT;
CREATE INDEX entitlement_of ON entitlement (organisation_id, activity);

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  birth_date TEXT NOT NULL,
  education TEXT CHECK (education IN ('secondary', 'higher')),  -- null: not known
  evidence TEXT NOT NULL,           -- for an invited expert; empty otherwise
  seq INTEGER NOT NULL
) STRICT;

-- The names of a person from one act on; the row with the highest seq is in force.
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
CREATE TABLE person_word (
  word TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE person_bar (
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('state_function', 'incapacity', 'prosecution', 'conviction')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  PRIMARY KEY (person_id, seq, kind, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_grant (
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'registrar', 'trainer', 'examiner',
    'certifier', 'verifier', 'auditor')),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  seq INTEGER NOT NULL,
  granted_at_ms INTEGER NOT NULL,
  withdrawn_seq INTEGER,            -- null: in force
  PRIMARY KEY (person_id, role, organisation_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  id INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person (id),  -- null: a partner's agreement
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  revoked_seq INTEGER               -- null: in force
) STRICT;

CREATE TABLE token_role (
  token_id INTEGER NOT NULL REFERENCES token (id),
  role TEXT NOT NULL,
  PRIMARY KEY (token_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
  form TEXT NOT NULL CHECK (form IN ('in_person', 'remote', 'blended')),
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  place TEXT NOT NULL,
  seq INTEGER NOT NULL,
  CHECK (ends_on >= starts_on)
) STRICT;

CREATE TABLE cohort_trainer (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  evidence TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (cohort_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_trainer_of ON cohort_trainer (person_id);

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  enrolled_on TEXT NOT NULL,
  seq INTEGER NOT NULL,
  UNIQUE (cohort_id, person_id)
) STRICT;
CREATE INDEX enrolment_of ON enrolment (person_id);

CREATE TABLE class (
  id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  held_on TEXT NOT NULL,
  starts_minute INTEGER NOT NULL CHECK (starts_minute >= 0),
  ends_minute INTEGER NOT NULL CHECK (ends_minute <= 1440),
  trainer_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  UNIQUE (cohort_id, held_on, starts_minute),
  CHECK (ends_minute > starts_minute)
) STRICT;
CREATE INDEX class_of_trainer ON class (trainer_id, held_on);

CREATE TABLE attendance (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  class_id INTEGER NOT NULL REFERENCES class (id),
  theory_quarters INTEGER NOT NULL CHECK (theory_quarters >= 0),
  practice_quarters INTEGER NOT NULL CHECK (practice_quarters >= 0),
  seq INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, class_id),
  CHECK (theory_quarters + practice_quarters BETWEEN 1 AND 40)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_of_class ON attendance (class_id);

-- What attendance adds up to, kept beside it by triggers: asked of each result and certificate.
CREATE TABLE enrolment_hours (
  enrolment_id INTEGER PRIMARY KEY REFERENCES enrolment (id),
  theory_quarters INTEGER NOT NULL,
  practice_quarters INTEGER NOT NULL,
  last_on TEXT NOT NULL             -- the day of the last class
) STRICT;

-- Who taught whom, in any cohort, and when last.
CREATE TABLE taught (
  person_id INTEGER NOT NULL REFERENCES person (id),
  trainer_id INTEGER NOT NULL REFERENCES person (id),
  last_on TEXT NOT NULL,
  PRIMARY KEY (person_id, trainer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  held_on TEXT NOT NULL,
  protocol_number TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of ON session (cohort_id);

CREATE TABLE commission_seat (
  session_id INTEGER NOT NULL REFERENCES session (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seat TEXT NOT NULL CHECK (seat IN ('chair', 'member', 'secretary')),
  PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX commission_one_chair ON commission_seat (session_id) WHERE seat = 'chair';
CREATE INDEX commission_seat_of ON commission_seat (person_id);

CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES session (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),  -- 0: absent
  -- Not IN: for a list of three SQLite makes a table, for each row anew.
  outcome TEXT NOT NULL CHECK (outcome = 'passed' OR outcome = 'failed' OR outcome = 'absent'),
  test INTEGER CHECK (test BETWEEN 0 AND 100),             -- null: not asked, or absent
  role_play INTEGER CHECK (role_play BETWEEN 0 AND 100),
  interview INTEGER CHECK (interview BETWEEN 0 AND 100),
  recorded_by INTEGER NOT NULL REFERENCES person (id),
  recorded_at_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  replaced_seq INTEGER,             -- null: stands
  confirmed_by INTEGER REFERENCES person (id),             -- null: not confirmed
  confirmed_seq INTEGER,
  annulled_by INTEGER REFERENCES person (id),              -- null: not annulled
  annulled_seq INTEGER
) STRICT;
-- One standing result a candidate and session; one pass an enrolment.
CREATE UNIQUE INDEX result_standing ON result (session_id, enrolment_id)
  WHERE replaced_seq IS NULL AND annulled_seq IS NULL;
CREATE UNIQUE INDEX result_one_pass ON result (enrolment_id)
  WHERE outcome = 'passed' AND replaced_seq IS NULL AND annulled_seq IS NULL;
CREATE INDEX result_of ON result (enrolment_id);
CREATE INDEX result_in ON result (session_id);

CREATE TABLE certificate (
  number INTEGER PRIMARY KEY,       -- year times a million plus serial
  code BLOB NOT NULL UNIQUE CHECK (length(code) = 10),
  person_id INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('programme', 'school')),
  programme INTEGER NOT NULL CHECK (programme BETWEEN 0 AND 3),
  enrolment_id INTEGER REFERENCES enrolment (id),          -- null: the School's certificate
  issued_on TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: without end
  decided_by INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  CHECK ((kind = 'school') = (programme = 0)),
  CHECK ((kind = 'school') = (enrolment_id IS NULL))
) STRICT;
CREATE INDEX certificate_of ON certificate (person_id);

-- What stands against a certificate, and what stood: a mark stands from the act that made it (seq) to
-- the act that ended it (ended_seq), and holds on days. As known at act N:
-- seq <= N AND (ended_seq IS NULL OR ended_seq > N).
CREATE TABLE certificate_mark (
  number INTEGER NOT NULL REFERENCES certificate (number),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('revoked', 'suspended')),
  since TEXT NOT NULL,
  until TEXT,                       -- null: open
  reason TEXT NOT NULL CHECK (
    (kind = 'revoked' AND reason IN ('fraud', 'error', 'attestation_annulled', 'misconduct',
      'holder_request'))
    OR (kind = 'suspended' AND reason IN ('investigation', 'entitlement', 'court',
      'holder_request'))),
  why TEXT NOT NULL,                -- in words; empty where the reason says it all
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- null: stands
  ended_by INTEGER REFERENCES person (id),
  ended_how TEXT CHECK (ended_how IN ('case_closed', 'mended')),
  PRIMARY KEY (number, seq),
  CHECK (until IS NULL OR until >= since),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;

-- Certificates that are there for good: a suspended one is, a revoked one is not. Whether one is in
-- force on a day is another question.
CREATE VIEW certificate_standing AS
SELECT c.* FROM certificate c WHERE NOT EXISTS (SELECT 1 FROM certificate_mark m
  WHERE m.number = c.number AND m.kind = 'revoked' AND m.ended_seq IS NULL);

-- What verification answers, by number: one row read for each paper shown. Says again what
-- certificate and marks say, in the form in which it is answered, and holds the frozen sheet.
CREATE TABLE verification (
  number INTEGER PRIMARY KEY REFERENCES certificate (number),
  code BLOB NOT NULL CHECK (length(code) = 10),
  valid_from_day INTEGER NOT NULL,  -- days since 1970-01-01
  valid_until_day INTEGER,          -- null: without end
  mark BLOB,                        -- the marks that stand, as VerificationMark.swift has them; null: none
  sheet BLOB NOT NULL               -- bitim.v1.Sheet
) STRICT;

-- Serials that may have been given out and were lost with the disk: never given out again.
CREATE TABLE burned_serials (
  year INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK (first >= 1),
  last INTEGER NOT NULL CHECK (last <= 999999),
  restored_to_ms INTEGER NOT NULL,  -- the instant up to which records were restored
  seq INTEGER NOT NULL,
  PRIMARY KEY (year, first),
  CHECK (last >= first)
) STRICT, WITHOUT ROWID;

-- Whom a refused act was about.
CREATE TABLE refused_act (
  seq INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (person_id, seq)
) STRICT, WITHOUT ROWID;

-- The journal.

-- What was done, personal data included; may be erased by law, the entry stays.
CREATE TABLE act (
  seq INTEGER PRIMARY KEY,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  record BLOB NOT NULL              -- bitim.journal.v1.Act
) STRICT;

-- The leaf of the journal's tree, as it is hashed; says nothing about anybody.
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  octets BLOB NOT NULL
) STRICT;

-- The tree's frontier after the last entry.
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL
) STRICT;
INSERT INTO journal_head (id, size, frontier) VALUES (1, 0, x'');

-- Operation: not derived from acts.

-- The answer to each mutating call, kept at least 30 days so that a repeat gets the same one.
-- Rows lie in the order they came in: a random key would write another page for each.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL UNIQUE,    -- 64 bits of SHA-256 over principal and key
  principal TEXT NOT NULL,          -- 'person:7' or 'organisation:3'
  key TEXT NOT NULL,
  digest BLOB NOT NULL,             -- SHA-256 of method and payload
  status BLOB NOT NULL,             -- google.rpc.Status; empty: success
  payload BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  seal INTEGER NOT NULL             -- FNV-1a of the rest: no act explains an answer, so it says itself
                                    -- whether the disk has kept it
) STRICT;
CREATE INDEX answer_by_age ON answer (at_ms, principal, key);

CREATE TABLE token_use (
  token_id INTEGER PRIMARY KEY REFERENCES token (id),
  last_used_at_ms INTEGER NOT NULL
) STRICT;
