public import BitimProtocol

/// The calls a server serves, in the order of their names.
public struct CallTable<Context>: Sendable {
  let routes: [Route<Context>]

  /// A table of `routes`; two for one method are a bug.
  public init(_ routes: [Route<Context>]) {
    self.routes = routes.sorted {
      Array($0.method.path.utf8).lexicographicallyPrecedes(Array($1.method.path.utf8))
    }
    precondition(
      Set(self.routes.map(\.method.path)).count == routes.count, "a method has two routes")
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
