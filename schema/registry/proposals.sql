-- What waits for a second person, and what became of it.

-- An act of two persons (R-006): what is proposed stands in the act itself. A proposal waits from the act
-- that made it (seq) to the one that approved or ended it, or until its last day has passed.
-- fold
CREATE TABLE proposal (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('rename_person', 'withdraw_bar', 'withdraw_mark',
    'add_identifier', 'end_identifier', 'correct_identifier', 'correct_person',
    'adopt_certificates', 'replace_certificate', 'transfer_trainee', 'adopt_edition', 'close_edition',
    'correct_hours', 'withdraw_refusal', 'correct_result', 'withdraw_annulment', 'let_stand',
    'reinstate_certificate', 'merge_people', 'split_people', 'change_entitlement',
    'certify_key', 'retire_key', 'change_setting', 'adopt_agreement', 'withdraw_death',
    'repin_cohort', 'define_specialisation', 'decide_recognition')),
  person_id INTEGER REFERENCES person (id),                -- whom it is about; null: a list, or nobody
  proposed_by INTEGER NOT NULL REFERENCES person (id),
  proposed_on TEXT NOT NULL,
  last_day TEXT NOT NULL,
  ended_seq INTEGER,                -- null: waits, or has lapsed
  ended_by INTEGER REFERENCES person (id),
  ended_on TEXT,
  ended_how TEXT CHECK (ended_how IN ('approved', 'withdrawn', 'declined')),
  CHECK ((ended_seq IS NULL) = (ended_how IS NULL))
) STRICT;
CREATE INDEX proposal_of ON proposal (person_id);
CREATE INDEX proposal_approved ON proposal (kind, seq) WHERE ended_how = 'approved';
CREATE INDEX proposal_at ON proposal (seq) WHERE kind IN ('change_entitlement', 'adopt_agreement');
CREATE INDEX proposal_open ON proposal (seq) WHERE ended_seq IS NULL;
CREATE INDEX proposal_approved_by ON proposal (ended_seq) WHERE ended_how = 'approved';
