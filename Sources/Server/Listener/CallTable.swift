public import BitimProtocol

/// Finds the route of a call by the octets of its names.
///
/// A few dozen routes sorted by service and name, searched by halves: no text is made of what a
/// peer sent, and nothing is hashed.
public struct CallTable<Context>: Sendable {
  private let routes: [Route<Context>]
  private let keys: [[UInt8]]
  private let services: Set<String>

  /// A table of `routes`; two for one method are a bug.
  public init(_ routes: [Route<Context>]) {
    self.routes = routes.sorted { Array($0.method.path.utf8).precedes(Array($1.method.path.utf8)) }
    self.keys = self.routes.map { Array($0.method.path.utf8) }
    self.services = Set(routes.map(\.method.service))
    precondition(
      Set(self.routes.map(\.method.path)).count == routes.count, "a method has two routes")
  }

  /// Every method served, in the order of names.
  public var methods: [MethodDescriptor] { self.routes.map(\.method) }

  /// The route of the call an envelope names.
  ///
  /// - Throws: ``Status`` UNIMPLEMENTED that tells an unknown service from an unknown method.
  func route(
    _ envelope: RequestEnvelope, in octets: Span<UInt8>
  ) throws(Status) -> Route<Context> {
    let service = octets.extracting(envelope.service)
    let method = octets.extracting(envelope.method)
    var low = 0
    var high = self.keys.count
    while low < high {
      let middle = (low + high) / 2
      let order = Self.compare(self.keys[middle], service, method)
      if order == 0 { return self.routes[middle] }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    let name = String(utf8: service) ?? ""
    guard self.services.contains(name) else { throw Status(.unimplemented, "service \(name)") }
    throw Status(.unimplemented, "method \(String(utf8: method) ?? "")")
  }

  /// How `key` stands to `service/method`: negative before, positive after, zero equal.
  private static func compare(
    _ key: [UInt8], _ service: Span<UInt8>, _ method: Span<UInt8>
  ) -> Int {
    let count = service.count + 1 + method.count
    for index in 0..<min(key.count, count) {
      let octet =
        index < service.count
        ? service[index]
        : index == service.count ? UInt8(ascii: "/") : method[index - service.count - 1]
      if key[index] != octet { return key[index] < octet ? -1 : 1 }
    }
    return key.count - count
  }
}

extension [UInt8] {
  fileprivate func precedes(_ other: [UInt8]) -> Bool { self.lexicographicallyPrecedes(other) }
}
