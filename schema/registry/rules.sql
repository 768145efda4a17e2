-- Rules of today: what the file must hold even if our code is wrong, or somebody writes with another
-- program. What was recorded is never refused by a rule made later, so acts are folded without this
-- file, which is added behind them and speaks to new rows alone.
--
-- RAISE(ABORT) only: an abort undoes one statement and leaves the writer's transaction alive. The newest
-- trigger fires first, so these speak before those of kept.sql, and among them the last.

-- One of a kind.

CREATE TRIGGER burned_serials_overlap BEFORE INSERT ON burned_serials
WHEN EXISTS (SELECT 1 FROM burned_serials WHERE year = new.year AND first <= new.last
  AND last >= new.first)
BEGIN SELECT RAISE(ABORT, 'burned_serials: overlaps what is there'); END;

CREATE TRIGGER organisation_second_school BEFORE INSERT ON organisation
WHEN new.kind = 'school' AND EXISTS (SELECT 1 FROM organisation WHERE kind = 'school')
BEGIN SELECT RAISE(ABORT, 'organisation: there is one School'); END;

-- One chair (R-601).
CREATE TRIGGER commission_second_chair BEFORE INSERT ON commission_seat
WHEN new.seat = 'chair' AND EXISTS (SELECT 1 FROM commission_seat
  WHERE session_id = new.session_id AND seat = 'chair' AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'commission_seat: there is one chair'); END;

-- An invitation is to a seat that is taken with it, and no administrator's (R-605, R-029).
CREATE TRIGGER invitation_begins BEFORE INSERT ON invitation
WHEN NOT EXISTS (SELECT 1 FROM commission_seat WHERE session_id = new.session_id
    AND person_id = new.person_id AND seq = new.seq AND ended_seq IS NULL)
  OR EXISTS (SELECT 1 FROM role_grant WHERE person_id = new.person_id AND ended_seq IS NULL
    AND role = 'administrator')
BEGIN SELECT RAISE(ABORT, 'invitation: to no seat that is taken with it, or an administrator''s'); END;

-- Nobody leaves a session in which all is confirmed, nor where he or she recorded what stands (R-602).
CREATE TRIGGER commission_seat_leaves BEFORE UPDATE ON commission_seat
WHEN new.ended_how = 'replaced' AND (
  EXISTS (SELECT 1 FROM result WHERE session_id = old.session_id
    AND recorded_by = old.person_id AND replaced_seq IS NULL AND annulled_seq IS NULL)
  OR (EXISTS (SELECT 1 FROM result WHERE session_id = old.session_id AND replaced_seq IS NULL)
    AND NOT EXISTS (SELECT 1 FROM result WHERE session_id = old.session_id
      AND replaced_seq IS NULL AND confirmed_seq IS NULL))
  OR EXISTS (SELECT 1 FROM session WHERE id = old.session_id AND ended_seq IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'commission_seat: its results are confirmed, or rest on who leaves'); END;

-- A session begins on the day that is planned. It is moved or cancelled while nothing is recorded, and
-- not moved once it is cancelled (R-602).
CREATE TRIGGER session_planned BEFORE INSERT ON session
WHEN new.planned_on IS NOT new.held_on
BEGIN SELECT RAISE(ABORT, 'session: begins on the day that is planned'); END;
CREATE TRIGGER session_held BEFORE UPDATE ON session
WHEN (old.ended_seq IS NOT NULL AND new.held_on IS NOT old.held_on)
  OR EXISTS (SELECT 1 FROM result WHERE session_id = old.id AND replaced_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'session: was held or cancelled'); END;

-- An identifier that was somebody's is nobody else's, but for one in error (R-115).
CREATE TRIGGER person_identifier_belongs BEFORE INSERT ON person_identifier
WHEN EXISTS (SELECT 1 FROM identifier_owner
  WHERE kind = new.kind AND country = new.country AND document_type = new.document_type
    AND number = new.number AND person_id <> new.person_id)
BEGIN SELECT RAISE(ABORT, 'person_identifier: is another person''s'); END;

-- Who came with a number keeps one, ended or not (R-111); an invited expert may have come without.
CREATE TRIGGER person_identifier_left BEFORE UPDATE ON person_identifier
WHEN new.ended_how = 'in_error' AND (SELECT evidence FROM person WHERE id = old.person_id) = ''
  AND NOT EXISTS (SELECT 1 FROM identifier_owner
    WHERE person_id = old.person_id
      AND (kind, country, document_type, number) IS NOT
        (old.kind, old.country, old.document_type, old.number))
BEGIN SELECT RAISE(ABORT, 'person_identifier: none would be left'); END;

CREATE TRIGGER role_grant_key BEFORE INSERT ON role_grant
WHEN new.ended_seq IS NOT NULL OR EXISTS (SELECT 1 FROM role_grant
  WHERE person_id = new.person_id AND role = new.role
  AND organisation_id = new.organisation_id AND (ended_seq IS NULL OR seq = new.seq))
BEGIN SELECT RAISE(ABORT, 'role_grant: the role is given already'); END;

CREATE TRIGGER role_grant_school BEFORE INSERT ON role_grant
WHEN new.role IN ('administrator', 'certifier', 'auditor', 'arbiter')
  AND (SELECT kind FROM organisation WHERE id = new.organisation_id) IS NOT 'school'
BEGIN SELECT RAISE(ABORT, 'role_grant: the role is given at the School alone'); END;

-- A partner's token verifies, a person's carries what the person was given; one that is for a session is an invited
-- examiner's there, and carries that alone (R-605). Who is appointed to decide a case has one at the School (R-631).
CREATE TRIGGER token_role_given BEFORE INSERT ON token_role
WHEN NOT EXISTS (SELECT 1 FROM token t WHERE t.id = new.token_id AND (
  (t.person_id IS NULL AND new.role = 'verifier') OR EXISTS (SELECT 1 FROM role_grant g
    WHERE t.session_id IS NULL AND g.person_id = t.person_id AND g.role = new.role
    AND g.organisation_id = t.organisation_id AND g.ended_seq IS NULL)
  OR (new.role = 'invited' AND EXISTS (SELECT 1 FROM invited_examiner i
    WHERE i.session_id = t.session_id AND i.person_id = t.person_id))
  OR (new.role = 'appointed' AND EXISTS (SELECT 1 FROM appointed_arbiter a JOIN organisation o
    WHERE a.person_id = t.person_id AND o.id = t.organisation_id AND o.kind = 'school'))))
BEGIN SELECT RAISE(ABORT, 'token_role: the role was not given'); END;

-- Who gives roles and tokens can neither teach, attest, issue nor decide on cases (R-029).
CREATE TRIGGER role_grant_administrator BEFORE INSERT ON role_grant
WHEN (new.role = 'administrator' AND EXISTS (SELECT 1 FROM role_grant
    WHERE person_id = new.person_id AND ended_seq IS NULL
    AND role IN ('trainer', 'examiner', 'certifier', 'arbiter')))
  OR (new.role IN ('trainer', 'examiner', 'certifier', 'arbiter') AND EXISTS (SELECT 1 FROM role_grant
    WHERE person_id = new.person_id AND ended_seq IS NULL AND role = 'administrator'))
BEGIN SELECT RAISE(ABORT, 'role_grant: an administrator can neither teach, attest nor issue'); END;

CREATE TRIGGER result_stays_d BEFORE DELETE ON result
BEGIN SELECT RAISE(ABORT, 'result: rows are never deleted'); END;

-- A result may be replaced before it is confirmed, confirmed once, and annulled after that (R-623), until the
-- annulment is set aside (R-631). Its marks change where those that stood are kept (R-625), and an absence loses
-- its attempt where the paper is kept (R-616).
CREATE TRIGGER result_once BEFORE UPDATE ON result
WHEN new.id IS NOT old.id OR new.session_id IS NOT old.session_id
  OR new.enrolment_id IS NOT old.enrolment_id OR new.outcome IS NOT old.outcome
  OR ((new.attempt IS NOT old.attempt OR new.why IS NOT old.why)
    AND (new.attempt > 0 OR NOT EXISTS (SELECT 1 FROM result_excuse
      WHERE result_id = old.id AND paper = new.why)))
  OR ((new.test IS NOT old.test OR new.role_play IS NOT old.role_play
      OR new.interview IS NOT old.interview)
    AND NOT EXISTS (SELECT 1 FROM result_correction WHERE result_id = old.id
      AND seq = (SELECT max(seq) FROM result_correction WHERE result_id = old.id)
      AND test IS old.test AND role_play IS old.role_play AND interview IS old.interview))
  OR new.recorded_by IS NOT old.recorded_by OR new.recorded_at_ms IS NOT old.recorded_at_ms
  OR new.seq IS NOT old.seq
  OR (new.replaced_seq IS NOT old.replaced_seq
    AND (old.replaced_seq IS NOT NULL OR old.confirmed_seq IS NOT NULL))
  OR (new.confirmed_seq IS NOT old.confirmed_seq
    AND (old.confirmed_seq IS NOT NULL OR old.replaced_seq IS NOT NULL))
  OR (new.annulled_seq IS NOT old.annulled_seq AND (old.confirmed_seq IS NULL
    OR (old.annulled_seq IS NOT NULL AND (new.annulled_seq IS NOT NULL OR new.annulled_by IS NOT NULL
      OR NOT EXISTS (SELECT 1 FROM annulment_withdrawn
        WHERE result_id = old.id AND annulled_seq = old.annulled_seq)))))
  OR (new.confirmed_by IS NOT old.confirmed_by AND new.confirmed_seq IS old.confirmed_seq)
  OR (new.annulled_by IS NOT old.annulled_by AND new.annulled_seq IS old.annulled_seq)
BEGIN SELECT RAISE(ABORT, 'result: replaced before, confirmed once, annulled after; else fixed'); END;

-- While a certificate rests on a pass, the pass stands; but for one that is suspended (R-624). Asked by its
-- holder, who is the enrolment's: there is no index by enrolments.
CREATE TRIGGER result_certified BEFORE UPDATE ON result
WHEN new.annulled_seq IS NOT NULL AND old.annulled_seq IS NULL AND EXISTS (
  SELECT 1 FROM certificate_standing c
  WHERE c.person_id = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)
  AND c.enrolment_id = old.enrolment_id
  AND NOT EXISTS (SELECT 1 FROM certificate_mark m
    WHERE m.number = c.number AND m.kind = 'suspended' AND m.ended_seq IS NULL))
BEGIN SELECT RAISE(ABORT, 'result: a certificate rests on it'); END;

-- Marks are corrected of a confirmed result that counts, by who has and had no seat, recorded and confirmed
-- nothing of it, and is not the candidate (R-625, R-026, R-021).
CREATE TRIGGER result_correction_begins BEFORE INSERT ON result_correction
BEGIN
  SELECT RAISE(ABORT, 'result_correction: of no confirmed result that counts')
  WHERE NOT EXISTS (SELECT 1 FROM result WHERE id = new.result_id AND confirmed_seq IS NOT NULL
    AND annulled_seq IS NULL);
  SELECT RAISE(ABORT, 'result_correction: made by somebody of the commission, or the candidate')
  FROM result r WHERE r.id = new.result_id AND (new.made_by IN (r.recorded_by, r.confirmed_by)
    OR EXISTS (SELECT 1 FROM commission_seat WHERE session_id = r.session_id
      AND person_id = new.made_by AND ended_how IS NOT 'in_error')
    OR new.made_by = (SELECT person_id FROM enrolment WHERE id = r.enrolment_id));
END;

-- An absence is excused that is confirmed and counts, and was not excused; and not by who was absent (R-616, R-021).
CREATE TRIGGER result_excuse_begins BEFORE INSERT ON result_excuse
BEGIN
  SELECT RAISE(ABORT, 'result_excuse: of no confirmed absence without excuse')
  WHERE NOT EXISTS (SELECT 1 FROM result WHERE id = new.result_id AND outcome = 'absent'
    AND attempt = new.attempt AND why IS NULL AND confirmed_seq IS NOT NULL AND annulled_seq IS NULL);
  SELECT RAISE(ABORT, 'result_excuse: made by who was absent')
  FROM result r JOIN enrolment e ON e.id = r.enrolment_id
  WHERE r.id = new.result_id AND e.person_id = new.made_by;
END;

-- The chair confirms, and neither what he or she recorded (R-024) nor his or her own result (R-021).
CREATE TRIGGER result_confirmed_by_chair BEFORE UPDATE ON result
WHEN new.confirmed_seq IS NOT NULL AND old.confirmed_seq IS NULL AND (
  new.confirmed_by IS NULL OR new.confirmed_by = old.recorded_by
  OR new.confirmed_by = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)
  OR NOT EXISTS (SELECT 1 FROM commission_seat WHERE session_id = old.session_id
    AND person_id = new.confirmed_by AND seat = 'chair' AND ended_seq IS NULL))
BEGIN SELECT RAISE(ABORT, 'result: confirmed by the chair, another person than the recorder'); END;

