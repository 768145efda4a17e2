-- Whom an act was about: every fact has a person, the act that made it and the one that ended it, so that
-- nothing is written for it and it can't drift. A refused act leaves no fact, but `refused_act`. Asked by
-- person, each branch is a look-up by an index; an act may come twice.
CREATE VIEW act_subject (person_id, seq) AS
SELECT id, seq FROM person
UNION ALL SELECT person_id, seq FROM person_detail
UNION ALL SELECT person_id, ended_seq FROM person_detail WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM person_name
UNION ALL SELECT person_id, ended_seq FROM person_name WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM person_identifier
UNION ALL SELECT person_id, ended_seq FROM person_identifier WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM dismissed_double
UNION ALL SELECT person_id, ended_seq FROM dismissed_double WHERE ended_seq IS NOT NULL
UNION ALL SELECT other_id, seq FROM dismissed_double
UNION ALL SELECT other_id, ended_seq FROM dismissed_double WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM person_link
UNION ALL SELECT person_id, ended_seq FROM person_link WHERE ended_seq IS NOT NULL
UNION ALL SELECT other_id, seq FROM person_link
UNION ALL SELECT other_id, ended_seq FROM person_link WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM person_bar
UNION ALL SELECT person_id, ended_seq FROM person_bar WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM person_death
UNION ALL SELECT person_id, ended_seq FROM person_death WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM proposal WHERE person_id IS NOT NULL
UNION ALL SELECT person_id, ended_seq FROM proposal
  WHERE person_id IS NOT NULL AND ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM refused_act
UNION ALL SELECT person_id, seq FROM role_grant
UNION ALL SELECT person_id, ended_seq FROM role_grant WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM token WHERE person_id IS NOT NULL
UNION ALL SELECT person_id, ended_seq FROM token
  WHERE person_id IS NOT NULL AND ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM cohort_trainer
UNION ALL SELECT person_id, ended_seq FROM cohort_trainer WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM place
UNION ALL SELECT person_id, ended_seq FROM place WHERE ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM waiting
UNION ALL SELECT person_id, ended_seq FROM waiting WHERE ended_seq IS NOT NULL
UNION ALL SELECT trainer_id, seq FROM class
UNION ALL SELECT trainer_id, ended_seq FROM class WHERE ended_seq IS NOT NULL
UNION ALL SELECT e.person_id, a.seq FROM enrolment e JOIN attendance a ON a.enrolment_id = e.id
UNION ALL SELECT e.person_id, a.ended_seq FROM enrolment e JOIN attendance a ON a.enrolment_id = e.id
  WHERE a.ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM commission_seat
UNION ALL SELECT person_id, ended_seq FROM commission_seat WHERE ended_seq IS NOT NULL
UNION ALL SELECT e.person_id, m.seq FROM enrolment e JOIN session_admission m ON m.enrolment_id = e.id
UNION ALL SELECT person_id, seq FROM interest_declaration
UNION ALL SELECT candidate_id, seq FROM interest
UNION ALL SELECT e.person_id, r.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
UNION ALL SELECT e.person_id, r.confirmed_seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  WHERE r.confirmed_seq IS NOT NULL
UNION ALL SELECT e.person_id, r.replaced_seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  WHERE r.replaced_seq IS NOT NULL
UNION ALL SELECT e.person_id, r.annulled_seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  WHERE r.annulled_seq IS NOT NULL
UNION ALL SELECT e.person_id, x.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN result_correction x ON x.result_id = r.id
UNION ALL SELECT e.person_id, x.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN result_excuse x ON x.result_id = r.id
UNION ALL SELECT e.person_id, v.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN result_review v ON v.result_id = r.id
UNION ALL SELECT e.person_id, f.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN certificate_refusal f ON f.result_id = r.id
UNION ALL SELECT e.person_id, f.ended_seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN certificate_refusal f ON f.result_id = r.id WHERE f.ended_seq IS NOT NULL
UNION ALL SELECT person_id, seq FROM certificate
UNION ALL SELECT c.person_id, d.seq
  FROM certificate c JOIN certificate_duplicate d ON d.number = c.number
UNION ALL SELECT c.person_id, m.seq FROM certificate c JOIN certificate_mark m ON m.number = c.number
UNION ALL SELECT c.person_id, m.ended_seq
  FROM certificate c JOIN certificate_mark m ON m.number = c.number WHERE m.ended_seq IS NOT NULL
UNION ALL SELECT c.person_id, l.seq FROM certificate c JOIN let_stand l ON l.number = c.number
UNION ALL SELECT person_id, seq FROM case_file WHERE person_id IS NOT NULL
UNION ALL SELECT person_id, ended_seq FROM case_file
  WHERE person_id IS NOT NULL AND ended_seq IS NOT NULL
