import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("An organisation has other names (R-201)")
struct OrganisationNameTests {
  private static func request(
    _ code: String, _ name: String, from day: String
  ) -> BitimV1.ChangeOrganisationRequest {
    var request = BitimV1.ChangeOrganisationRequest()
    (request.organisation, request.from, request.document) = (code, day, "№ 3 бұйрық")
    request.name = .init()
    request.name?.kk = name
    return request
  }

  @Test("a sheet takes the names of its days; what is issued keeps what it says")
  func sheets() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let service = OrganisationServiceClient(school.administrator)
    func sheet(_ number: String) async throws -> BitimV1.Sheet {
      var get = BitimV1.GetCertificateRequest()
      get.number = number
      return try #require(
        try await CertificateServiceClient(cohort.certifier).getCertificate(get).sheet)
    }
    let first = try await cohort.certified()
    let before = try await sheet(first.number)
    // She was trained by the tenth of February, and certified on the twenty-second of November.
    _ = try await service.changeOrganisation(Self.request("ALA-01", "Абай", from: "2026-02-11"))
    _ = try await service.changeOrganisation(
      Self.request("SCHOOL", "Бітім мектебі", from: "2026-11-22"))
    _ = try await service.changeOrganisation(
      Self.request("SCHOOL", "Келешек", from: "2026-11-23"))
    #expect(try await sheet(first.number) == before)
    let second = try await cohort.anew(first)
    let after = try await sheet(second.number)
    #expect(after.issuer?.kk == "Бітім мектебі")
    #expect(after.issuer?.ru == before.issuer?.ru)
    #expect(after.trainedBy == before.trainedBy)
    _ = try await service.changeOrganisation(Self.request("ALA-01", "Ұлытау", from: "2026-02-10"))
    let third = try await sheet(try await cohort.anew(second).number)
    #expect(third.trainedBy?.kk == "Ұлытау")
    #expect(try await sheet(second.number) == after)
    #expect(try school.check().problems == [])
  }

  @Test(
    "a list has the names of today, or of a day, with those before; a row with other names differs")
  func lists() async throws {
    let school = try TestSchool()
    defer { school.close() }
    try await school.centre("ALA-01")
    let service = OrganisationServiceClient(school.administrator)
    func listed(on day: String = "") async throws -> BitimV1.Organisation {
      var request = BitimV1.ListOrganisationsRequest()
      (request.kind, request.on) = (.centre, day)
      return try #require(try await service.listOrganisations(request).organisations.first)
    }
    let before = try await listed()
    #expect(before.history == [])
    let changed = try await service.changeOrganisation(
      Self.request("ALA-01", "Абай", from: "2026-11-20"))
    let now = try await listed()
    #expect(changed.organisation == now)
    #expect(now.name?.kk == "Абай")
    #expect(now.name?.ru == before.name?.ru)
    #expect(now.region == before.region)
    #expect(now.history.map(\.from) == ["", "2026-11-20"])
    #expect(now.history.map { $0.name?.kk } == [before.name?.kk, "Абай"])
    #expect(now.history.map(\.document) == ["", "№ 3 бұйрық"])
    #expect(try await listed(on: "2026-11-19").name == before.name)
    #expect(try await listed(on: "2026-11-20").name == now.name)
    // Sent anew as it was registered, nothing is changed and the difference is said.
    var again = BitimV1.RegisterOrganisationsRequest()
    again.organisations = [before]
    let answer = try await service.registerOrganisations(again)
    #expect(!answer.recorded)
    #expect(answer.rows.map(\.verdict) == [.differs])
    #expect(answer.rows.flatMap(\.findings).map(\.column) == ["name_kk"])
    let unknown = Self.request("ALA-99", "Абай", from: "2026-11-20")
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      _ = try await service.changeOrganisation(unknown)
    }
    #expect(try school.check().problems == [])
  }
}
