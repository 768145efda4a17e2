import Glibc

/// Where a server listens or a client connects.
public enum Address: Hashable, Sendable, CustomStringConvertible {
  /// A numeric IPv4 or IPv6 address, or `localhost`, and a port; 0 lets the kernel choose.
  case tcp(host: String, port: UInt16)
  /// A Unix socket's path.
  case unix(path: String)

  /// Reads `tcp://127.0.0.1:7420`, `tcp://[::1]:7420` or `unix:///run/bitim.sock`.
  public init?(_ text: String) {
    if text.hasPrefix("unix://") {
      let path = String(text.dropFirst(7))
      // The kernel keeps a path in 108 octets, the last of them zero.
      guard !path.isEmpty, path.utf8.count <= 107 else { return nil }
      self = .unix(path: path)
      return
    }
    guard text.hasPrefix("tcp://") else { return nil }
    let rest = text.dropFirst(6)
    guard let colon = rest.lastIndex(of: ":"),
      let port = UInt16(rest[rest.index(after: colon)...])
    else { return nil }
    var host = String(rest[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty, !host.contains("/") else { return nil }
    self = .tcp(host: host, port: port)
  }

  /// As ``init(_:)`` reads it.
  public var description: String {
    switch self {
    case .tcp(let host, let port):
      host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
    case .unix(let path): "unix://\(path)"
    }
  }

  /// Whether only this machine can reach it.
  public var isLocal: Bool {
    switch self {
    case .unix: true
    case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
  }

  /// Opens a socket for the address and lends its kernel form.
  func withSocket<Answer>(
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws(SocketFailure) -> Answer
  ) throws(SocketFailure) -> Answer {
    switch self {
    case .unix(let path): try unsafe Self.unixSocket(path, body)
    case .tcp(let host, let port): try unsafe Self.tcpSocket(host, port, body)
    }
  }

  private static func unixSocket<Answer>(
    _ path: String,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws(SocketFailure) -> Answer
  ) throws(SocketFailure) -> Answer {
    let number = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw SocketFailure("open a Unix socket") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      unsafe target.copyBytes(from: Array(path.utf8))
    }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    var result: Result<Answer, SocketFailure> = .failure(SocketFailure("unix", code: 0))
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        do throws(SocketFailure) {
          result = .success(try unsafe body(number, generic, length))
        } catch {
          result = .failure(error)
        }
      }
    }
    return try result.get()
  }

  private static func tcpSocket<Answer>(
    _ host: String, _ port: UInt16,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws(SocketFailure) -> Answer
  ) throws(SocketFailure) -> Answer {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = host == "localhost" ? 0 : AI_NUMERICHOST
    // `localhost` is 127.0.0.1 to a server and to a client alike.
    unsafe hints.ai_family = host == "localhost" ? AF_INET : AF_UNSPEC
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0, let first = unsafe list
    else { throw SocketFailure("read the address \(host)", code: EINVAL) }
    defer { unsafe freeaddrinfo(first) }
    let info = unsafe first.pointee
    let number = unsafe socket(
      info.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0, let address = unsafe info.ai_addr else {
      throw SocketFailure("open a TCP socket")
    }
    return try unsafe body(number, address, info.ai_addrlen)
  }
}
