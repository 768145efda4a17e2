import BitimProtocol

/// Turns everything under `schema/` into the Swift files that are committed.
struct Generator {
  /// A file, by its path below the repository.
  struct Output: Equatable {
    var path: String
    var text: String
  }

  /// Files of the schema by path below `schema/`.
  var sources: [String: [UInt8]]

  /// - Throws: ``SchemaFault``.
  func outputs() throws -> [Output] {
    let protos = self.sources.keys.filter {
      $0.hasSuffix(".proto") && !$0.hasPrefix("vectors/")
    }.sorted()
    let files = try protos.filter { $0 != Schema.descriptorPath }.map {
      try Parser.file(path: $0, source: self.sources[$0] ?? [])
    }
    let schema = try Schema(linking: files)
    var outputs: [Output] = []
    for file in schema.files {
      let name = file.path.dropLast(".proto".count).map { $0 == "/" ? "_" : String($0) }.joined()
      if !file.messages.isEmpty || !file.enums.isEmpty || !file.services.isEmpty {
        outputs.append(
          Output(
            path: "Sources/Protocol/Wire/Generated/\(name).swift",
            text: SwiftRenderer(schema: schema, file: file).render()))
      }
      if !file.services.isEmpty {
        outputs.append(
          Output(
            path: "Sources/Client/Library/Generated/\(name)_client.swift",
            text: StubRenderer(schema: schema, file: file).render()))
      }
    }
    outputs += try self.vectors()
    outputs.append(Self.namespaces(of: schema))
    outputs.append(Self.descriptors(of: schema))
    outputs.append(self.migrations())
    return outputs
  }

  private static func namespaces(of schema: Schema) -> Output {
    var text = Text()
    for package in Set(schema.files.map(\.package)).sorted() where !package.isEmpty {
      text.line("/// The messages and services of `\(package)`.")
      text.line("public enum \(SwiftNames.namespace(package)) {}")
    }
    return Output(
      path: "Sources/Protocol/Wire/Generated/Namespaces.swift",
      text: SwiftRenderer.header(from: "**/*.proto") + text.joined)
  }

  private static func descriptors(of schema: Schema) -> Output {
    let writer = DescriptorWriter(schema: schema)
    var text = Text()
    text.block("extension DescriptorPool") { text in
      text.line("/// A `google.protobuf.FileDescriptorProto` per file of the schema, in base64.")
      text.line("static let schema: [StaticString] = [")
      for file in schema.files {
        text.line("  // \(file.path)")
        text.line("  \"\(Base64.text(writer.descriptor(of: file)))\",")
      }
      text.line("]")
    }
    return Output(
      path: "Sources/Protocol/Wire/Generated/Descriptors.swift",
      text: SwiftRenderer.header(from: "**/*.proto") + text.joined)
  }

  /// Messages that only tests use, in files that stand alone.
  private func vectors() throws -> [Output] {
    try self.sources.keys.filter { $0.hasPrefix("vectors/") && $0.hasSuffix(".proto") }.sorted()
      .map { path in
        let file = try Parser.file(path: path, source: self.sources[path] ?? [])
        let schema = try Schema(linking: [file])
        let header = SwiftRenderer.header(from: path)
        let body = SwiftRenderer(schema: schema, file: schema.files[0]).render()
        let namespace = SwiftNames.namespace(file.package)
        let name = path.split(separator: "/").last?.dropLast(".proto".count) ?? ""
        return Output(
          path: "Tests/ProtocolTests/Generated/\(name).swift",
          text: header + "public import BitimProtocol\n\n/// Messages of test vectors.\n"
            + "public enum \(namespace) {}\n\n" + body.dropFirst(header.count))
      }
  }

  private func migrations() -> Output {
    var text = Text()
    text.block("extension Migration") { text in
      text.line("/// Every migration in its order.")
      text.line("static let all: [Migration] = [")
      for path in self.sources.keys.filter({ $0.hasPrefix("migrations/") }).sorted() {
        let name = path.dropFirst("migrations/".count).dropLast(".sql".count)
        text.line("  Migration(name: \"\(name)\", sql: #\"\"\"")
        let sql = String(decoding: self.sources[path] ?? [], as: UTF8.self)
        for line in sql.split(separator: "\n", omittingEmptySubsequences: false) {
          text.line(line.isEmpty ? "" : "    \(line)")
        }
        text.line("    \"\"\"#),")
      }
      text.line("]")
    }
    return Output(
      path: "Sources/Server/Store/Generated/Migrations.swift",
      text: SwiftRenderer.header(from: "migrations/*.sql") + text.joined)
  }
}
