import BitimSystem

/// A stream of octets to a server: a socket, and the program behind it if there is one.
struct Transport: ~Copyable {
  private let descriptor: Descriptor
  let helper: Helper?

  /// Connects to a socket.
  init(to address: Address) throws(SocketFailure) {
    self.descriptor = try Endpoint.connect(to: address)
    self.helper = nil
  }

  /// Starts a program that carries the octets.
  init(through helper: Helper, _ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
    self.helper = helper
  }

  consuming func socket() -> Descriptor { self.descriptor }
}
