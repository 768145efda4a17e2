-- Figures of years, as they were filed.

-- fold
CREATE TABLE filed_report (
  seq INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  as_of TEXT NOT NULL,              -- the day that the figures are of
  size INTEGER NOT NULL,            -- how many acts the journal had
  definitions INTEGER NOT NULL,     -- the version of what each figure means
  filed_on TEXT NOT NULL,
  filed_by INTEGER NOT NULL REFERENCES person (id),
  CHECK (size < seq)
) STRICT;
CREATE INDEX filed_report_of ON filed_report (year, seq);

-- fold
CREATE TABLE filed_figure (
  report_seq INTEGER NOT NULL REFERENCES filed_report (seq),
  programme INTEGER NOT NULL CHECK (programme BETWEEN 0 AND 4),
  organisation_id INTEGER NOT NULL, -- 0: all together
  figure TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (report_seq, programme, organisation_id, figure)
) STRICT, WITHOUT ROWID;
