-- The three programmes and their editions: they change with a release, never by an act.
-- Sources and their weight: docs/PROGRAMMES.md.

-- reference
CREATE TABLE programme (
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 3),
  name_kk TEXT NOT NULL,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

-- reference
CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  programme INTEGER NOT NULL REFERENCES programme (number),
  valid_from TEXT NOT NULL,
  valid_until TEXT,                 -- null: in force
  theory_quarters INTEGER NOT NULL,
  theory_basis TEXT NOT NULL CHECK (theory_basis IN ('law', 'reported', 'school')),
  practice_quarters INTEGER NOT NULL,
  practice_basis TEXT NOT NULL CHECK (practice_basis IN ('law', 'reported', 'school')),
  group_max INTEGER NOT NULL,       -- 0: no limit
  group_basis TEXT NOT NULL CHECK (group_basis IN ('law', 'reported', 'school')),
  attempts_max INTEGER NOT NULL,
  attempts_basis TEXT NOT NULL CHECK (attempts_basis IN ('law', 'reported', 'school')),
  commission_min INTEGER NOT NULL,
  commission_basis TEXT NOT NULL CHECK (commission_basis IN ('law', 'reported', 'school')),
  prerequisite INTEGER NOT NULL,    -- 0: none
  prerequisite_basis TEXT NOT NULL CHECK (prerequisite_basis IN ('law', 'reported', 'school')),
  age_min INTEGER NOT NULL,         -- 0: none
  age_basis TEXT NOT NULL CHECK (age_basis IN ('law', 'reported', 'school')),
  higher_education INTEGER NOT NULL CHECK (higher_education IN (0, 1)),
  higher_education_basis TEXT NOT NULL
    CHECK (higher_education_basis IN ('law', 'reported', 'school')),
  validity_months INTEGER NOT NULL, -- of a certificate; 0: without end, since the law sets no term
  validity_basis TEXT NOT NULL CHECK (validity_basis IN ('law', 'reported', 'school')),
  legal_basis_kk TEXT NOT NULL,
  legal_basis_ru TEXT NOT NULL,
  legal_basis_en TEXT NOT NULL,
  UNIQUE (programme, code)
) STRICT;

-- reference
CREATE TABLE edition_component (
  edition_id INTEGER NOT NULL REFERENCES edition (id),
  component TEXT NOT NULL CHECK (component IN ('test', 'role_play', 'interview')),
  pass_mark INTEGER NOT NULL CHECK (pass_mark BETWEEN 0 AND 100),
  basis TEXT NOT NULL CHECK (basis IN ('law', 'reported', 'school')),
  PRIMARY KEY (edition_id, component)
) STRICT, WITHOUT ROWID;

INSERT INTO programme (number, name_kk, name_ru, name_en) VALUES
  (1, 'Медиацияның жалпы курсы', 'Общий курс медиации', 'General Mediation Course'),
  (2, 'Медиацияның мамандандырылған курсы', 'Специализированный курс медиации',
    'Specialised Mediation Course'),
  (3, 'Медиаторлар жаттықтырушыларын даярлау курсы', 'Курс подготовки тренеров медиаторов',
    'Mediator Trainers'' Preparation Course');

INSERT INTO edition VALUES (1, '2011', 1, '2011-07-08', '2023-08-07',
  96, 'school', 96, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law', 0, 'school',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (2, '2023', 1, '2023-08-08', '2025-12-29',
  144, 'school', 144, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law', 0, 'school',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (3, '2025', 1, '2025-12-30', NULL,
  144, 'school', 144, 'school', 10, 'reported', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law', 0, 'school',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (4, 'school', 1, '2025-12-30', NULL,
  144, 'school', 144, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law', 0, 'school',
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules');

INSERT INTO edition VALUES (5, '2011', 2, '2011-07-08', '2023-08-07',
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (6, '2023', 2, '2023-08-08', '2025-12-29',
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (7, '2025', 2, '2025-12-30', NULL,
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (8, 'school', 2, '2025-12-30', NULL,
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules');

INSERT INTO edition VALUES (9, '2011', 3, '2011-07-08', '2023-08-07',
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (10, '2023', 3, '2023-08-08', '2025-12-29',
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (11, '2025', 3, '2025-12-30', NULL,
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (12, 'school', 3, '2025-12-30', NULL,
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school', 0, 'school',
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules');

INSERT INTO edition_component (edition_id, component, pass_mark, basis) VALUES
  (1, 'test', 60, 'school'),
  (1, 'role_play', 60, 'school'),
  (1, 'interview', 60, 'school'),
  (2, 'test', 60, 'school'),
  (2, 'role_play', 60, 'school'),
  (2, 'interview', 60, 'school'),
  (3, 'test', 60, 'school'),
  (3, 'role_play', 60, 'school'),
  (3, 'interview', 60, 'school'),
  (4, 'test', 60, 'school'),
  (4, 'role_play', 60, 'school'),
  (4, 'interview', 60, 'school'),
  (5, 'test', 60, 'school'),
  (5, 'role_play', 60, 'school'),
  (5, 'interview', 60, 'school'),
  (6, 'test', 60, 'school'),
  (6, 'role_play', 60, 'school'),
  (6, 'interview', 60, 'school'),
  (7, 'test', 60, 'school'),
  (7, 'role_play', 60, 'school'),
  (7, 'interview', 60, 'school'),
  (8, 'test', 60, 'school'),
  (8, 'role_play', 60, 'school'),
  (8, 'interview', 60, 'school'),
  (9, 'test', 60, 'school'),
  (9, 'role_play', 60, 'school'),
  (9, 'interview', 60, 'school'),
  (10, 'test', 60, 'school'),
  (10, 'role_play', 60, 'school'),
  (10, 'interview', 60, 'school'),
  (11, 'test', 60, 'school'),
  (11, 'role_play', 60, 'school'),
  (11, 'interview', 60, 'school'),
  (12, 'test', 60, 'school'),
  (12, 'role_play', 60, 'school'),
  (12, 'interview', 60, 'school');
