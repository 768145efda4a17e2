-- The three programmes, their editions, and seminars: the first editions came with the program, later ones come by acts.
-- Sources and their weight: docs/PROGRAMMES.md.

-- reference
CREATE TABLE programme (
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 3),
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

-- A programme as an act in force at some time set it out (R-301, R-302). The first editions have ids up to
-- 100 and no act; what an edition says never changes, but that it may be closed.
-- fold
CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  programme INTEGER NOT NULL CHECK (programme BETWEEN 1 AND 4),  -- 4: of a seminar, which is none
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),  -- 0: a cohort names it
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: until it is closed
  theory_quarters INTEGER NOT NULL,
  practice_quarters INTEGER NOT NULL,
  group_max INTEGER NOT NULL,       -- 0: no limit
  attempts_max INTEGER NOT NULL,
  commission_min INTEGER NOT NULL,
  prerequisite INTEGER NOT NULL,    -- 0: none
  age_min INTEGER NOT NULL,         -- 0: none
  higher_education INTEGER NOT NULL CHECK (higher_education IN (0, 1)),
  retake_wait_days INTEGER NOT NULL,
  absence_uses_attempt INTEGER NOT NULL CHECK (absence_uses_attempt IN (0, 1)),
  taught_bar_months INTEGER NOT NULL,
  day_quarters INTEGER NOT NULL,
  validity_months INTEGER NOT NULL, -- 0: without end
  member_marks INTEGER NOT NULL CHECK (member_marks IN (0, 1)),
  mark_rule INTEGER NOT NULL CHECK (mark_rule BETWEEN 0 AND 2),  -- mean, median, lowest
  overall_mark INTEGER NOT NULL CHECK (overall_mark BETWEEN 0 AND 100),  -- 0: none
  reviews_min INTEGER NOT NULL CHECK (reviews_min >= 0),
  legal_basis_kk TEXT NOT NULL,
  legal_basis_ru TEXT NOT NULL,
  legal_basis_en TEXT NOT NULL,
  seq INTEGER NOT NULL,             -- 0: it came with the program
  ended_seq INTEGER,                -- null: it is not closed
  ended_on TEXT,                    -- the last day on which a cohort under it may begin
  UNIQUE (programme, code),
  CHECK ((ended_seq IS NULL) = (ended_on IS NULL)),
  -- A seminar asks nobody for anything but hours (R-307).
  CHECK (programme <> 4 OR (is_default = 0 AND attempts_max = 0 AND commission_min = 0 AND prerequisite = 0
    AND age_min = 0 AND higher_education = 0 AND validity_months = 0 AND theory_quarters + practice_quarters > 0))
) STRICT;

-- What a seminar is called, by the edition that sets it out (R-307).
-- fold
CREATE TABLE seminar (
  edition_id INTEGER PRIMARY KEY REFERENCES edition (id),
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

-- Where each value of an edition comes from, by its column.
-- fold
CREATE TABLE edition_source (
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  setting TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('law', 'reported', 'school')),
  article TEXT NOT NULL,            -- where it stands; empty: not known, or the School's own
  PRIMARY KEY (edition_id, setting)
) STRICT, WITHOUT ROWID;

-- fold
CREATE TABLE edition_component (
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  component TEXT NOT NULL CHECK (component IN ('test', 'role_play', 'interview')),
  pass_mark INTEGER NOT NULL CHECK (pass_mark BETWEEN 0 AND 100),
  basis TEXT NOT NULL CHECK (basis IN ('law', 'reported', 'school')),
  article TEXT NOT NULL,
  PRIMARY KEY (edition_id, component)
) STRICT, WITHOUT ROWID;

-- What a specialised course may be about: a cohort of programme 2 names one that is in force on its first day, or
-- none (R-306). Nothing of it changes but its last day.
-- fold
-- kept: valid_until
CREATE TABLE specialisation (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: without end
  seq INTEGER NOT NULL,
  CHECK (valid_until IS NULL OR valid_until >= valid_from)
) STRICT;

