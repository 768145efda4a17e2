import Glibc

/// Whoever started this process and wants to know how it fares, as systemd does: sd_notify(3)'s
/// datagrams, without its library.
///
/// Where nobody asked, nothing is sent.
public struct Supervisor: Sendable {
  private let socketPath: [UInt8]
  /// How long it waits for `WATCHDOG=1` before it takes the process for hung, in microseconds; nil where
  /// it does not wait.
  public let watchdogMicroseconds: Int?

  /// Reads who asked from `NOTIFY_SOCKET`, and how long it waits from `WATCHDOG_USEC` and
  /// `WATCHDOG_PID`, which names the process that is meant.
  public init(environment: [String: String]) {
    self.socketPath = Array((environment["NOTIFY_SOCKET"] ?? "").utf8)
    let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    let waits = environment["WATCHDOG_USEC"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    self.watchdogMicroseconds = isMeant && !self.socketPath.isEmpty ? waits : nil
  }

  /// Whether anybody asked.
  public var isThere: Bool { !self.socketPath.isEmpty }

  /// Tells, as `READY=1`; what can't be sent is not worth a failure.
  public func tell(_ text: String) {
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard self.isThere, self.socketPath.count < room else { return }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      unsafe target.copyBytes(from: self.socketPath)
      // An `@` stands for the zero octet that an abstract name begins with.
      if self.socketPath[0] == UInt8(ascii: "@") { unsafe target[0] = 0 }
    }
    let number = socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return }
    defer { close(number) }
    let length = MemoryLayout<sa_family_t>.size + self.socketPath.count
    let octets = Array(text.utf8)
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe sendto(
          number, octets, octets.count, Int32(MSG_NOSIGNAL), generic, socklen_t(length))
      }
    }
  }
}