-- Nor where the hours are no longer there (R-530), nor where fewer have reviewed what was recorded last than the
-- edition asks (R-621). One trigger for both: they ask the same edition.
CREATE TRIGGER result_confirmed_short BEFORE UPDATE ON result
WHEN new.confirmed_seq IS NOT NULL AND old.confirmed_seq IS NULL
BEGIN
  SELECT CASE
    WHEN old.outcome <> 'absent' AND (h.enrolment_id IS NULL OR h.theory_quarters < d.theory_quarters
      OR h.practice_quarters < d.practice_quarters)
      AND NOT EXISTS (SELECT 1 FROM counted_hours n WHERE n.enrolment_id = old.enrolment_id
        AND n.theory_quarters >= d.theory_quarters AND n.practice_quarters >= d.practice_quarters)
      THEN RAISE(ABORT, 'result: the hours are not there any more')
    WHEN d.reviews_min > 0 AND d.reviews_min > (SELECT count(*) FROM result_review v
      WHERE v.result_id = (SELECT max(r.id) FROM result r WHERE r.session_id = old.session_id
        AND r.replaced_seq IS NULL AND r.confirmed_seq IS NULL))
      THEN RAISE(ABORT, 'result: fewer have reviewed it than the edition asks')
    END
  FROM session s JOIN cohort c ON c.id = s.cohort_id JOIN edition d ON d.id = c.edition_id
  LEFT JOIN enrolment_hours h ON h.enrolment_id = old.enrolment_id
  WHERE s.id = old.session_id;
END;

-- What waits for the chair is reviewed, by who sits there, does not chair and did not record it (R-621, R-024).
CREATE TRIGGER result_review_begins BEFORE INSERT ON result_review
BEGIN
  SELECT RAISE(ABORT, 'result_review: of nothing that waits for the chair')
  WHERE NOT EXISTS (SELECT 1 FROM result WHERE id = new.result_id AND replaced_seq IS NULL
    AND confirmed_seq IS NULL);
  SELECT RAISE(ABORT, 'result_review: by the recorder, or from no seat but the chair''s')
  FROM result r WHERE r.id = new.result_id AND (r.recorded_by = new.person_id
    OR NOT EXISTS (SELECT 1 FROM commission_seat WHERE session_id = r.session_id
      AND person_id = new.person_id AND seat <> 'chair' AND ended_seq IS NULL));
END;

-- Nor what was recorded or is confirmed by who has an interest in the candidate (R-603).
CREATE TRIGGER result_confirmed_impartial BEFORE UPDATE ON result
WHEN new.confirmed_seq IS NOT NULL AND old.confirmed_seq IS NULL AND EXISTS (
  SELECT 1 FROM enrolment e JOIN interest i ON i.candidate_id = e.person_id
  WHERE e.id = old.enrolment_id AND i.session_id = old.session_id
    AND i.person_id IN (new.confirmed_by, old.recorded_by))
BEGIN SELECT RAISE(ABORT, 'result: its chair or recorder has declared an interest'); END;

-- Who is admitted to a session that stands is enrolled in another cohort of its edition (R-604).
CREATE TRIGGER session_admission_begins BEFORE INSERT ON session_admission
BEGIN
  SELECT RAISE(ABORT, 'session_admission: the session is cancelled')
  FROM session WHERE id = new.session_id AND ended_seq IS NOT NULL;
  SELECT RAISE(ABORT, 'session_admission: not from another cohort of the edition')
  WHERE NOT EXISTS (SELECT 1 FROM session s JOIN cohort c ON c.id = s.cohort_id
    JOIN place p ON p.enrolment_id = new.enrolment_id AND p.ended_seq IS NULL
    JOIN cohort o ON o.id = p.cohort_id
    WHERE s.id = new.session_id AND o.id <> c.id AND o.edition_id = c.edition_id);
END;

-- Who sits in a commission declares, and in whom there is an interest has no result there that counts or waits (R-603).
CREATE TRIGGER interest_declaration_begins BEFORE INSERT ON interest_declaration
WHEN NOT EXISTS (SELECT 1 FROM commission_seat WHERE session_id = new.session_id
  AND person_id = new.person_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'interest_declaration: of nobody who sits there'); END;
CREATE TRIGGER interest_begins BEFORE INSERT ON interest
BEGIN
  SELECT RAISE(ABORT, 'interest: not of this declaration')
  WHERE NOT EXISTS (SELECT 1 FROM interest_declaration WHERE session_id = new.session_id
    AND person_id = new.person_id AND seq = new.seq);
  SELECT RAISE(ABORT, 'interest: a result of the candidate stands')
  FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  WHERE e.person_id = new.candidate_id AND r.session_id = new.session_id
    AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL;
END;

-- Nor where by now somebody of the commission trains the candidate's cohort or taught the candidate in the
-- edition's months before (R-022, R-030): what was recorded since may show it.
CREATE TRIGGER result_confirmed_untaught BEFORE UPDATE ON result
WHEN new.confirmed_seq IS NOT NULL AND old.confirmed_seq IS NULL AND (
  EXISTS (SELECT 1 FROM place p JOIN cohort_trainer t ON t.cohort_id = p.cohort_id
      AND t.ended_seq IS NULL
    JOIN commission_seat q ON q.session_id = old.session_id AND q.person_id = t.person_id
      AND q.ended_seq IS NULL
    WHERE p.enrolment_id = old.enrolment_id AND p.ended_seq IS NULL)
  OR EXISTS (SELECT 1 FROM enrolment e JOIN taught t ON t.person_id = e.person_id
    JOIN commission_seat q ON q.session_id = old.session_id AND q.person_id = t.trainer_id
      AND q.ended_seq IS NULL
    JOIN session s ON s.id = old.session_id
    WHERE e.id = old.enrolment_id AND t.last_on >= (
      SELECT min(date(s.held_on, -d.taught_bar_months || ' months'),
        date(s.held_on, 'start of month', (1 - d.taught_bar_months) || ' months', '-1 day'))
      FROM place p JOIN cohort c ON c.id = p.cohort_id JOIN edition d ON d.id = c.edition_id
      WHERE p.enrolment_id = old.enrolment_id AND p.ended_seq IS NULL)))
BEGIN SELECT RAISE(ABORT, 'result: somebody of the commission taught the candidate'); END;

-- Who has or had a seat annuls nothing of that session (R-026).
CREATE TRIGGER result_annulled_by_another BEFORE UPDATE ON result
WHEN new.annulled_seq IS NOT NULL AND old.annulled_seq IS NULL AND (
  new.annulled_by IS NULL OR new.annulled_by IN (old.recorded_by, old.confirmed_by)
  OR EXISTS (SELECT 1 FROM commission_seat
    WHERE session_id = old.session_id AND person_id = new.annulled_by
    AND ended_how IS NOT 'in_error')
  OR new.annulled_by = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)
  OR EXISTS (SELECT 1 FROM taught WHERE trainer_id = new.annulled_by
    AND person_id = (SELECT person_id FROM enrolment WHERE id = old.enrolment_id)))
BEGIN SELECT RAISE(ABORT, 'result: annulled by somebody outside the commission'); END;

-- Two natural persons, and neither of them whom it is about; within the days that a proposal waits (R-006,
-- R-021, R-122).
CREATE TRIGGER proposal_approved BEFORE UPDATE ON proposal
WHEN new.ended_how = 'approved' AND (new.ended_by IS NULL
  OR new.ended_on > old.last_day
  OR EXISTS (SELECT 1 FROM linked_number WHERE person_id = new.ended_by
    AND number IN (old.proposed_by, old.person_id)))
BEGIN SELECT RAISE(ABORT, 'proposal: approved by another person, in time'); END;

CREATE TRIGGER proposal_waits BEFORE INSERT ON proposal
WHEN new.proposed_by = new.person_id OR EXISTS (SELECT 1 FROM proposal
  WHERE person_id = new.person_id AND kind = new.kind AND ended_seq IS NULL
  AND last_day >= new.proposed_on)
BEGIN SELECT RAISE(ABORT, 'proposal: of oneself, or one waits already'); END;

-- Who recorded a bar does not approve that it was an error (R-028).
CREATE TRIGGER person_bar_withdrawn BEFORE UPDATE ON person_bar
WHEN new.ended_how = 'in_error' AND (new.ended_by IS NULL OR new.ended_by = old.made_by)
BEGIN SELECT RAISE(ABORT, 'person_bar: withdrawn by who recorded it'); END;

-- Who recorded a death does not approve that it was an error (R-028).
CREATE TRIGGER person_death_withdrawn BEFORE UPDATE ON person_death
WHEN new.ended_seq IS NOT NULL AND (new.ended_by IS NULL OR new.ended_by = old.made_by)
BEGIN SELECT RAISE(ABORT, 'person_death: withdrawn by who recorded it'); END;

-- The rules of the field.

-- Numbers are linked that are two people's yet (R-121), of whom no two IINs stand (R-122), by somebody else
-- (R-021).
CREATE TRIGGER person_link_begins BEFORE INSERT ON person_link
BEGIN
  SELECT RAISE(ABORT, 'person_link: one natural person already')
  FROM linked_number WHERE person_id = new.person_id AND number = new.other_id;
  SELECT RAISE(ABORT, 'person_link: two IINs stand')
  WHERE (SELECT count(DISTINCT i.number) FROM person_identifier i
    WHERE i.kind = 'iin' AND i.ended_seq IS NULL AND i.person_id IN (
      SELECT number FROM linked_number WHERE person_id IN (new.person_id, new.other_id))) > 1;
  SELECT RAISE(ABORT, 'person_link: made by whom it is about')
  FROM linked_number WHERE person_id IN (new.person_id, new.other_id) AND number = new.made_by;
END;

-- A link is ended by somebody else (R-021); that it was an error is not approved by who approved it (R-028).
CREATE TRIGGER person_link_ends BEFORE UPDATE ON person_link
WHEN new.ended_seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'person_link: ended by whom it is about')
  FROM linked_number WHERE person_id = old.person_id AND number = new.ended_by;
  SELECT RAISE(ABORT, 'person_link: called an error by who made it')
  FROM linked_number WHERE new.ended_how = 'in_error' AND person_id = old.made_by
    AND number = new.ended_by;
END;

-- What is told of a natural person is what the links that stand join (R-121).
CREATE TRIGGER natural_person_agrees_i AFTER INSERT ON natural_person
WHEN NOT EXISTS (SELECT 1 FROM person_link l
    WHERE (l.person_id = new.person_id OR l.other_id = new.person_id) AND l.ended_seq IS NULL)
  OR new.lowest_id IS NOT (
  WITH RECURSIVE joined (id) AS (SELECT new.person_id UNION
    SELECT iif(l.person_id = j.id, l.other_id, l.person_id) FROM joined j
    JOIN person_link l ON (l.person_id = j.id OR l.other_id = j.id) AND l.ended_seq IS NULL)
  SELECT min(id) FROM joined)
BEGIN SELECT RAISE(ABORT, 'natural_person: is not what links join'); END;
CREATE TRIGGER natural_person_agrees_u AFTER UPDATE ON natural_person
WHEN new.person_id <> old.person_id OR new.lowest_id IS NOT (
  WITH RECURSIVE joined (id) AS (SELECT new.person_id UNION
    SELECT iif(l.person_id = j.id, l.other_id, l.person_id) FROM joined j
    JOIN person_link l ON (l.person_id = j.id OR l.other_id = j.id) AND l.ended_seq IS NULL)
  SELECT min(id) FROM joined)
BEGIN SELECT RAISE(ABORT, 'natural_person: is not what links join'); END;
CREATE TRIGGER natural_person_stays_d BEFORE DELETE ON natural_person
WHEN EXISTS (SELECT 1 FROM person_link l
  WHERE (l.person_id = old.person_id OR l.other_id = old.person_id) AND l.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'natural_person: is not what links join'); END;

-- A bar holds for days in their order (R-118).
CREATE TRIGGER person_bar_days BEFORE INSERT ON person_bar
WHEN new.valid_until < new.valid_from
BEGIN SELECT RAISE(ABORT, 'person_bar: ends before it begins'); END;

-- Of one programme no two default editions are in force on one day (R-304); one that was closed before it
-- began never is.
CREATE TRIGGER edition_overlap BEFORE INSERT ON edition
WHEN new.is_default = 1 AND EXISTS (
  SELECT 1 FROM edition WHERE programme = new.programme AND is_default = 1
    AND valid_from <= coalesce(new.valid_until, '9999-12-31')
    AND coalesce(ended_on, valid_until, '9999-12-31') >= max(new.valid_from, valid_from))
BEGIN SELECT RAISE(ABORT, 'edition: another default is in force then'); END;

-- It is in force for days in their order.
CREATE TRIGGER edition_days BEFORE INSERT ON edition
WHEN new.valid_until < new.valid_from
BEGIN SELECT RAISE(ABORT, 'edition: ends before it begins'); END;

-- It is closed from the day before its first to the day before its last (R-301).
CREATE TRIGGER edition_closed BEFORE UPDATE OF ended_on ON edition
WHEN new.ended_on < date(old.valid_from, '-1 day') OR new.ended_on >= old.valid_until
BEGIN SELECT RAISE(ABORT, 'edition: closed on a day that is none of its days'); END;

