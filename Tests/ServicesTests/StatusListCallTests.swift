import BitimClient
import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@Suite(
  "Status lists of a year",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct StatusListCallTests {
  private static func lists(
    _ client: BitimClient, _ year: Int32 = 2026, at address: String = ""
  ) async throws -> [NSDictionary] {
    var request = BitimV1.GetStatusListsRequest()
    (request.year, request.address) = (year, address)
    let answer = try await CertificateServiceClient(client).getStatusLists(request)
    return try [answer.revocation, answer.suspension].map { text in
      // Canonical, so that who signs and who verifies hash the same octets.
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(Self.canonical(value).text == text)
      return try #require(value as? NSDictionary)
    }
  }

  private static func canonical(_ value: Any) -> CanonicalJSON {
    switch value {
    case let list as [Any]: .list(list.map(Self.canonical))
    case let object as [String: Any]: .object(object.mapValues(Self.canonical))
    default: .text("\(value)")
    }
  }

  /// The places whose bits are set, as gzip and od find them.
  private static func places(_ list: NSDictionary) throws -> Set<Int> {
    let subject = try #require(list["credentialSubject"] as? NSDictionary)
    let encoded = try #require(subject["encodedList"] as? String)
    #expect(encoded.first == "u")
    let plain = String(encoded.dropFirst().map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    let (status, output, errors) = try Program.run(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", "printf %s \"$0\" | base64 -d | gzip -dc | od -An -v -tu1 -w1 | grep -nv ' 0$'; :"]
        + [plain + padding])
    #expect(status == 0 && errors == "", "\(errors)")
    var places: Set<Int> = []
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: ":")
      let octet = try #require(Int(parts[1].trimmingPrefix { $0 == " " }))
      let row = try #require(Int(parts[0])) - 1
      for bit in 0..<8 where octet >> (7 - bit) & 1 == 1 { places.insert(8 * row + bit) }
    }
    return places
  }

  private static func certificate(
    _ client: BitimClient, _ number: String
  ) async throws -> BitimV1.GetCertificateResponse {
    var request = BitimV1.GetCertificateRequest()
    request.number = number
    return try await CertificateServiceClient(client).getCertificate(request)
  }

  // what is stayed has no effect.
  @Test(
    "have a bit for what is revoked or replaced, and for what is suspended, and no other; one instant, one key"
  )
  func bits() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let story = try await Story(school)
    try school.sign()
    let registrar = story.cohort.registrar
    var (revoked, suspended, standings): (Set<Int>, Set<Int>, [BitimV1.Standing]) = ([], [], [])
    for paper in [story.replaced] + story.issued {
      let answer = try await Self.certificate(registrar, paper.number)
      let place = try #require(answer.statusIndex.map(Int.init))
      switch try #require(answer.status?.standing) {
      case .revoked, .replaced: revoked.insert(place)
      case .suspended: suspended.insert(place)
      default: break
      }
      standings.append(try #require(answer.status?.standing))
    }
    #expect(standings == [.replaced, .suspended, .revoked])
    let lists = try await Self.lists(registrar)
    #expect(try lists.map(Self.places) == [revoked, suspended])
    let text = try await AccessServiceClient(school.administrator).getCheckpoint(.init()).key
    let key = try #require(NoteKey(text)).forCertificates
    let issuer = DIDKey(key.publicKey)
    let log = String(key.name.split(separator: "/")[1])
    for (list, purpose) in zip(lists, ["revocation", "suspension"]) {
      let name = "urn:bitim:\(log):status:2026:\(purpose)"
      #expect(list["id"] as? String == name)
      #expect(list["issuer"] as? String == "\(issuer)")
      #expect(list["validFrom"] as? String == "2026-11-22T07:00:00Z")
      #expect(list["validUntil"] as? String == "2026-12-23T07:00:00Z")
      let subject = try #require(list["credentialSubject"] as? NSDictionary)
      #expect(subject["id"] as? String == "\(name)#list")
      #expect(subject["statusPurpose"] as? String == purpose)
      let proof = try #require(list["proof"] as? NSDictionary)
      #expect(proof["verificationMethod"] as? String == issuer.method)
      #expect(proof["created"] as? String == "2026-11-22T07:00:00Z")
      #expect((proof["proofValue"] as? String)?.hasPrefix("z") == true)
    }
    // Where they will lie is their name; of another year nothing is set.
    let named = try await Self.lists(
      story.cohort.certifier, 2025, at: "https://mediators.example/%D1%82%D0%B5%D0%BA")
    #expect(
      named.map { $0["id"] as? String } == [
        "https://mediators.example/%D1%82%D0%B5%D0%BA/2025-revocation.json",
        "https://mediators.example/%D1%82%D0%B5%D0%BA/2025-suspension.json",
      ])
    #expect(try named.map(Self.places) == [[], []])
  }

  @Test("a place is the same after a start, and two certificates have two; an adopted one has none")
  func kept() async throws {
    let founded = try TestSchool()
    let story = try await Story(founded)
    var places: [Int32] = []
    for paper in story.issued {
      let answer = try await Self.certificate(story.cohort.registrar, paper.number)
      places.append(try #require(answer.statusIndex))
    }
    #expect(Set(places).count == 2)
    let adopted = try await Self.certificate(story.cohort.registrar, "1000-000001-90")
    #expect(adopted.sheet?.kind == .adopted)
    #expect(adopted.statusIndex == nil)
    founded.halt()
    let school = try TestSchool(reopening: founded)
    defer { school.close() }
    let person = try await school.person("Serikova", "Aliya")
    let registrar = try await school.client(person, [.registrar], in: "SCHOOL")
    for (paper, place) in zip(story.issued, places) {
      #expect(try await Self.certificate(registrar, paper.number).statusIndex == place)
    }
  }

  @Test("are not given to a centre, of no year and under no name; nor while nobody signs")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    try await school.centre("ALA-01")
    let one = try await school.person("Serikova", "Aliya")
    let registrar = try await school.client(one, [.registrar], in: "SCHOOL")
    let other = try await school.person("Omarov", "Nurlan")
    let centre = try await school.client(other, [.registrar], in: "ALA-01")
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await Self.lists(centre)
    }
    for year: Int32 in [-1, 0, 1000, 1999, 10_000] {
      await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
        _ = try await Self.lists(registrar, year)
      }
    }
    let long = "https://mediators.example/" + String(repeating: "a", count: 375)
    for address in [
      "mediators.example", "ftp://mediators.example", "https://", "https://mediators.example/",
      "https://mediators.example/a b", "https://mediators.example/a\"b",
      "https://mediators.example#a",
      "https://mediators.example/тексеру", "https://mediators.example?a", long,
    ] {
      await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
        _ = try await Self.lists(registrar, at: address)
      }
    }
    for address in ["", "https://mediators.example", String(long.dropLast())] {
      await expectRefused(["NOTHING_SIGNED"], .failedPrecondition) {
        _ = try await Self.lists(registrar, at: address)
      }
    }
  }
}
