-- Cases (R-008): appeals, complaints, applications, recognitions and applications for an entry in the register, what was
-- done in them, and what was done by them. Texts and papers stand in the acts themselves.

-- A case is called by the act that received it (seq). It is open until it is decided or withdrawn; that it
-- has lapsed follows from its steps and the day (R-040).
-- fold
CREATE TABLE case_file (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('appeal', 'complaint', 'application', 'recognition', 'entry')),
  person_id INTEGER REFERENCES person (id),                -- null: about nobody who is known
  received_on TEXT NOT NULL,
  told_on TEXT,                     -- the day the person was told of what is contested; null: not asked
  received_by INTEGER NOT NULL REFERENCES person (id),
  grounds INTEGER NOT NULL CHECK (grounds >= 0),           -- how many; what is applied for has none
  ended_seq INTEGER,                -- null: open, or lapsed
  ended_by INTEGER REFERENCES person (id),
  ended_on TEXT,
  ended_how TEXT,
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK (ended_how IN ('withdrawn', 'not_admitted')
    OR (kind = 'appeal' AND ended_how IN ('decision_stands', 'decision_changed', 'court',
      're_examination'))
    OR (kind = 'complaint' AND ended_how IN ('confirmed', 'not_confirmed'))
    OR (kind = 'application' AND ended_how IN ('admitted', 'refused'))
    OR (kind = 'recognition' AND ended_how IN ('recognised', 'recognised_part', 'refused'))
    OR (kind = 'entry' AND ended_how IN ('entered', 'refused'))),
  CHECK (kind NOT IN ('application', 'recognition', 'entry')
    OR person_id IS NOT NULL AND ended_how IS NOT 'not_admitted'),
  CHECK ((kind IN ('application', 'recognition', 'entry')) = (grounds = 0)),
  CHECK (kind <> 'appeal' OR (person_id IS NOT NULL AND told_on IS NOT NULL))
) STRICT;
CREATE INDEX case_file_of ON case_file (person_id);
CREATE INDEX case_file_open ON case_file (seq) WHERE ended_seq IS NULL;
CREATE INDEX case_file_by_end ON case_file (ended_on) WHERE ended_seq IS NOT NULL;
CREATE INDEX case_file_changed ON case_file (seq)
  WHERE ended_how IN ('decision_changed', 'court', 're_examination');

-- What an application is for (R-401): training in a programme by an organisation.
-- fold
CREATE TABLE case_application (
  case_seq INTEGER PRIMARY KEY REFERENCES case_file (seq),
  programme INTEGER NOT NULL REFERENCES programme (number),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id)
) STRICT;
CREATE INDEX case_application_of ON case_application (organisation_id, case_seq);

-- For which programme training elsewhere is to be recognised (R-440), and how many hours its paper has.
-- fold
CREATE TABLE case_recognition (
  case_seq INTEGER PRIMARY KEY REFERENCES case_file (seq),
  programme INTEGER NOT NULL REFERENCES programme (number),
  theory_quarters INTEGER NOT NULL CHECK (theory_quarters >= 0),
  practice_quarters INTEGER NOT NULL CHECK (practice_quarters >= 0)
) STRICT;

-- Hours elsewhere that count in an enrolment (R-441): of no class, and so no attendance.
-- fold
CREATE TABLE recognised_hours (
  case_seq INTEGER PRIMARY KEY REFERENCES case_recognition (case_seq),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  theory_quarters INTEGER NOT NULL CHECK (theory_quarters >= 0),
  practice_quarters INTEGER NOT NULL CHECK (practice_quarters >= 0),
  seq INTEGER NOT NULL,
  CHECK (theory_quarters + practice_quarters > 0)
) STRICT;
CREATE INDEX recognised_hours_of ON recognised_hours (enrolment_id);
CREATE INDEX recognised_hours_by ON recognised_hours (seq);

