import BitimDomain
import BitimProtocol
import BitimStore

/// An enrolment with everything the rules ask of it.
struct EnrolmentFile {
  let enrolment: EnrolmentRecord
  let cohort: CohortRecord
  let dossier: Dossier
  /// What is taken under it.
  var study: Study { self.dossier.edition.study(in: self.cohort.specialisationID) }

  /// Gathers the file of one enrolment: a handful of look-ups by key.
  init(_ enrolment: EnrolmentRecord, _ state: borrowing Snapshot) throws {
    guard let cohort = try state.cohort(id: enrolment.cohortID),
      let edition = try state.edition(id: cohort.editionID),
      let admission = try state.admission(of: enrolment.personID)
    else { throw StoreFailure(kind: .corrupt, "enrolment: its cohort or person is not there") }
    let days = try state.classDays(ofEnrolment: enrolment.id)
    var daysNotEntitled: [CivilDate] = []
    for (day, organisation) in days
    where try state.entitlement(of: organisation, to: .train, on: day) == nil {
      daysNotEntitled.append(day)
    }
    var trained: (from: CivilDate, until: CivilDate)?
    if let first = days.first, let last = days.last { trained = (first.day, last.day) }
    let latin = try state.names(of: enrolment.personID).latin
    let results = try state.results(ofEnrolment: enrolment.id)
    self.enrolment = enrolment
    self.cohort = cohort
    self.dossier = Dossier(
      edition: edition,
      startedOn: try state.start(ofEnrolment: enrolment.id) ?? enrolment.enrolledOn,
      admission: admission,
      hours: try state.attended(underEnrolment: enrolment.id).hours, trained: trained,
      daysNotEntitled: daysNotEntitled,
      results: results,
      hasLatinName: latin != nil,
      certificate: try state.standingCertificate(
        person: enrolment.personID, kind: edition.certificateKind, enrolment: enrolment.id),
      refusal: try results.pass.flatMap { try state.refusal(ofPass: $0.id) },
      madeUp: try state.madeUp(underEnrolment: enrolment.id),
      recognised: try state.recognised(underEnrolment: enrolment.id))
  }
}
