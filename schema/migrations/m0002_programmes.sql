-- The three programmes and their editions. Sources and their weight: docs/PROGRAMMES.md.

INSERT INTO programme (number, name_kk, name_ru, name_en) VALUES
  (1, 'Медиацияның жалпы курсы', 'Общий курс медиации', 'General Mediation Course'),
  (2, 'Медиацияның мамандандырылған курсы', 'Специализированный курс медиации',
    'Specialised Mediation Course'),
  (3, 'Медиаторлар жаттықтырушыларын даярлау курсы', 'Курс подготовки тренеров медиаторов',
    'Mediator Trainers'' Preparation Course');

INSERT INTO edition VALUES (1, '2011', 1, '2011-07-08', '2023-08-07',
  96, 'school', 96, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (2, '2023', 1, '2023-08-08', '2025-12-29',
  144, 'school', 144, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (3, '2025', 1, '2025-12-30', NULL,
  144, 'school', 144, 'school', 10, 'reported', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (4, 'school', 1, '2025-12-30', NULL,
  144, 'school', 144, 'school', 10, 'school', 3, 'school', 3, 'school', 0, 'school',
  25, 'law', 1, 'law',
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules');

INSERT INTO edition VALUES (5, '2011', 2, '2011-07-08', '2023-08-07',
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (6, '2023', 2, '2023-08-08', '2025-12-29',
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (7, '2025', 2, '2025-12-30', NULL,
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (8, 'school', 2, '2025-12-30', NULL,
  100, 'school', 100, 'school', 10, 'school', 3, 'school', 3, 'school', 1, 'school',
  0, 'school', 0, 'school',
  'Мектептің өз қағидалары',
  'Собственные правила Школы',
  'The School''s own rules');

INSERT INTO edition VALUES (9, '2011', 3, '2011-07-08', '2023-08-07',
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school',
  'Қазақстан Республикасы Үкіметінің 2011 жылғы 3 шілдедегі № 770 қаулысы',
  'Постановление Правительства Республики Казахстан от 3 июля 2011 года № 770',
  'Government Decree No. 770 of 3 July 2011');

INSERT INTO edition VALUES (10, '2023', 3, '2023-08-08', '2025-12-29',
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school',
  'Ақпарат және қоғамдық даму министрінің 2023 жылғы бұйрығы',
  'Приказ Министра информации и общественного развития 2023 года',
  'Order of the Minister of Information and Social Development, 2023');

INSERT INTO edition VALUES (11, '2025', 3, '2025-12-30', NULL,
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school',
  'Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы бұйрығы',
  'Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года',
  'Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025');

INSERT INTO edition VALUES (12, 'school', 3, '2025-12-30', NULL,
  64, 'school', 64, 'school', 10, 'school', 3, 'school', 3, 'school', 2, 'school',
  0, 'school', 0, 'school',
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
