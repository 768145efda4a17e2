-- What the School settles for itself, and no edition says.

-- Another value of a setting from a day on, whatever was to follow: of those whose day has come the newest is in
-- force (R-019). Before the first stands the default, which no row has.
-- fold
CREATE TABLE school_setting (
  setting TEXT NOT NULL CHECK (setting IN (
    'waiting_strict', 'application_required', 'make_up_days', 'declaration', 'learning_scheme')),
  seq INTEGER NOT NULL,
  value INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('law', 'reported', 'school')),
  article TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (setting, seq)
) STRICT, WITHOUT ROWID;
