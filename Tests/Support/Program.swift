import BitimSystem
package import Foundation
import Synchronization

/// A program that a test runs; what it prints is kept in files without a name.
///
/// Foundation's `Process` lists `/proc/self/fd` for each start and copies whole directory entries:
/// beside some 1,300 open descriptors that reads past the end of its buffer, and tests that run side
/// by side have more. All descriptors of this house close at exec, so that no list is needed.
package final class Program: Sendable {
  /// A system call that failed, with the system's error.
  private struct Failed: Error {
    let call: String
    let error: Int32
  }

  package let pid: pid_t
  private let output: FileHandle
  private let errors: FileHandle
  /// Its exit status, 128 and the signal's number where a signal ended it; nil while it was not
  /// waited for.
  private let status = Lock<Int32?>(nil)

  /// Starts it with this process's environment and `environment` above it.
  ///
  /// `output` and `errors` are kept for ``said()`` and ``complained()`` unless they are given.
  package init(
    _ executable: URL, _ arguments: [String] = [], in folder: URL? = nil,
    environment: [String: String] = [:], input: FileHandle = .nullDevice,
    output: FileHandle? = nil, errors: FileHandle? = nil
  ) throws {
    self.output = try output ?? Self.nameless()
    self.errors = try errors ?? Self.nameless()
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, handle) in [input, self.output, self.errors].enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, Int32(number))
    }
    let place = folder ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let words =
      unsafe (["env", "-C", place.path, executable.path] + arguments)
      .map { unsafe strdup($0) } + [nil]
    let variables =
      unsafe ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .map { unsafe strdup("\($0)=\($1)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    // A test runs on a thread that holds nearly all signals back, and a program begins as whoever starts it is.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var pid: pid_t = 0
    let error = unsafe posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, words, variables)
    guard error == 0 else { throw Failed(call: "posix_spawn", error: error) }
    self.pid = pid
  }

  /// What it printed so far.
  package func said() throws -> String { try Self.text(self.output) }

  /// What it printed to standard error so far.
  package func complained() throws -> String { try Self.text(self.errors) }

  /// Sends it a signal; does nothing once it was waited for.
  package func send(_ signal: Int32) {
    self.status.withLock { status in
      if status == nil { _ = kill(self.pid, signal) }
    }
  }

  package var isRunning: Bool { self.look(WNOHANG) == nil }

  /// Waits until it has ended; returns its exit status, as a shell has it.
  @discardableResult
  package func end() -> Int32 {
    // It is waited for without the lock, so that another may send it a signal meanwhile.
    var about = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(self.pid), &about, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return self.look(0) ?? -1
  }

  private func look(_ flags: Int32) -> Int32? {
    self.status.withLock { status in
      var word: Int32 = 0
      if status == nil, unsafe waitpid(self.pid, &word, flags) == self.pid {
        status = word & 0x7f == 0 ? (word >> 8) & 0xff : 128 + word & 0x7f
      }
      return status
    }
  }

  /// Runs it to its end with `input`, which stays open behind the text unless `closes`.
  ///
  /// What should have ended and goes on is a failure to be seen, not one to be waited for: after
  /// `bound` seconds it is killed.
  package static func run(
    _ executable: URL, _ arguments: [String], in folder: URL? = nil,
    environment: [String: String] = [:], input: String = "", closes: Bool = true, bound: Int = 240
  ) throws -> (status: Int32, output: String, errors: String) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw Failed(call: "socketpair", error: errno)
    }
    let (reading, writing) = (
      FileHandle(fileDescriptor: ends[0], closeOnDealloc: true),
      FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    )
    let program = try Program(
      executable, arguments, in: folder, environment: environment, input: reading)
    let killed = DispatchWorkItem { program.send(SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(bound), execute: killed)
    defer { killed.cancel() }
    try writing.write(contentsOf: Data(input.utf8))
    if closes { try writing.close() }
    let status = program.end()
    if !closes { try writing.close() }
    return (status, try program.said(), try program.complained())
  }

  private static func text(_ file: FileHandle) throws -> String {
    // Read by another way in, so that where it writes stays where it was.
    let text = try String(
      decoding: Data(contentsOf: URL(fileURLWithPath: "/proc/self/fd/\(file.fileDescriptor)")),
      as: UTF8.self)
    if let words = Self.notForPeople.first(where: { text.contains($0) }) {
      throw Untold(words: words, text: text)
    }
    return text
  }

  /// Names of Foundation's errors, SQLite's statements and cases of ours, which no program says, whatever
  /// befalls it.
  private static let notForPeople = [
    "NSCocoa", "Error Domain", "error 5", "couldn’t be completed", "UserInfo=", " at: SELECT",
    " at: INSERT", "StoreFailure",
    "(kind: .", "notUTF8", "varintTooLong", "lengthOutOfRange",
  ]

  /// A program said what no person can read.
  private struct Untold: Error {
    let words: String
    let text: String
  }

  /// A file that is gone when it is closed.
  private static func nameless() throws -> FileHandle {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitim-said-\(UUID().uuidString)").path
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failed(call: "open \(path)", error: errno) }
    _ = unsafe unlink(path)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
