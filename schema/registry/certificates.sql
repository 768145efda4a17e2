-- Certificates, what was decided on them, and what verification answers.

-- fold
CREATE TABLE certificate (
  number INTEGER PRIMARY KEY,       -- year times a million plus serial; year 1000: adopted
  code BLOB UNIQUE CHECK (length(code) = 10),              -- null: adopted, it has none
  person_id INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('programme', 'school', 'adopted', 'attendance')),
  programme INTEGER NOT NULL CHECK (programme BETWEEN 0 AND 4),
  enrolment_id INTEGER REFERENCES enrolment (id),          -- null: the School's, or adopted
  issued_on TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: without end
  decided_by INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  CHECK ((kind = 'school') = (programme = 0)),
  CHECK ((kind = 'attendance') = (programme = 4)),
  CHECK ((kind IN ('programme', 'attendance')) = (enrolment_id IS NOT NULL)),
  CHECK ((kind = 'adopted') = (code IS NULL)),
  CHECK ((kind = 'adopted') = (number / 1000000 = 1000))
) STRICT;
CREATE INDEX certificate_of ON certificate (person_id);
CREATE INDEX certificate_expiring ON certificate (valid_until, number) WHERE valid_until IS NOT NULL;
CREATE INDEX certificate_adopted ON certificate (issued_on) WHERE kind = 'adopted';

