import BitimTestSupport
import Foundation
import Glibc
import Testing

/// A terminal at which somebody types.
final class TypingTerminal {
  private let ours: FileHandle
  let theirs: FileHandle

  /// - Parameter size: Its rows and columns; nil for one that does not say.
  init(size: (rows: UInt16, columns: UInt16)? = nil) throws {
    var (ours, theirs) = (Int32(-1), Int32(-1))
    try #require(unsafe openpty(&ours, &theirs, nil, nil, nil) == 0)
    if let size {
      var told = winsize(ws_row: size.rows, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
      try #require(unsafe ioctl(ours, UInt(TIOCSWINSZ), &told) == 0)
    }
    // Descriptors close at exec everywhere else; these must, too.
    _ = fcntl(ours, F_SETFD, FD_CLOEXEC)
    _ = fcntl(theirs, F_SETFD, FD_CLOEXEC)
    self.ours = FileHandle(fileDescriptor: ours, closeOnDealloc: true)
    self.theirs = FileHandle(fileDescriptor: theirs, closeOnDealloc: true)
  }

  /// What was shown behind the last words that were waited for.
  private var rest = ""

  /// All that was shown since, up to the first of `words`.
  func shown(upTo words: String) throws -> String {
    var text = self.rest
    while !text.contains(words) {
      // What never comes is a failure to be seen, not one to be waited for.
      var waiting = pollfd(fd: self.ours.fileDescriptor, events: Int16(POLLIN), revents: 0)
      try #require(unsafe poll(&waiting, 1, 120_000) == 1, "\(text)")
      let octets = self.ours.availableData
      try #require(!octets.isEmpty, "\(text)")
      text += String(decoding: octets, as: UTF8.self)
    }
    let end = try #require(text.range(of: words)).upperBound
    self.rest = String(text[end...])
    return String(text[..<end])
  }

  /// All that a program shows until it has ended.
  func shown(toTheEndOf program: Program) throws -> String {
    var text = self.rest
    self.rest = ""
    while true {
      let isRunning = program.isRunning
      var waiting = pollfd(fd: self.ours.fileDescriptor, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&waiting, 1, 20) == 1 {
        text += String(decoding: self.ours.availableData, as: UTF8.self)
      } else if !isRunning {
        return text
      }
    }
  }

  func type(_ line: String) throws { try self.ours.write(contentsOf: Data((line + "\n").utf8)) }

  /// The end of the input, as Ctrl-D gives it.
  func end() throws { try self.ours.write(contentsOf: Data([4])) }
}