-- Suspended are days of what was granted, each once (R-202); what stands from the same day on is that
-- suspension itself, which is ended by the same act.
CREATE TRIGGER entitlement_suspension_begins BEFORE INSERT ON entitlement_suspension
WHEN NOT EXISTS (SELECT 1 FROM entitlement_suspension
  WHERE organisation_id = new.organisation_id AND activity = new.activity AND ended_seq IS NULL
    AND valid_from = new.valid_from)
BEGIN
  SELECT RAISE(ABORT, 'entitlement_suspension: nothing was granted then')
  WHERE NOT EXISTS (SELECT 1 FROM entitlement
    WHERE organisation_id = new.organisation_id AND activity = new.activity AND ended_seq IS NULL
      AND new.valid_from BETWEEN valid_from AND coalesce(valid_until, '9999'));
  SELECT RAISE(ABORT, 'entitlement_suspension: is suspended on such a day')
  FROM entitlement_suspension
  WHERE organisation_id = new.organisation_id AND activity = new.activity AND ended_seq IS NULL
    AND valid_from <= coalesce(new.valid_until, '9999')
    AND new.valid_from <= coalesce(valid_until, '9999');
END;

-- Of an organisation one agreement is in force on a day. More than verification and the watch two persons agree on;
-- what only gets another last day they have agreed on before (R-206).
CREATE TRIGGER agreement_one BEFORE INSERT ON agreement
WHEN EXISTS (SELECT 1 FROM agreement
  WHERE organisation_id = new.organisation_id AND ended_seq IS NULL
    AND valid_from <= new.valid_until AND new.valid_from <= valid_until)
BEGIN SELECT RAISE(ABORT, 'agreement: one stands on such a day'); END;
CREATE TRIGGER agreement_agreed BEFORE INSERT ON agreement
WHEN instr(new.scope, 'reasons') AND NOT EXISTS (SELECT 1 FROM proposal
  WHERE ended_seq = new.seq AND ended_how = 'approved' AND kind = 'adopt_agreement')
  AND NOT EXISTS (SELECT 1 FROM agreement
  WHERE organisation_id = new.organisation_id AND ended_seq = new.seq AND number = new.number
    AND scope = new.scope AND valid_from = new.valid_from AND valid_until > new.valid_until)
BEGIN SELECT RAISE(ABORT, 'agreement: no two persons have agreed'); END;

-- A cohort begins while its edition is in force (R-304).
CREATE TRIGGER cohort_edition BEFORE INSERT ON cohort
WHEN EXISTS (
  SELECT 1 FROM edition WHERE id = new.edition_id AND (valid_from > new.starts_on
    OR coalesce(ended_on, valid_until, '9999-12-31') < new.starts_on))
BEGIN SELECT RAISE(ABORT, 'cohort: the edition is not in force'); END;

-- Of programme 2 it may be specialised, in what is in force on that day, before anybody has or awaits a place (R-306).
CREATE TRIGGER cohort_specialised BEFORE INSERT ON cohort_specialisation
BEGIN
  SELECT RAISE(ABORT, 'cohort_specialisation: only programme 2 is specialised')
  FROM cohort c JOIN edition d ON d.id = c.edition_id
  WHERE c.id = new.cohort_id AND d.programme <> 2;
  SELECT RAISE(ABORT, 'cohort_specialisation: is not in force')
  FROM cohort c JOIN specialisation s ON s.id = new.specialisation_id
  WHERE c.id = new.cohort_id AND (s.valid_from > c.starts_on OR s.valid_until < c.starts_on);
  SELECT RAISE(ABORT, 'cohort_specialisation: the cohort is in use')
  -- Who has a place, and who had one: two indexes.
  WHERE EXISTS (SELECT 1 FROM place WHERE cohort_id = new.cohort_id AND ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM place WHERE cohort_id = new.cohort_id AND ended_seq IS NOT NULL)
    OR EXISTS (SELECT 1 FROM waiting WHERE cohort_id = new.cohort_id);
END;

-- It follows another one of its programme, in force on its first day, before its first class and session alone
-- (R-305).
CREATE TRIGGER cohort_repinned BEFORE UPDATE ON cohort
WHEN new.edition_id <> old.edition_id
BEGIN
  SELECT RAISE(ABORT, 'cohort: has a class or a session, and keeps its edition')
  WHERE EXISTS (SELECT 1 FROM class WHERE cohort_id = old.id AND ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM session WHERE cohort_id = old.id AND ended_seq IS NULL);
  SELECT RAISE(ABORT, 'cohort: the other edition is of another programme, or not in force')
  FROM edition o JOIN edition n ON n.id = new.edition_id
  WHERE o.id = old.edition_id AND (n.programme <> o.programme OR n.valid_from > new.starts_on
    OR coalesce(n.ended_on, n.valid_until, '9999-12-31') < new.starts_on);
END;

-- No class is left outside a cohort's days, nor an attestation before them (R-430).
CREATE TRIGGER cohort_amended BEFORE UPDATE ON cohort
WHEN EXISTS (SELECT 1 FROM class WHERE cohort_id = old.id AND ended_seq IS NULL
    AND (held_on < new.starts_on OR (held_on > new.ends_on
      -- How late one makes up another is a setting's (R-507).
      AND NOT EXISTS (SELECT 1 FROM make_up WHERE class_id = class.id))))
  OR EXISTS (SELECT 1 FROM session WHERE cohort_id = old.id AND ended_seq IS NULL
    AND held_on < new.starts_on)
BEGIN SELECT RAISE(ABORT, 'cohort: a class or an attestation would be outside'); END;
CREATE TRIGGER cohort_amended_cancelled BEFORE UPDATE ON cohort
WHEN EXISTS (SELECT 1 FROM cohort_cancelled WHERE cohort_id = old.id)
BEGIN SELECT RAISE(ABORT, 'cohort: is cancelled'); END;

-- Cancelled once its sessions are, and nobody has a place (R-431).
CREATE TRIGGER cohort_cancelled_begins BEFORE INSERT ON cohort_cancelled
WHEN EXISTS (SELECT 1 FROM session WHERE cohort_id = new.cohort_id AND ended_seq IS NULL)
  OR EXISTS (SELECT 1 FROM place WHERE cohort_id = new.cohort_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'cohort_cancelled: a session or a trainee is there'); END;

-- Nobody gets a place where nothing will be (R-415).
CREATE TRIGGER place_closed BEFORE INSERT ON place
WHEN EXISTS (SELECT 1 FROM cohort_cancelled WHERE cohort_id = new.cohort_id)
BEGIN SELECT RAISE(ABORT, 'place: the cohort is cancelled'); END;

-- A cohort never exceeds its edition's group (R-413).
CREATE TRIGGER place_group BEFORE INSERT ON place
WHEN (SELECT e.group_max FROM cohort c JOIN edition e ON e.id = c.edition_id
    WHERE c.id = new.cohort_id AND e.group_max > 0)
  <= (SELECT count(*) FROM place WHERE cohort_id = new.cohort_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'place: the group is full'); END;

-- Admitted by age, education, bars (R-410, R-119) and the programme before (R-411), a certificate of it or training
-- elsewhere that was recognised in full (R-441), at the start of
-- training, which is the enrolment's first (R-420); nobody takes a programme that he or she holds (R-412), in the same
-- specialisation (R-306); a seminar, which is none, whoever likes (R-307).
-- Bars and certificates are those of all numbers of the natural person (R-122).
CREATE TRIGGER place_admitted BEFORE INSERT ON place
WHEN EXISTS (
  SELECT 1 FROM cohort c JOIN edition d ON d.id = c.edition_id
  JOIN person_detail p ON p.person_id = new.person_id AND p.ended_seq IS NULL
  JOIN (SELECT coalesce(
      (SELECT max(f.enrolled_on, k.starts_on) FROM place f JOIN cohort k ON k.id = f.cohort_id
        WHERE f.enrolment_id = new.enrolment_id ORDER BY f.seq LIMIT 1),
      (SELECT max(new.enrolled_on, starts_on) FROM cohort WHERE id = new.cohort_id)) AS day) s
  WHERE c.id = new.cohort_id AND (
    (d.age_min > 0 AND date(p.birth_date, '+' || d.age_min || ' years') > s.day)
    OR (d.higher_education = 1 AND p.education IS NOT 'higher')
    OR EXISTS (SELECT 1 FROM person_bar b WHERE b.ended_seq IS NULL
      AND b.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
      AND b.valid_from <= s.day AND (b.valid_until IS NULL OR b.valid_until >= s.day))
    OR (d.prerequisite > 0 AND NOT EXISTS (SELECT 1 FROM certificate_standing t
      WHERE t.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
        AND t.programme = d.prerequisite)
      AND NOT EXISTS (SELECT 1 FROM case_file f JOIN case_recognition r ON r.case_seq = f.seq
        WHERE f.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
          AND f.ended_how = 'recognised' AND r.programme = d.prerequisite))
    OR EXISTS (SELECT 1 FROM certificate_standing t WHERE t.programme = d.programme AND t.kind <> 'attendance'
      AND t.specialisation_id IS (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = c.id)
      AND t.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id))))
BEGIN SELECT RAISE(ABORT, 'place: not admitted'); END;

-- Who waits has no place there, nor trains there, and would get none now (R-417): the cohort has a limit, is not
-- cancelled, and no more places are free than people wait already.
CREATE TRIGGER waiting_begins BEFORE INSERT ON waiting
BEGIN
  SELECT RAISE(ABORT, 'waiting: a place is free')
  FROM cohort c JOIN edition d ON d.id = c.edition_id
  WHERE c.id = new.cohort_id AND (d.group_max = 0
    OR d.group_max - (SELECT count(*) FROM place WHERE cohort_id = c.id AND ended_seq IS NULL)
      > (SELECT count(*) FROM waiting WHERE cohort_id = c.id AND ended_seq IS NULL));
  SELECT RAISE(ABORT, 'waiting: the cohort is cancelled')
  FROM cohort_cancelled WHERE cohort_id = new.cohort_id;
  SELECT RAISE(ABORT, 'waiting: has a place there') FROM place
  WHERE cohort_id = new.cohort_id AND person_id = new.person_id AND ended_seq IS NULL;
  SELECT RAISE(ABORT, 'waiting: the trainer of the cohort') FROM cohort_trainer
  WHERE cohort_id = new.cohort_id AND person_id = new.person_id AND ended_seq IS NULL;
END;

-- Who waits is admitted as to a place that begins then (R-417, R-410 to R-412), under all numbers (R-122).
CREATE TRIGGER waiting_admitted BEFORE INSERT ON waiting
WHEN EXISTS (
  SELECT 1 FROM cohort c JOIN edition d ON d.id = c.edition_id
  JOIN person_detail p ON p.person_id = new.person_id AND p.ended_seq IS NULL
  WHERE c.id = new.cohort_id AND (
    (d.age_min > 0 AND date(p.birth_date, '+' || d.age_min || ' years') > max(new.since, c.starts_on))
    OR (d.higher_education = 1 AND p.education IS NOT 'higher')
    OR EXISTS (SELECT 1 FROM person_bar b WHERE b.ended_seq IS NULL
      AND b.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
      AND b.valid_from <= max(new.since, c.starts_on)
      AND (b.valid_until IS NULL OR b.valid_until >= max(new.since, c.starts_on)))
    OR (d.prerequisite > 0 AND NOT EXISTS (SELECT 1 FROM certificate_standing t
      WHERE t.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
        AND t.programme = d.prerequisite)
      AND NOT EXISTS (SELECT 1 FROM case_file f JOIN case_recognition r ON r.case_seq = f.seq
        WHERE f.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
          AND f.ended_how = 'recognised' AND r.programme = d.prerequisite))
    OR EXISTS (SELECT 1 FROM certificate_standing t WHERE t.programme = d.programme AND t.kind <> 'attendance'
      AND t.specialisation_id IS (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = c.id)
      AND t.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id))))
BEGIN SELECT RAISE(ABORT, 'waiting: not admitted'); END;

-- Another place of an enrolment is of its edition and begins where the last one ended (R-420), while
-- attempts are left (R-423). One that was an error never was (R-422): what stands before it counts.
CREATE TRIGGER place_follows BEFORE INSERT ON place
WHEN EXISTS (SELECT 1 FROM place WHERE enrolment_id = new.enrolment_id)
BEGIN
  SELECT RAISE(ABORT, 'place: before the last one ended')
  WHERE NOT EXISTS (SELECT 1 FROM place WHERE enrolment_id = new.enrolment_id
      AND ended_how IS NOT 'in_error')
    OR EXISTS (SELECT 1 FROM place WHERE enrolment_id = new.enrolment_id
      AND new.enrolled_on < ended_on);
  SELECT RAISE(ABORT, 'place: of another edition')
  FROM place p JOIN cohort c ON c.id = p.cohort_id
  WHERE p.enrolment_id = new.enrolment_id
    -- A cohort that he or she left may follow another since (R-305).
    AND p.seq = (SELECT max(seq) FROM place
      WHERE enrolment_id = new.enrolment_id AND ended_how IS NOT 'in_error')
    AND c.edition_id <> (SELECT edition_id FROM cohort WHERE id = new.cohort_id);
  SELECT RAISE(ABORT, 'place: of another specialisation')
  FROM place p WHERE p.enrolment_id = new.enrolment_id
    AND (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = p.cohort_id)
      IS NOT (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = new.cohort_id);
  SELECT RAISE(ABORT, 'place: out of attempts')
  FROM cohort c JOIN edition d ON d.id = c.edition_id
  -- A seminar has none (R-307).
  WHERE c.id = new.cohort_id AND d.programme <> 4 AND d.attempts_max <= (
    SELECT count(*) FROM result WHERE enrolment_id = new.enrolment_id
      AND attempt > 0 AND replaced_seq IS NULL AND annulled_seq IS NULL);
