import BitimCrypto
import BitimTestSupport
import Foundation
import Testing

@testable import BitimTrust

@Suite("Status lists, and documents that are signed")
struct StatusListTests {
  private static func key(_ hex: String) throws -> DIDKey {
    let octets = try #require(Hex.octets(hex))
    return DIDKey(try #require(Ed25519PublicKey(octets)))
  }

  @Test("a canonical form has its members in the order of UTF-16, and escapes what JSON must")
  func canonical() {
    // cyberphone/json-canonicalization, commit 19d51d7, testdata/input/weird.json and output/weird.json.
    let weird: CanonicalJSON = .object([
      "\u{20ac}": .text("Euro Sign"), "\r": .text("Carriage Return"), "\n": .text("Newline"),
      "1": .text("One"), "\u{80}": .text("Control\u{7f}"), "😂": .text("Smiley"),
      "\u{f6}": .text("Latin Small Letter O With Diaeresis"),
      "\u{fb33}": .text("Hebrew Letter Dalet With Dagesh"),
      "</script>": .text("Browser Challenge"),
    ])
    #expect(
      weird.text == #"{"\n":"Newline","\r":"Carriage Return","1":"One","#
        + #""</script>":"Browser Challenge","# + "\"\u{80}\":\"Control\u{7f}\","
        + #""ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley","#
        + "\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}")
    #expect(
      CanonicalJSON.list([.text("\u{0}\u{8}\t\u{c}\u{1f}\"\\/"), .list([]), .object([:])]).text
        == #"["\u0000\b\t\f\u001f\"\\/",[],{}]"#)
  }

