import BitimLab
import BitimListener
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@Suite("bitim-rpc ends when the call ends", .serialized)
struct ProgrammersToolTests {
  /// A lab, and a run of bitim-rpc whose standard input stays open until the test closes it.
  private final class Bench {
    let folder: URL
    let server: Server
    let address: Address

    init() throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      self.address = .unix(path: folder.appendingPathComponent("s").path)
      let started = ContinuousClock.now
      self.server = try Server(
        Server.Layout(addresses: [self.address], loops: 1, workers: 2), table: LabService.table,
        clock: Clock(
          monotonicNanoseconds: {
            let (seconds, attoseconds) = started.duration(to: .now).components
            return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
          }, unixMilliseconds: { 0 }), makeContext: { _ in () })
    }

    deinit {
      self.server.stop(within: 5)
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    /// Runs the tool, writes `input` to it, and closes its input only if told.
    func run(
      _ words: [String], input: String = "", closes: Bool = false
    ) throws -> (status: Int32, output: String, errors: String) {
      try Program.run(
        Repository.program("bitim-rpc"), ["--server", self.address.description] + words,
        input: input, closes: closes, bound: 20)
    }
  }

  @Test("a message that can't be read cancels the call, and is named by number and octet")
  func unreadable() throws {
    let bench = try Bench()
    let bad = try bench.run(["call", "lab.v1.Lab/Chat", "-d", "{bad"])
    #expect(bad.status == 2)
    #expect(bad.errors.hasPrefix("bitim-rpc: -d: message 1, from octet 0: "))
    let second = try bench.run(["call", "lab.v1.Lab/Sum", "-d", "@-"], input: "1 2\n  [\n]\n")
    #expect(second.status == 2)
    #expect(second.errors.hasPrefix("bitim-rpc: -d: message 3, from octet 6: "))
  }

  @Test("an open input keeps nobody waiting: neither the last answer nor a deadline nor an end")
  func openInput() throws {
    let bench = try Bench()
    let most = try bench.run(
      ["call", "lab.v1.Lab/Chat", "-d", "@-", "--max-messages", "1"], input: "\"сәлем\"\n")
    #expect(most.status == 0)
    #expect(most.output == "\"echo сәлем\"\n")
    let late = try bench.run(["call", "lab.v1.Lab/Stall", "-d", "@-", "--timeout", "0.3"])
    #expect(late.status == 68)
    let ended = try bench.run(["call", "lab.v1.Lab/Chat", "-d", "@-"], input: "\"bye\"")
    #expect(ended.status == 0)
    #expect(ended.output == "")
  }

  @Test("documents stand on any lines, several of them or several on one")
  func lines() throws {
    let bench = try Bench()
    let health = try bench.run(
      ["call", "grpc.health.v1.Health/Check", "-d", "@-"], input: "{\n  \"service\":\n\"\"\n}\n",
      closes: true)
    #expect(health.status == 0)
    #expect(health.output == "{\"status\":\"SERVING\"}\n")
    let sum = try bench.run(
      ["call", "lab.v1.Lab/Sum", "-d", "@-"], input: "1 \"2\"\"3\"\n\n\t4", closes: true)
    #expect(sum.status == 0)
    #expect(sum.output == "\"10\"\n")
  }
}