UNION ALL SELECT f.person_id, s.seq FROM case_file f JOIN case_step s ON s.case_seq = f.seq
UNION ALL SELECT f.person_id, a.seq FROM case_file f JOIN case_arbiter a ON a.case_seq = f.seq
UNION ALL SELECT person_id, seq FROM case_arbiter
UNION ALL SELECT r.person_id, m.seq FROM register_entry r JOIN entry_mark m ON m.number = r.number
UNION ALL SELECT r.person_id, p.seq FROM register_entry r JOIN entry_published p ON p.number = r.number
UNION ALL SELECT person_id, seq FROM learning
UNION ALL SELECT person_id, ended_seq FROM learning WHERE ended_seq IS NOT NULL
UNION ALL SELECT l.person_id, k.seq FROM learning l JOIN learning_check k ON k.learning_seq = l.seq
UNION ALL SELECT person_id, seq FROM practice
UNION ALL SELECT person_id, ended_seq FROM practice WHERE ended_seq IS NOT NULL
UNION ALL SELECT e.person_id, w.annulled_seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN annulment_withdrawn w ON w.result_id = r.id
UNION ALL SELECT e.person_id, w.seq FROM enrolment e JOIN result r ON r.enrolment_id = e.id
  JOIN annulment_withdrawn w ON w.result_id = r.id;

-- What was done about a session (R-901): the acts that made or ended a fact of it. Asked by session, each branch is a
-- look-up by an index; an act may come twice.
CREATE VIEW session_act (session_id, seq) AS
SELECT id, seq FROM session
UNION ALL SELECT id, ended_seq FROM session WHERE ended_seq IS NOT NULL
UNION ALL SELECT session_id, seq FROM session_move
UNION ALL SELECT session_id, seq FROM commission_seat
UNION ALL SELECT session_id, ended_seq FROM commission_seat WHERE ended_seq IS NOT NULL
UNION ALL SELECT session_id, seq FROM session_admission
UNION ALL SELECT session_id, seq FROM interest_declaration
UNION ALL SELECT session_id, seq FROM result
UNION ALL SELECT session_id, replaced_seq FROM result WHERE replaced_seq IS NOT NULL
UNION ALL SELECT session_id, confirmed_seq FROM result WHERE confirmed_seq IS NOT NULL
UNION ALL SELECT session_id, annulled_seq FROM result WHERE annulled_seq IS NOT NULL
UNION ALL SELECT r.session_id, x.seq FROM result r JOIN result_correction x ON x.result_id = r.id
UNION ALL SELECT r.session_id, x.seq FROM result r JOIN result_excuse x ON x.result_id = r.id
UNION ALL SELECT r.session_id, v.seq FROM result r JOIN result_review v ON v.result_id = r.id
UNION ALL SELECT r.session_id, f.seq FROM result r JOIN certificate_refusal f ON f.result_id = r.id
UNION ALL SELECT r.session_id, f.ended_seq FROM result r JOIN certificate_refusal f ON f.result_id = r.id
  WHERE f.ended_seq IS NOT NULL
UNION ALL SELECT r.session_id, w.annulled_seq FROM result r JOIN annulment_withdrawn w ON w.result_id = r.id
UNION ALL SELECT r.session_id, w.seq FROM result r JOIN annulment_withdrawn w ON w.result_id = r.id;

-- The same about an organisation: what it is called, what it may do, its agreements, and who has roles, tokens and
-- cohorts there. What was proposed of it stands in the act alone.
CREATE VIEW organisation_act (organisation_id, seq) AS
SELECT id, seq FROM organisation
UNION ALL SELECT organisation_id, seq FROM organisation_name
UNION ALL SELECT organisation_id, seq FROM entitlement WHERE ended_seq IS NULL
UNION ALL SELECT organisation_id, seq FROM entitlement WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, ended_seq FROM entitlement WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, seq FROM entitlement_suspension WHERE ended_seq IS NULL
UNION ALL SELECT organisation_id, seq FROM entitlement_suspension WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, ended_seq FROM entitlement_suspension WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, seq FROM agreement
UNION ALL SELECT organisation_id, ended_seq FROM agreement WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, seq FROM role_grant
UNION ALL SELECT organisation_id, ended_seq FROM role_grant WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, seq FROM token
UNION ALL SELECT organisation_id, ended_seq FROM token WHERE ended_seq IS NOT NULL
UNION ALL SELECT organisation_id, seq FROM cohort
UNION ALL SELECT c.organisation_id, x.seq FROM cohort c JOIN cohort_cancelled x ON x.cohort_id = c.id;
