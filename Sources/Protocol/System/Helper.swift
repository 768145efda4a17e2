import CLinux
import Dispatch
import Glibc
import Synchronization

/// A program that carries octets between this one and a server: its input and output are a socket.
///
/// It is started from an array of arguments, never by a shell. What it says on standard error is
/// read all the time, and its last words are kept to be shown.
public final class Helper: Sendable {
  private struct State {
    var words: [UInt8] = []
    var isEnding = false
  }

  /// How much of what it said is kept, in octets.
  private static let wordsMax = 2_048

  /// The program's name.
  public let name: String
  private let process: Int32
  private let state = Lock(State())
  private let errorsEnded = DispatchSemaphore(value: 0)

  /// Starts a program, which is looked for as a shell would; gives it and the socket to it.
  ///
  /// - Throws: ``SocketFailure`` when it can't be started.
  public static func start(
    _ arguments: [String]
  ) throws(SocketFailure) -> (helper: Helper, socket: Int32) {
    var pair: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    guard unsafe clinux_socketpair(&pair) == 0, unsafe clinux_pipe(&errors) == 0 else {
      throw SocketFailure("make a socket for \(arguments[0])")
    }
    // The program's end must wait like any file; only ours must not.
    _ = fcntl(pair[1], F_SETFL, 0)
    var process: Int32 = 0
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let code = unsafe words.withUnsafeBufferPointer { pointer in
      unsafe clinux_spawn(pointer.baseAddress, pair[1], errors[1], &process)
    }
    unsafe words.forEach { unsafe free($0) }
    close(pair[1])
    close(errors[1])
    guard code == 0 else {
      close(pair[0])
      close(errors[0])
      throw SocketFailure("start \(arguments[0])", code: code)
    }
    return (Helper(arguments[0], process, errors: errors[0]), pair[0])
  }

  private init(_ name: String, _ process: Int32, errors: Int32) {
    self.name = name
    self.process = process
    // Ends with the program, which holds the other end.
    Thread.start(in: DispatchGroup()) { [self] in
      var buffer = [UInt8](repeating: 0, count: 1_024)
      while true {
        let count = unsafe Glibc.read(errors, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { break }
        self.state.withLock { state in
          state.words += buffer[..<count]
          if state.words.count > Self.wordsMax {
            state.words.removeFirst(state.words.count - Self.wordsMax)
          }
        }
      }
      close(errors)
      self.errorsEnded.signal()
    }
  }

  /// What it said last, on one line; waits up to a second for it to finish speaking.
  public func lastWords() -> String {
    if self.errorsEnded.wait(timeout: .now() + 1) == .success { self.errorsEnded.signal() }
    let words = self.state.withLock { $0.words }
    let lines = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline)
    let last = lines.suffix(3).joined(separator: " / ")
    return last.isEmpty ? "" : "\(self.name): \(last)"
  }

  /// Lets it end by itself, for a second; then it is ended. Returns at once.
  public func end() {
    let isFirst = self.state.withLock { state in
      defer { state.isEnding = true }
      return !state.isEnding
    }
    guard isFirst else { return }
    Thread.start(in: DispatchGroup()) { [process] in
      var status: Int32 = 0
      // Every program gets its grace, its warning, and its end; whichever comes first reaps it.
      for signal in [0, SIGTERM, SIGKILL] {
        if signal != 0 { kill(-process, signal) }
        for _ in 0..<100 {
          if unsafe clinux_reap(process, &status) != 0 { return }
          usleep(10_000)
        }
      }
    }
  }
}
