import BitimClient
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

@testable import bitim

@Suite("Copies of the registry")
struct CopyTests {
  /// A School whose cohort of ten has passed, so that certificates can be issued one by one.
  private struct Ready {
    let school: TestSchool
    let cohort: TestCohort
    let people: [Int64]

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      // Ten numbers of the same birth date, found by their check digits.
      let iins = (0..<10_000).lazy.map { "9912310" + String(format: "%05d", $0) }
        .filter { (try? IIN($0)) != nil }.prefix(10)
      let rows = iins.enumerated().map { index, iin in
        TestCohort.row(Int32(index + 2), iin: iin)
      }
      _ = try await self.cohort.enrol(rows)
      var people: [Int64] = []
      for iin in iins {
        var find = BitimV1.FindPeopleRequest()
        find.purpose = .enrolment
        find.query = iin
        let found = try await PersonServiceClient(self.cohort.registrar).findPeople(find)
        people.append(try #require(found.people.first).id)
      }
      self.people = people
      try await self.cohort.allHours()
      try await self.cohort.session("S-014")
      for iin in iins { _ = try await self.cohort.result(iin, [80, 75, 90], in: "S-014") }
      _ = try await self.cohort.confirm("S-014")
    }

    /// Issues one person's certificate.
    func issue(_ person: Int64) async throws -> BitimV1.IssuedLine {
      let certificates = CertificateServiceClient(self.cohort.certifier)
      var target = BitimV1.Target()
      target.kind = .programme
      target.programme = 1
      var preview = BitimV1.PreviewIssueRequest()
      preview.personId = person
      preview.target = target
      var request = BitimV1.IssueCertificatesRequest()
      request.personId = person
      request.target = target
      request.previewDigest = try await certificates.previewIssue(preview).digest
      return try #require(try await certificates.issueCertificates(request).issued.first)
    }

    func verify(_ line: BitimV1.IssuedLine) async throws -> BitimV1.VerifyCertificateResponse {
      var request = BitimV1.VerifyCertificateRequest()
      request.number = line.number
      request.code = line.code
      return try await CertificateServiceClient(self.school.stranger).verifyCertificate(request)
    }

    func follow(_ folder: String) async throws -> Desk.End {
      let desk = Desk(
        client: self.school.administrator, output: Output(form: .json, language: .en),
        isInteractive: false)
      return try await BackupCommand.backup(["--follow", folder, "--once"], desk)
    }

    func bitimd(_ words: [String]) throws -> (status: Int32, output: String, errors: String) {
      try Repository.run(
        "bitimd", words + ["--database", self.school.database], in: self.school.folder)
    }
  }

  @Test("disk loss: what the second copy lacks is named as unknown, and no number comes twice")
  func diskLoss() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let copy = ready.school.folder.appendingPathComponent("copy").path
    var kept: [BitimV1.IssuedLine] = []
    for person in ready.people.prefix(4) { kept.append(try await ready.issue(person)) }
    #expect(try await ready.follow(copy) == .done)
    // Issued, acknowledged, and lost with the disk, while others are being verified.
    var lost: [BitimV1.IssuedLine] = []
    for person in ready.people.dropFirst(4).prefix(3) {
      lost.append(try await ready.issue(person))
      #expect(try await ready.verify(kept[0]).verdict == .valid)
    }
    for suffix in ["", "-wal", "-shm"] {
      try FileManager.default.removeItem(atPath: ready.school.database + suffix)
    }
    ready.school.halt()
    for suffix in ["", "-wal", "-shm"] {
      // The server, which still had the files open, left none of them.
      #expect(!FileManager.default.fileExists(atPath: ready.school.database + suffix))
    }

