import Glibc

/// What the kernel knows of a terminal, and what shows a text there.
package enum Terminal {
  /// How many columns it shows; nil for what is no terminal, or for one that does not say.
  package static func columns(of descriptor: Int32) -> Int? {
    Self.size(of: descriptor).map { Int($0.ws_col) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// How many rows it shows; nil as of columns.
  package static func rows(of descriptor: Int32) -> Int? {
    Self.size(of: descriptor).map { Int($0.ws_row) }.flatMap { $0 > 0 ? $0 : nil }
  }

  private static func size(of descriptor: Int32) -> winsize? {
    var size = winsize()
    return unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  /// Gives `octets` to a command of the shell that shows them, and waits until whoever reads has seen enough.
  ///
  /// What the reader does not want to see is no failure, and neither is Ctrl-C, which is the command's alone
  /// meanwhile. `variables` are its own where the environment does not say otherwise.
  ///
  /// - Returns: Whether the shell found the command.
  package static func show(
    _ octets: [UInt8], by command: String, variables: [String: String] = [:]
  ) -> Bool {
    for (name, value) in variables { unsafe setenv(name, value, 0) }
    guard let pipe = unsafe popen(command, "we") else { return false }
    let signals = [SIGPIPE, SIGINT, SIGQUIT]
    let before = signals.map { signal($0, SIG_IGN) }
    unsafe octets.withUnsafeBufferPointer { text in
      _ = unsafe fwrite(text.baseAddress, 1, text.count, pipe)
    }
    let status = unsafe pclose(pipe)
    for (number, action) in zip(signals, before) { _ = signal(number, action) }
    return status != 127 << 8
  }
}
