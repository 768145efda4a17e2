import BitimClient
import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@testable import bitim

@Suite(
  "Keys at the command line (R-920, R-921)",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct KeyCommandTests {
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    /// The key of the log that signs.
    let log: String

    init() async throws {
      self.school = try TestSchool(signs: true)
      self.cohort = try await TestCohort(self.school)
      try self.school.sign()
      self.log = try await AccessServiceClient(self.school.administrator)
        .getCheckpoint(.init()).key
    }

    /// The same octets under another name: a key that certificates could have.
    func other() throws -> String {
      let key = try #require(NoteKey(self.log))
      return try #require(NoteKey(name: "mediators.kz", publicKey: key.publicKey)).description
    }

    func bitim(
      _ words: String..., language: String = "en"
    ) throws -> (status: Int32, output: String, errors: String) {
      let token = self.school.folder.appendingPathComponent("\(UUID().uuidString).token").path
      #expect(
        FileManager.default.createFile(
          atPath: token, contents: Data(self.school.secret.utf8),
          attributes: [.posixPermissions: 0o600]))
      return try Repository.run(
        "bitim",
        words + [
          "--server", self.school.address.description, "--token-file", token, "--language",
          language,
        ], in: self.school.folder)
    }

    /// A certifier approves what waits.
    func approve(_ headline: String) async throws {
      let desk = Desk(
        client: self.cohort.certifier, output: Output(form: .table, language: .kk),
        isInteractive: false)
      let proposal = try #require(
        try await ProposalServiceClient(self.cohort.certifier).listProposals(.init()).proposals
          .first)
      #expect(desk.headline(proposal).kind == headline)
      #expect(
        try await ProposalCommand.run(
          ["approve", "\(proposal.act)", "--digest", proposal.shownDigest], desk) == .done)
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: self.school.folder.appendingPathComponent(name), encoding: .utf8)
    }
  }

  @Test("a key is added and retired by two persons, listed for people and programs, and saved")
  func whole() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    let none = try scene.bitim("key", "list", "--to", "none")
    #expect(none.status == 1)
    #expect(none.errors == "no key was certified; nothing is saved\n")
    #expect(try scene.bitim("audit", "key", "--to", "own").status == 0)
    // A file that has the key is as good as the key.
    let added = try scene.bitim(
      "key", "add", "own", "--use", "log", "--from", "01.11.2026", "--kept", "сейф № 2")
    #expect(added.status == 7)
    #expect(
      added.errors.hasPrefix(
        "\(scene.log)\nto sign (log) from 2026-11-01 on\nkept: сейф № 2\n"))
    try await scene.approve("кілтті куәландыру")
    let listed = try scene.bitim("key", "list", "--output", "csv")
    #expect(
      listed.output
        == "key,use,from,until,ground,size,kept,proposed,approved\r\n"
        + "\(scene.log),log,2026-11-01,,,,сейф № 2,Abenova Gulnar,Sadykova Dana\r\n")
    #expect(try scene.bitim("key", "list").output.contains(scene.log))
    let json = try scene.bitim("key", "list", "--output", "json").output
    #expect(json.contains("\"use\":\"KEY_USE_LOG\""))
    #expect(try scene.bitim("key", "list", "--to", "all").status == 0)
    // One key under both its names: it signs the log, and certificates.
    let papers = try #require(NoteKey(scene.log)).forCertificates
    #expect(try scene.text("all") == "\(scene.log)\n\(papers)\n")
    // What was kept is evidence: nothing is written over it.
    #expect(try scene.bitim("key", "list", "--to", "all").status == 2)
    let digits = String(try #require(scene.log.split(separator: "+").dropFirst().first))
    let last = try scene.bitim("key", "retire", digits, "--ground", "rotated")
    #expect(last.status == 1)
    #expect(
      last.errors
        == "no other key of the log stands then; certify the next one first: `bitim key add`\n"
    )
    let stolen = try scene.bitim(
      "key", "retire", digits, "--ground", "stolen", "--last-day", "2026-11-20", "--believed", "4")
    #expect(stolen.status == 7)
    #expect(
      stolen.errors.hasPrefix(
        """
        \(scene.log)
        to sign (log) until 2026-11-20 and no more: stolen
        to be believed up to 4 acts of the journal
        kept: сейф № 2
        stands: \(scene.log)

        """))
    try await scene.approve("кілтті шығару")
    let csv = try scene.bitim("key", "list", "--output", "csv", language: "kk").output
    #expect(csv.contains("\(scene.log),log,2026-11-01,2026-11-20,stolen,4,"))
    // A line of a file can't say up to when a stolen key is believed.
    #expect(try scene.bitim("key", "list", "--to", "left").status == 1)
    let other = try scene.bitim("key", "add", scene.other(), "--use", "certificates")
    #expect(other.status == 1)
    #expect(
      other.errors == "was certified already, from 2026-11-01 on; a key is certified once\n")
    // A file that has it under the log's name alone says as much as the name.
    try Data("\(scene.other())\n".utf8).write(
      to: scene.school.folder.appendingPathComponent("next"))
    #expect(
      try scene.bitim("key", "add", "next", "--use", "certificates").errors == other.errors)
    #expect(
      try scene.bitim("key", "retire", "next", "--ground", "lost").errors
        == scene.bitim("key", "retire", scene.other(), "--ground", "lost").errors)
    #expect(try scene.bitim("key", "add", "x", "--use", "log").status == 1)
    #expect(try scene.bitim("key", "retire", "x", "--ground", "lost").status == 1)
    #expect(try scene.bitim("key", "show").status == 2)
    #expect(try scene.school.problems() == [])
  }

  @Test("a file of keys says whom nobody is to believe, whoever introduces it")
  func disbelieved() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    #expect(try scene.bitim("key", "add", scene.log, "--use", "log").status == 7)
    try await scene.approve("кілтті куәландыру")
    // RFC 8032, section 7.1, TEST 1.
    let octets = try #require(
      Hex.octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    let own = try #require(NoteKey(scene.log))
    let publicKey = try #require(Ed25519PublicKey(octets))
    let other = try #require(NoteKey(name: own.name, publicKey: publicKey))
    #expect(try scene.bitim("key", "add", "\(other)", "--use", "log").status == 7)
    try await scene.approve("кілтті куәландыру")
    #expect(
      try scene.bitim("key", "retire", "\(other)", "--ground", "stolen", "--believed", "4").status
        == 7)
    try await scene.approve("кілтті шығару")
    #expect(try scene.bitim("key", "list", "--to", "school.pub").status == 0)
    #expect(
      try scene.text("school.pub") == "\(own)\n\(own.forCertificates)\n!\(other)\n")
  }

  @Test("an auditor is told that a note is signed by a key that is retired, or stolen before it")
  func audited() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    #expect(try scene.bitim("audit", "checkpoint", "--to", "note").status == 0)
    let size = try await AccessServiceClient(scene.school.administrator).getJournal(.init()).size
    // Keys of others in the file do no harm.
    let other = try scene.other()
    try Data("# кілттер\n\(other)\n\(scene.log)\n".utf8).write(
      to: scene.school.folder.appendingPathComponent("keys"))
    func checks() throws -> (status: Int32, key: String?) {
      let said = try scene.bitim(
        "audit", "verify", "--checkpoint", "note", "--trust", "keys", "--output", "csv")
      let rows = said.output.split(separator: "\r\n").map(String.init)
      return (said.status, rows.first { $0.hasPrefix("key,") })
    }
    #expect(try checks() == (0, nil))
    #expect(try scene.bitim("key", "add", scene.log, "--use", "log").status == 7)
    try await scene.approve("кілтті куәландыру")
    #expect(try checks() == (0, nil))
    #expect(try scene.bitim("key", "retire", scene.log, "--ground", "lost").status == 7)
    try await scene.approve("кілтті шығару")
    var said = try checks()
    #expect(said.status == 0)
    #expect(
      said.key
        == "key,holds,the key \(scene.log) is retired (lost) and signs nothing since 2026-11-22; what it "
        + "has signed goes on being believed")
    #expect(
      try scene.bitim(
        "key", "retire", scene.log, "--ground", "stolen", "--believed", "\(size - 1)"
      ).status == 7)
    try await scene.approve("кілтті шығару")
    said = try checks()
    #expect(said.status == 1)
    #expect(said.key?.hasPrefix("key,fails,\"the key \(scene.log) was stolen") == true)
  }

  @Test("what is believed of a stolen key is said of a note that is within")
  func within() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    #expect(try scene.bitim("audit", "checkpoint", "--to", "note").status == 0)
    let size = try await AccessServiceClient(scene.school.administrator).getJournal(.init()).size
    #expect(try scene.bitim("key", "add", scene.log, "--use", "log").status == 7)
    try await scene.approve("кілтті куәландыру")
    #expect(
      try scene.bitim(
        "key", "retire", scene.log, "--ground", "stolen", "--believed", "\(size)"
      ).status == 7)
    try await scene.approve("кілтті шығару")
    try Data("\(scene.log)\n".utf8).write(to: scene.school.folder.appendingPathComponent("keys"))
    let said = try scene.bitim("audit", "verify", "--checkpoint", "note", "--trust", "keys")
    #expect(said.status == 0)
    #expect(said.output.contains("within"))
  }
}
