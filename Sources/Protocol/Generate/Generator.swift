import BitimProtocol

/// Turns everything under `schema/`, and the texts of the command line, into the Swift files that are
/// committed, and the rules with what cites them into a page.
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
  /// Files that may cite a rule, by path below the repository.
  var citing: [String: [UInt8]] = [:]

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
    outputs.append(self.descriptors(of: schema))
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
    outputs += try self.registry()
    outputs.append(Output(path: RulesPage.path, text: RulesPage(book: try self.rules()).render()))
    return outputs
  }

  /// The rules with what cites them.
  ///
  /// - Throws: ``SchemaFault``.
  func rules() throws -> RuleBook {
    RuleBook(
      try RuleTable(reading: self.sources[RuleTable.path] ?? []), citing: self.citing)
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

  /// The `google.protobuf.FileDescriptorProto` of `descriptor.proto`.
  private static let descriptorOctets = "google/protobuf/descriptor.binpb"

  private func descriptors(of schema: Schema) -> Output {
    let writer = DescriptorWriter(schema: schema)
    var text = Text()
    text.block("extension DescriptorPool") { text in
      text.line("/// A `google.protobuf.FileDescriptorProto` per file of the schema, in base64.")
      text.line("static let schema: [StaticString] = [")
      // What options extend; nobody here needs to read it, and it is proto2: as protoc describes it.
      if let octets = self.sources[Self.descriptorOctets] {
        text.line("  // \(Schema.descriptorPath)")
        text.line("  \"\(Base64.text(octets))\",")
      }
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

  /// The triggers that keep rows, and the schema of the registry's database as the server makes it.
  private func registry() throws -> [Output] {
    let folder = "registry/"
    let (kept, rules) = (folder + "kept.sql", folder + "rules.sql")
    let files = self.sources.filter { path, _ in
      path.hasPrefix(folder) && path.hasSuffix(".sql") && path != kept && path != rules
    }.sorted { $0.key < $1.key }.map { ($0.key, String(decoding: $0.value, as: UTF8.self)) }
    let tables = try RegistryTables(files: files)
    let keptText = KeptRenderer(tables: tables).render()
    var text = Text()
    text.block("extension RegistrySchema") { text in
      text.line("/// Which schema of the registry this is: counted up with each release.")
      text.line("static let number = \(tables.number)")
      text.line("/// The tables, what each is, in the order of files and lines.")
      text.line("package static let tables: [Table] = [")
      for table in tables.tables {
        text.line("  Table(name: \"\(table.name)\", kind: .\(table.kind)),")
      }
      text.line("]")
      let tablesText = files.map(\.1).joined(separator: "\n")
      let rulesText = String(decoding: self.sources[rules] ?? [], as: UTF8.self)
      let objects = RegistryObjects(
        of: [tablesText, keptText, RegistryObjects.migrationText, rulesText])
      text.line("/// SHA-256 of the objects of a fresh database, as `digest(of:)` takes it.")
      text.line("static let objectsDigest = \"\(objects.digest)\"")
      Self.constant(
        "tablesSQL", "Tables, indexes, views, and what a release brings.", tablesText, &text)
      Self.constant("keptSQL", "The triggers that keep rows.", keptText, &text)
      Self.constant(
        "migrationSQL", "Where a database says which schema it has.",
        RegistryObjects.migrationText, &text)
      Self.constant(
        "rulesSQL", "The rules of today, which speak to new rows alone.", rulesText, &text)
    }
    return [
      Output(path: "schema/" + kept, text: keptText),
      Output(
        path: "Sources/Server/Store/Generated/RegistrySchema.swift",
        text: SwiftRenderer.header(from: "registry/*.sql") + text.joined),
    ]
  }

  private static func constant(
    _ name: String, _ comment: String, _ sql: String, _ text: inout Text
  ) {
    text.line("/// \(comment)")
    text.line("static let \(name): StaticString = #\"\"\"")
    for line in sql.split(separator: "\n", omittingEmptySubsequences: false) {
      text.line(line.isEmpty ? "" : "  \(line)")
    }
    text.line("  \"\"\"#")
  }
}
