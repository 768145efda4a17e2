/// Writes the client's typed calls of one schema file.
struct StubRenderer {
  let schema: Schema
  let file: SchemaFile

  func render() -> String {
    var text = Text()
    text.line("public import BitimProtocol")
    text.line("")
    let names = SwiftRenderer(schema: self.schema, file: self.file)
    for service in self.file.services {
      let unary = service.calls.filter { !$0.clientStreams && !$0.serverStreams }
      text.doc(service.comment, fallback: "Calls of `\(service.name)`.")
      text.block("public struct \(service.name)Client: Sendable") { text in
        text.line("private let client: BitimClient")
        text.line("/// Calls the service through `client`.")
        text.line("public init(_ client: BitimClient) { self.client = client }")
        let namespace = SwiftNames.namespace(self.file.package)
        for call in unary {
          let member = SwiftNames.member(call.name)
          text.doc(call.comment, fallback: "The call `\(call.name)`.")
          text.line("///")
          text.line("/// - Throws: ``CallFailure``, and nothing else.")
          text.line("public func \(member)(")
          text.line("  _ request: \(names.swiftType(call.input)), options: CallOptions = .init()")
          text.block(") async throws(CallFailure) -> \(names.swiftType(call.output))") { text in
            let method = "\(namespace).\(service.name).\(member)"
            text.line("try await self.client.call(\(method), request, options)")
          }
        }
      }
    }
    return SwiftRenderer.header(from: self.file.path) + text.joined
  }
}
