-- Certificates, what was decided on them, and what verification answers.

-- fold
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

-- fold
CREATE TABLE revocation (
  number INTEGER PRIMARY KEY REFERENCES certificate (number),
  since TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('fraud', 'error', 'attestation_annulled', 'misconduct',
    'holder_request')),
  seq INTEGER NOT NULL
) STRICT;

-- What verification answers, by number: one row read for each paper shown. Says again what
-- certificate and revocation say, in the form in which it is answered, and holds the frozen sheet.
-- fold
-- kept: revoked
CREATE TABLE verification (
  number INTEGER PRIMARY KEY REFERENCES certificate (number),
  code BLOB NOT NULL CHECK (length(code) = 10),
  valid_from_day INTEGER NOT NULL,  -- days since 1970-01-01
  valid_until_day INTEGER,          -- null: without end
  revoked BLOB,                     -- bitim.v1.CertificateStatus; null: not revoked
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