END;

-- Who passed, or waits for a result, is not withdrawn, and no class or attestation is later (R-420); what
-- was attended or examined was an enrolment (R-422).
CREATE TRIGGER place_ends BEFORE UPDATE ON place
WHEN new.ended_seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'place: ends before the last class')
  WHERE new.ended_on < old.enrolled_on OR new.ended_on < (
    SELECT last_on FROM enrolment_hours WHERE enrolment_id = old.enrolment_id);
  SELECT RAISE(ABORT, 'place: ends before an attestation')
  FROM result r JOIN session s ON s.id = r.session_id
  WHERE r.enrolment_id = old.enrolment_id AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL
    AND new.ended_on < s.held_on;
  SELECT RAISE(ABORT, 'place: passed, or a result is not confirmed')
  FROM result WHERE enrolment_id = old.enrolment_id AND replaced_seq IS NULL AND annulled_seq IS NULL
    AND (outcome = 'passed' OR confirmed_seq IS NULL);
  SELECT RAISE(ABORT, 'place: hours or results are there')
  WHERE new.ended_how = 'in_error' AND (
    EXISTS (SELECT 1 FROM attendance WHERE enrolment_id = old.enrolment_id AND ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM recognised_hours WHERE enrolment_id = old.enrolment_id)
    OR EXISTS (SELECT 1 FROM result WHERE enrolment_id = old.enrolment_id AND replaced_seq IS NULL));
END;

-- Who trains in a cohort is not trained in it (R-211).
CREATE TRIGGER place_not_trainer BEFORE INSERT ON place
WHEN EXISTS (SELECT 1 FROM cohort_trainer
  WHERE cohort_id = new.cohort_id AND person_id = new.person_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'place: the trainer of the cohort'); END;

-- Whose enrolment it is, whose place it is.
CREATE TRIGGER place_person BEFORE INSERT ON place
WHEN new.person_id <> (SELECT person_id FROM enrolment WHERE id = new.enrolment_id)
BEGIN SELECT RAISE(ABORT, 'place: of another person than the enrolment'); END;

-- Taught while the place is there, from its first day to its last (R-503).
CREATE TRIGGER attendance_order BEFORE INSERT ON attendance
WHEN NOT EXISTS (SELECT 1 FROM class k JOIN place p ON p.enrolment_id = new.enrolment_id
    AND p.cohort_id = k.cohort_id AND p.ended_how IS NOT 'in_error'
    AND k.held_on BETWEEN p.enrolled_on AND coalesce(p.ended_on, '9999')
  WHERE k.id = new.class_id)
BEGIN SELECT RAISE(ABORT, 'attendance: not on the days of the place'); END;

CREATE TRIGGER attendance_cohort BEFORE INSERT ON attendance
WHEN NOT EXISTS (SELECT 1 FROM class k JOIN place p ON p.enrolment_id = new.enrolment_id
    AND p.cohort_id = k.cohort_id AND p.ended_how IS NOT 'in_error'
  WHERE k.id = new.class_id AND k.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'attendance: no such class of the cohort stands'); END;

-- Not above the edition's hours a day for a person (R-501).
CREATE TRIGGER attendance_day BEFORE INSERT ON attendance
WHEN new.theory_quarters + new.practice_quarters + (
  SELECT coalesce(sum(a.theory_quarters + a.practice_quarters), 0)
  FROM enrolment own
  JOIN enrolment e ON e.person_id = own.person_id
  JOIN attendance a ON a.enrolment_id = e.id AND a.ended_seq IS NULL
  JOIN class k ON k.id = a.class_id
  WHERE own.id = new.enrolment_id
    AND k.held_on = (SELECT held_on FROM class WHERE id = new.class_id))
  > (SELECT d.day_quarters FROM class k JOIN cohort c ON c.id = k.cohort_id
    JOIN edition d ON d.id = c.edition_id WHERE k.id = new.class_id)
BEGIN SELECT RAISE(ABORT, 'attendance: above the hours of a day'); END;

-- Nobody attends two classes at once (R-501), midnight or not (R-502).
CREATE TRIGGER attendance_overlap BEFORE INSERT ON attendance
WHEN EXISTS (
  SELECT 1 FROM class n
  JOIN enrolment own ON own.id = new.enrolment_id
  JOIN enrolment e ON e.person_id = own.person_id
  JOIN attendance a ON a.enrolment_id = e.id AND a.ended_seq IS NULL
  JOIN class k ON k.id = a.class_id
  WHERE n.id = new.class_id AND k.id <> n.id
    AND k.held_on BETWEEN date(n.held_on, '-1 day') AND date(n.held_on, '+1 day')
    AND k.starts_minute + 1440 * (julianday(k.held_on) - julianday(n.held_on)) < n.ends_minute
    AND n.starts_minute < k.ends_minute + 1440 * (julianday(k.held_on) - julianday(n.held_on)))
BEGIN SELECT RAISE(ABORT, 'attendance: two classes at once'); END;

-- Nobody teaches himself (R-021).
CREATE TRIGGER attendance_self BEFORE INSERT ON attendance
WHEN (SELECT person_id FROM enrolment WHERE id = new.enrolment_id)
  = (SELECT trainer_id FROM class WHERE id = new.class_id)
BEGIN SELECT RAISE(ABORT, 'attendance: nobody teaches himself'); END;

-- A class holds no more hours than its time, 45 minutes each (R-501).
CREATE TRIGGER attendance_length BEFORE INSERT ON attendance
WHEN (new.theory_quarters + new.practice_quarters) * 45
  > (SELECT (ends_minute - starts_minute) * 4 FROM class WHERE id = new.class_id)
BEGIN SELECT RAISE(ABORT, 'attendance: more hours than the class is long'); END;

-- A class makes up one of its cohort that is over by then and makes up none itself (R-507).
CREATE TRIGGER make_up_begins BEFORE INSERT ON make_up
WHEN NOT EXISTS (SELECT 1 FROM class n JOIN class m ON m.id = new.missed_id
  WHERE n.id = new.class_id AND m.cohort_id = n.cohort_id AND n.ended_seq IS NULL AND m.ended_seq IS NULL
    AND 1440 * (julianday(n.held_on) - julianday(m.held_on)) + n.starts_minute >= m.ends_minute
    AND NOT EXISTS (SELECT 1 FROM make_up WHERE class_id = m.id))
BEGIN SELECT RAISE(ABORT, 'make_up: no class of the cohort that was missed before'); END;

-- What another makes up is told anew once that one is taken back (R-507).
CREATE TRIGGER class_made_up BEFORE UPDATE ON class
WHEN new.ended_seq IS NOT NULL AND EXISTS (SELECT 1 FROM make_up m JOIN class k ON k.id = m.class_id
  WHERE m.missed_id = old.id AND k.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'class: another makes it up'); END;

-- Nobody makes up more of a class than he or she missed, of each kind, nor one of a day without a place (R-507).
-- What was taught in it is the most that anybody attended.
CREATE TRIGGER attendance_makes_up BEFORE INSERT ON attendance
WHEN EXISTS (SELECT 1 FROM make_up WHERE class_id = new.class_id)
BEGIN
  SELECT RAISE(ABORT, 'attendance: makes up more than was missed')
  FROM make_up m JOIN class k ON k.id = m.missed_id
  WHERE m.class_id = new.class_id AND (NOT EXISTS (SELECT 1 FROM place p
      WHERE p.enrolment_id = new.enrolment_id AND p.cohort_id = k.cohort_id
        AND p.ended_how IS NOT 'in_error'
        AND k.held_on BETWEEN p.enrolled_on AND coalesce(p.ended_on, '9999'))
    OR new.theory_quarters + (SELECT coalesce(sum(a.theory_quarters), 0) FROM attendance a
        WHERE a.enrolment_id = new.enrolment_id AND a.ended_seq IS NULL AND (a.class_id = k.id
          OR a.class_id IN (SELECT class_id FROM make_up WHERE missed_id = k.id)))
      > (SELECT coalesce(max(theory_quarters), 0) FROM attendance
        WHERE class_id = k.id AND ended_seq IS NULL)
    OR new.practice_quarters + (SELECT coalesce(sum(a.practice_quarters), 0) FROM attendance a
        WHERE a.enrolment_id = new.enrolment_id AND a.ended_seq IS NULL AND (a.class_id = k.id
          OR a.class_id IN (SELECT class_id FROM make_up WHERE missed_id = k.id)))
      > (SELECT coalesce(max(practice_quarters), 0) FROM attendance
        WHERE class_id = k.id AND ended_seq IS NULL));
END;

-- Who passed is taught no more (R-508): hours may be corrected to fewer, never to more.
CREATE TRIGGER attendance_passed BEFORE INSERT ON attendance
WHEN EXISTS (SELECT 1 FROM result WHERE enrolment_id = new.enrolment_id AND outcome = 'passed'
  AND replaced_seq IS NULL AND annulled_seq IS NULL)
  AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.enrolment_id = new.enrolment_id
    AND a.class_id = new.class_id AND a.ended_seq = new.seq
    AND a.theory_quarters >= new.theory_quarters
    AND a.practice_quarters >= new.practice_quarters)
BEGIN SELECT RAISE(ABORT, 'attendance: has passed already'); END;

-- Hours on which a result rests are corrected by two persons (R-506).
CREATE TRIGGER attendance_examines BEFORE UPDATE ON attendance
WHEN EXISTS (SELECT 1 FROM result WHERE enrolment_id = old.enrolment_id
  AND replaced_seq IS NULL AND annulled_seq IS NULL)
  AND NOT EXISTS (SELECT 1 FROM proposal p JOIN enrolment e ON e.person_id = p.person_id
    WHERE e.id = old.enrolment_id AND p.kind = 'correct_hours' AND p.ended_how = 'approved'
    AND p.ended_seq = new.ended_seq)
BEGIN SELECT RAISE(ABORT, 'attendance: a result rests on it'); END;

-- Nobody teaches whom he or she examined, from the day so many months before that session on (R-023, the
-- day by R-015): hours recorded late must not get round it.
CREATE TRIGGER attendance_examined BEFORE INSERT ON attendance
WHEN EXISTS (
  SELECT 1 FROM class k
  JOIN enrolment own ON own.id = new.enrolment_id
  JOIN enrolment e ON e.person_id = own.person_id
  JOIN result r ON r.enrolment_id = e.id AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL
  JOIN session s ON s.id = r.session_id
  JOIN result_examiner q ON q.result_id = r.id AND q.person_id = k.trainer_id
  WHERE k.id = new.class_id AND k.held_on >= (
    SELECT min(date(s.held_on, -d.taught_bar_months || ' months'),
      date(s.held_on, 'start of month', (1 - d.taught_bar_months) || ' months', '-1 day'))
    FROM cohort c JOIN edition d ON d.id = c.edition_id WHERE c.id = k.cohort_id))
BEGIN SELECT RAISE(ABORT, 'attendance: the trainer examined the trainee'); END;

-- A trainer's day is measured by the clock, 45 minutes an academic hour (R-501).
CREATE TRIGGER class_day BEFORE INSERT ON class
WHEN new.ends_minute - new.starts_minute + (
  SELECT coalesce(sum(ends_minute - starts_minute), 0) FROM class
  WHERE trainer_id = new.trainer_id AND held_on = new.held_on AND ended_seq IS NULL)
  > (SELECT d.day_quarters * 45 / 4.0 FROM cohort c JOIN edition d ON d.id = c.edition_id
    WHERE c.id = new.cohort_id)
BEGIN SELECT RAISE(ABORT, 'class: above the hours of a day for the trainer'); END;

-- Nobody teaches two classes at once (R-501), midnight or not (R-502).
CREATE TRIGGER class_overlap BEFORE INSERT ON class
WHEN EXISTS (SELECT 1 FROM class WHERE trainer_id = new.trainer_id AND ended_seq IS NULL
  AND held_on BETWEEN date(new.held_on, '-1 day') AND date(new.held_on, '+1 day')
  AND starts_minute + 1440 * (julianday(held_on) - julianday(new.held_on)) < new.ends_minute
  AND new.starts_minute < ends_minute + 1440 * (julianday(held_on) - julianday(new.held_on)))
BEGIN SELECT RAISE(ABORT, 'class: the trainer teaches elsewhere then'); END;

-- A trainee of a cohort is not its trainer (R-211).
CREATE TRIGGER cohort_trainer_trainee BEFORE INSERT ON cohort_trainer
WHEN EXISTS (SELECT 1 FROM place
  WHERE cohort_id = new.cohort_id AND person_id = new.person_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'cohort_trainer: is a trainee of the cohort'); END;

