import Foundation

/// How far something long has come, on standard error: in one line of a terminal, five times a second at most;
/// elsewhere a line every ten seconds.
struct Progress {
  private let output: Output
  private let total: Int
  private let isTerminal: Bool
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var isShown = false

  /// Of so many steps; nothing is said before the first pause is over.
  init(_ output: Output, of total: Int) {
    self.output = output
    self.total = total
    self.isTerminal = isatty(STDERR_FILENO) == 1
    self.next = self.clock.now.advanced(by: Self.pause(self.isTerminal))
  }

  private static func pause(_ isTerminal: Bool) -> Duration {
    isTerminal ? .milliseconds(200) : .seconds(10)
  }

  /// So many steps are done.
  mutating func reached(_ done: Int) {
    let now = self.clock.now
    guard now >= self.next else { return }
    self.next = now.advanced(by: Self.pause(self.isTerminal))
    let text = self.output.say(.fileProgress, ["done": "\(done)", "total": "\(self.total)"])
    guard self.isTerminal else { return Output.complain(text) }
    self.isShown = true
    try? FileHandle.standardError.write(contentsOf: Data("\r\(text)".utf8))
  }

  /// Takes the line away: what comes next says how it ended.
  func end() {
    guard self.isShown else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
