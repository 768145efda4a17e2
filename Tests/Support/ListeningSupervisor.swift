import Foundation
import Glibc

/// A supervisor's end of systemd's notifications, as a test listens to them.
public final class ListeningSupervisor: Sendable {
  private let descriptor: Int32

  /// Listens at `path`.
  public init(at path: String) throws {
    self.descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(self.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
  }

  deinit { close(self.descriptor) }

  /// The next message; waits for it.
  public func told() -> String { self.receive(0) ?? "" }

  /// The next message, if it has come.
  public func toldAlready() -> String? { self.receive(Int32(MSG_DONTWAIT)) }

  private func receive(_ flags: Int32) -> String? {
    var octets = [UInt8](repeating: 0, count: 100)
    let count = unsafe recv(self.descriptor, &octets, octets.count, flags)
    return count < 0 ? nil : String(decoding: octets.prefix(count), as: UTF8.self)
  }
}