-- Who goes held no class there behind the last day, and was there before it (R-211).
CREATE TRIGGER cohort_trainer_ends BEFORE UPDATE ON cohort_trainer
WHEN new.ended_on < old.since OR EXISTS (SELECT 1 FROM class
  WHERE cohort_id = old.cohort_id AND trainer_id = old.person_id AND held_on > new.ended_on
    AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'cohort_trainer: held a class behind the last day, or came behind it'); END;

-- A class is held by who trains in the cohort on its day (R-503, R-211).
CREATE TRIGGER class_trainer BEFORE INSERT ON class
WHEN NOT EXISTS (SELECT 1 FROM cohort_trainer
  WHERE cohort_id = new.cohort_id AND person_id = new.trainer_id
    AND (ended_seq IS NULL OR new.held_on <= ended_on) AND new.held_on >= coalesce(since, ''))
BEGIN SELECT RAISE(ABORT, 'class: not a trainer of the cohort'); END;

-- What was attended in a class ends before it does, so that sums know nothing of classes that ended.
CREATE TRIGGER class_attended BEFORE UPDATE OF ended_seq ON class
WHEN EXISTS (SELECT 1 FROM attendance WHERE class_id = old.id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'class: what was attended in it stands'); END;

-- A class counts nothing where what entitled its organisation does not any more, and there alone (R-204).
CREATE TRIGGER class_uncounted_agrees_i BEFORE INSERT ON class_uncounted
WHEN NOT EXISTS (SELECT 1 FROM class_lost WHERE id = new.class_id)
  OR EXISTS (SELECT 1 FROM class_uncounted WHERE class_id = new.class_id)
BEGIN SELECT RAISE(ABORT, 'class_uncounted: is not what entitlements say'); END;
CREATE TRIGGER class_uncounted_stays_u BEFORE UPDATE ON class_uncounted
BEGIN SELECT RAISE(ABORT, 'class_uncounted: is not what entitlements say'); END;
CREATE TRIGGER class_uncounted_stays_d BEFORE DELETE ON class_uncounted
WHEN EXISTS (SELECT 1 FROM class_lost WHERE id = old.class_id)
BEGIN SELECT RAISE(ABORT, 'class_uncounted: is not what entitlements say'); END;

CREATE TRIGGER enrolment_hours_agrees_i AFTER INSERT ON enrolment_hours
WHEN (new.theory_quarters, new.practice_quarters, new.last_on) IS NOT (
  SELECT sum(a.theory_quarters * (u.class_id IS NULL)),
    sum(a.practice_quarters * (u.class_id IS NULL)), max(k.held_on)
  FROM attendance a JOIN class k ON k.id = a.class_id
  LEFT JOIN class_uncounted u ON u.class_id = a.class_id
  WHERE a.enrolment_id = new.enrolment_id AND a.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'enrolment_hours: is not what attendance adds up to'); END;
CREATE TRIGGER enrolment_hours_agrees_u AFTER UPDATE ON enrolment_hours
WHEN new.enrolment_id <> old.enrolment_id
  OR (new.theory_quarters, new.practice_quarters, new.last_on) IS NOT (
  SELECT sum(a.theory_quarters * (u.class_id IS NULL)),
    sum(a.practice_quarters * (u.class_id IS NULL)), max(k.held_on)
  FROM attendance a JOIN class k ON k.id = a.class_id
  LEFT JOIN class_uncounted u ON u.class_id = a.class_id
  WHERE a.enrolment_id = new.enrolment_id AND a.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'enrolment_hours: is not what attendance adds up to'); END;
CREATE TRIGGER enrolment_hours_stays_d BEFORE DELETE ON enrolment_hours
WHEN EXISTS (SELECT 1 FROM attendance
  WHERE enrolment_id = old.enrolment_id AND ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'enrolment_hours: is not what attendance adds up to'); END;

CREATE TRIGGER taught_agrees_i AFTER INSERT ON taught
WHEN new.last_on IS NOT (SELECT max(k.held_on) FROM enrolment e
  JOIN attendance a ON a.enrolment_id = e.id JOIN class k ON k.id = a.class_id
  WHERE e.person_id = new.person_id AND k.trainer_id = new.trainer_id AND a.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'taught: is not what attendance says'); END;
CREATE TRIGGER taught_agrees_u AFTER UPDATE ON taught
WHEN new.person_id <> old.person_id OR new.trainer_id <> old.trainer_id
  OR new.last_on IS NOT (SELECT max(k.held_on) FROM enrolment e
  JOIN attendance a ON a.enrolment_id = e.id JOIN class k ON k.id = a.class_id
  WHERE e.person_id = new.person_id AND k.trainer_id = new.trainer_id AND a.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'taught: is not what attendance says'); END;
CREATE TRIGGER taught_stays_d BEFORE DELETE ON taught
WHEN EXISTS (SELECT 1 FROM enrolment e
  JOIN attendance a ON a.enrolment_id = e.id JOIN class k ON k.id = a.class_id
  WHERE e.person_id = old.person_id AND k.trainer_id = old.trainer_id AND a.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'taught: is not what attendance says'); END;

-- A seminar has no attestation (R-307).
CREATE TRIGGER session_of_seminar BEFORE INSERT ON session
WHEN (SELECT d.programme FROM cohort c JOIN edition d ON d.id = c.edition_id WHERE c.id = new.cohort_id) = 4
BEGIN SELECT RAISE(ABORT, 'session: a seminar has no attestation'); END;

-- A protocol's number is given once in a year of an organisation (R-601).
CREATE TRIGGER session_protocol_taken BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session s JOIN cohort c ON c.id = s.cohort_id
  WHERE s.protocol_number = new.protocol_number
    AND substr(s.planned_on, 1, 4) = substr(new.planned_on, 1, 4)
    AND c.organisation_id = (SELECT organisation_id FROM cohort WHERE id = new.cohort_id))
BEGIN SELECT RAISE(ABORT, 'session: the protocol''s number is taken in that year'); END;

-- A result begins unconfirmed and replaces none by the back door; not in a session that is cancelled
-- (R-602), not while an attempt waits for its
-- chair, nor after a pass (R-612), nor beyond the attempts or before the wait is over (R-611); an absence uses an
-- attempt only where the edition says so (R-616); not before the hours, theory and
-- practice each, nor before the last class (R-610), nor in another edition's session. The recorder sits in
-- the commission and does not chair it (R-613), and nobody in it is the candidate (R-021), trains his or
-- her cohort, or taught him or her in the edition's months before (R-022, the day by R-015). One trigger for all:
-- results come by the thousand, and each trigger costs as much as a look-up.
CREATE TRIGGER result_begins BEFORE INSERT ON result
BEGIN
  SELECT RAISE(ABORT, 'result: id is taken') FROM result WHERE id = new.id;
  SELECT RAISE(ABORT, 'result: begins unconfirmed, where none stands')
  WHERE new.replaced_seq IS NOT NULL OR new.confirmed_by IS NOT NULL
    OR new.confirmed_seq IS NOT NULL OR new.annulled_by IS NOT NULL OR new.annulled_seq IS NOT NULL;
  SELECT RAISE(ABORT, 'result: begins unconfirmed, where none stands')
  FROM result WHERE enrolment_id = new.enrolment_id
    AND replaced_seq IS NULL AND annulled_seq IS NULL
    AND (session_id = new.session_id OR ((new.outcome <> 'absent' OR new.attempt > 0)
      AND (outcome <> 'absent' OR attempt > 0)
      AND (outcome = 'passed' OR confirmed_seq IS NULL)));
  SELECT RAISE(ABORT, 'result: refers to what is not there') WHERE (SELECT CASE
    WHEN s.ended_seq IS NOT NULL THEN RAISE(ABORT, 'result: the session is cancelled')
    WHEN s.cohort_id <> p.cohort_id
      AND c.edition_id <> (SELECT edition_id FROM cohort WHERE id = s.cohort_id)
      THEN RAISE(ABORT, 'result: the session is of another edition')
    WHEN EXISTS (SELECT 1 FROM commission_seat
        WHERE session_id = new.session_id AND person_id = p.person_id AND ended_seq IS NULL)
      THEN RAISE(ABORT, 'result: a member of the commission is the candidate')
    WHEN EXISTS (SELECT 1 FROM cohort_trainer t CROSS JOIN commission_seat q
          ON q.session_id = new.session_id AND q.person_id = t.person_id AND q.ended_seq IS NULL
        WHERE t.cohort_id = p.cohort_id AND t.ended_seq IS NULL)
      OR EXISTS (SELECT 1 FROM taught t CROSS JOIN commission_seat q
          ON q.session_id = new.session_id AND q.person_id = t.trainer_id AND q.ended_seq IS NULL
        -- Asked of who sits there alone: a day costs more than a look-up.
        WHERE t.person_id = p.person_id AND iif(q.person_id = t.trainer_id,
          t.last_on >= min(date(s.held_on, -d.taught_bar_months || ' months'),
            date(s.held_on, 'start of month', (1 - d.taught_bar_months) || ' months', '-1 day')), 0))
      THEN RAISE(ABORT, 'result: a member of the commission taught the candidate')
    WHEN new.outcome = 'absent' AND new.attempt = 0 THEN 0
    WHEN (h.enrolment_id IS NULL OR h.theory_quarters < d.theory_quarters
      OR h.practice_quarters < d.practice_quarters)
      AND NOT EXISTS (SELECT 1 FROM counted_hours n WHERE n.enrolment_id = new.enrolment_id
        AND n.theory_quarters >= d.theory_quarters AND n.practice_quarters >= d.practice_quarters)
      THEN RAISE(ABORT, 'result: before the hours are there')
    WHEN h.last_on > s.held_on THEN RAISE(ABORT, 'result: before the last class')
    WHEN d.attempts_max <= (SELECT count(*) FROM result WHERE enrolment_id = new.enrolment_id
        AND attempt > 0 AND replaced_seq IS NULL AND annulled_seq IS NULL)
      THEN RAISE(ABORT, 'result: out of attempts')
    WHEN d.retake_wait_days > 0 AND EXISTS (SELECT 1 FROM result r
        JOIN session z ON z.id = r.session_id
        WHERE r.enrolment_id = new.enrolment_id AND r.session_id <> s.id AND r.attempt > 0
          AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL AND z.held_on <= s.held_on
          AND date(z.held_on, '+' || d.retake_wait_days || ' days') > s.held_on)
      -- Who is examined anew does not wait, before others than then (R-633).
      AND NOT EXISTS (SELECT 1 FROM re_examination x WHERE x.enrolment_id = new.enrolment_id
        AND s.held_on BETWEEN x.decided_on AND x.last_day
        AND NOT EXISTS (SELECT 1 FROM result o WHERE o.enrolment_id = x.enrolment_id AND o.seq > x.annulled_seq
          AND o.attempt > 0 AND o.replaced_seq IS NULL AND o.annulled_seq IS NULL)
        AND NOT EXISTS (SELECT 1 FROM commission_seat a JOIN commission_seat b
          ON b.session_id = s.id AND b.person_id = a.person_id AND b.ended_seq IS NULL
          WHERE a.session_id = x.session_id AND a.ended_how IS NOT 'in_error'))
      THEN RAISE(ABORT, 'result: before the wait is over')
    WHEN new.outcome = 'absent'
      AND (d.absence_uses_attempt = 0 OR new.why IS NOT NULL)
      THEN RAISE(ABORT, 'result: the absence uses no attempt')
    ELSE 0 END
  FROM place p JOIN session s ON s.id = new.session_id JOIN cohort c ON c.id = p.cohort_id
  JOIN edition d ON d.id = c.edition_id LEFT JOIN enrolment_hours h ON h.enrolment_id = p.enrolment_id
  WHERE p.enrolment_id = new.enrolment_id AND p.ended_seq IS NULL) IS NULL;
  SELECT RAISE(ABORT, 'result: recorded by a member of the commission, not the chair')
  WHERE NOT EXISTS (SELECT 1 FROM commission_seat
    WHERE session_id = new.session_id AND person_id = new.recorded_by AND seat <> 'chair'
      AND ended_seq IS NULL);
END;

-- A member's mark is of who sits or sat there, and not as secretary, where the edition keeps such (R-615).
CREATE TRIGGER member_mark_begins BEFORE INSERT ON member_mark
BEGIN
  SELECT RAISE(ABORT, 'member_mark: of nobody who marks there')
  WHERE NOT EXISTS (SELECT 1 FROM result r JOIN commission_seat q ON q.session_id = r.session_id
    WHERE r.id = new.result_id AND q.person_id = new.person_id AND q.seat <> 'secretary');
  SELECT RAISE(ABORT, 'member_mark: the edition keeps none')
  FROM result r JOIN session s ON s.id = r.session_id JOIN cohort c ON c.id = s.cohort_id
    JOIN edition d ON d.id = c.edition_id
  WHERE r.id = new.result_id AND d.member_marks = 0;
END;

-- What waits for the certifier is what results and certificates say (R-010).
CREATE TRIGGER uncertified_agrees_i BEFORE INSERT ON uncertified
WHEN NOT EXISTS (SELECT 1 FROM uncertified_pass WHERE enrolment_id = new.enrolment_id)
  OR EXISTS (SELECT 1 FROM uncertified WHERE enrolment_id = new.enrolment_id)
