-- Keys that sign for the School. No private half is in any row.

-- A key that two persons have certified (R-920).
-- fold
CREATE TABLE signing_key (
  public_key BLOB PRIMARY KEY CHECK (length(public_key) = 32),
  name TEXT NOT NULL,
  use TEXT NOT NULL CHECK (use IN ('log', 'certificates')),
  valid_from TEXT NOT NULL,
  kept TEXT NOT NULL,               -- where it is kept, in words
  seq INTEGER NOT NULL
) STRICT;

-- Why a key signs no more (R-921); one that was rotated or lost may turn out to be stolen.
-- fold
-- one: public_key
CREATE TABLE key_retirement (
  public_key BLOB NOT NULL REFERENCES signing_key (public_key),
  seq INTEGER NOT NULL,
  last_day TEXT NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('rotated', 'lost', 'stolen')),
  believed_size INTEGER CHECK (believed_size >= 0),        -- up to how many acts a stolen one is believed
  ended_seq INTEGER,                -- null: stands
  PRIMARY KEY (public_key, seq),
  CHECK ((ground = 'stolen') = (believed_size IS NOT NULL))
) STRICT;
