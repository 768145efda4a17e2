public import BitimProtocol

/// The calls a server serves, in the order of their names.
public struct CallTable<Context>: Sendable {
  let routes: [Route<Context>]

  /// A table of `routes`; two for one method are a bug.
  public init(_ routes: [Route<Context>]) {
    // A path is put together each time it is asked for; it is of ASCII, whose order is its octets'.
    let named = routes.map { (path: $0.method.path, route: $0) }.sorted { $0.path < $1.path }
    self.routes = named.map(\.route)
    precondition(
      zip(named, named.dropFirst()).allSatisfy { $0.path < $1.path }, "a method has two routes")
    precondition(
      routes.allSatisfy { $0.method.name.utf8.count < 128 }, "a method's name takes 127 octets")
  }

  /// The table with what the runtime serves itself.
  var withHello: CallTable {
    CallTable(self.routes + [Route(BitimRpcV1.Connection.hello.descriptor, .hello)])
  }

  /// Every method served, in the order of names.
  public var methods: [MethodDescriptor] { self.routes.map(\.method) }
}