BEGIN SELECT RAISE(ABORT, 'uncertified: is not what waits'); END;

CREATE TRIGGER uncertified_stays_u BEFORE UPDATE ON uncertified
BEGIN SELECT RAISE(ABORT, 'uncertified: is not what waits'); END;

CREATE TRIGGER uncertified_stays_d BEFORE DELETE ON uncertified
WHEN EXISTS (SELECT 1 FROM uncertified_pass WHERE enrolment_id = old.enrolment_id)
BEGIN SELECT RAISE(ABORT, 'uncertified: is not what waits'); END;

-- No programme's certificate without a confirmed pass that stands (R-622, R-703), for the holder of the enrolment, in
-- a session of the same specialisation (R-306), and after it.
CREATE TRIGGER certificate_pass BEFORE INSERT ON certificate
WHEN new.kind = 'programme' AND NOT EXISTS (
  SELECT 1 FROM result r JOIN session s ON s.id = r.session_id
  JOIN enrolment e ON e.id = r.enrolment_id JOIN cohort c ON c.id = s.cohort_id
  JOIN edition d ON d.id = c.edition_id
  WHERE r.enrolment_id = new.enrolment_id AND r.outcome = 'passed'
    AND r.confirmed_seq IS NOT NULL AND r.annulled_seq IS NULL AND r.replaced_seq IS NULL
    AND e.person_id = new.person_id AND d.programme = new.programme
    AND (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = c.id)
      IS (SELECT specialisation_id FROM enrolment_specialisation WHERE enrolment_id = e.id LIMIT 1)
    AND new.issued_on >= s.held_on)
BEGIN SELECT RAISE(ABORT, 'certificate: no confirmed pass'); END;

-- A certificate of attendance rests on the hours of a seminar, by the holder of the enrolment (R-307); one that
-- replaces another on what that rests on.
CREATE TRIGGER certificate_attendance BEFORE INSERT ON certificate
WHEN new.kind = 'attendance' AND NOT EXISTS (SELECT 1 FROM certificate_mark WHERE other = new.number)
  AND NOT EXISTS (
  SELECT 1 FROM enrolment e JOIN place p ON p.enrolment_id = e.id AND p.ended_seq IS NULL
  JOIN cohort c ON c.id = p.cohort_id JOIN edition d ON d.id = c.edition_id
  JOIN enrolment_hours h ON h.enrolment_id = e.id
  WHERE e.id = new.enrolment_id AND e.person_id = new.person_id AND d.programme = 4
    AND h.theory_quarters >= d.theory_quarters AND h.practice_quarters >= d.practice_quarters)
BEGIN SELECT RAISE(ABORT, 'certificate: the hours of no seminar'); END;

-- One at a time of a programme and specialisation (R-306), under whatever enrolment (R-703) and of all numbers of the
-- natural person (R-122), of attendance one of each (R-307); of what was before this registry there may be more.
CREATE TRIGGER certificate_one BEFORE INSERT ON certificate
WHEN new.kind <> 'adopted' AND EXISTS (SELECT 1 FROM certificate_standing c WHERE c.kind = new.kind
  AND c.programme = new.programme AND (c.kind <> 'attendance' OR c.enrolment_id = new.enrolment_id)
  AND c.specialisation_id IS (SELECT specialisation_id FROM enrolment_specialisation
    WHERE enrolment_id = new.enrolment_id LIMIT 1)
  AND c.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id))
BEGIN SELECT RAISE(ABORT, 'certificate: there is one already'); END;

-- No School's certificate without three distinct programmes (R-308), an adopted one where the old
-- register says that the attestation was passed (R-742), each under any number of the natural person
-- (R-122). One that replaces another keeps what that was based on (R-723).
CREATE TRIGGER certificate_school BEFORE INSERT ON certificate
WHEN new.kind = 'school' AND NOT EXISTS (SELECT 1 FROM certificate_mark WHERE other = new.number)
  AND (SELECT count(DISTINCT programme)
  FROM certificate_standing c
  WHERE c.person_id IN (SELECT number FROM linked_number WHERE person_id = new.person_id)
    AND (c.kind = 'programme' OR EXISTS (SELECT 1 FROM adopted_certificate
      WHERE number = c.number AND attestation = 'yes'))) < 3
BEGIN SELECT RAISE(ABORT, 'certificate: three programmes are needed'); END;

-- Who decides neither taught nor examined the holder in the enrolment decided on, nor elsewhere within
-- 24 months before; nobody decides on himself (R-025, R-021). The School's certificate rests on
-- certificates alone; a name that has changed is no decision on training (R-721).
CREATE TRIGGER certificate_decider BEFORE INSERT ON certificate
BEGIN
  SELECT RAISE(ABORT, 'certificate: decided by the holder')
  FROM linked_number WHERE person_id = new.person_id AND number = new.decided_by;
  SELECT RAISE(ABORT, 'certificate: decided by who taught the holder')
  WHERE new.kind = 'programme' AND NOT EXISTS (
    SELECT 1 FROM certificate_mark WHERE other = new.number AND reason = 'name_change') AND (
    EXISTS (SELECT 1 FROM attendance a JOIN class k ON k.id = a.class_id
      WHERE a.enrolment_id = new.enrolment_id AND k.trainer_id = new.decided_by
        AND a.ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM taught
      WHERE person_id = new.person_id AND trainer_id = new.decided_by
      AND last_on >= min(date(new.issued_on, '-24 months'),
        date(new.issued_on, 'start of month', '-23 months', '-1 day'))));
  SELECT RAISE(ABORT, 'certificate: decided by who examined the holder')
  FROM enrolment e JOIN result r ON r.enrolment_id = e.id JOIN session s ON s.id = r.session_id
  JOIN result_examiner q ON q.result_id = r.id AND q.person_id = new.decided_by
  WHERE new.kind = 'programme' AND e.person_id = new.person_id AND NOT EXISTS (
    SELECT 1 FROM certificate_mark WHERE other = new.number AND reason = 'name_change')
    AND (e.id = new.enrolment_id OR s.held_on >= min(date(new.issued_on, '-24 months'),
      date(new.issued_on, 'start of month', '-23 months', '-1 day')));
END;

-- The School was entitled to issue on the day of issue (R-203).
CREATE TRIGGER certificate_entitled BEFORE INSERT ON certificate
WHEN new.kind <> 'adopted' AND NOT EXISTS (
  SELECT 1 FROM entitlement t JOIN organisation o ON o.id = t.organisation_id
  WHERE o.kind = 'school' AND t.activity = 'issue' AND t.ended_seq IS NULL AND t.valid_from <= new.issued_on
  AND (t.valid_until IS NULL OR t.valid_until >= new.issued_on))
BEGIN SELECT RAISE(ABORT, 'certificate: the School was not entitled to issue'); END;
CREATE TRIGGER certificate_suspended BEFORE INSERT ON certificate
WHEN new.kind <> 'adopted' AND EXISTS (
  SELECT 1 FROM entitlement_suspension t JOIN organisation o ON o.id = t.organisation_id
  WHERE o.kind = 'school' AND t.activity = 'issue' AND t.ended_seq IS NULL AND t.valid_from <= new.issued_on
  AND (t.valid_until IS NULL OR t.valid_until >= new.issued_on))
BEGIN SELECT RAISE(ABORT, 'certificate: what entitles the School to issue is suspended'); END;

-- A certificate is refused on a pass that stands, on which none stands, and not by its holder (R-704, R-021).
CREATE TRIGGER certificate_refusal_begins BEFORE INSERT ON certificate_refusal
BEGIN
  SELECT RAISE(ABORT, 'certificate_refusal: of no pass that stands')
  WHERE NOT EXISTS (SELECT 1 FROM result WHERE id = new.result_id AND outcome = 'passed'
    AND confirmed_seq IS NOT NULL AND annulled_seq IS NULL AND replaced_seq IS NULL);
  SELECT RAISE(ABORT, 'certificate_refusal: made by who passed')
  FROM result r JOIN enrolment e ON e.id = r.enrolment_id
  WHERE r.id = new.result_id AND e.person_id = new.made_by;
  SELECT RAISE(ABORT, 'certificate_refusal: there is a certificate')
  FROM result r JOIN enrolment e ON e.id = r.enrolment_id
    JOIN certificate_standing c ON c.person_id = e.person_id AND c.enrolment_id = e.id
  WHERE r.id = new.result_id;
END;

-- Another ends a refusal than made it (R-028), and than was refused (R-021).
CREATE TRIGGER certificate_refusal_ends BEFORE UPDATE ON certificate_refusal
BEGIN
  SELECT RAISE(ABORT, 'certificate_refusal: ended by who made it')
  WHERE new.ended_by = old.made_by;
  SELECT RAISE(ABORT, 'certificate_refusal: ended by who was refused')
  FROM result r JOIN enrolment e ON e.id = r.enrolment_id
  WHERE r.id = old.result_id AND e.person_id = new.ended_by;
END;

-- Nothing is issued on a pass while it is refused (R-704).
CREATE TRIGGER certificate_not_refused BEFORE INSERT ON certificate
WHEN EXISTS (
  SELECT 1 FROM result r JOIN certificate_refusal f ON f.result_id = r.id
  WHERE r.enrolment_id = new.enrolment_id AND r.annulled_seq IS NULL AND f.ended_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'certificate: it is refused'); END;

-- What is issued instead is the holder's, for the same, by who replaced the old one (R-721); that one is
-- replaced from the issue, at a renewal from the new one's first day (R-722). Days stay, but for a
-- renewal, which begins where the old one ends. An expired one is renewed alone, a suspended one not
-- replaced (R-714).
CREATE TRIGGER certificate_replaces BEFORE INSERT ON certificate
BEGIN
  SELECT RAISE(ABORT, 'certificate: is not what it replaces')
  FROM certificate_mark m JOIN certificate c ON c.number = m.number
  WHERE m.other = new.number AND (c.kind = 'adopted' OR new.kind <> c.kind
    OR new.person_id <> c.person_id OR new.enrolment_id IS NOT c.enrolment_id
    OR new.decided_by <> m.made_by OR new.seq <> m.seq);
  SELECT RAISE(ABORT, 'certificate: its days are not those of what it replaces')
  FROM certificate_mark m JOIN certificate c ON c.number = m.number
  WHERE m.other = new.number AND m.reason <> 'renewal' AND (m.since <> new.issued_on
    OR new.valid_from <> c.valid_from OR new.valid_until IS NOT c.valid_until
    OR c.valid_until < new.issued_on);
  SELECT RAISE(ABORT, 'certificate: its days do not follow those of what it renews')
  FROM certificate_mark m JOIN certificate c ON c.number = m.number
  WHERE m.other = new.number AND m.reason = 'renewal' AND (c.valid_until IS NULL
    OR m.since <> new.valid_from
    OR new.valid_from <> max(new.issued_on, date(c.valid_until, '+1 day')));
  SELECT RAISE(ABORT, 'certificate: what it replaces is suspended')
  FROM certificate_mark m JOIN certificate_mark s ON s.number = m.number
  WHERE m.other = new.number AND s.kind = 'suspended' AND s.ended_seq IS NULL
    AND new.issued_on BETWEEN s.since AND coalesce(s.until, '9999')
    AND NOT EXISTS (SELECT 1 FROM mark_stayed y
      WHERE y.number = s.number AND y.mark_seq = s.seq AND y.since <= new.issued_on);
END;

-- Serials of a year follow one another without a gap, but for those that were burned, which no
-- certificate ever gets (R-705).
CREATE TRIGGER certificate_serial BEFORE INSERT ON certificate
WHEN new.number <> new.number / 1000000 * 1000000 + 1 + max(
  coalesce((SELECT max(number) FROM certificate WHERE number > new.number / 1000000 * 1000000
    AND number < (new.number / 1000000 + 1) * 1000000), 0) % 1000000,
  coalesce((SELECT max(last) FROM burned_serials WHERE year = new.number / 1000000), 0))
BEGIN SELECT RAISE(ABORT, 'certificate: the serial does not follow the last'); END;

-- What an old register says is said of a certificate that is adopted, in the year of its issue.
CREATE TRIGGER adopted_certificate_agrees BEFORE INSERT ON adopted_certificate
WHEN NOT EXISTS (SELECT 1 FROM certificate WHERE number = new.number AND kind = 'adopted'
  AND CAST(substr(issued_on, 1, 4) AS INTEGER) = new.year)
BEGIN SELECT RAISE(ABORT, 'adopted_certificate: is not what the certificate says'); END;

