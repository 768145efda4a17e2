-- Organisations and what they may do.

-- fold
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

-- How an organisation is called from a day on (R-201): of a day the last that began by then, of several from one day
-- the one recorded last. Before the first it is called as it was registered.
-- fold
CREATE TABLE organisation_name (
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  valid_from TEXT NOT NULL,
  seq INTEGER NOT NULL,
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL,
  region TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  PRIMARY KEY (organisation_id, valid_from, seq)
) STRICT, WITHOUT ROWID;

-- fold
CREATE TABLE entitlement (
  id INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  activity TEXT NOT NULL CHECK (activity IN ('train', 'issue')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  basis TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  CHECK (valid_until IS NULL OR valid_until >= valid_from),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT;
CREATE INDEX entitlement_of ON entitlement (organisation_id, activity) WHERE ended_seq IS NULL;
CREATE INDEX entitlement_ending ON entitlement (valid_until, id)
  WHERE ended_seq IS NULL AND valid_until IS NOT NULL;
-- What was granted once and does not stand so any more: the days that an organisation may have lost.
CREATE INDEX entitlement_ended ON entitlement (organisation_id, activity) WHERE ended_seq IS NOT NULL;

-- Days on which an organisation is not entitled although it was granted.
-- fold
CREATE TABLE entitlement_suspension (
  id INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  activity TEXT NOT NULL CHECK (activity IN ('train', 'issue')),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: open
  basis TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER,                -- null: stands
  ended_how TEXT CHECK (ended_how IN ('ended', 'in_error')),
  CHECK (valid_until IS NULL OR valid_until >= valid_from),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT;
CREATE INDEX entitlement_suspension_of ON entitlement_suspension (organisation_id, activity)
  WHERE ended_seq IS NULL;
CREATE INDEX entitlement_suspension_ended ON entitlement_suspension (organisation_id)
  WHERE ended_seq IS NOT NULL;

-- Under which a partner's tokens work (R-206). One that gets another last day ends here, and stands anew beside it.
-- fold
CREATE TABLE agreement (
  seq INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  number TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  country TEXT NOT NULL,
  purpose TEXT NOT NULL,
  transfer_ground TEXT NOT NULL,    -- empty where nothing goes abroad
  scope TEXT NOT NULL CHECK (scope <> ''),                 -- words with a space between
  calls_per_day INTEGER NOT NULL CHECK (calls_per_day > 0),
  ended_seq INTEGER,                -- null: stands
  CHECK (valid_until >= valid_from)
) STRICT;
CREATE INDEX agreement_of ON agreement (organisation_id, valid_from);
CREATE INDEX agreement_ending ON agreement (valid_until, seq) WHERE ended_seq IS NULL;