-- Refusals to certify (R-704): of a pass, so that a pass that comes later is decided on anew.
-- fold
-- one: result_id
CREATE TABLE certificate_refusal (
  result_id INTEGER NOT NULL REFERENCES result (id),
  seq INTEGER NOT NULL,
  refused_on TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- null: stands
  ended_by INTEGER REFERENCES person (id),
  ended_how TEXT CHECK (ended_how IN ('mended', 'wrong_person', 'appeal', 'court')),
  PRIMARY KEY (result_id, seq),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL)),
  CHECK ((ended_seq IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;

-- Passes that stand, on which nothing was issued since, and none is refused: what `uncertified` must be.
CREATE VIEW uncertified_pass AS
SELECT r.enrolment_id FROM result r JOIN enrolment e ON e.id = r.enrolment_id
WHERE r.outcome = 'passed' AND r.confirmed_seq IS NOT NULL AND r.annulled_seq IS NULL
  AND r.replaced_seq IS NULL
  AND NOT EXISTS (SELECT 1 FROM certificate_refusal f WHERE f.result_id = r.id AND f.ended_seq IS NULL)
  AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.person_id = e.person_id
    AND c.enrolment_id = r.enrolment_id AND c.seq > r.confirmed_seq);

CREATE TRIGGER certificate_answers AFTER INSERT ON certificate WHEN new.enrolment_id IS NOT NULL
BEGIN
  DELETE FROM uncertified WHERE enrolment_id = new.enrolment_id;
END;

CREATE TRIGGER certificate_refusal_answers AFTER INSERT ON certificate_refusal
BEGIN
  DELETE FROM uncertified
  WHERE enrolment_id = (SELECT enrolment_id FROM result WHERE id = new.result_id);
END;

CREATE TRIGGER certificate_refusal_waits AFTER UPDATE OF ended_seq ON certificate_refusal
BEGIN
  INSERT INTO uncertified (enrolment_id)
  SELECT u.enrolment_id FROM uncertified_pass u JOIN result r ON r.enrolment_id = u.enrolment_id
  WHERE r.id = new.result_id;
END;

-- What an old register says of an adopted certificate (R-741). Issuer, own number and year are one
-- certificate's for ever, whatever becomes of it (R-742).
-- fold
CREATE TABLE adopted_certificate (
  number INTEGER PRIMARY KEY REFERENCES certificate (number),
  issuer_id INTEGER NOT NULL REFERENCES organisation (id),
  year INTEGER NOT NULL,
  own_key TEXT NOT NULL CHECK (own_key <> ''),             -- the own number, folded
  own_number TEXT NOT NULL,         -- as the register has it
  book TEXT NOT NULL,               -- empty: not recorded
  page TEXT NOT NULL,               -- empty: not recorded
  attestation TEXT NOT NULL CHECK (attestation IN ('yes', 'no', 'unknown')),
  UNIQUE (issuer_id, own_key, year)
) STRICT;

-- By what a paper from before this registry is verified (R-743): SHA-256 of own number, day of issue and
-- a surname, so that whichever does not fit, the look-up is the same.
-- fold
CREATE TABLE adopted_paper (
  key BLOB NOT NULL CHECK (length(key) = 32),
  number INTEGER NOT NULL REFERENCES adopted_certificate (number),
  PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

-- What stands against a certificate, and what stood: a mark stands from the act that made it (seq) to
-- the act that ended it (ended_seq), and holds on days. As known at act N:
-- seq <= N AND (ended_seq IS NULL OR ended_seq > N).
-- fold
CREATE TABLE certificate_mark (
  number INTEGER NOT NULL REFERENCES certificate (number),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('revoked', 'suspended', 'replaced')),
  since TEXT NOT NULL,
  until TEXT,                       -- null: open
  reason TEXT NOT NULL CHECK (
    (kind = 'revoked' AND reason IN ('fraud', 'error', 'attestation_annulled', 'misconduct',
      'holder_request', 'hours_missing', 'issuer_not_entitled', 'court'))
    OR (kind = 'suspended' AND reason IN ('investigation', 'entitlement', 'court',
      'holder_request', 'complaint', 'ground_fails'))
    OR (kind = 'replaced' AND reason IN ('correction', 'name_change', 'datum_change', 'renewal'))),
  why TEXT NOT NULL,                -- in words; empty where the reason says it all
  made_by INTEGER NOT NULL REFERENCES person (id),
  ended_seq INTEGER,                -- null: stands
  ended_by INTEGER REFERENCES person (id),
  ended_how TEXT CHECK (ended_how IN ('case_closed', 'mended', 'wrong_certificate', 'wrong_person',
    'appeal', 'court')),
  other INTEGER,                    -- replaced: the certificate that the same act issues instead
  PRIMARY KEY (number, seq),
  CHECK ((kind = 'replaced') = (other IS NOT NULL)),
  CHECK (until IS NULL OR until >= since),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_mark_other ON certificate_mark (other) WHERE other IS NOT NULL;
CREATE INDEX certificate_mark_since ON certificate_mark (kind, since);

-- Suspensions that end by themselves.
CREATE INDEX certificate_mark_ending ON certificate_mark (until, number)
  WHERE kind = 'suspended' AND until IS NOT NULL AND ended_seq IS NULL;

-- Certificates that are there for good: a suspended one is, one that is revoked or replaced is not, unless that is
-- stayed (R-632). Whether one is in force on a day is another question. What it is specialised in its enrolment tells,
-- whose places all are (R-306).
CREATE VIEW certificate_standing AS
SELECT c.*, (SELECT specialisation_id FROM enrolment_specialisation
    WHERE enrolment_id = c.enrolment_id LIMIT 1) AS specialisation_id
FROM certificate c WHERE NOT EXISTS (SELECT 1 FROM certificate_mark m
  WHERE m.number = c.number AND m.kind IN ('revoked', 'replaced') AND m.ended_seq IS NULL
    AND NOT EXISTS (SELECT 1 FROM mark_stayed s WHERE s.number = m.number AND s.mark_seq = m.seq));

-- Duplicates of papers that were lost, stolen or damaged (R-716): the certificate stays what it is.
-- fold
CREATE TABLE certificate_duplicate (
  number INTEGER NOT NULL REFERENCES certificate (number),
  copy INTEGER NOT NULL CHECK (copy >= 1),
  reason TEXT NOT NULL CHECK (reason IN ('lost', 'stolen', 'damaged')),
  stated_on TEXT NOT NULL,
  made_on TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES person (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (number, copy),
  CHECK (stated_on <= made_on)
) STRICT, WITHOUT ROWID;

-- What verification answers, by number: one row read for each paper shown. Says again what
-- certificate and marks say, in the form in which it is answered, and holds the frozen sheet.
-- fold
-- kept: mark
CREATE TABLE verification (
  number INTEGER PRIMARY KEY REFERENCES certificate (number),
  code BLOB CHECK (length(code) = 10),                     -- null: adopted, no code fits it
  valid_from_day INTEGER NOT NULL,  -- days since 1970-01-01; not before its issue
  valid_until_day INTEGER,          -- null: without end
  mark BLOB,                        -- marks that stand and the last duplicate, as VerificationMark.swift
                                    -- has them; null: neither
  sheet BLOB NOT NULL               -- bitim.v1.Sheet
) STRICT;

-- Serials that may have been given out and were lost with the disk: never given out again.
-- fold
CREATE TABLE burned_serials (
  year INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK (first >= 1),
  last INTEGER NOT NULL CHECK (last <= 999999),
  restored_to_ms INTEGER NOT NULL,  -- the instant up to which records were restored
  seq INTEGER NOT NULL,
  PRIMARY KEY (year, first),
  CHECK (last >= first)
) STRICT, WITHOUT ROWID;