    let restore = ["restore", "--from", copy, "--burn", "50"]
    // Beside nothing a copy is taken at its word alone.
    let asked = try ready.bitimd(restore)
    #expect(asked.status == 2)
    #expect(asked.errors.hasSuffix("To take it as it is, say --give-up unknown.\n"))
    let restored = try ready.bitimd(restore + ["--give-up", "unknown"])
    #expect(restored.status == 0, "\(restored.output) \(restored.errors)")
    #expect(restored.output.contains("burned    serials 5 to 54 of 2026"))
    #expect(restored.output.contains("No copy of the registry holds"))
    let school = try TestSchool(reopening: ready.school)
    defer { school.close() }
    for line in kept { #expect(try await ready.verify(line).verdict == .valid) }
    for line in lost {
      let answer = try await ready.verify(line)
      #expect(answer.verdict == .unknown)
      #expect(answer.restoredTo?.seconds == school.clock.now.unixMilliseconds / 1_000)
    }
    var beyond = kept[0]
    beyond.number = CertificateNumber(year: 2026, serial: 55)?.text ?? ""
    #expect(try await ready.verify(beyond).restoredTo == nil)
    // The same people are certified anew, under numbers that nobody ever had.
    let again = try await ready.issue(ready.people[4])
    #expect(again.number == beyond.number)
    #expect(try await ready.verify(again).verdict == .valid)
    var list = BitimV1.ListCertificatesRequest()
    list.year = 2026
    let listed = try await CertificateServiceClient(ready.cohort.certifier).listCertificates(list)
    #expect(listed.certificates.count == 5)
    #expect(listed.missingSerials == [])
    #expect(try school.check().problems == [])
  }

