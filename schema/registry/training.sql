-- Cohorts, who is enrolled in them, and the hours that were taught.

-- As it was opened stands in the act that opened it.
-- fold
-- kept: form, starts_on, ends_on, place, edition_id
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

CREATE INDEX cohort_ending ON cohort (ends_on, id);
CREATE INDEX cohort_at ON cohort (organisation_id);

-- What a cohort was until an act gave it other days or another edition: by this a figure is told as it was known.
-- fold
CREATE TABLE cohort_former (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  seq INTEGER NOT NULL,             -- the act by which it was so no longer
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  PRIMARY KEY (cohort_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_former_ending ON cohort_former (ends_on);

-- What a cohort of programme 2 is specialised in (R-306); one that is general has no row.
-- fold
CREATE TABLE cohort_specialisation (
  cohort_id INTEGER PRIMARY KEY REFERENCES cohort (id),
  specialisation_id INTEGER NOT NULL REFERENCES specialisation (id)
) STRICT;

-- Cohorts that were cancelled, each by the act `seq`.
-- fold
CREATE TABLE cohort_cancelled (
  cohort_id INTEGER PRIMARY KEY REFERENCES cohort (id),
  seq INTEGER NOT NULL
) STRICT;

-- fold
-- one: cohort_id, person_id
CREATE TABLE cohort_trainer (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  evidence TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  ended_on TEXT,                    -- the last day; null while it stands, and of an error
  since TEXT,                       -- the first day; null: any of the cohort's
  PRIMARY KEY (cohort_id, person_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_trainer_of ON cohort_trainer (person_id, seq);

-- One person's way through one edition. Attempts, hours and the certificate hang on it, wherever its place
-- is, and so nothing is copied when that changes.
-- fold
CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX enrolment_of ON enrolment (person_id);

-- The place in a cohort that an enrolment has, or had. The person is the enrolment's, told here too so that
-- a cohort is asked about somebody by one look.
-- fold
-- one: enrolment_id
CREATE TABLE place (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  enrolled_on TEXT NOT NULL,        -- the first day there
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('withdrawn', 'transferred', 'in_error')),
  ended_on TEXT,                    -- the last day there; null of an error
  PRIMARY KEY (enrolment_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK ((ended_on IS NOT NULL) = (coalesce(ended_how, 'in_error') <> 'in_error'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX place_standing ON place (cohort_id, person_id) WHERE ended_seq IS NULL;
CREATE INDEX place_of ON place (person_id);
CREATE INDEX place_ended ON place (cohort_id) WHERE ended_seq IS NOT NULL;
CREATE INDEX place_left ON place (ended_on, cohort_id) WHERE ended_how = 'withdrawn';

-- What an enrolment is specialised in, which all its places are; a row a place, none of one that is general (R-306).
CREATE VIEW enrolment_specialisation AS
SELECT p.enrolment_id, s.specialisation_id FROM place p JOIN cohort_specialisation s ON s.cohort_id = p.cohort_id;

-- Who waits for a place in a cohort that had none (R-417), in the order of `seq` and `ordinal`. Nothing ends it
-- with the cohort's last day: a day may be changed.
-- fold
-- one: cohort_id, person_id
CREATE TABLE waiting (
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  since TEXT NOT NULL,              -- the day from which on a place was asked for
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,         -- among those of the act
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('placed', 'withdrawn', 'cancelled')),
  PRIMARY KEY (cohort_id, person_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_standing ON waiting (cohort_id, seq, ordinal) WHERE ended_seq IS NULL;
CREATE INDEX waiting_of ON waiting (person_id);

-- Who gets a place waits no more, by whatever act, and nobody for one where there will be none. Derived and
-- no rule: whoever folds needs it.
CREATE TRIGGER waiting_is_placed AFTER INSERT ON place
BEGIN
  UPDATE waiting SET ended_seq = new.seq, ended_how = 'placed'
  WHERE cohort_id = new.cohort_id AND person_id = new.person_id AND ended_seq IS NULL;
END;
CREATE TRIGGER waiting_is_cancelled AFTER INSERT ON cohort_cancelled
BEGIN
  UPDATE waiting SET ended_seq = new.seq, ended_how = 'cancelled'
  WHERE cohort_id = new.cohort_id AND ended_seq IS NULL;
END;

-- A class that is told otherwise, or was none, ends in error, after what was attended in it.
-- fold
CREATE TABLE class (
  id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  held_on TEXT NOT NULL,
  starts_minute INTEGER NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439),
  ends_minute INTEGER NOT NULL CHECK (ends_minute <= 1800),  -- above 1440: of the next day, by 06:00 (R-502)
  trainer_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  CHECK (ends_minute > starts_minute)
) STRICT;
CREATE UNIQUE INDEX class_standing ON class (cohort_id, held_on, starts_minute)
  WHERE ended_seq IS NULL;
CREATE INDEX class_of_trainer ON class (trainer_id, held_on);
CREATE INDEX class_on ON class (held_on);

-- Classes that make up another of their cohort for those who missed that one (R-507): few do. Such a row stands
-- while its class does.
-- fold
CREATE TABLE make_up (
  class_id INTEGER PRIMARY KEY REFERENCES class (id),
  missed_id INTEGER NOT NULL REFERENCES class (id),
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX make_up_of ON make_up (missed_id);

-- Hours that are corrected end in error, and others stand in their place.
-- fold
-- one: enrolment_id, class_id
CREATE TABLE attendance (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  class_id INTEGER NOT NULL REFERENCES class (id),
  theory_quarters INTEGER NOT NULL CHECK (theory_quarters >= 0),
  practice_quarters INTEGER NOT NULL CHECK (practice_quarters >= 0),
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  PRIMARY KEY (enrolment_id, class_id, seq),
  CHECK (theory_quarters + practice_quarters BETWEEN 1 AND 96)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_of_class ON attendance (class_id, seq) WHERE ended_seq IS NULL;

-- Classes of days that were granted once to the organisation that held them, and on which it is not entitled
-- to train by now: they stay, and their hours count nothing (R-204).
CREATE VIEW class_lost AS
SELECT k.id, c.organisation_id FROM class k JOIN cohort c ON c.id = k.cohort_id
WHERE EXISTS (SELECT 1 FROM entitlement_suspension s WHERE s.organisation_id = c.organisation_id
    AND s.activity = 'train' AND s.ended_seq IS NULL
    AND k.held_on BETWEEN s.valid_from AND coalesce(s.valid_until, '9999'))
  OR (EXISTS (SELECT 1 FROM entitlement t WHERE t.organisation_id = c.organisation_id
      AND t.activity = 'train' AND t.ended_seq IS NOT NULL
      AND k.held_on BETWEEN t.valid_from AND coalesce(t.valid_until, '9999'))
    AND NOT EXISTS (SELECT 1 FROM entitlement t WHERE t.organisation_id = c.organisation_id
      AND t.activity = 'train' AND t.ended_seq IS NULL
      AND k.held_on BETWEEN t.valid_from AND coalesce(t.valid_until, '9999')));

-- The same, kept by triggers as what entitles changes, so that sums need not ask it of each class; with the
-- act by which it is known.
-- fold
-- kept: by hand
CREATE TABLE class_uncounted (
  class_id INTEGER PRIMARY KEY REFERENCES class (id),
  seq INTEGER NOT NULL
) STRICT;

-- What attendance that stands adds up to, kept beside it by triggers: asked of each result and
-- certificate. Where none stands there is no row; classes that don't count are among its days alone.
-- fold
-- kept: by hand
CREATE TABLE enrolment_hours (
  enrolment_id INTEGER PRIMARY KEY REFERENCES enrolment (id),
  theory_quarters INTEGER NOT NULL,
  practice_quarters INTEGER NOT NULL,
  last_on TEXT NOT NULL             -- the day of the last class
) STRICT;

-- What counts towards the minimum of an enrolment: what was attended, and what is recognised beside it (R-500).
CREATE VIEW counted_hours (enrolment_id, theory_quarters, practice_quarters) AS
SELECT e.id,
  coalesce((SELECT theory_quarters FROM enrolment_hours WHERE enrolment_id = e.id), 0)
    + (SELECT coalesce(sum(theory_quarters), 0) FROM recognised_hours WHERE enrolment_id = e.id),
  coalesce((SELECT practice_quarters FROM enrolment_hours WHERE enrolment_id = e.id), 0)
    + (SELECT coalesce(sum(practice_quarters), 0) FROM recognised_hours WHERE enrolment_id = e.id)
FROM enrolment e;

-- Who taught whom, in any cohort, and when last; where no attendance stands there is no row.
-- fold
-- kept: by hand
CREATE TABLE taught (
  person_id INTEGER NOT NULL REFERENCES person (id),
  trainer_id INTEGER NOT NULL REFERENCES person (id),
  last_on TEXT NOT NULL,
  PRIMARY KEY (person_id, trainer_id)
) STRICT, WITHOUT ROWID;

-- What attendance adds up to follows it. Derived and no rule: whoever folds needs it.
CREATE TRIGGER attendance_adds_up AFTER INSERT ON attendance
BEGIN
  INSERT INTO enrolment_hours
  SELECT new.enrolment_id, new.theory_quarters * (u.class_id IS NULL),
    new.practice_quarters * (u.class_id IS NULL), k.held_on
  FROM class k LEFT JOIN class_uncounted u ON u.class_id = k.id WHERE k.id = new.class_id
  ON CONFLICT (enrolment_id) DO UPDATE SET
    theory_quarters = theory_quarters + excluded.theory_quarters,
    practice_quarters = practice_quarters + excluded.practice_quarters,
    last_on = max(last_on, excluded.last_on);
  INSERT INTO taught
  SELECT e.person_id, k.trainer_id, k.held_on
  FROM class k JOIN enrolment e ON e.id = new.enrolment_id WHERE k.id = new.class_id
  ON CONFLICT (person_id, trainer_id) DO UPDATE SET last_on = max(last_on, excluded.last_on);
END;

-- What ended comes off again, and the last day is asked anew.
CREATE TRIGGER attendance_comes_off AFTER UPDATE OF ended_seq ON attendance
BEGIN
  DELETE FROM enrolment_hours WHERE enrolment_id = old.enrolment_id AND NOT EXISTS (
    SELECT 1 FROM attendance WHERE enrolment_id = old.enrolment_id AND ended_seq IS NULL);
  UPDATE enrolment_hours SET theory_quarters = theory_quarters - old.theory_quarters
      * NOT EXISTS (SELECT 1 FROM class_uncounted WHERE class_id = old.class_id),
    practice_quarters = practice_quarters - old.practice_quarters
      * NOT EXISTS (SELECT 1 FROM class_uncounted WHERE class_id = old.class_id),
    last_on = (SELECT max(k.held_on) FROM attendance a JOIN class k ON k.id = a.class_id
      WHERE a.enrolment_id = old.enrolment_id AND a.ended_seq IS NULL)
  WHERE enrolment_id = old.enrolment_id;
  DELETE FROM taught WHERE person_id = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)
    AND trainer_id = (SELECT trainer_id FROM class WHERE id = old.class_id)
    AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN attendance a ON a.enrolment_id = e.id
      JOIN class k ON k.id = a.class_id
      WHERE e.person_id = taught.person_id AND k.trainer_id = taught.trainer_id
        AND a.ended_seq IS NULL);
  UPDATE taught SET last_on = (SELECT max(k.held_on) FROM enrolment e
    JOIN attendance a ON a.enrolment_id = e.id JOIN class k ON k.id = a.class_id
    WHERE e.person_id = taught.person_id AND k.trainer_id = taught.trainer_id
      AND a.ended_seq IS NULL)
  WHERE person_id = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)
    AND trainer_id = (SELECT trainer_id FROM class WHERE id = old.class_id);
END;

-- What counts follows what entitles (R-204), and the hours follow what counts. A grant only takes classes off,
-- as the end of a suspension does.
CREATE TRIGGER class_counts_not AFTER INSERT ON class
BEGIN
  INSERT INTO class_uncounted SELECT id, new.seq FROM class_lost WHERE id = new.id;
END;
CREATE TRIGGER entitlement_is_back AFTER INSERT ON entitlement WHEN new.activity = 'train'
BEGIN
  DELETE FROM class_uncounted WHERE class_id IN (
    SELECT u.class_id FROM class_uncounted u JOIN class k ON k.id = u.class_id
    JOIN cohort c ON c.id = k.cohort_id WHERE c.organisation_id = new.organisation_id)
    AND NOT EXISTS (SELECT 1 FROM class_lost l WHERE l.id = class_id);
END;
CREATE TRIGGER entitlement_is_lost AFTER UPDATE OF ended_seq ON entitlement
WHEN new.activity = 'train'
BEGIN
  INSERT INTO class_uncounted SELECT id, new.ended_seq FROM class_lost
  WHERE organisation_id = new.organisation_id AND id NOT IN (SELECT class_id FROM class_uncounted);
END;
CREATE TRIGGER entitlement_is_suspended AFTER INSERT ON entitlement_suspension
WHEN new.activity = 'train'
BEGIN
  INSERT INTO class_uncounted SELECT id, new.seq FROM class_lost
  WHERE organisation_id = new.organisation_id AND id NOT IN (SELECT class_id FROM class_uncounted);
END;
CREATE TRIGGER entitlement_is_resumed AFTER UPDATE OF ended_seq ON entitlement_suspension
WHEN new.activity = 'train'
BEGIN
  DELETE FROM class_uncounted WHERE class_id IN (
    SELECT u.class_id FROM class_uncounted u JOIN class k ON k.id = u.class_id
    JOIN cohort c ON c.id = k.cohort_id WHERE c.organisation_id = new.organisation_id)
    AND NOT EXISTS (SELECT 1 FROM class_lost l WHERE l.id = class_id);
END;
CREATE TRIGGER class_uncounted_comes_off AFTER INSERT ON class_uncounted
BEGIN
  UPDATE enrolment_hours SET theory_quarters = enrolment_hours.theory_quarters - a.theory_quarters,
    practice_quarters = enrolment_hours.practice_quarters - a.practice_quarters
  FROM attendance a WHERE a.class_id = new.class_id AND a.ended_seq IS NULL
    AND enrolment_hours.enrolment_id = a.enrolment_id;
END;
CREATE TRIGGER class_uncounted_adds_up AFTER DELETE ON class_uncounted
BEGIN
  UPDATE enrolment_hours SET theory_quarters = enrolment_hours.theory_quarters + a.theory_quarters,
    practice_quarters = enrolment_hours.practice_quarters + a.practice_quarters
  FROM attendance a WHERE a.class_id = old.class_id AND a.ended_seq IS NULL
    AND enrolment_hours.enrolment_id = a.enrolment_id;
END;
