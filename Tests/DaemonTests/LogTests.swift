import BitimClient
import BitimProtocol
import BitimStore
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitimd

@Suite("The log is enough to run on")
struct LogTests {
  @Test(
    "of what others bring about one line in ten seconds is written, with how many were left out")
  func pace() {
    var pace = Pace()
    let second: Int64 = 1_000_000_000
    #expect(pace.take("token-unknown", now: 5 * second) == 0)
    #expect(pace.take("token-unknown", now: 6 * second) == nil)
    #expect(pace.take("token-expired", now: 6 * second) == 0)
    #expect(pace.take("token-unknown", now: 15 * second - 1) == nil)
    #expect(pace.take("token-unknown", now: 15 * second) == 2)
    #expect(pace.take("token-unknown", now: 25 * second) == 0)
  }

  @Test("what is wrong for a while is told when it begins and when it ends")
  func alarm() {
    var alarm = Alarm()
    #expect(
      [false, true, true, false, false, true].map { alarm.turn($0) } == [
        nil, true, nil, false, nil, true,
      ])
  }

  @Test("a long step says each second how far it has come")
  func progress() async throws {
    let (told, teller) = AsyncStream.makeStream(of: [String: String].self)
    let began = ContinuousClock.now
    var progress: bitimd.Progress? = bitimd.Progress("check", step: "checking", of: 20_000) {
      event, fields in
      teller.yield(fields.merging(["event": event]) { $1 })
    }
    progress?.note(acts: 700)
    var lines = told.makeAsyncIterator()
    let common = ["event": "check", "step": "checking", "of": "20000"]
    #expect(await lines.next() == common.merging(["acts": "700"]) { $1 })
    progress?.note(acts: 1_500)
    var next = await lines.next()
    // A second that was over before the note has the former figure.
    while next?["acts"] == "700" { next = await lines.next() }
    #expect(next == common.merging(["acts": "1500"]) { $1 })
    #expect(began.duration(to: .now) >= .milliseconds(1_700))
    progress = nil
    teller.finish()
  }

  @Test("there is little room below 1 GiB, and below 5 % of the disk")
  func room() {
    let gibi: Int64 = 1 << 30
    #expect(FileSystem.Room(free: gibi - 1, whole: 2 * gibi).isLow)
    #expect(!FileSystem.Room(free: gibi, whole: 20 * gibi).isLow)
    #expect(FileSystem.Room(free: gibi, whole: 21 * gibi).isLow)
    #expect(FileSystem.room(at: "/none") == nil)
  }

  @Test("every program says its version, and bitimd the schema of its database")
  func version() throws {
    let folder = FileManager.default.temporaryDirectory
    for (program, last) in [
      ("bitim", "bitim.v1"), ("bitim-rpc", "bitim.rpc.v1"), ("bitimd", RegistrySchema.name),
    ] {
      let (status, output, errors) = try Repository.run(program, ["--version"], in: folder)
      #expect(status == 0)
      #expect(output == "\(program) \(Version.text), \(last)\n")
      #expect(errors == "")
    }
  }

  /// The events of a log, and their fields.
  private func lines(_ text: String) throws -> [(prefix: String, fields: [String: String])] {
    try text.split(separator: "\n").map { line in
      let brace = try #require(line.firstIndex(of: "{"))
      let fields = try JSONDecoder().decode([String: String].self, from: Data(line[brace...].utf8))
      return (String(line[..<brace]), fields)
    }
  }

  @Test("journald is told levels; version and schema come first, refused tokens once a kind")
  func journal() async throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("log").path
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let log = try #require(FileHandle(forWritingAtPath: path))
    let identity = try #require(FileSystem.identity(of: path))
    try daemon.serve(errors: log, environment: ["JOURNAL_STREAM": identity.text])
    let access = AccessServiceClient(BitimClient(address: daemon.address, token: daemon.token))
    let patient = CallOptions(timeout: .seconds(60), waitsForReady: true)
    let me = try await access.whoAmI(.init(), options: patient)
    var request = BitimV1.CreateTokenRequest()
    request.personId = me.person?.id ?? 0
    request.organisation = me.organisation
    request.roles = [.administrator]
    request.name = "кеңсе"
    request.days = 1
    let made = try await access.createToken(request)
    var revocation = BitimV1.RevokeTokenRequest()
    revocation.id = made.token?.id ?? 0
    _ = try await access.revokeToken(revocation)
    let began = ContinuousClock.now
    for token in [made.secret, "none", "none", "none"] {
      await #expect(throws: CallFailure.self) {
        try await AccessServiceClient(BitimClient(address: daemon.address, token: token)).whoAmI(
          .init())
      }
    }
    #expect(daemon.stop() == 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains(made.secret))
    let lines = try self.lines(text)
    // What a full disk, or a minute without a second copy, would add; and what is signed, which is told
    // whenever it is: SignatureTests.
    let events = lines.map { $0.prefix + ($0.fields["event"] ?? "") }
      .filter { !$0.contains("disk") && !$0.contains("copy") && !$0.contains("signing") }
    // One line in ten seconds, however long this takes.
    let seconds = Int(began.duration(to: .now).components.seconds)
    let unknown = events.count { $0 == "<4>token-unknown" }
    #expect((1...(1 + seconds / 10)).contains(unknown))
    #expect(
      events.enumerated().filter { $0 == 0 || events[$0 - 1] != $1 }.map(\.element) == [
        "<6>started", "<6>listening", "<4>token-revoked", "<4>token-unknown", "<6>stopping",
        "<6>stopped",
      ])
    #expect(lines[0].fields["version"] == Version.number)
    #expect(lines[0].fields["commit"] == Version.commit)
    #expect(lines[0].fields["schema"] == RegistrySchema.name)
    let refused = lines.filter {
      $0.prefix == "<4>" && $0.fields["event"]?.hasPrefix("token") == true
    }
    #expect(refused.count == 1 + unknown)
    #expect(refused.allSatisfy { $0.fields["address"] == "this machine" })
  }
}
