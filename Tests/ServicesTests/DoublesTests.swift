import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Doubles, through the services (R-112)")
struct DoublesTests {
  private static let iin = "991231000014"

  /// Registers somebody; whom he or she resembles is told apart at once, as it is recorded.
  private static func register(
    _ people: PersonServiceClient, besides others: [Int64] = [],
    _ change: (inout BitimV1.Person) -> Void
  ) async throws -> Int64 {
    var request = BitimV1.RegisterPersonRequest()
    request.person = TestCohort.row(1, iin: Self.iin).person
    if var person = request.person {
      change(&person)
      request.person = person
    }
    request.distinctFrom = others.map(PersonNumber.text)
    request.distinctEvidence = others.isEmpty ? "" : "екі паспорт көрдім"
    return try #require(try await people.registerPerson(request).person).id
  }

  private static func passport(_ number: String) -> BitimV1.Identifier {
    var identifier = BitimV1.Identifier()
    identifier.kind = .document
    identifier.number = number
    identifier.country = "KAZ"
    identifier.documentType = "passport"
    return identifier
  }

  private static func rename(
    _ people: PersonServiceClient, _ person: Int64, _ surname: String
  ) async throws {
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = person
    rename.names = .latin(surname, "Aigerim")
    rename.reason = "неке"
    _ = try await people.renamePerson(rename)
  }

  private static func pair(
    _ first: Int64, _ second: Int64, birthDate: Bool = true, identifier: Bool = false
  ) -> BitimV1.PossibleDouble {
    var pair = BitimV1.PossibleDouble()
    pair.personId = first
    pair.displayId = PersonNumber.text(first)
    pair.otherId = second
    pair.otherDisplayId = PersonNumber.text(second)
    pair.sharesBirthDate = birthDate
    pair.namesAgree = true
    pair.identifierIsNear = identifier
    return pair
  }

  @Test(
    "R-112: a pair is listed until it is told apart, and again when one of them has other names")
  func listed() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let people = PersonServiceClient(cohort.registrar)
    func doubles() async throws -> [BitimV1.PossibleDouble] {
      try await people.listDoubles(.init()).doubles
    }
    #expect(try await doubles() == [])
    let first = try await Self.register(people) { _ in }
    let second = try await Self.register(people, besides: [first]) {
      $0.identifiers = [Self.passport("N9")]
    }
    // Who registered her has told her apart.
    #expect(try await doubles() == [])
    try await Self.rename(people, second, "Serikova")
    #expect(try await doubles() == [Self.pair(first, second)])
    var dismissal = BitimV1.DismissDoubleRequest()
    dismissal.personId = second
    dismissal.otherId = first
    let bare = dismissal
    await expectRefused(["EVIDENCE_MISSING"], .invalidArgument) {
      _ = try await people.dismissDouble(bare)
    }
    dismissal.evidence = "екі паспорт көрдім"
    _ = try await people.dismissDouble(dismissal)
    #expect(try await doubles() == [])
    let told = dismissal
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await people.dismissDouble(told)
    }
    // The other's names change it as well, in whichever order they were told apart.
    try await Self.rename(people, first, "Omarova")
    #expect(try await doubles() == [Self.pair(first, second)])
    dismissal.otherId = cohort.trainerID
    let strange = dismissal
    await expectRefused(["NOT_DOUBLE"], .failedPrecondition) {
      _ = try await people.dismissDouble(strange)
    }
    dismissal.otherId = 999
    let nobody = dismissal
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await people.dismissDouble(nobody)
    }
    #expect(try school.check().problems == [])
  }

  @Test("R-112: pairs come in pages, to certifiers and auditors too, and to no centre")
  func pages() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let people = PersonServiceClient(cohort.registrar)
    var ids: [Int64] = []
    for number in ["N1", "N22", "N333"] {
      ids.append(
        try await Self.register(people, besides: ids) { $0.identifiers = [Self.passport(number)] })
    }
    // Of the same names, with a number near, born on another day.
    let near = try await Self.register(people) {
      $0.birthDate = "1980-05-06"
      $0.identifiers = [Self.passport("N444444")]
    }
    let mistyped = try await Self.register(people, besides: [near]) {
      $0.birthDate = "1980-06-05"
      $0.identifiers = [Self.passport("N444445")]
    }
    for id in ids + [mistyped] { try await Self.rename(people, id, "Serikova") }
    let expected = [
      Self.pair(ids[0], ids[1]), Self.pair(ids[0], ids[2]), Self.pair(ids[1], ids[2]),
      Self.pair(near, mistyped, birthDate: false, identifier: true),
    ]
    let auditor = try await school.client(school.person("Staff", "Auditor"), [.auditor])
    for client in [cohort.registrar, cohort.certifier, auditor] {
      var request = BitimV1.ListDoublesRequest()
      request.pageSize = 2
      let first = try await PersonServiceClient(client).listDoubles(request)
      #expect(first.doubles == Array(expected[..<2]))
      request.pageToken = first.nextPageToken
      let last = try await PersonServiceClient(client).listDoubles(request)
      #expect(last.doubles == Array(expected[2...]))
      #expect(last.nextPageToken == "")
    }
    let centre = try await school.client(
      school.person("Staff", "Centre"), [.registrar], in: "ALA-01")
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await PersonServiceClient(centre).listDoubles(.init())
    }
  }
}