-- What a case contests: an act, and in it a result that it confirmed, one that it annulled, a certificate that it
-- revoked or suspended, or an application that it refused.
-- fold
CREATE TABLE case_contested (
  case_seq INTEGER NOT NULL REFERENCES case_file (seq),
  act_seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('result', 'annulment', 'mark', 'application')),
  result_id INTEGER REFERENCES result (id),
  number INTEGER REFERENCES certificate (number),
  application_seq INTEGER REFERENCES case_application (case_seq),
  PRIMARY KEY (case_seq, act_seq),
  CHECK ((kind = 'mark') = (number IS NOT NULL)),
  CHECK ((kind = 'application') = (application_seq IS NOT NULL)),
  CHECK ((kind IN ('mark', 'application')) = (result_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX case_contested_act ON case_contested (act_seq);

-- What was done in a case between its receipt and its end, and that whose it is was told of the end (R-042).
-- fold
CREATE TABLE case_step (
  case_seq INTEGER NOT NULL REFERENCES case_file (seq),
  seq INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('acknowledged', 'returned', 'completed', 'extended', 'notified',
    'stayed')),
  held_on TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (case_seq, seq)
) STRICT, WITHOUT ROWID;

-- Who was appointed from outside to decide a case, and by which letter (R-631).
-- fold
CREATE TABLE case_arbiter (
  case_seq INTEGER NOT NULL REFERENCES case_file (seq),
  person_id INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  dated_on TEXT NOT NULL,
  organisation TEXT NOT NULL CHECK (organisation <> ''),
  made_by INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (case_seq, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_arbiter_of ON case_arbiter (person_id);

-- Who is such an arbiter by now: until the case is decided or withdrawn.
CREATE VIEW appointed_arbiter (case_seq, person_id) AS
SELECT a.case_seq, a.person_id FROM case_arbiter a JOIN case_file f ON f.seq = a.case_seq
WHERE f.ended_seq IS NULL;

-- Acts that cite a case: after its decision they carry it out (R-045).
-- fold
CREATE TABLE case_citation (
  seq INTEGER PRIMARY KEY,
  case_seq INTEGER NOT NULL REFERENCES case_file (seq)
) STRICT;
CREATE INDEX case_citation_of ON case_citation (case_seq);

-- Marks that an arbiter stays by now (R-632): from the day of that step they have no effect, until the case ends
-- without a change.
CREATE VIEW mark_stayed (number, mark_seq, since) AS
SELECT k.number, k.act_seq, s.held_on
FROM case_contested k JOIN case_step s ON s.case_seq = k.case_seq AND s.step = 'stayed'
  JOIN case_file f ON f.seq = k.case_seq
WHERE k.kind = 'mark' AND (f.ended_how IS NULL OR f.ended_how IN ('decision_changed', 'court'));

-- Who is to be examined anew, and until when (R-633): a result was annulled by an act that carries such a decision
-- out.
CREATE VIEW re_examination (enrolment_id, session_id, annulled_seq, decided_on, last_day) AS
SELECT r.enrolment_id, r.session_id, r.annulled_seq, f.ended_on, date(f.ended_on, '+60 days')
FROM result r JOIN case_citation k ON k.seq = r.annulled_seq JOIN case_file f ON f.seq = k.case_seq
WHERE f.ended_how = 're_examination';

-- Who has a hand in what a case contests, and in an application for an entry, whoever received it (R-027).
CREATE VIEW case_hand (case_seq, person_id) AS
SELECT k.case_seq, m.made_by
FROM case_contested k JOIN certificate_mark m ON m.number = k.number AND m.seq = k.act_seq
UNION ALL SELECT k.case_seq, p.proposed_by
FROM case_contested k JOIN proposal p ON p.ended_seq = k.act_seq AND p.ended_how = 'approved'
UNION ALL SELECT k.case_seq, r.recorded_by FROM case_contested k JOIN result r ON r.id = k.result_id
UNION ALL SELECT k.case_seq, r.confirmed_by FROM case_contested k JOIN result r ON r.id = k.result_id
WHERE r.confirmed_by IS NOT NULL
UNION ALL SELECT k.case_seq, r.annulled_by FROM case_contested k JOIN result r ON r.id = k.result_id
WHERE r.annulled_by IS NOT NULL
UNION ALL SELECT k.case_seq, q.person_id FROM case_contested k JOIN result r ON r.id = k.result_id
  JOIN commission_seat q ON q.session_id = r.session_id
WHERE q.ended_how IS NOT 'in_error'
UNION ALL SELECT k.case_seq, t.trainer_id FROM case_contested k JOIN result r ON r.id = k.result_id
  JOIN enrolment e ON e.id = r.enrolment_id JOIN taught t ON t.person_id = e.person_id
UNION ALL SELECT k.case_seq, a.ended_by
FROM case_contested k JOIN case_file a ON a.seq = k.application_seq
UNION ALL SELECT seq, received_by FROM case_file WHERE kind = 'entry';

-- Annulments that were set aside (R-631): the result stands again, and here is who annulled it, and when.
-- fold
CREATE TABLE annulment_withdrawn (
  result_id INTEGER NOT NULL REFERENCES result (id),
  annulled_seq INTEGER NOT NULL,
  annulled_by INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (result_id, annulled_seq)
) STRICT, WITHOUT ROWID;

-- A pass that stands again waits for the certifier, unless something was issued on it before.
CREATE TRIGGER result_waits_again AFTER UPDATE OF annulled_seq ON result
WHEN new.annulled_seq IS NULL AND EXISTS (
  SELECT 1 FROM uncertified_pass WHERE enrolment_id = new.enrolment_id)
BEGIN
  INSERT INTO uncertified (enrolment_id) VALUES (new.enrolment_id);
END;

-- Certificates that stand although something was found against them (R-011), and what was found: while the same is
-- found and nothing else, it is answered.
-- fold
CREATE TABLE let_stand (
  number INTEGER NOT NULL REFERENCES certificate (number),
  doubt TEXT NOT NULL CHECK (doubt IN ('ground_fails', 'separation_broken', 'datum_differs')),
  seq INTEGER NOT NULL,
  found TEXT NOT NULL CHECK (found <> ''),
  made_by INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (number, doubt, seq)
) STRICT, WITHOUT ROWID;

-- Who has a hand in a certificate: who decided on it, recorded or confirmed a result of its enrolment, has or had a
-- seat in that commission, taught its holder, or had his or her hours corrected.
CREATE VIEW certificate_hand (number, person_id) AS
SELECT number, decided_by FROM certificate
UNION ALL SELECT c.number, r.recorded_by FROM certificate c JOIN result r ON r.enrolment_id = c.enrolment_id
UNION ALL SELECT c.number, r.confirmed_by FROM certificate c JOIN result r ON r.enrolment_id = c.enrolment_id
WHERE r.confirmed_by IS NOT NULL
UNION ALL SELECT c.number, q.person_id FROM certificate c JOIN result r ON r.enrolment_id = c.enrolment_id
  JOIN commission_seat q ON q.session_id = r.session_id
WHERE q.ended_how IS NOT 'in_error'
UNION ALL SELECT c.number, t.trainer_id FROM certificate c JOIN taught t ON t.person_id = c.person_id
UNION ALL SELECT c.number, p.proposed_by FROM certificate c JOIN proposal p ON p.person_id = c.person_id
WHERE p.kind = 'correct_hours' AND p.ended_how = 'approved'
UNION ALL SELECT c.number, p.ended_by FROM certificate c JOIN proposal p ON p.person_id = c.person_id
WHERE p.kind = 'correct_hours' AND p.ended_how = 'approved';
