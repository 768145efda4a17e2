/// What a specialised course may be about, as families: a cohort of programme 2 names one.
package struct Specialisation: Equatable, Sendable {
  package var id: Int64
  package var code: String
  package var name: Trilingual
  /// On which days a cohort that names it may begin.
  package var inForce: Period

  package init(id: Int64, code: String, name: Trilingual, inForce: Period) {
    self.id = id
    self.code = code
    self.name = name
    self.inForce = inForce
  }

  /// The programme whose cohorts name one.
  package static let programme = 2
  /// The code of none: a cohort that names none is general.
  package static let general = "general"

  /// Finds what a cohort names; nil where it is general.
  ///
  /// - Parameters:
  ///   - code: As it was typed; empty is general too.
  ///   - found: What has that code.
  /// - Throws: ``Refusal`` with ``Reason/specialisationElsewhere`` of another programme,
  ///   ``Reason/specialisationUnknown`` or ``Reason/specialisationNotInForce`` on the first day.
  static func named(
    _ code: String, _ found: Specialisation?, programme: Int, on startsOn: CivilDate
  ) throws(Refusal) -> Specialisation? {
    guard !code.isEmpty, code != Self.general else { return nil }
    guard programme == Self.programme else {
      throw Refusal(.specialisationElsewhere, column: "specialisation", value: code)
    }
    guard let found else {
      throw Refusal(.specialisationUnknown, column: "specialisation", value: code)
    }
    guard found.inForce.contains(startsOn) else {
      var arguments = ["day": startsOn.iso, "from": found.inForce.from.iso]
      arguments["to"] = found.inForce.until?.iso
      throw Refusal(
        .specialisationNotInForce, column: "specialisation", value: code, arguments)
    }
    return found
  }
}

/// What is taken, passed and certified: a programme, and of programme 2 what it is specialised in. "Held", "passed" and
/// "one certificate" compare both; who needs the programme first needs any of it.
package struct Study: Hashable, Sendable {
  /// 1 to 3; 0 of the School's certificate, ``Edition/seminar`` of attendance.
  package var programme: Int
  /// The specialisation; 0 where there is none. Of a seminar that is taken its edition.
  package var specialisation: Int64

  package init(_ programme: Int, in specialisation: Int64 = 0) {
    self.programme = programme
    self.specialisation = specialisation
  }
}
