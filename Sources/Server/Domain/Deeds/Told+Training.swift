/// What deeds on editions, cohorts and hours tell.
extension EditionAdopted {
  var telling: [Told] { self.edition.telling(of: .edition(self.edition.id)) }
}

extension Edition {
  func telling(of subject: Subject?) -> [Told] {
    let values: [Told?] = self.said.map { value in
      .fact(.setting, .number(self[value].value), of: subject, which: .text("\(value)"))
    }
    let components: [Told?] = self.components.map { rule in
      .fact(.component, .number(rule.passMark.value), of: subject, which: .word(rule.component))
    }
    let rest: [Told?] = [
      .said(.programme, self.isSeminar ? nil : .number(self.programme), of: subject),
      .said(.code, .text(self.code), of: subject),
      .said(.nameKk, self.name.map { .text($0.kk) }, of: subject),
      .said(.nameRu, self.name.map { .text($0.ru) }, of: subject),
      .said(.nameEn, self.name.map { .text($0.en) }, of: subject),
      .fact(.validFrom, .day(self.validity.from), of: subject),
      .fact(.lastDay, .day(self.validity.until), of: subject),
      .said(.legalBasis, .text(self.legalBasis.kk), of: subject),
    ]
    return (rest + values + components).compactMap(\.self)
  }
}

extension EditionClosed {
  var telling: [Told] { [.fact(.lastDay, .day(self.lastDay), of: .edition(self.edition))] }
}

extension SpecialisationDefined {
  var telling: [Told] { self.specialisation.telling }
}

extension Specialisation {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.specialisation, .text(self.code)), .said(.nameKk, .text(self.name.kk)),
      .said(.nameRu, .text(self.name.ru)), .said(.nameEn, .text(self.name.en)),
      .said(.validFrom, .day(self.inForce.from)), .said(.lastDay, .day(self.inForce.until)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CohortOpened {
  var telling: [Told] {
    let cohort = Subject.cohort(self.cohort.id)
    let there = Told.said(
      .cohort, .cohort(self.cohort.id), of: .organisation(self.cohort.organisationID))
    return [there].compactMap(\.self) + [
      .fact(.edition, .subject(.edition(self.cohort.editionID)), of: cohort),
      .fact(.language, .word(self.cohort.language), of: cohort),
      .fact(.form, .word(self.cohort.form), of: cohort),
      .fact(.startsOn, .day(self.cohort.startsOn), of: cohort),
      .fact(.endsOn, .day(self.cohort.endsOn), of: cohort),
      .fact(.place, .text(self.cohort.place), of: cohort),
    ]
  }
}

extension CohortAmended {
  var telling: [Told] {
    let cohort = Subject.cohort(self.cohortID)
    let pieces: [Told?] = [
      .fact(.startsOn, .day(self.startsOn), of: cohort),
      .fact(.endsOn, .day(self.endsOn), of: cohort), .fact(.form, .word(self.form), of: cohort),
      .fact(.place, .text(self.place), of: cohort), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CohortRepinned {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.edition, .subject(.edition(self.editionID)), of: .cohort(self.cohortID)),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CohortCancelled {
  var telling: [Told] {
    let ends: [Told?] = self.enrolmentIDs.map {
      .fact(.lastDay, .day(self.lastDay), of: .enrolment($0))
    }
    return (ends + [.said(.cohort, .cohort(self.cohortID)), .said(.why, .text(self.why))])
      .compactMap(\.self)
  }
}

extension TrainerAssigned {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(
        .trainer, .person(self.personID), of: .cohort(self.cohortID), which: .person(self.personID)),
      .said(.evidence, .text(self.evidence), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TrainerUnassigned {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.trainer, nil, of: .cohort(self.cohortID), which: .person(self.personID)),
      .said(.lastDay, .day(self.lastDay)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TrainerReplaced {
  var telling: [Told] {
    let cohort = Subject.cohort(self.cohortID)
    let pieces: [Told?] = [
      .fact(.trainer, nil, of: cohort, which: .person(self.goes)),
      .fact(.trainer, .person(self.comes), of: cohort, which: .person(self.comes)),
      .said(.from, .day(self.from)), .said(.evidence, .text(self.evidence), .office),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TraineesEnrolled {
  var telling: [Told] {
    let places = self.enrolments.flatMap { enrolment -> [Told] in
      [
        .fact(.cohort, .cohort(enrolment.cohortID), of: .enrolment(enrolment.id)),
        .fact(.enrolledOn, .day(enrolment.enrolledOn), of: .enrolment(enrolment.id)),
      ]
    }
    let waiting = self.waiting.map { waiting in
      Told.fact(
        .waiting, .day(waiting.since), of: .person(waiting.personID),
        which: .cohort(waiting.cohortID))
    }
    return self.people.flatMap(\.telling) + places + waiting + self.dismissed.flatMap(\.telling)
  }
}

extension WaitingEnded {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.waiting, nil, of: .person(self.personID), which: .cohort(self.cohortID)),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TraineeWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.lastDay, .day(self.lastDay), of: .enrolment(self.enrolmentID)),
      .said(.reason, .word(self.reason)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TraineeReinstated {
  var telling: [Told] {
    let trainee = Subject.enrolment(self.enrolmentID)
    let pieces: [Told?] = [
      .fact(.cohort, .cohort(self.cohortID), of: trainee), .fact(.lastDay, nil, of: trainee),
      .said(.from, .day(self.from), of: trainee), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TraineeTransferred {
  var telling: [Told] {
    let trainee = Subject.enrolment(self.enrolmentID)
    let pieces: [Told?] = [
      .fact(.cohort, .cohort(self.to), of: trainee), .said(.day, .day(self.day), of: trainee),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension EnrolmentUndone {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(of: .enrolment(self.enrolmentID)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension HoursRecorded {
  var telling: [Told] {
    let classes = self.classes.flatMap { lesson -> [Told?] in
      let which = Told.Value.lesson(lesson.id)
      let cohort = Subject.cohort(lesson.cohortID)
      return [
        .fact(.trainer, .person(lesson.trainerID), of: cohort, which: which),
        .said(.makesUp, lesson.makesUp.map { .lesson($0) }, of: cohort, which: which),
      ]
    }
    return classes.compactMap(\.self) + self.attendances.map(\.telling)
  }
}

extension HoursRecorded.Attendance {
  fileprivate var telling: Told {
    .fact(
      .hours, .hours(self.hours), of: .enrolment(self.enrolmentID), which: .lesson(self.classID))
  }
}

extension HoursCorrected {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(
        .hours, .hours(self.hours), of: .enrolment(self.enrolmentID),
        which: .lesson(self.classID), wasError: true),
      .said(.reason, .word(self.reason)), .said(.evidence, .text(self.evidence)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension ClassCorrected {
  var telling: [Told] {
    let why: [Told?] = [
      .takesBack(which: .lesson(self.classID)), .said(.reason, .word(self.reason)),
      .said(.evidence, .text(self.evidence)),
    ]
    return why.compactMap(\.self) + self.told.telling
  }
}

extension ClassCancelled {
  var telling: [Told] {
    let why: [Told?] = [
      .takesBack(which: .lesson(self.classID)), .said(.reason, .word(self.reason)),
      .said(.evidence, .text(self.evidence)),
    ]
    return why.compactMap(\.self)
  }
}
