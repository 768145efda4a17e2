package import BitimDomain
package import BitimProtocol

/// Who may make which call: one table, which the schema says and a test pins.
package enum Authority {
  /// Who may make a call.
  package enum Audience: Equatable, Sendable {
    /// Anybody, with or without a token.
    case anyone
    /// Anybody whose token is in force.
    case anyToken
    /// Who has one of these roles.
    case roles(Set<Role>)
  }

  /// The audience of `method`; nil for a call that is not of the registry, and then nobody may.
  package static func audience(of method: MethodDescriptor) -> Audience? {
    Self.audiences[method.path]
  }
}
