import CLinux
import Glibc

/// Opens sockets.
public enum Endpoint {
  /// Connections that may wait to be accepted; a Unix socket refuses at once above it.
  private static let backlog: Int32 = 4_096

  /// Listens at `address`; a stale Unix socket that nobody answers on is replaced, and nothing else.
  public static func listen(at address: Address) throws(SocketFailure) -> Descriptor {
    if case .unix(let path) = address {
      if (try? Self.connect(to: address)) != nil {
        throw SocketFailure("listen at \(address): a server answers there", code: EADDRINUSE)
      }
      var facts = stat()
      if unsafe lstat(path, &facts) == 0 {
        guard facts.st_mode & S_IFMT == S_IFSOCK else {
          throw SocketFailure(
            "listen at \(address): something that is no socket lies there", code: EEXIST)
        }
        unsafe unlink(path)
      }
    }
    let number = try unsafe address.withSocket { number, generic, length throws(SocketFailure) in
      var on: Int32 = 1
      unsafe setsockopt(
        number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
      guard unsafe bind(number, generic, length) == 0, Glibc.listen(number, Self.backlog) == 0
      else {
        let failure = SocketFailure("listen at \(address)")
        close(number)
        throw failure
      }
      return number
    }
    let listener = Descriptor(owning: number)
    try listener.makeNonBlocking()
    if case .unix(let path) = address { unsafe chmod(path, 0o660) }
    return listener
  }

  /// Connects to `address`; waits as long as the kernel does, or `withinMs` milliseconds.
  ///
  /// - Throws: ``SocketFailure``, one that ``SocketFailure/isTimeout`` when the time is over.
  public static func connect(
    to address: Address, withinMs: Int? = nil
  ) throws(SocketFailure) -> Descriptor {
    let number = try unsafe address.withSocket { number, generic, length throws(SocketFailure) in
      if let withinMs {
        // At a Unix socket nobody takes connections from, the kernel would wait for ever.
        var time = timeval(tv_sec: withinMs / 1_000, tv_usec: withinMs % 1_000 * 1_000)
        unsafe setsockopt(
          number, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
      }
      guard unsafe Glibc.connect(number, generic, length) == 0 else {
        let failure = SocketFailure("connect to \(address)")
        close(number)
        throw failure
      }
      return number
    }
    let connection = Descriptor(owning: number)
    try connection.makeNonBlocking()
    connection.sendWithoutDelay()
    return connection
  }

  /// A connection just accepted, and who is at its other end.
  public struct Accepted: ~Copyable {
    /// The connection.
    public let descriptor: Descriptor
    /// The network address; nil on a Unix socket.
    public let address: RemoteAddress?
    /// The user at the other end of a Unix socket; nil on TCP.
    public let userID: UInt32?

    /// Gives the number to another owner, who must close it.
    public consuming func relinquished() -> Int32 { self.descriptor.relinquished() }
  }

  /// Takes the next connection that waits; nil when none does, or no descriptor is left for it.
  ///
  /// - Parameter whenNoneIsLeft: Told when no descriptor is left, before a pause.
  public static func accept(
    from listener: borrowing Descriptor, whenNoneIsLeft: () -> Void = {}
  ) -> Accepted? {
    while true {
      var peer = clinux_peer()
      let number = unsafe clinux_accept(listener.number, &peer)
      if number >= 0 { return Self.accepted(number, peer) }
      // A connection that went away before it was taken is not the listener's fault.
      if errno == EMFILE || errno == ENFILE {
        whenNoneIsLeft()
        // Without a pause the poller would ring at once, and again.
        usleep(50_000)
        return nil
      }
      if errno != EINTR, errno != ECONNABORTED { return nil }
    }
  }

  private static func accepted(_ number: Int32, _ peer: clinux_peer) -> Accepted {
    var octets = InlineArray<16, UInt8>(repeating: 0)
    let count = Int(peer.octet_count)
    var peer = peer
    unsafe withUnsafeBytes(of: &peer.octets) { source in
      for index in 0..<count { unsafe octets[index] = source[index] }
    }
    return Accepted(
      descriptor: Descriptor(owning: number),
      address: count > 0 ? RemoteAddress(octets: octets.span.extracting(first: count)) : nil,
      userID: peer.is_local != 0 ? peer.user : nil)
  }

  /// The port the kernel chose for a listener at port 0.
  public static func port(of listener: borrowing Descriptor) -> UInt16 {
    var address = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let number = listener.number
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      _ = unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe getsockname(number, generic, &length)
      }
    }
    // The port lies at the same place in both families' addresses.
    return UInt16(bigEndian: address.sin6_port)
  }

  /// Random octets from the kernel.
  public static func randomOctets(_ count: Int) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: count)
    let code = unsafe octets.withUnsafeMutableBytes { unsafe clinux_random($0.baseAddress, count) }
    precondition(code == 0, "the kernel has no randomness to give")
    return octets
  }
}
