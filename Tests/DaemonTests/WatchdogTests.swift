import BitimSystem
import BitimTestSupport
import Foundation
import Synchronization
import Testing

@testable import bitimd

@Suite("Whether the server moves")
struct WatchdogTests {
  /// A thread that answers when it is let.
  private final class Member: Sendable {
    private let asked = Lock<[@Sendable () -> Void]>([])

    func ask(_ answer: @escaping @Sendable () -> Void) { self.asked.withLock { $0.append(answer) } }

    /// Answers all that was asked; how often that was.
    func answer() -> Int {
      let asked = self.asked.withLock { asked in
        defer { asked = [] }
        return asked
      }
      for answer in asked { answer() }
      return asked.count
    }
  }

  @Test("each is asked again only when all have answered, and who has not is named")
  func roll() {
    let (loop, writer) = (Member(), Member())
    let roll = Roll([("loop 1", { loop.ask($0) }), ("writer", { writer.ask($0) })])
    #expect(roll.turn() == [])
    #expect(roll.turn() == ["loop 1", "writer"])
    #expect(loop.answer() == 1)
    #expect(roll.turn() == ["writer"])
    #expect(loop.answer() == 0)
    #expect(writer.answer() == 1)
    #expect(roll.turn() == [])
    #expect(loop.answer() == 1)
    #expect(writer.answer() == 1)
  }

  @Test("while one hangs the supervisor is told nothing, and told again when it moves")
  func hangs() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("bn-\(UUID().uuidString.prefix(12))").path
    defer { _ = unsafe unlink(path) }
    let listening = try ListeningSupervisor(at: path)
    let supervisor = Supervisor(environment: ["NOTIFY_SOCKET": path])
    let writer = Member()
    let roll = Roll([("writer", { writer.ask($0) })])
    Watchdog.tell(supervisor, roll)
    #expect(listening.told() == "WATCHDOG=1")
    Watchdog.tell(supervisor, roll)
    #expect(listening.toldAlready() == nil)
    #expect(writer.answer() == 1)
    Watchdog.tell(supervisor, roll)
    #expect(listening.toldAlready() == "WATCHDOG=1")
  }

  @Test("a supervisor's time counts for the process it names, and where it can be told")
  func environment() {
    func waits(_ environment: [String: String]) -> Int? {
      Supervisor(environment: environment).watchdogMicroseconds
    }
    let socket = ["NOTIFY_SOCKET": "/run/systemd/notify"]
    func with(_ more: [String: String]) -> [String: String] { socket.merging(more) { $1 } }
    #expect(waits(with(["WATCHDOG_USEC": "60000000"])) == 60_000_000)
    #expect(
      waits(with(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "\(getpid())"])) == 60_000_000)
    #expect(waits(with(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"])) == nil)
    #expect(waits(with(["WATCHDOG_USEC": "0"])) == nil)
    #expect(waits(with(["WATCHDOG_USEC": "soon"])) == nil)
    #expect(waits(socket) == nil)
    #expect(waits(["WATCHDOG_USEC": "60000000"]) == nil)
  }
}
