import BitimProtocol

/// Turns everything under `schema/`, and the texts of the command line, into the Swift files that are
/// committed.
struct Generator {
  /// A file, by its path below the repository.
  struct Output: Equatable {
    var path: String
    var text: String
  }

  /// Files of the schema by path below `schema/`.
  var sources: [String: [UInt8]]
  /// Files of texts by language.
  var texts: [String: [UInt8]]

  /// - Throws: ``SchemaFault``.
  func schema() throws -> Schema {
    let protos = self.sources.keys.filter {
      $0.hasSuffix(".proto") && !$0.hasPrefix("vectors/")
    }.sorted()
    let files = try protos.filter { $0 != Schema.descriptorPath }.map {
      try Parser.file(path: $0, source: self.sources[$0] ?? [])
    }
    return try Schema(linking: files)
  }

  /// - Throws: ``SchemaFault``.
  func outputs() throws -> [Output] {
    let schema = try self.schema()
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
    outputs += try self.vectors(schema)
    outputs.append(Self.namespaces(of: schema))
    outputs.append(Self.descriptors(of: schema))
    outputs.append(self.migrations())
    outputs.append(
      Output(
        path: "Sources/Server/Services/Generated/Audiences.swift",
        text: try AudienceRenderer(schema: schema).render()))
    outputs.append(
      Output(
        path: "Sources/Server/Domain/Generated/Words.swift",
        text: try WordsRenderer(schema: schema).render()))
    outputs.append(
      Output(
        path: "Sources/Server/Store/Generated/DeedTraits.swift",
        text: try DeedTraitsRenderer(schema: schema).render()))
    let reasons = ReasonRenderer(try ReasonTable(reading: self.sources[ReasonTable.path] ?? []))
    outputs.append(
      Output(path: "Sources/Server/Domain/Generated/Reasons.swift", text: reasons.reasons()))
    outputs.append(
      Output(
        path: "Sources/Server/Services/Generated/ReasonCodes.swift", text: reasons.codes()))
    outputs.append(try TextCatalogue(self.texts).output())
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

  /// What only tests use, in files that stand alone beside the library.
  private func vectors(_ schema: Schema) throws -> [Output] {
    try self.sources.keys.filter { $0.hasPrefix("vectors/") && $0.hasSuffix(".proto") }.sorted()
      .flatMap { path in
        let target = path.hasPrefix("vectors/lab/") ? "Lab/Library" : "ProtocolTests"
        return try Self.standingAlone(
          path, self.sources[path] ?? [], beside: schema, in: "Tests/\(target)/Generated")
      }
  }

  /// Code of one file more, for a module that imports the library: messages, service tables, stubs,
  /// and its descriptor.
  ///
  /// - Throws: ``SchemaFault``.
  static func standingAlone(
    _ path: String, _ source: [UInt8], beside known: Schema, in folder: String
  ) throws -> [Output] {
    let file = try Parser.file(path: path, source: source)
    let schema = try Schema(linking: known.files + [file])
    guard let linked = schema.files.last else { return [] }
    let namespace = SwiftNames.namespace(file.package)
    let name = path.split(separator: "/").last?.dropLast(".proto".count) ?? ""
    let header = SwiftRenderer.header(from: path)
    var text = Text()
    text.line("public import BitimProtocol")
    text.line("")
    text.line("/// The messages and services of `\(file.package)`.")
    text.block("public enum \(namespace)") { text in
      let descriptor = Base64.text(DescriptorWriter(schema: schema).descriptor(of: linked))
      text.line("/// The file's `google.protobuf.FileDescriptorProto`, in base64.")
      text.line("public static let descriptor: StaticString = \"\(descriptor)\"")
    }
    let body = SwiftRenderer(schema: schema, file: linked).render().dropFirst(header.count)
    var outputs = [
      Output(path: "\(folder)/\(name).swift", text: header + text.joined + "\n" + body)
    ]
    if !file.services.isEmpty {
      let stubs = StubRenderer(schema: schema, file: linked).render()
      outputs.append(
        Output(
          path: "\(folder)/\(name)_client.swift",
          text: header + "public import BitimClient\n" + stubs.dropFirst(header.count)))
    }
    return outputs
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
