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
      text.doc(service.comment, fallback: "Calls of `\(service.name)`.")
      text.block("public struct \(service.name)Client: Sendable") { text in
        text.line("private let client: BitimClient")
        text.line("/// Calls the service through `client`.")
        text.line("public init(_ client: BitimClient) { self.client = client }")
        let namespace = SwiftNames.namespace(self.file.package)
        for call in service.calls {
          let stub = Stub(call, names, service: "\(namespace).\(service.name)")
          text.doc(call.comment, fallback: "The call `\(call.name)`.")
          text.line("///")
          text.line("/// - Throws: ``CallFailure``, and nothing else.")
          text.line("public func \(stub.member)(")
          text.line("  \(stub.parameters)")
          text.block(") async throws(CallFailure) -> \(stub.result)") { text in
            text.line("try await self.client.\(stub.body)")
          }
        }
      }
    }
    return SwiftRenderer.header(from: self.file.path) + text.joined
  }

  /// One call as its shape makes it.
  private struct Stub {
    let member: String
    let parameters: String
    let result: String
    let body: String

    init(_ call: SchemaService.Call, _ names: SwiftRenderer, service: String) {
      let input = names.swiftType(call.input)
      let output = names.swiftType(call.output)
      self.member = SwiftNames.member(call.name)
      let method = "\(service).\(self.member)"
      self.parameters =
        call.clientStreams
        ? "options: CallOptions = .init(timeout: nil)"
        : "_ request: \(input), options: CallOptions = .init(\(call.serverStreams ? "timeout: nil" : ""))"
      switch (call.clientStreams, call.serverStreams) {
      case (false, false):
        self.result = output
        self.body = "call(\(method), request, options)"
      case (false, true):
        self.result = "Messages<\(output)>"
        self.body = "stream(\(method), request, options)"
      case (true, false):
        self.result = "Upload<\(input), \(output)>"
        self.body = "upload(\(method), options)"
      case (true, true):
        self.result = "Conversation<\(input), \(output)>"
        self.body = "converse(\(method), options)"
      }
    }
  }
}
