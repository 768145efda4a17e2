-- The journal. These tables, and `answer`, keep their shape for ever: an upgrade reads them in databases
-- of any age, and folds the rest anew.

-- registry 4: counted up with every schema that is released; m0001 to m0003 came before.

-- What was done, personal data included; may be erased by law, the entry stays.
-- journal
CREATE TABLE act (
  seq INTEGER PRIMARY KEY,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  record BLOB NOT NULL,             -- bitim.journal.v1.Act
  erased_by INTEGER                 -- the act by which the record was erased; null: it is whole
) STRICT;

-- The leaf of the journal's tree, as it is hashed; says nothing about anybody.
-- journal
-- kept: by hand
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  octets BLOB NOT NULL
) STRICT;

-- The tree's frontier after the last entry, and how far time has gone: a turn is a commit that kept an
-- act or an answer, and no instant is given out twice.
-- journal
-- kept: by hand
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  turn INTEGER NOT NULL,
  at_ms INTEGER NOT NULL            -- the instant of the last change
) STRICT;
INSERT INTO journal_head (id, size, frontier, turn, at_ms) VALUES (1, 0, x'', 0, 0);
