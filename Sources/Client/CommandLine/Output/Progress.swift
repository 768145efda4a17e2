import BitimSystem
import Foundation

/// How far a long command is, on standard error: one line that is written over at a terminal, five times a
/// second at most; elsewhere a line every ten seconds.
struct Progress {
  private let output: Output
  private let total: Int
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var last: ContinuousClock.Instant?
  private var isOpen = false

  init(of total: Int, _ output: Output) {
    self.total = total
    self.output = output
    if !self.isTerminal { self.last = .now }
  }

  /// Tells that so many are done, if it is time.
  mutating func tell(_ done: Int) {
    let pause = Duration.milliseconds(self.isTerminal ? 200 : 10_000)
    if let last = self.last, last.duration(to: .now) < pause { return }
    self.last = .now
    let text = self.output.say(.fileProgress, ["done": "\(done)", "total": "\(self.total)"])
    guard self.isTerminal else { return Output.complain(text) }
    self.isOpen = true
    // Nobody to tell it to is no failure of the command.
    try? FileHandle.standardError.write(contentsOf: Data("\r\(text)\u{1b}[K".utf8))
  }

  /// Takes the line away again, before anything else is said.
  mutating func end() {
    guard self.isOpen else { return }
    self.isOpen = false
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1b}[K".utf8))
  }
}
