public import BitimProtocol
import Glibc

/// Finds the route of a call by the octets of its names.
///
/// A few dozen routes sorted by service and name, searched by halves: no text is made of what a
/// peer sent, and nothing is hashed.
public struct CallTable<Context>: Sendable {
  let routes: [Route<Context>]
  private let keys: [[UInt8]]
  private let services: Set<String>

  /// A table of `routes`; two for one method are a bug.
  public init(_ routes: [Route<Context>]) {
    self.routes = routes.sorted {
      Array($0.method.path.utf8).lexicographicallyPrecedes(Array($1.method.path.utf8))
    }
    self.keys = self.routes.map { Array($0.method.path.utf8) }
    self.services = Set(routes.map(\.method.service))
    precondition(
      Set(self.routes.map(\.method.path)).count == routes.count, "a method has two routes")
  }

  /// Every method served, in the order of names.
  public var methods: [MethodDescriptor] { self.routes.map(\.method) }

  /// The place in ``routes`` of the call an envelope names.
  ///
  /// - Parameter guess: Where the last call stood: callers tend to repeat themselves.
  /// - Throws: ``Status`` UNIMPLEMENTED that tells an unknown service from an unknown method;
  ///   INVALID_ARGUMENT when a name is not UTF-8.
  func place(
    of envelope: RequestEnvelope, in octets: Span<UInt8>, guess: Int
  ) throws(Status) -> Int {
    let service = octets.extracting(envelope.service)
    let method = octets.extracting(envelope.method)
    if guess < self.keys.count, Self.compare(self.keys[guess], service, method) == 0 {
      return guess
    }
    var low = 0
    var high = self.keys.count
    while low < high {
      let middle = (low + high) / 2
      let order = Self.compare(self.keys[middle], service, method)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    do {
      try envelope.checkNames(in: octets)
    } catch {
      throw Status(.invalidArgument, "unmarshal request error: \(error)")
    }
    let name = String(utf8: service) ?? ""
    guard self.services.contains(name) else { throw Status(.unimplemented, "service \(name)") }
    throw Status(.unimplemented, "method \(String(utf8: method) ?? "")")
  }

  /// How `key` stands to `service/method`: negative before, positive after, zero equal.
  private static func compare(
    _ key: [UInt8], _ service: Span<UInt8>, _ method: Span<UInt8>
  ) -> Int {
    let slash = service.count
    let first = Self.compare(key, from: 0, service)
    if first != 0 || key.count <= slash { return first != 0 ? first : -1 }
    if key[slash] != UInt8(ascii: "/") { return key[slash] < UInt8(ascii: "/") ? -1 : 1 }
    let second = Self.compare(key, from: slash + 1, method)
    return second != 0 ? second : key.count - slash - 1 - method.count
  }

  /// How the part of `key` from `start` on stands to `octets`, as far as both go.
  private static func compare(_ key: [UInt8], from start: Int, _ octets: Span<UInt8>) -> Int {
    let count = min(key.count - start, octets.count)
    let order = unsafe key.withUnsafeBufferPointer { left in
      unsafe octets.withUnsafeBufferPointer { right in
        guard count > 0, let a = left.baseAddress, let b = right.baseAddress else { return 0 }
        return Int(unsafe memcmp(a + start, b, count))
      }
    }
    return order != 0 ? order : count < octets.count ? -1 : 0
  }
}