  @Test("a document is signed as W3C's vector of eddsa-jcs-2022 has it")
  func vector() throws {
    // w3c/vc-di-eddsa, commit abb673e, TestVectors/eddsa-jcs-2022.
    let key = try Self.key("b00d8d938e7f773d51565aad36a623f5344f7f5d1960f9cf3e8e12620ea2810f")
    #expect(key.description == "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
    #expect(
      key.method
        == "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
        + "#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
    let context: CanonicalJSON = .list([
      .text("https://www.w3.org/ns/credentials/v2"),
      .text("https://www.w3.org/ns/credentials/examples/v2"),
    ])
    let document: CanonicalJSON = .object([
      "@context": context,
      "id": .text("urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33"),
      "type": .list([.text("VerifiableCredential"), .text("AlumniCredential")]),
      "name": .text("Alumni Credential"),
      "description": .text("A minimum viable example of an Alumni Credential."),
      "issuer": .text("https://vc.example/issuers/5678"),
      "validFrom": .text("2023-01-01T00:00:00Z"),
      "credentialSubject": .object([
        "id": .text("did:example:abcdefgh"), "alumniOf": .text("The School of Examples"),
      ]),
    ])
    let proof = DataIntegrityProof(of: document, by: key, created: "2023-02-24T23:36:38Z")
    #expect(
      Hex.text(proof.message)
        == "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
        + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19")
    let signature = try #require(
      Hex.octets(
        "407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b80351da3f253d725c6f00b07c9e5448d5"
          + "0b3ef78012b9ab54255116d069c6dd2808"))
    #expect(key.publicKey.verifies(signature, of: proof.message))
    #expect(
      proof.signed(signature)
        == document.with(
          "proof",
          .object([
            "@context": context, "type": .text("DataIntegrityProof"),
            "cryptosuite": .text("eddsa-jcs-2022"), "created": .text("2023-02-24T23:36:38Z"),
            "verificationMethod": .text(key.method), "proofPurpose": .text("assertionMethod"),
            "proofValue": .text(
              "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
            ),
          ])))
  }

  @Test("zeros in front of what base58 says are kept")
  func zeros() {
    #expect(Base58.text([]) == "")
    #expect(Base58.text([0, 0, 1]) == "112")
    // draft-msporny-base58, "Test Vectors".
    #expect(Base58.text(Array("Hello World!".utf8)) == "2NEpo7TZRRrLZSi2U")
    #expect(Base58.text([0, 0, 0x28, 0x7f, 0xb4, 0xcd]) == "11233QC4")
  }

  /// SHA-256 of what gzip makes of a file.
  private static func unpacked(_ file: [UInt8]) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("file.gz")
    try Data(file).write(to: path)
    let (status, output, errors) = try Program.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "gzip -dc \"$0\" | sha256sum", path.path])
    #expect(status == 0 && errors == "", "\(errors)")
    return String(output.prefix(64))
  }

  @Test("gzip reads runs of every length, of every octet")
  func gzip() throws {
    var runs: [UInt8] = []
    for length in 1...600 {
      runs += [UInt8](repeating: UInt8(length & 255), count: length)
      runs.append(length % 2 == 0 ? 0 : 200)
    }
    let zeros = [UInt8](repeating: 0, count: 131_072)
    let files: [[UInt8]] = [[], [0], [143, 144, 255], runs, zeros]
    for octets in files {
      #expect(try Self.unpacked(Gzip.file(octets)) == Hex.text(SHA256.digest(octets)))
    }
    // RFC 1951 and 1952 by hand: a literal 0 is 00110000, a run of 3 is 0000001 and the distance 00000.
    #expect(
      Gzip.file([0, 0, 0, 0]) == [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0x63, 0x00, 0x02, 0x00, 0x1c, 0xdf, 0x44, 0x21, 4, 0,
        0,
        0,
      ])
  }

  @Test("the first place is the highest bit of the first octet, and the list is base64url of gzip")
  func bits() throws {
    var list = StatusList()
    for place in [0, 15, 1_048_575] { list.set(place) }
    let text = list.encoded
    #expect(text.first == "u" && !text.contains { "+/=".contains($0) })
    let plain = String(
      text.dropFirst().map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    let file = try #require(StrictBase64.octets(padded.utf8))
    let octets: [UInt8] = [0x80, 1] + [UInt8](repeating: 0, count: 131_069) + [1]
    #expect(try Self.unpacked(file) == Hex.text(SHA256.digest(octets)))
    // Few marks make a short list.
    #expect(text.utf8.count < 1_200)
  }

  @Test("a list says what it is, of which log or where it lies, and from when until when")
  func credential() throws {
    let key = try Self.key("b00d8d938e7f773d51565aad36a623f5344f7f5d1960f9cf3e8e12620ea2810f")
    let list = StatusList()
    let name = StatusList.Place.web("https://mediators.example/status").name(of: 2026, .revocation)
    #expect(name == "https://mediators.example/status/2026-revocation.json")
    #expect(
      StatusList.Place.log("bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d").name(of: 2026, .suspension)
        == "urn:bitim:c2f21ad3fcd91b4f03eeaae0ac4b3d2d:status:2026:suspension")
    #expect(
      list.credential(
        .revocation, called: name, by: key, from: "2026-11-22T07:00:00Z",
        until: "2026-12-23T07:00:00Z"
      ).text
        == #"{"@context":["https://www.w3.org/ns/credentials/v2"],"credentialSubject":{"encodedList":""#
        + list.encoded
        + #"","id":"https://mediators.example/status/2026-revocation.json#list","#
        + #""statusPurpose":"revocation","type":"BitstringStatusList"},"#
        + #""id":"https://mediators.example/status/2026-revocation.json","#
        + #""issuer":"did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2","#
        + #""type":["VerifiableCredential","BitstringStatusListCredential"],"#
        + #""validFrom":"2026-11-22T07:00:00Z","validUntil":"2026-12-23T07:00:00Z"}"#)
  }

  @Test("each serial of a year has a place of its own, which says nothing of its neighbours'")
  func places() {
    // Python's hmac: Tests/Interop/status.py has the same rounds.
    let secret = (0..<32).map { UInt8($0) }
    let places = StatusPlaces(secret: secret, year: 2026)
    #expect(
      [0, 1, 2, 3, 417, 999_999, 1_048_575].map { places.place(of: $0) }
        == [959_720, 165_055, 1_033_251, 596_287, 486_325, 726_163, 451_113])
    #expect(StatusPlaces(secret: secret, year: 2027).place(of: 1) == 648_630)
    let some = (1...1_000).map { places.place(of: $0) }
    #expect(Set(some).count == 1_000)
    #expect(some.allSatisfy { (0..<StatusList.count).contains($0) })
  }
}
