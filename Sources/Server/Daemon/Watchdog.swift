import BitimListener
import BitimStore
import BitimSystem
import Foundation
import Synchronization

/// Knows whether threads still move: asks all of them, and asks again when all have answered.
final class Roll: Sendable {
  /// Asks one thread, which answers by a call.
  typealias Ask = @Sendable (_ answer: @escaping @Sendable () -> Void) -> Void

  private let members: [(String, Ask)]
  /// Who has not answered yet.
  private let missing = Lock<Set<String>>([])

  /// Begins with nobody asked; each has a name of its own.
  init(_ members: [(String, Ask)]) { self.members = members }

  /// Who has not answered what was asked last, by name; if all have, they are asked again.
  func turn() -> [String] {
    let missing = self.missing.withLock { missing in
      guard missing.isEmpty else { return missing.sorted() }
      missing = Set(self.members.map { name, _ in name })
      return []
    }
    guard missing.isEmpty else { return missing }
    for (name, ask) in self.members {
      ask { self.missing.withLock { _ = $0.remove(name) } }
    }
    return []
  }
}

/// Tells whoever supervises that the server moves, for as long as each loop and the writer do: systemd
/// ends and starts anew what it does not hear from (`WatchdogSec=` in the unit).
enum Watchdog {
  /// Begins to tell; nil where nobody waits for it.
  static func start(
    _ supervisor: Supervisor, _ server: Server, _ ledger: Ledger
  ) -> (any DispatchSourceTimer)? {
    guard let waits = supervisor.watchdogMicroseconds else { return nil }
    var members: [(String, Roll.Ask)] = [("writer", { ledger.rollCall($0) })]
    for (place, ask) in server.rollCalls.enumerated() {
      members.append(("loop \(place + 1)", ask))
    }
    let roll = Roll(members)
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bitim.watchdog"))
    // A third: an answer that comes late is told a turn later, and that is in time yet.
    timer.schedule(deadline: .now(), repeating: .microseconds(max(1, waits / 3)))
    timer.setEventHandler { Self.tell(supervisor, roll) }
    timer.resume()
    return timer
  }

  /// Tells once that the server moves, or logs who does not.
  static func tell(_ supervisor: Supervisor, _ roll: Roll) {
    let missing = roll.turn()
    guard !missing.isEmpty else { return supervisor.tell("WATCHDOG=1") }
    Log.seldom(.error, "hangs", ["who": missing.joined(separator: ", ")])
  }
}
