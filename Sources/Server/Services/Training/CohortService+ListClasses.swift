import BitimDomain
import BitimProtocol
import BitimStore

/// The class register of a cohort.
extension CohortService {
  @Sendable static func listClasses(
    _ caller: Caller, _ request: BitimV1.ListClassesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListClassesResponse {
    let cohort = try Self.cohort(request.cohort, state)
    try caller.mayAct(for: cohort.organisationID)
    let size = try Pages.size(request.pageSize)
    let filter = "classes:\(cohort.id)"
    // The key is ours: the day and the minute of the class that came last.
    let after = try Pages.key(request.pageToken, filter: filter).split(separator: " ")
    let last = (
      day: after.first.map(String.init) ?? "", starts: after.last.flatMap { Int($0) } ?? 0
    )
    var page = try state.classes(ofCohort: cohort.id, behind: last, limit: size + 1)
    var response = BitimV1.ListClassesResponse()
    if page.count > size {
      page.removeLast()
      let key = page.last.map { "\($0.time.day.iso) \($0.time.starts)" } ?? ""
      response.nextPageToken = Pages.token(after: key, filter: filter)
    }
    var seen: Set<Int64> = []
    for held in page {
      var line = BitimV1.HeldClass()
      line.heldOn = held.time.day.iso
      line.startsAt = ClassTime.text(held.time.starts)
      line.endsAt = ClassTime.text(held.time.ends)
      line.makesUp = try state.madeUp(by: held)?.text ?? ""
      line.trainer = try state.line(ofStaff: held.trainerID, to: caller)
      line.attended = try state.attended(inClass: held.id).map { attended in
        if seen.insert(attended.personID).inserted,
          let person = try state.line(attended.personID, to: caller)
        {
          response.people.append(person)
        }
        var attendance = BitimV1.Attendance()
        attendance.personId = attended.personID
        attendance.theoryQuarters = Int32(attended.hours.theory)
        attendance.practiceQuarters = Int32(attended.hours.practice)
        return attendance
      }
      response.classes.append(line)
    }
    return response
  }
}