  @Test(
    "a backup is one state, verified, and restores; an older one only when told what is given up")
  func backup() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let service = BackupServiceClient(ready.school.administrator)
    let made = try await service.makeBackup(.init())
    #expect(made.file == "bitim-20261122T070000Z.db")
    let journal = try await AccessServiceClient(ready.school.administrator).getJournal(.init())
    #expect(made.acts == journal.size)
    #expect(made.root == journal.root)
    let path = ready.school.folder.appendingPathComponent("backups/\(made.file)").path
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.size] as? Int64 == made.octets)
    #expect(facts[.posixPermissions] as? Int == 0o600 || getuid() == 0)
    // The clock stands: both are of one second.
    let second = try await service.makeBackup(.init())
    #expect(second.file == "bitim-20261122T070000Z-2.db")
    #expect(second.root == made.root)
    let line = try await ready.issue(ready.people[0])
    ready.school.halt()

    let refused = try ready.bitimd(["restore", "--from", path, "--burn", "10"])
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains(
        "has \(made.acts + 1) acts, the copy \(made.acts). To give up 1 acts for ever, say "
          + "--give-up 1."))
    let unburned = try ready.bitimd(["restore", "--from", path])
    #expect(unburned.status == 2)
    #expect(unburned.errors.contains("--burn N"))
    // Nothing was touched: the registry is as it was.
    #expect(try ready.bitimd(["check"]).output.contains("acts \(made.acts + 1)\n"))
    // Whatever is said, a number that the database there shows as given out is burned.
    let restored = try ready.bitimd([
      "restore", "--from", path, "--burn", "0", "--give-up", "1",
    ])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.contains("burned    serials 1 to 1 of 2026"))
    #expect(try ready.bitimd(["check"]).output.hasSuffix("clean\n"))
    let school = try TestSchool(reopening: ready.school)
    defer { school.close() }
    #expect(try await ready.verify(line).restoredTo != nil)
  }

  @Test("a damaged copy replaces nothing, and a checkpoint of another history is refused")
  func damaged() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let copy = ready.school.folder.appendingPathComponent("copy")
    #expect(try await ready.follow(copy.path) == .done)
    let other = ready.school.folder.appendingPathComponent("other.checkpoint").path
    try Data("bitim\n3\n\(Base64.text([UInt8](repeating: 1, count: 32)))\n".utf8)
      .write(to: URL(fileURLWithPath: other))
    ready.school.halt()
    let forked = try ready.bitimd([
      "restore", "--from", copy.path, "--burn", "0", "--checkpoint", other,
    ])
    #expect(forked.status == 2)
    #expect(forked.errors.contains("have another history from some act up to 3 on"))
    let file = copy.appendingPathComponent("acts.bitim")
    let octets = [UInt8](try Data(contentsOf: file))
    // In the middle of a piece, and in the length of the first: neither passes for a piece cut off.
    for place in [octets.count / 2, 1, 2, 5] {
      var altered = octets
      altered[place] ^= 1
      try Data(altered).write(to: file)
      let damaged = try ready.bitimd(["restore", "--from", copy.path, "--burn", "0"])
      #expect(damaged.status == 2)
      #expect(damaged.errors.contains("acts.bitim: is damaged at octet"))
    }
    #expect(try ready.bitimd(["check"]).output.hasSuffix("clean\n"))
  }

  @Test("what a restore can't know, or leaves unused, is asked or told")
  func unknown() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let desk = Desk(
      client: ready.school.administrator, output: Output(form: .json, language: .en),
      isInteractive: false)
    // Nobody keeps a second copy yet: an alarm, as much as one that is late.
    #expect(try await BackupCommand.status([], desk) == .unknown)
    let copy = ready.school.folder.appendingPathComponent("copy")
    #expect(try await ready.follow(copy.path) == .done)
    #expect(try await BackupCommand.status([], desk) == .done)
    let acts = try await AccessServiceClient(ready.school.administrator).getJournal(.init()).size
    _ = try await ready.issue(ready.people[0])
    _ = try await ready.issue(ready.people[1])
    #expect(try await ready.follow(copy.path) == .done)
    ready.school.halt()
    let file = copy.appendingPathComponent("acts.bitim")
    let whole = try Data(contentsOf: file)

    // What has most says how much is given up, a checkpoint beside it or not.
    let cut = ready.school.folder.appendingPathComponent("cut")
    try FileManager.default.createDirectory(at: cut, withIntermediateDirectories: true)
    try whole.dropLast(7).write(to: cut.appendingPathComponent("acts.bitim"))
    let checkpoint = ready.school.folder.appendingPathComponent("kept.checkpoint").path
    try Data("bitim\n\(acts + 1)\n\(Base64.text([UInt8](repeating: 1, count: 32)))\n".utf8)
      .write(to: URL(fileURLWithPath: checkpoint))
    let words = ["restore", "--from", cut.path, "--burn", "0", "--checkpoint", checkpoint]
    let behind = try ready.bitimd(words)
    #expect(behind.status == 2)
    #expect(
      behind.errors.hasSuffix(
        "the database that is there has \(acts + 2) acts, the copy \(acts). To give up 2 acts for "
          + "ever, say --give-up 2.\n"))

    // A database whose numbers nobody can read may have given out any.
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ready.school.database + suffix)
    }
    var other: OpaquePointer?
    #expect(unsafe sqlite3_open(ready.school.database, &other) == SQLITE_OK)
    let head =
      "CREATE TABLE journal_head (size, frontier); INSERT INTO journal_head VALUES (0, x'')"
    #expect(unsafe sqlite3_exec(other, head, nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(other)
    let numbers = try ready.bitimd(["restore", "--from", cut.path, "--burn", "0"])
    #expect(numbers.status == 2)
    #expect(numbers.errors.contains("which numbers it gave out can't be read. Count them into"))

    // A database that nobody can read may have had any number of acts.
    try Data(repeating: 7, count: 100_000).write(to: URL(fileURLWithPath: ready.school.database))
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ready.school.database + suffix)
    }
    let asked = try ready.bitimd(words)
    #expect(asked.status == 2)
    #expect(asked.errors.contains("can't be read, so nobody can say how many acts it has beyond"))
    let restored = try ready.bitimd(words + ["--give-up", "unknown"])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.contains("as of     2026-11-22T07:00:00."))
    #expect(restored.output.contains("its last "))
    #expect(try ready.bitimd(["check"]).output.hasSuffix("clean\n"))

    let nothing = try ready.bitimd(["restore", "--from", ready.school.folder.path, "--burn", "0"])
    #expect(nothing.status == 2)
    #expect(
      nothing.errors.hasSuffix(
        "acts.bitim: can't be read; is it there, and readable for this user?\n"))
    try Data().write(to: cut.appendingPathComponent("acts.bitim"))
    let empty = try ready.bitimd(["restore", "--from", cut.path, "--burn", "5"])
    #expect(empty.status == 2)
    #expect(empty.errors.contains("holds no act; nothing was replaced."))

    // The copy that was kept until then has more than there is.
    let school = try TestSchool(reopening: ready.school)
    defer { school.close() }
    let later = Desk(
      client: school.administrator, output: Output(form: .json, language: .en),
      isInteractive: false)
    #expect(try await BackupCommand.backup(["--follow", copy.path, "--once"], later) == .failed)
  }

  @Test("a backup without a folder to go to says which folder")
  func nowhere() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let folder = ready.school.folder.appendingPathComponent("backups")
    try Data().write(to: folder)
    let failure = await #expect(throws: CallFailure.self) {
      try await BackupServiceClient(ready.school.administrator).makeBackup(.init())
    }
    guard case .refused(let status) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(status.code == .unavailable)
    #expect(status.reasons.map(\.reason) == ["BACKUP_FAILED"])
    let said = status.reasons.first?.metadata
    #expect(said == ["what": "\(folder.path): Not a directory; name a folder that is there"])
  }

  @Test("a second copy takes along who read what, before the act that counts it (R-903)")
  func reads() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let copy = ready.school.folder.appendingPathComponent("copy").path
    func read() async throws {
      var get = BitimV1.GetPersonRequest()
      (get.personId, get.purpose) = (ready.people[0], .audit)
      _ = try await PersonServiceClient(ready.cohort.registrar).getPerson(get)
    }
    // Ten were found by their identifiers.
    #expect(try await ready.follow(copy) == .done)
    try await read()
    ready.school.turn(to: "2026-11-23")
    try await read()
    #expect(try await ready.follow(copy) == .done)
    try await read()
    #expect(try await ready.follow(copy) == .done)
    var beyond = BitimV1.FollowActsRequest()
    beyond.readsAfter = 14
    await #expect(throws: CallFailure.self) {
      try await BackupServiceClient(ready.school.administrator).followActs(beyond)
    }
    ready.school.halt()
    let restored = try ready.bitimd(["restore", "--from", copy, "--burn", "0"])
    #expect(restored.status == 0, "\(restored.output) \(restored.errors)")
    let school = try TestSchool(reopening: ready.school)
    defer { school.close() }
    school.turn(to: "2026-11-23")
    let auditor = try await school.client(
      school.person("Tursynova", "Zhanar"), [.auditor])
    let reads = try await AccessServiceClient(auditor).listReads(.init()).reads
    #expect(reads.map(\.number) == (1...13).reversed())
    #expect(reads.map { $0.digestAct != 0 } == [false, false] + Array(repeating: true, count: 11))
    #expect(try school.problems() == [])
  }

  @Test("a second copy goes on after it was cut off in the middle of a piece")
  func cutOff() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let copy = ready.school.folder.appendingPathComponent("copy")
    let before = try await BackupServiceClient(ready.school.administrator).getServerStatus(.init())
    #expect(!before.isFollowed)
    #expect(before.copyLagSeconds == nil)
    #expect(before.freeOctets == 1 << 40)
    #expect(!before.diskLow)
    #expect(before.version == Version.text)
    #expect(before.schema == RegistrySchema.name)
    #expect(try await ready.follow(copy.path) == .done)
    let file = copy.appendingPathComponent("acts.bitim")
    let whole = try Data(contentsOf: file)
    _ = try await ready.issue(ready.people[0])
    #expect(try await ready.follow(copy.path) == .done)
    let grown = try Data(contentsOf: file)
    #expect(grown.count > whole.count)
    try grown.dropLast(7).write(to: file)
    #expect(try await ready.follow(copy.path) == .done)
    #expect(try Data(contentsOf: file).count == grown.count)
    var beyond = BitimV1.FollowActsRequest()
    beyond.storedSequence = .max
    await #expect(throws: CallFailure.self) {
      try await BackupServiceClient(ready.school.administrator).followActs(beyond)
    }
    let status = try await BackupServiceClient(ready.school.administrator).getServerStatus(.init())
    #expect(status.isFollowed)
    #expect(status.copyLagSeconds == 0)
  }

  @Test("a second copy on another machine is written by ssh with a few words of its shell")
  func remote() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    let folder = ready.school.folder
    // Plays OpenSSH: notes its words, and gives the last of them to a shell of this machine.
    let bin = folder.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    let ssh = bin.appendingPathComponent("ssh").path
    let script =
      "#!/bin/sh\necho \"$@\" >>'\(folder.path)/words'\nfor last; do :; done\nexec sh -c \"$last\"\n"
    // Written by another process: a program that this one has open, or had when another test started
    // one, is a busy file to whoever would run it.
    let written = try Program.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "umask 077; cat >\"$0\"; chmod 700 \"$0\"", ssh],
      input: script)
    #expect(written.status == 0)
    let token = folder.appendingPathComponent("admin.token").path
    #expect(
      FileManager.default.createFile(
        atPath: token, contents: Data(ready.school.secret.utf8),
        attributes: [.posixPermissions: 0o600]))
    func follow(_ place: String) throws -> (status: Int32, output: String, errors: String) {
      try Repository.run(
        "bitim",
        [
          "admin", "backup", "--follow", place, "--once", "--server",
          ready.school.address.description, "--token-file", token, "--language", "en",
        ], in: folder, path: bin.path)
    }
    let copy = folder.appendingPathComponent("far/copy").path
    let first = try follow("ssh://bitim@other-host\(copy)")
    #expect(first.status == 0, "\(first.errors)")
    _ = try await ready.issue(ready.people[0])
    #expect(try follow("ssh://bitim@other-host\(copy)").status == 0)
    #expect(try follow("ssh://bitim@other-host:2222\(copy)").status == 0)
    #expect(try follow("ssh://bitim@[::1]\(copy)").status == 0)
    let words = try String(contentsOfFile: folder.path + "/words", encoding: .utf8)
    #expect(words.contains("-o BatchMode=yes"))
    #expect(words.contains("-- bitim@other-host umask 077 && mkdir -p \(copy)"))
    #expect(words.contains("-p 2222 -- bitim@other-host umask 077 && mkdir -p \(copy)"))
    #expect(words.contains("-- bitim@::1 umask 077 && mkdir -p \(copy)"))
    ready.school.halt()
    let restored = try ready.bitimd(["restore", "--from", copy, "--burn", "0"])
    #expect(restored.status == 0, "\(restored.errors)")
    // A file stands where the folder should be.
    let taken = try follow(token + "/copy")
    #expect(taken.status == 5)
    #expect(
      taken.errors
        == "bitim: \(token)/copy/acts.bitim: can't be made, read or written; see its folder\n")
    for bad in ["ssh://host/a;b", "ssh://-oProxyCommand=x/a", "ssh://host", "ssh://ho st/a"] {
      #expect(try follow(bad).status == 2)
    }
  }

  @Test("recover-admin makes a token for an administrator, and the journal shows it")
  func recover() async throws {
    let ready = try await Ready()
    defer { ready.school.close() }
    ready.school.halt()
    let token = ready.school.folder.appendingPathComponent("new.token").path
    let unknown = try ready.bitimd([
      "recover-admin", "--person", PersonNumber.text(9_999), "--token-file", token,
    ])
    #expect(unknown.status == 1)
    #expect(unknown.errors == "bitimd: person: person unknown (PERSON_UNKNOWN)\n")
    // A token that can't be left anywhere is not made.
    let before = try ready.bitimd(["check"]).output
    let nowhere = ready.school.folder.appendingPathComponent("none/new.token").path
    let lost = try ready.bitimd([
      "recover-admin", "--person", PersonNumber.text(1), "--token-file", nowhere,
    ])
    #expect(lost.status == 2)
    #expect(
      lost.errors
        == "bitimd: \(nowhere): can't be written; see its folder, or name another --token-file.\n")
    #expect(try ready.bitimd(["check"]).output == before)
    let made = try ready.bitimd([
      "recover-admin", "--person", PersonNumber.text(1), "--token-file", token,
    ])
    #expect(made.status == 0, "\(made.errors)")
    let again = try ready.bitimd([
      "recover-admin", "--person", PersonNumber.text(1), "--token-file", token,
    ])
    #expect(again.status == 2)
    #expect(again.errors == "bitimd: \(token): is there already; name another file.\n")
    let school = try TestSchool(reopening: ready.school)
    defer { school.close() }
    // The program's clock is the system's, ahead of the test's: the token is in force.
    let secret = try String(contentsOfFile: token, encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let client = BitimClient(address: school.address, token: secret)
    let access = AccessServiceClient(client)
    #expect(try await access.whoAmI(.init()).roles == [.administrator])
    var request = BitimV1.GetJournalRequest()
    request.entries = 1
    let journal = try await access.getJournal(request)
    #expect(try #require(journal.entries.last).contains("\"kind\":\"token_created\""))
    #expect(try school.check().problems == [])
  }
}