INSERT INTO programme (number, name_kk, name_ru, name_en) VALUES
  (1, 'Медиацияның жалпы курсы', 'Общий курс медиации', 'General Mediation Course'),
  (2, 'Медиацияның мамандандырылған курсы', 'Специализированный курс медиации',
    'Specialised Mediation Course'),
  (3, 'Медиаторлар жаттықтырушыларын даярлау курсы', 'Курс подготовки тренеров медиаторов',
    'Mediator Trainers'' Preparation Course');

INSERT INTO edition VALUES (1, '2011', 1, 1, '2011-07-08', '2023-08-07',
  96, 96, 10, 3, 3, 0, 25, 1, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011',
  0, NULL, NULL);

INSERT INTO edition VALUES (2, '2023', 1, 1, '2023-08-08', '2025-12-29',
  144, 144, 10, 3, 3, 0, 25, 1, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023',
  0, NULL, NULL);

INSERT INTO edition VALUES (3, '2025', 1, 1, '2025-12-30', NULL,
  144, 144, 10, 3, 3, 0, 25, 1, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025',
  0, NULL, NULL);

INSERT INTO edition VALUES (4, 'school', 1, 0, '2025-12-30', NULL,
  144, 144, 10, 3, 3, 0, 25, 1, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules',
  0, NULL, NULL);

INSERT INTO edition VALUES (5, '2011', 2, 1, '2011-07-08', '2023-08-07',
  100, 100, 10, 3, 3, 1, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011',
  0, NULL, NULL);

INSERT INTO edition VALUES (6, '2023', 2, 1, '2023-08-08', '2025-12-29',
  100, 100, 10, 3, 3, 1, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023',
  0, NULL, NULL);

INSERT INTO edition VALUES (7, '2025', 2, 1, '2025-12-30', NULL,
  100, 100, 10, 3, 3, 1, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025',
  0, NULL, NULL);

INSERT INTO edition VALUES (8, 'school', 2, 0, '2025-12-30', NULL,
  100, 100, 10, 3, 3, 1, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules',
  0, NULL, NULL);

INSERT INTO edition VALUES (9, '2011', 3, 1, '2011-07-08', '2023-08-07',
  64, 64, 10, 3, 3, 2, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011',
  0, NULL, NULL);

INSERT INTO edition VALUES (10, '2023', 3, 1, '2023-08-08', '2025-12-29',
  64, 64, 10, 3, 3, 2, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023',
  0, NULL, NULL);

INSERT INTO edition VALUES (11, '2025', 3, 1, '2025-12-30', NULL,
  64, 64, 10, 3, 3, 2, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025',
  0, NULL, NULL);

INSERT INTO edition VALUES (12, 'school', 3, 0, '2025-12-30', NULL,
  64, 64, 10, 3, 3, 2, 0, 0, 0, 0, 24, 40, 0, 0, 0, 0, 0,
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules',
  0, NULL, NULL);

-- The School's own default where no act that was read says so; age and education are the law's.
INSERT INTO edition_source (edition_id, setting, basis, article)
SELECT e.id, s.column1, 'school', '' FROM edition e, (VALUES ('theory_quarters'),
  ('practice_quarters'), ('attempts_max'), ('commission_min'), ('prerequisite'),
  ('retake_wait_days'), ('absence_uses_attempt'), ('taught_bar_months'), ('day_quarters'),
  ('validity_months'), ('member_marks'), ('mark_rule'), ('overall_mark'),
  ('reviews_min')) s;
INSERT INTO edition_source (edition_id, setting, basis, article)
SELECT id, 'group_max', iif(id = 3, 'reported', 'school'), '' FROM edition;
INSERT INTO edition_source (edition_id, setting, basis, article)
SELECT e.id, s.column1, iif(e.programme = 1, 'law', 'school'),
  iif(e.programme = 1, 'Law On Mediation, article 9(4)(1)', '')
FROM edition e, (VALUES ('age_min'), ('higher_education')) s;

INSERT INTO edition_component (edition_id, component, pass_mark, basis, article)
SELECT e.id, c.column1, 60, 'school', ''
FROM edition e, (VALUES ('test'), ('role_play'), ('interview')) c;
