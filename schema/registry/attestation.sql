-- Sessions, their commissions, and the results.

-- fold
-- kept: held_on
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  cohort_id INTEGER NOT NULL REFERENCES cohort (id),
  planned_on TEXT NOT NULL,         -- the first day it was to be held: its protocol's number is of that year
  held_on TEXT NOT NULL,            -- may be moved while nothing is recorded
  protocol_number TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('cancelled')),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT;
CREATE INDEX session_of ON session (cohort_id);
CREATE INDEX session_on ON session (held_on, id);
CREATE INDEX session_protocol ON session (protocol_number);

-- The days to which sessions were moved, each by the act `seq`.
-- fold
CREATE TABLE session_move (
  session_id INTEGER NOT NULL REFERENCES session (id),
  seq INTEGER NOT NULL,
  held_on TEXT NOT NULL,
  PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

-- Sessions are remembered with their seats (Database.sessions): the fold of an act that ends a seat
-- must have them forgotten, and readers forget them with each newer snapshot.
-- fold
-- one: session_id, person_id
CREATE TABLE commission_seat (
  session_id INTEGER NOT NULL REFERENCES session (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seat TEXT NOT NULL CHECK (seat IN ('chair', 'member', 'secretary')),
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('replaced', 'in_error')),
  PRIMARY KEY (session_id, person_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX commission_one_chair ON commission_seat (session_id)
  WHERE seat = 'chair' AND ended_seq IS NULL;
CREATE INDEX commission_seat_of ON commission_seat (person_id, seq);

-- The letter by which a seat is somebody's who has not the role of an examiner (R-605).
-- fold
CREATE TABLE invitation (
  session_id INTEGER NOT NULL REFERENCES session (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,             -- of the seat
  document TEXT NOT NULL CHECK (document <> ''),
  dated_on TEXT NOT NULL,
  organisation TEXT NOT NULL CHECK (organisation <> ''),
  PRIMARY KEY (session_id, person_id, seq)
) STRICT, WITHOUT ROWID;

-- fold
-- kept: by hand
CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES session (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),  -- 0: it uses none
  -- Not IN: for a list of three SQLite makes a table, for each row anew.
  outcome TEXT NOT NULL CHECK (outcome = 'passed' OR outcome = 'failed' OR outcome = 'absent'
    OR outcome = 'excluded' OR outcome = 'interrupted'),
  test INTEGER CHECK (test BETWEEN 0 AND 100),             -- null: not asked
  role_play INTEGER CHECK (role_play BETWEEN 0 AND 100),
  interview INTEGER CHECK (interview BETWEEN 0 AND 100),
  recorded_by INTEGER NOT NULL REFERENCES person (id),
  recorded_at_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  replaced_seq INTEGER,             -- null: stands
  confirmed_by INTEGER REFERENCES person (id),             -- null: not confirmed
  confirmed_seq INTEGER,
  annulled_by INTEGER REFERENCES person (id),              -- null: not annulled
  annulled_seq INTEGER,
  why TEXT CHECK (why <> ''),       -- why excluded or interrupted, what excuses an absence; null: nothing
  -- What most rows are stands first: they come by the thousand.
  CHECK (attempt > 0 OR outcome = 'absent' OR outcome = 'interrupted'),
  CHECK (why IS NULL OR (outcome <> 'passed' AND outcome <> 'failed')),
  CHECK (outcome = 'passed' OR outcome = 'failed' OR outcome = 'absent'
    OR (why IS NOT NULL AND (attempt > 0) = (outcome = 'excluded')))
) STRICT;
-- One standing result a candidate and session; one pass an enrolment.
CREATE UNIQUE INDEX result_standing ON result (session_id, enrolment_id)
  WHERE replaced_seq IS NULL AND annulled_seq IS NULL;
CREATE UNIQUE INDEX result_one_pass ON result (enrolment_id)
  WHERE outcome = 'passed' AND replaced_seq IS NULL AND annulled_seq IS NULL;
CREATE INDEX result_of ON result (enrolment_id);
CREATE INDEX result_in ON result (session_id);

-- What each member of a commission gave, where the edition keeps that (R-615): result has what they come to,
-- without what is beyond the whole.
-- fold
-- one: result_id, component, person_id
CREATE TABLE member_mark (
  result_id INTEGER NOT NULL REFERENCES result (id),
  component TEXT NOT NULL CHECK (component IN ('test', 'role_play', 'interview')),
  person_id INTEGER NOT NULL REFERENCES person (id),
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 100),
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- the act that corrected it; null: stands
  PRIMARY KEY (result_id, component, person_id, seq)
) STRICT, WITHOUT ROWID;

-- Marks that stood before a correction (R-625); result has those that stand. Outcome and attempt are what they
-- were, so that whatever rests on the result rests on it still.
-- fold
CREATE TABLE result_correction (
  result_id INTEGER NOT NULL REFERENCES result (id),
  seq INTEGER NOT NULL,
  test INTEGER,
  role_play INTEGER,
  interview INTEGER,
  made_by INTEGER NOT NULL REFERENCES person (id),
  why TEXT NOT NULL CHECK (why <> ''),
  PRIMARY KEY (result_id, seq)
) STRICT, WITHOUT ROWID;

-- Who of the commission looked through a result before it was confirmed (R-621). One looks through all that waits for
-- the chair at once: so whoever has reviewed what was recorded last has reviewed all of it as it stands (R-620).
-- fold
CREATE TABLE result_review (
  result_id INTEGER NOT NULL REFERENCES result (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (result_id, person_id)
) STRICT, WITHOUT ROWID;

-- The paper that excused an absence after its confirmation, and the attempt that it had used until then (R-616);
-- result has the paper as its why, and uses none.
-- fold
CREATE TABLE result_excuse (
  result_id INTEGER PRIMARY KEY REFERENCES result (id),
  seq INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  paper TEXT NOT NULL CHECK (paper <> ''),
  dated_on TEXT NOT NULL,
  received_on TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES person (id),
  CHECK (dated_on <= received_on)
) STRICT;

-- Who is enrolled in another cohort, and may sit here all the same (R-604). Remembered with the sessions.
-- fold
CREATE TABLE session_admission (
  session_id INTEGER NOT NULL REFERENCES session (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (session_id, enrolment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_admission_of ON session_admission (enrolment_id);

-- That a seat has said what interest it has in candidates, or that it has none (R-603). Remembered with the sessions.
-- fold
CREATE TABLE interest_declaration (
  session_id INTEGER NOT NULL REFERENCES session (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (session_id, person_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX interest_declaration_of ON interest_declaration (person_id, seq);

-- In whom, and why.
-- fold
CREATE TABLE interest (
  session_id INTEGER NOT NULL REFERENCES session (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  candidate_id INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('kin', 'employer', 'partner', 'other')),
  seq INTEGER NOT NULL,
  PRIMARY KEY (session_id, person_id, candidate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interest_in ON interest (candidate_id, session_id);

-- Passes that wait for the certifier (R-010): confirmed, standing, and nothing was issued since. Kept beside
-- results and certificates by triggers.
-- fold
-- kept: by hand
CREATE TABLE uncertified (
  enrolment_id INTEGER PRIMARY KEY REFERENCES enrolment (id)
) STRICT;

CREATE TRIGGER result_waits AFTER UPDATE OF confirmed_seq ON result
WHEN new.outcome = 'passed' AND new.confirmed_seq IS NOT NULL AND old.confirmed_seq IS NULL
BEGIN
  INSERT INTO uncertified (enrolment_id) VALUES (new.enrolment_id);
END;

CREATE TRIGGER result_waits_no_more AFTER UPDATE OF annulled_seq ON result
WHEN new.outcome = 'passed' AND new.annulled_seq IS NOT NULL
BEGIN
  DELETE FROM uncertified WHERE enrolment_id = new.enrolment_id;
END;

-- Who is an examiner of one session, by an invitation: while the seat is his or hers, and until all that was
-- recorded in that session is confirmed.
CREATE VIEW invited_examiner (session_id, person_id) AS
SELECT i.session_id, i.person_id FROM invitation i
JOIN commission_seat q ON q.session_id = i.session_id AND q.person_id = i.person_id AND q.seq = i.seq
JOIN session s ON s.id = i.session_id
WHERE q.ended_seq IS NULL AND s.ended_seq IS NULL
  AND (NOT EXISTS (SELECT 1 FROM result WHERE session_id = s.id AND replaced_seq IS NULL)
    OR EXISTS (SELECT 1 FROM result
      WHERE session_id = s.id AND replaced_seq IS NULL AND confirmed_seq IS NULL));

-- Whose hand is in a result: who has a seat in its commission, or had one when it was recorded.
CREATE VIEW result_examiner AS
SELECT r.id AS result_id, r.enrolment_id, r.session_id, q.person_id
FROM result r JOIN commission_seat q ON q.session_id = r.session_id
WHERE q.ended_seq IS NULL OR (q.ended_how = 'replaced' AND q.ended_seq > r.seq);