-- A certificate is revoked once, and then neither suspended nor replaced (R-711, R-713, R-714); it is
-- replaced once, by what is not there yet, and then not suspended. Nothing stands against it before its
-- issue, nor two suspensions on one day, nor what its holder made (R-021).
CREATE TRIGGER certificate_mark_begins BEFORE INSERT ON certificate_mark
BEGIN
  SELECT RAISE(ABORT, 'certificate_mark: before the issue')
  FROM certificate WHERE number = new.number AND new.since < issued_on;
  SELECT RAISE(ABORT, 'certificate_mark: made by the holder')
  FROM certificate WHERE number = new.number AND person_id = new.made_by;
  SELECT RAISE(ABORT, 'certificate_mark: the certificate is revoked')
  FROM certificate_mark WHERE number = new.number AND kind = 'revoked' AND ended_seq IS NULL;
  SELECT RAISE(ABORT, 'certificate_mark: is suspended on such a day')
  FROM certificate_mark WHERE new.kind = 'suspended' AND number = new.number
    AND kind = 'suspended' AND ended_seq IS NULL
    AND since <= coalesce(new.until, '9999') AND new.since <= coalesce(until, '9999');
  SELECT RAISE(ABORT, 'certificate_mark: the certificate is replaced')
  FROM certificate_mark WHERE number = new.number AND kind = 'replaced' AND ended_seq IS NULL
    AND (new.kind = 'replaced' OR (new.kind = 'suspended' AND since <= new.since));
  SELECT RAISE(ABORT, 'certificate_mark: what replaces it is there already')
  FROM certificate WHERE number = new.other;
END;

-- What stands again rests on a pass that stands (R-731), and beside no other of the same (R-715): not what
-- replaced it either, unless that is revoked.
CREATE TRIGGER certificate_mark_ends BEFORE UPDATE ON certificate_mark
WHEN new.ended_seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'certificate_mark: the pass is annulled')
  FROM certificate c WHERE c.number = old.number AND c.kind = 'programme' AND NOT EXISTS (
    SELECT 1 FROM result WHERE enrolment_id = c.enrolment_id AND outcome = 'passed'
      AND confirmed_seq IS NOT NULL AND annulled_seq IS NULL AND replaced_seq IS NULL);
  SELECT RAISE(ABORT, 'certificate_mark: another certificate stands instead')
  FROM certificate c JOIN certificate_standing s ON s.person_id = c.person_id AND s.kind = c.kind
    AND s.programme = c.programme AND s.number <> c.number
    AND (c.kind <> 'attendance' OR s.enrolment_id = c.enrolment_id)
    AND s.specialisation_id IS (SELECT specialisation_id FROM enrolment_specialisation
      WHERE enrolment_id = c.enrolment_id LIMIT 1)
  WHERE c.number = old.number AND old.kind IN ('revoked', 'replaced') AND c.kind <> 'adopted'
    AND NOT EXISTS (SELECT 1 FROM certificate_mark m WHERE m.number = old.number
      AND m.seq <> old.seq AND m.kind IN ('revoked', 'replaced') AND m.ended_seq IS NULL);
END;

-- Another ends it than made it (R-028), and than holds the certificate (R-021).
CREATE TRIGGER certificate_mark_ended_by_another BEFORE UPDATE ON certificate_mark
WHEN new.ended_seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'certificate_mark: ended by who made it')
  WHERE new.ended_by IS NULL OR new.ended_by = old.made_by;
  SELECT RAISE(ABORT, 'certificate_mark: ended by the holder')
  FROM certificate WHERE number = old.number AND person_id = new.ended_by;
END;

-- A duplicate is of a paper of ours that stands on the day it is made (R-716), one after another, and not
-- made by the holder (R-021); it was asked for from the issue on.
CREATE TRIGGER certificate_duplicate_made BEFORE INSERT ON certificate_duplicate
BEGIN
  SELECT RAISE(ABORT, 'certificate_duplicate: does not follow the last')
  WHERE new.copy <> 1 + (
    SELECT coalesce(max(copy), 0) FROM certificate_duplicate WHERE number = new.number);
  SELECT RAISE(ABORT, 'certificate_duplicate: is of no paper of ours, not in its days, or made by the holder')
  FROM certificate WHERE number = new.number AND (kind = 'adopted' OR new.stated_on < issued_on
    OR valid_until < new.made_on OR person_id = new.made_by);
  SELECT RAISE(ABORT, 'certificate_duplicate: the certificate does not stand')
  FROM certificate_mark m WHERE m.number = new.number AND m.ended_seq IS NULL AND (m.kind = 'revoked'
    OR (new.made_on BETWEEN m.since AND coalesce(m.until, '9999') AND NOT EXISTS (
      SELECT 1 FROM mark_stayed y
      WHERE y.number = m.number AND y.mark_seq = m.seq AND y.since <= new.made_on)));
END;

-- What verification answers is what the certificate, its marks and its duplicates say.
CREATE TRIGGER verification_agrees BEFORE INSERT ON verification
WHEN new.mark IS NOT NULL OR NOT EXISTS (SELECT 1 FROM certificate WHERE number = new.number
  AND code IS new.code
  AND julianday(max(valid_from, issued_on)) - 2440587.5 = new.valid_from_day
  AND julianday(valid_until) - 2440587.5 IS new.valid_until_day)
BEGIN SELECT RAISE(ABORT, 'verification: is not what the certificate says'); END;

CREATE TRIGGER verification_marked BEFORE UPDATE ON verification
WHEN (new.mark IS NULL) = (
  EXISTS (SELECT 1 FROM certificate_mark WHERE number = old.number AND ended_seq IS NULL)
  OR EXISTS (SELECT 1 FROM certificate_duplicate WHERE number = old.number))
BEGIN SELECT RAISE(ABORT, 'verification: changes with what stands against the certificate'); END;

-- It names the one that was issued instead, which is there by then.
CREATE TRIGGER verification_succeeded BEFORE UPDATE ON verification
WHEN EXISTS (SELECT 1 FROM certificate_mark WHERE number = old.number AND other IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM certificate WHERE number = other))
BEGIN SELECT RAISE(ABORT, 'verification: what replaces the certificate is not there'); END;

-- A case is received by another than whom it is about (R-021), once the person was told of what it contests.
CREATE TRIGGER case_file_received BEFORE INSERT ON case_file
WHEN new.received_by = new.person_id OR new.told_on > new.received_on
BEGIN SELECT RAISE(ABORT, 'case_file: received by whom it is about, or before the person was told'); END;

-- It is ended by another than whom it is about, from its receipt on; decided by who has no hand in what it
-- contests (R-027), and while nothing is missing (R-043); an entry in the register is refused all the same. Anew is
-- examined whose result is contested (R-633).
CREATE TRIGGER case_file_ended BEFORE UPDATE ON case_file
WHEN new.ended_seq IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'case_file: ended by whom it is about, or before it was received')
  WHERE new.ended_by IS NULL OR new.ended_by = old.person_id
    OR new.ended_on IS NULL OR new.ended_on < old.received_on;
  SELECT RAISE(ABORT, 'case_file: decided by who has a hand in what it contests')
  FROM case_hand WHERE new.ended_how <> 'withdrawn' AND case_seq = old.seq
    AND person_id = new.ended_by;
  SELECT RAISE(ABORT, 'case_file: decided while something is missing')
  FROM case_step s WHERE new.ended_how <> 'withdrawn' AND s.case_seq = old.seq
    AND NOT (old.kind = 'entry' AND new.ended_how = 'refused')
    AND s.step = 'returned' AND NOT EXISTS (SELECT 1 FROM case_step c
      WHERE c.case_seq = old.seq AND c.step = 'completed' AND c.seq > s.seq);
  SELECT RAISE(ABORT, 'case_file: examined anew without a result that is contested')
  WHERE new.ended_how = 're_examination' AND NOT EXISTS (SELECT 1 FROM case_contested
    WHERE case_seq = old.seq AND kind = 'result');
END;

-- What is applied for is said of an application alone (R-401), and such a case is not extended (R-044).
CREATE TRIGGER case_application_is BEFORE INSERT ON case_application
WHEN NOT EXISTS (SELECT 1 FROM case_file WHERE seq = new.case_seq AND kind = 'application')
BEGIN SELECT RAISE(ABORT, 'case_application: the case is none'); END;
CREATE TRIGGER case_step_of_application BEFORE INSERT ON case_step
WHEN new.step = 'extended'
  AND EXISTS (SELECT 1 FROM case_file WHERE seq = new.case_seq AND kind IN ('application', 'entry'))
BEGIN SELECT RAISE(ABORT, 'case_step: an application is not extended'); END;

-- What is to be recognised is said of a recognition alone (R-440).
CREATE TRIGGER case_recognition_is BEFORE INSERT ON case_recognition
WHEN NOT EXISTS (SELECT 1 FROM case_file WHERE seq = new.case_seq AND kind = 'recognition')
BEGIN SELECT RAISE(ABORT, 'case_recognition: the case is none'); END;

-- What is to be published is said of an application for an entry in the register alone (R-802).
CREATE TRIGGER case_entry_is BEFORE INSERT ON case_entry
WHEN NOT EXISTS (SELECT 1 FROM case_file WHERE seq = new.case_seq AND kind = 'entry')
BEGIN SELECT RAISE(ABORT, 'case_entry: the case is none'); END;

-- An entry in the register is made by the decision on an application of that person (R-802), under the next number of
-- its year, and beside none that is not ended (R-801).
CREATE TRIGGER register_entry_made BEFORE INSERT ON register_entry
BEGIN
  SELECT RAISE(ABORT, 'register_entry: not what was decided')
  WHERE NOT EXISTS (SELECT 1 FROM case_file WHERE seq = new.case_seq AND person_id = new.person_id
    AND ended_how = 'entered' AND ended_seq = new.seq AND ended_on = new.entered_on
    AND ended_by = new.entered_by);
  SELECT RAISE(ABORT, 'register_entry: not the next number of its year')
  WHERE new.number <> 1 + coalesce((SELECT max(number) FROM register_entry
      WHERE number > 1000000 * CAST(substr(new.entered_on, 1, 4) AS INTEGER)
        AND number < 1000000 * (1 + CAST(substr(new.entered_on, 1, 4) AS INTEGER))),
    1000000 * CAST(substr(new.entered_on, 1, 4) AS INTEGER));
  SELECT RAISE(ABORT, 'register_entry: stands in the register already')
  FROM register_entry r WHERE r.person_id IN (
      SELECT number FROM linked_number WHERE person_id = new.person_id)
    AND NOT EXISTS (SELECT 1 FROM entry_mark m WHERE m.number = r.number AND m.kind = 'excluded'
      AND m.since <= new.entered_on);
END;

-- An entry is suspended on a complaint of its mediator that was confirmed, once for each (R-807), not on days on which
-- it is suspended already; it is ended once (R-808), and then not suspended. Never by whom it is about (R-021).
CREATE TRIGGER entry_mark_begins BEFORE INSERT ON entry_mark
BEGIN
  SELECT RAISE(ABORT, 'entry_mark: before the entry, or made by whom it is about')
  FROM register_entry WHERE number = new.number
    AND (new.since < entered_on OR person_id = new.made_by);
  SELECT RAISE(ABORT, 'entry_mark: the entry is ended')
  FROM entry_mark WHERE number = new.number AND kind = 'excluded';
  SELECT RAISE(ABORT, 'entry_mark: is suspended on such a day, or on this complaint')
  FROM entry_mark WHERE new.kind = 'suspended' AND number = new.number AND kind = 'suspended'
    AND (case_seq = new.case_seq OR since <= new.until AND until >= new.since);
  SELECT RAISE(ABORT, 'entry_mark: no complaint of the mediator was confirmed')
  WHERE new.kind = 'suspended' AND NOT EXISTS (SELECT 1 FROM case_file f
    JOIN register_entry r ON r.number = new.number
    WHERE f.seq = new.case_seq AND f.kind = 'complaint' AND f.ended_how = 'confirmed'
      AND f.ended_by <> new.made_by AND f.person_id IN (
        SELECT number FROM linked_number WHERE person_id = r.person_id));
END;

-- What is published of an entry is corrected while it is not ended, from no day before the entry or the correction
-- before (R-809), never by whom it is about (R-021).
CREATE TRIGGER entry_published_begins BEFORE INSERT ON entry_published
BEGIN
  SELECT RAISE(ABORT, 'entry_published: before the entry, or made by whom it is about')
  FROM register_entry WHERE number = new.number
    AND (new.since < entered_on OR person_id = new.made_by);
  SELECT RAISE(ABORT, 'entry_published: the entry is ended')
  FROM entry_mark WHERE number = new.number AND kind = 'excluded';
  SELECT RAISE(ABORT, 'entry_published: before the correction that it follows')
  FROM entry_published WHERE number = new.number AND since > new.since;
END;

-- Nobody records what he or she learned (R-021).
CREATE TRIGGER learning_begins BEFORE INSERT ON learning
BEGIN
  SELECT RAISE(ABORT, 'learning: recorded by whom it is about')
  WHERE new.recorded_by IN (SELECT number FROM linked_number WHERE person_id = new.person_id);
END;

-- Nor what he or she did (R-021, R-811).
CREATE TRIGGER practice_begins BEFORE INSERT ON practice
BEGIN
  SELECT RAISE(ABORT, 'practice: recorded by whom it is about')
  WHERE new.recorded_by IN (SELECT number FROM linked_number WHERE person_id = new.person_id);
END;

-- What stands is checked, by another person than who recorded it and whom it is about (R-810).
CREATE TRIGGER learning_check_begins BEFORE INSERT ON learning_check
BEGIN
  SELECT RAISE(ABORT, 'learning_check: of what does not stand')
  FROM learning WHERE seq = new.learning_seq AND ended_seq IS NOT NULL;
  SELECT RAISE(ABORT, 'learning_check: by who recorded it, or whom it is about')
  FROM learning l WHERE l.seq = new.learning_seq AND EXISTS (
    SELECT 1 FROM linked_number n WHERE n.person_id = new.checked_by
      AND n.number IN (l.recorded_by, l.person_id));
