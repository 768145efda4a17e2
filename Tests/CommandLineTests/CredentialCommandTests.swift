import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@testable import bitim

@Suite(
  "A certificate's credential, saved",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct CredentialCommandTests {
  private static func read(_ path: String) throws -> SignedCredential {
    try #require(SignedCredential(try Repository.octets(absolute: path)))
  }

  @Test("lies in a file of its owner's alone, plain or as a badge, and says whose key signed it")
  func saved() async throws {
    let office = try await Office(on: "2026-02-01", signs: true)
    let paper = try office.certificate()
    try office.school.sign()
    let folder = office.school.folder.path
    let plain = try office.bitim(
      "registrar", ["certificate", "credential", paper.number, "--to", "\(folder)/ұлжан.json"])
    #expect(plain.status == 0)
    #expect(plain.output == "")
    let read = try Self.read("\(folder)/ұлжан.json")
    #expect(read.holds && read.form == .plain && read.credential.number == paper.number)
    #expect(
      plain.errors
        == "credential kept: \(folder)/ұлжан.json; signed by \(read.credential.issuer), which must be the "
        + "School's key: `bitim publish` and verify.html say it\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/ұлжан.json")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let badge = try office.bitim(
      "registrar",
      [
        "certificate", "credential", paper.number, paper.code, "--format", "openbadge", "--page",
        "https://mediators.example/тексеру/verify.html", "--to", "\(folder)/badge.json",
      ])
    // Programs want an address as the net has it.
    #expect(badge.status == 2)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/badge.json"))
    let other = try office.bitim(
      "registrar",
      [
        "certificate", "credential", paper.number, "--format", "openbadge", "--page",
        "https://mediators.example/verify.html", "--to", "\(folder)/badge.json",
      ])
    #expect(other.status == 0)
    let second = try Self.read("\(folder)/badge.json")
    #expect(second.holds && second.form == .badge)
    #expect(second.credential.lists == .web("https://mediators.example/status"))
    // What is kept is not written over.
    let again = try office.bitim(
      "registrar", ["certificate", "credential", paper.number, "--to", "\(folder)/badge.json"])
    #expect(again.status != 0)
    #expect(try Self.read("\(folder)/badge.json") == second)
  }

  @Test("another format, and a School that signs nothing, are said in words")
  func refused() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let format = try office.bitim(
      "registrar", ["certificate", "credential", paper.number, "--format", "pdf"])
    #expect(format.status == 2)
    #expect(format.errors.contains("vc, openbadge"))
    let unsigned = try office.bitim("registrar", ["certificate", "credential", paper.number])
    #expect(unsigned.status != 0)
    #expect(
      unsigned.errors.contains("no checkpoint is signed: signing is off (signer = none)"))
  }
}
