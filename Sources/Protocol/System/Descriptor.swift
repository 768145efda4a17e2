import CLinux
import Glibc

/// The kernel said no: what was tried, and why.
public struct SocketFailure: Error, Equatable, CustomStringConvertible {
  /// What was tried.
  public let action: String
  /// `errno`.
  public let code: Int32

  /// A failure of `action` for the reason in `errno`.
  public init(_ action: String) { self.init(action, code: errno) }

  /// A failure of `action` for the reason `code`.
  public init(_ action: String, code: Int32) {
    self.action = action
    self.code = code
  }

  /// Whether nothing was wrong but that it took too long.
  public var isTimeout: Bool { self.code == EAGAIN || self.code == EINPROGRESS }

  /// What was tried, and the system's words.
  public var description: String {
    "\(self.action): \(FileSystem.words(for: self.code))"
  }
}

/// An open file descriptor, closed when it goes out of scope.
public struct Descriptor: ~Copyable, Sendable {
  /// The number, for the kernel.
  public let number: Int32

  /// Owns `number` from now on.
  public init(owning number: Int32) { self.number = number }

  deinit { close(self.number) }

  /// Gives the number to another owner, who must close it.
  public consuming func relinquished() -> Int32 {
    let number = self.number
    discard self
    return number
  }

  /// What came of reading or writing without waiting.
  public enum Transfer: Equatable, Sendable {
    /// So many octets were moved.
    case moved(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The other end has closed, or the connection broke.
    case ended
  }

  /// Reads what is there into `buffer`.
  public func read(into buffer: inout [UInt8]) -> Transfer {
    let capacity = buffer.count
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { octets in
        unsafe recv(self.number, octets.baseAddress, capacity, 0)
      }
      if count > 0 { return .moved(count) }
      if count == 0 { return .ended }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wouldBlock : .ended
    }
  }

  /// Writes `octets`, as many as the kernel takes.
  public func write(_ octets: Span<UInt8>) -> Transfer {
    while true {
      let count = unsafe octets.withUnsafeBufferPointer { source in
        unsafe send(self.number, source.baseAddress, source.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 { return .moved(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wouldBlock : .ended
    }
  }

  /// Writes octets of `buffer` from `start` on, as many as the kernel takes.
  public func write(_ buffer: [UInt8], from start: Int) -> Transfer {
    self.write(buffer.span.extracting(start...))
  }

  /// Makes reads and writes return at once.
  func makeNonBlocking() throws(SocketFailure) {
    let flags = fcntl(self.number, F_GETFL)
    guard fcntl(self.number, F_SETFL, flags | O_NONBLOCK) == 0 else {
      throw SocketFailure("make a socket non-blocking")
    }
  }

  /// Tells the other end that nothing more will be sent.
  public func endSending() { shutdown(self.number, Int32(SHUT_WR)) }

  /// Sends small writes at once; Unix sockets do so anyway.
  public func sendWithoutDelay() {
    var on: Int32 = 1
    unsafe setsockopt(
      self.number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }
}