END;

-- Hours elsewhere count by a decision in part, in an enrolment of that person and programme that has a place, no more
-- of a kind than the paper has (R-440, R-441); never beside a pass (R-508), nor by who taught or examined there (R-025).
CREATE TRIGGER recognised_hours_begin BEFORE INSERT ON recognised_hours
BEGIN
  SELECT RAISE(ABORT, 'recognised_hours: not what was decided')
  WHERE NOT EXISTS (SELECT 1 FROM case_file f JOIN case_recognition r ON r.case_seq = f.seq
    JOIN place p ON p.enrolment_id = new.enrolment_id AND p.person_id = f.person_id AND p.ended_seq IS NULL
    JOIN cohort c ON c.id = p.cohort_id JOIN edition d ON d.id = c.edition_id
    WHERE f.seq = new.case_seq AND f.ended_how = 'recognised_part' AND f.ended_seq = new.seq
      AND d.programme = r.programme AND new.theory_quarters <= r.theory_quarters
      AND new.practice_quarters <= r.practice_quarters);
  SELECT RAISE(ABORT, 'recognised_hours: beside a pass') FROM result
  WHERE enrolment_id = new.enrolment_id AND outcome = 'passed' AND replaced_seq IS NULL
    AND annulled_seq IS NULL;
  SELECT RAISE(ABORT, 'recognised_hours: decided by who taught or examined there') FROM case_file f
  WHERE f.seq = new.case_seq AND (
    EXISTS (SELECT 1 FROM attendance a JOIN class k ON k.id = a.class_id
      WHERE a.enrolment_id = new.enrolment_id AND a.ended_seq IS NULL AND k.trainer_id = f.ended_by)
    OR EXISTS (SELECT 1 FROM result r JOIN commission_seat q ON q.session_id = r.session_id
      WHERE r.enrolment_id = new.enrolment_id AND q.person_id = f.ended_by
        AND q.ended_how IS NOT 'in_error'));
END;

-- Steps are taken between receipt and end, but that the decision was told; what was returned is completed,
-- and nothing else (R-040), and the deadline is extended once (R-044). What is contested and stands is stayed once
-- (R-632), by who has no hand in it (R-027), and then the case is not returned: it would lapse.
CREATE TRIGGER case_step_follows BEFORE INSERT ON case_step
BEGIN
  SELECT RAISE(ABORT, 'case_step: taken by whom the case is about')
  FROM case_file WHERE seq = new.case_seq AND person_id = new.made_by;
  SELECT RAISE(ABORT, 'case_step: before the receipt, or on the wrong side of the end')
  FROM case_file WHERE seq = new.case_seq AND (new.held_on < received_on
    OR (new.step <> 'notified') = (ended_seq IS NOT NULL));
  SELECT RAISE(ABORT, 'case_step: what was returned is completed, and nothing else')
  WHERE new.step <> 'notified' AND (new.step = 'completed') <> ('returned' IS (
    SELECT step FROM case_step WHERE case_seq = new.case_seq AND step IN ('returned', 'completed')
    ORDER BY seq DESC LIMIT 1));
  SELECT RAISE(ABORT, 'case_step: is taken once')
  FROM case_step WHERE case_seq = new.case_seq AND step = new.step
    AND new.step IN ('acknowledged', 'extended', 'notified', 'stayed');
  SELECT RAISE(ABORT, 'case_step: what is stayed is not returned')
  FROM case_step WHERE case_seq = new.case_seq AND step = 'stayed' AND new.step = 'returned';
  SELECT RAISE(ABORT, 'case_step: stayed by who has a hand in what is contested')
  FROM case_hand WHERE new.step = 'stayed' AND case_seq = new.case_seq AND person_id = new.made_by;
  SELECT RAISE(ABORT, 'case_step: nothing that is contested stands')
  WHERE new.step = 'stayed' AND NOT EXISTS (SELECT 1 FROM case_contested k
    JOIN certificate_mark m ON m.number = k.number AND m.seq = k.act_seq
    WHERE k.case_seq = new.case_seq AND m.ended_seq IS NULL);
END;

-- An open case is given to somebody from outside who has no hand in it (R-027) and no role at the School, by another
-- and not to whom it is about (R-021), and where no arbiter of the School is free (R-631).
CREATE TRIGGER case_arbiter_appointed BEFORE INSERT ON case_arbiter
BEGIN
  SELECT RAISE(ABORT, 'case_arbiter: whom the case is about, or oneself, or the case has ended')
  FROM case_file WHERE seq = new.case_seq
    AND (new.person_id = person_id OR new.person_id = new.made_by OR ended_seq IS NOT NULL);
  SELECT RAISE(ABORT, 'case_arbiter: has a hand in what is contested')
  FROM case_hand WHERE case_seq = new.case_seq AND person_id = new.person_id;
  SELECT RAISE(ABORT, 'case_arbiter: has a role at the School')
  FROM role_grant g JOIN organisation o ON o.id = g.organisation_id
  WHERE g.person_id = new.person_id AND g.ended_seq IS NULL AND o.kind = 'school';
  SELECT RAISE(ABORT, 'case_arbiter: an arbiter of the School is free')
  FROM role_grant g JOIN case_file f ON f.seq = new.case_seq
  WHERE g.role = 'arbiter' AND g.ended_seq IS NULL AND g.person_id IS NOT f.person_id
    AND NOT EXISTS (SELECT 1 FROM case_hand h
      WHERE h.case_seq = new.case_seq AND h.person_id = g.person_id);
END;

-- An annulment is set aside by the decision of a case against it (R-631), by another than who annulled (R-028)
-- and than whose result it is (R-021), and while nothing else was recorded since that stands.
CREATE TRIGGER annulment_withdrawn_set_aside BEFORE INSERT ON annulment_withdrawn
BEGIN
  SELECT RAISE(ABORT, 'annulment_withdrawn: is none that stands, or withdrawn by who made it')
  WHERE NOT EXISTS (SELECT 1 FROM result WHERE id = new.result_id
    AND annulled_seq = new.annulled_seq AND annulled_by = new.annulled_by)
    OR new.withdrawn_by = new.annulled_by;
  SELECT RAISE(ABORT, 'annulment_withdrawn: withdrawn by whose result it is')
  FROM result r JOIN enrolment e ON e.id = r.enrolment_id
  WHERE r.id = new.result_id AND e.person_id = new.withdrawn_by;
  SELECT RAISE(ABORT, 'annulment_withdrawn: no decision sets it aside')
  WHERE NOT EXISTS (SELECT 1 FROM case_contested k JOIN case_file f ON f.seq = k.case_seq
    WHERE k.kind = 'annulment' AND k.act_seq = new.annulled_seq AND k.result_id = new.result_id
      AND f.ended_how IN ('decision_changed', 'court'));
  SELECT RAISE(ABORT, 'annulment_withdrawn: another result stands since')
  FROM result r JOIN result o ON o.enrolment_id = r.enrolment_id AND o.id > r.id
  WHERE r.id = new.result_id AND o.replaced_seq IS NULL AND o.annulled_seq IS NULL;
END;

-- A certificate is let stand by two persons, the second with no hand in it, while it is there for good (R-011).
CREATE TRIGGER let_stand_made BEFORE INSERT ON let_stand
BEGIN
  SELECT RAISE(ABORT, 'let_stand: the certificate is revoked or replaced')
  WHERE NOT EXISTS (SELECT 1 FROM certificate_standing WHERE number = new.number);
  SELECT RAISE(ABORT, 'let_stand: no two persons have agreed')
  WHERE NOT EXISTS (SELECT 1 FROM proposal WHERE ended_seq = new.seq AND ended_how = 'approved'
    AND kind = 'let_stand' AND ended_by = new.made_by AND proposed_by <> new.made_by);
  SELECT RAISE(ABORT, 'let_stand: by whose certificate it is, or who has a hand in it')
  WHERE EXISTS (SELECT 1 FROM certificate WHERE number = new.number AND person_id = new.made_by)
    OR EXISTS (SELECT 1 FROM certificate_hand WHERE number = new.number AND person_id = new.made_by);
END;

-- Two persons agree on a key (R-920).
CREATE TRIGGER signing_key_agreed BEFORE INSERT ON signing_key
WHEN NOT EXISTS (SELECT 1 FROM proposal WHERE ended_seq = new.seq AND ended_how = 'approved'
  AND kind = 'certify_key')
BEGIN SELECT RAISE(ABORT, 'signing_key: no two persons have agreed'); END;

-- Two persons agree that a key is retired. A retirement gives way to a theft alone, and the last key of the log is
-- not rotated before another stands (R-921).
CREATE TRIGGER key_retirement_agreed BEFORE INSERT ON key_retirement
WHEN NOT EXISTS (SELECT 1 FROM proposal WHERE ended_seq = new.seq AND ended_how = 'approved'
  AND kind = 'retire_key')
BEGIN SELECT RAISE(ABORT, 'key_retirement: no two persons have agreed'); END;
CREATE TRIGGER key_retirement_gives_way BEFORE INSERT ON key_retirement
WHEN EXISTS (SELECT 1 FROM key_retirement WHERE public_key = new.public_key
  AND (ground = 'stolen' OR new.ground <> 'stolen'))
BEGIN SELECT RAISE(ABORT, 'key_retirement: is retired already'); END;
CREATE TRIGGER key_retirement_ends BEFORE UPDATE ON key_retirement
WHEN old.ended_seq IS NULL AND new.ended_seq IS NOT NULL
  AND (old.ground = 'stolen' OR new.ended_seq = old.seq
    OR NOT EXISTS (SELECT 1 FROM proposal WHERE ended_seq = new.ended_seq
    AND ended_how = 'approved' AND kind = 'retire_key'))
BEGIN SELECT RAISE(ABORT, 'key_retirement: gives way to a theft that two persons record'); END;
CREATE TRIGGER key_retirement_last BEFORE INSERT ON key_retirement
WHEN new.ground = 'rotated'
  AND (SELECT use FROM signing_key WHERE public_key = new.public_key) = 'log'
  AND NOT EXISTS (SELECT 1 FROM signing_key k WHERE k.use = 'log' AND k.public_key <> new.public_key
    AND k.valid_from <= date(new.last_day, '+1 day')
    AND NOT EXISTS (SELECT 1 FROM key_retirement r WHERE r.public_key = k.public_key AND r.ended_seq IS NULL))
BEGIN SELECT RAISE(ABORT, 'key_retirement: no other key of the log stands'); END;

-- Two persons agree that a setting changes (R-019).
CREATE TRIGGER school_setting_agreed BEFORE INSERT ON school_setting
WHEN NOT EXISTS (SELECT 1 FROM proposal WHERE ended_seq = new.seq AND ended_how = 'approved'
  AND kind = 'change_setting')
BEGIN SELECT RAISE(ABORT, 'school_setting: no two persons have agreed'); END;

-- The journal grows by one, and so no entry takes another's place: its key needs no look-up of its own.
CREATE TRIGGER entry_stays_u BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: rows are never changed'); END;
CREATE TRIGGER entry_stays_d BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: rows are never deleted'); END;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'entry: the sequence has a gap'); END;

-- The head follows once a commit, for all entries of it and for answers alone: a turn more, and later.
CREATE TRIGGER journal_head_follows BEFORE UPDATE ON journal_head
WHEN new.id <> old.id OR new.size <> (SELECT coalesce(max(seq), 0) FROM entry)
  OR new.turn <> old.turn + 1 OR new.at_ms <= old.at_ms
BEGIN SELECT RAISE(ABORT, 'journal_head: follows the last entry'); END;
CREATE TRIGGER journal_head_stays_d BEFORE DELETE ON journal_head
BEGIN SELECT RAISE(ABORT, 'journal_head: never deleted'); END;
CREATE TRIGGER journal_head_stays_i BEFORE INSERT ON journal_head
BEGIN SELECT RAISE(ABORT, 'journal_head: there is one'); END;

-- What was read is written behind all that was, and stays until an act says that it is forgotten (R-903). Whoever
-- strikes a row out all the same is found by the digest of its act.
CREATE TRIGGER reading_numbered BEFORE INSERT ON reading
WHEN new.id <= coalesce((SELECT max(id) FROM reading), 0)
  OR new.id <= coalesce((SELECT max(last) FROM reads_counted), 0)
BEGIN SELECT RAISE(ABORT, 'reading: its number was given already'); END;
CREATE TRIGGER reading_stays BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'reading: what was read stays as it is'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading
WHEN old.id > coalesce((SELECT max(forgotten) FROM reads_counted), 0)
BEGIN SELECT RAISE(ABORT, 'reading: no act says that it is forgotten'); END;

-- Each digest begins behind the last.
CREATE TRIGGER reads_counted_follows BEFORE INSERT ON reads_counted
WHEN new.first <= coalesce((SELECT max(last) FROM reads_counted), 0)
BEGIN SELECT RAISE(ABORT, 'reads_counted: were counted already'); END;
