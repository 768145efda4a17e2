import BitimProtocol

/// Writes a `google.protobuf.FileDescriptorProto`, field by field as `descriptor.proto` numbers
/// them, equal in meaning to what protoc writes; of source information it has the comments alone.
struct DescriptorWriter {
  let schema: Schema

  func descriptor(of file: SchemaFile) -> [UInt8] {
    var writer = WireWriter(capacity: 4096)
    writer.put(1, file.path)
    if !file.package.isEmpty { writer.put(2, file.package) }
    for name in file.imports { writer.put(3, name) }
    for message in file.messages {
      writer.put(4, self.message(message, name: Schema.join(file.package, message.name)))
    }
    for enumeration in file.enums { writer.put(5, self.enumeration(enumeration)) }
    for service in file.services { writer.put(6, self.service(service)) }
    for declared in file.extensions {
      var field = self.field(declared.field, owner: file.package, oneof: nil)
      field.put(2, ".google.protobuf." + (declared.extendee.split(separator: ".").last ?? ""))
      writer.put(7, field.written)
    }
    if !file.options.isEmpty { writer.put(8, self.options(file.options, Self.fileOptions)) }
    let info = self.comments(of: file)
    if !info.isEmpty { writer.put(9, info) }
    writer.put(12, "proto3")
    return writer.written
  }

  /// A `google.protobuf.SourceCodeInfo` of what stands above the elements of a file.
  private func comments(of file: SchemaFile) -> [UInt8] {
    var writer = WireWriter(capacity: 4096)
    func put(_ comment: String, _ path: [Int]) {
      guard !comment.isEmpty else { return }
      var location = WireWriter(capacity: 128)
      location.tag(1, 2)
      location.delimited { inner in for part in path { inner.int32(Int32(part)) } }
      // Where it stands in the file is told to nobody: the beginning.
      location.tag(2, 2)
      location.delimited { inner in for _ in 0..<3 { inner.int32(0) } }
      let lines = comment.split(separator: "\n", omittingEmptySubsequences: false)
      location.put(3, lines.map { $0.isEmpty ? "\n" : " \($0)\n" }.joined())
      writer.put(1, location.written)
    }
    func put(_ kind: SchemaEnum, _ path: [Int]) {
      put(kind.comment, path)
      for (place, value) in kind.values.enumerated() { put(value.comment, path + [2, place]) }
    }
    func put(_ message: SchemaMessage, _ path: [Int]) {
      put(message.comment, path)
      for (place, field) in message.fields.enumerated() { put(field.comment, path + [2, place]) }
      for (place, nested) in message.messages.enumerated() { put(nested, path + [3, place]) }
      for (place, kind) in message.enums.enumerated() { put(kind, path + [4, place]) }
      for (place, oneof) in message.oneofs.enumerated() { put(oneof.comment, path + [8, place]) }
    }
    for (place, message) in file.messages.enumerated() { put(message, [4, place]) }
    for (place, kind) in file.enums.enumerated() { put(kind, [5, place]) }
    for (place, service) in file.services.enumerated() {
      put(service.comment, [6, place])
      for (index, call) in service.calls.enumerated() { put(call.comment, [6, place, 2, index]) }
    }
    for (place, added) in file.extensions.enumerated() { put(added.field.comment, [7, place]) }
    return writer.written
  }

  private func message(_ message: SchemaMessage, name: String) -> [UInt8] {
    var writer = WireWriter(capacity: 512)
    writer.put(1, message.name)
    // A field that is `optional` is a oneof of one, after the declared ones.
    var synthetic = message.oneofs.count
    for field in message.fields {
      var oneof = field.oneof
      if field.label == .optional {
        oneof = synthetic
        synthetic += 1
      }
      writer.put(2, self.field(field, owner: name, oneof: oneof).written)
    }
    for nested in message.messages {
      writer.put(3, self.message(nested, name: Schema.join(name, nested.name)))
    }
    for field in message.fields {
      if case .map(let key, let value) = field.type {
        writer.put(3, self.entry(field, key: key, value: value))
      }
    }
    for enumeration in message.enums { writer.put(4, self.enumeration(enumeration)) }
    if !message.options.isEmpty { writer.put(7, self.options(message.options, ["deprecated": 3])) }
    let implied = message.fields.filter { $0.label == .optional }.map { "_" + $0.name }
    for oneof in message.oneofs.map(\.name) + implied {
      var inner = WireWriter(capacity: 32)
      inner.put(1, oneof)
      writer.put(8, inner.written)
    }
    for range in message.reservedRanges {
      var inner = WireWriter(capacity: 16)
      inner.put(1, Int64(range.lowerBound))
      inner.put(2, Int64(range.upperBound))
      writer.put(9, inner.written)
    }
    for name in message.reservedNames { writer.put(10, name) }
    return writer.written
  }

  private func entry(_ field: SchemaField, key: String, value: SchemaType) -> [UInt8] {
    var writer = WireWriter(capacity: 128)
    writer.put(1, Self.entryName(field))
    let parts = [("key", 1, SchemaType.scalar(key)), ("value", 2, value)]
    for (name, number, type) in parts {
      let inner = SchemaField(
        name: name, number: number, type: type, label: .implicit, comment: "", oneof: nil)
      writer.put(2, self.field(inner, owner: "", oneof: nil).written)
    }
    var options = WireWriter(capacity: 4)
    options.put(7, Int64(1))
    writer.put(7, options.written)
    return writer.written
  }

  private static func entryName(_ field: SchemaField) -> String {
    SwiftNames.upperCamel(field.name) + "Entry"
  }

  private func field(_ field: SchemaField, owner: String, oneof: Int?) -> WireWriter {
    var writer = WireWriter(capacity: 128)
    writer.put(1, field.name)
    writer.put(3, Int64(field.number))
    var isRepeated = field.label == .repeated
    switch field.type {
    case .scalar(let name): writer.put(5, Int64(Self.types[name] ?? 0))
    case .named(let name):
      writer.put(5, self.schema.kinds[name] == .message ? Int64(11) : Int64(14))
      writer.put(6, "." + name)
    case .map:
      isRepeated = true
      writer.put(5, Int64(11))
      writer.put(6, ".\(owner).\(Self.entryName(field))")
    }
    writer.put(4, isRepeated ? Int64(3) : Int64(1))
    let own = field.options.filter { $0.name != "json_name" }
    if !own.isEmpty { writer.put(8, self.options(own, ["packed": 2, "deprecated": 3])) }
    if let oneof { writer.put(9, Int64(oneof)) }
    let json = field.options.first { $0.name == "json_name" }?.value
    writer.put(10, json ?? SwiftNames.json(field.name))
    if field.label == .optional { writer.put(17, Int64(1)) }
    return writer
  }

  private static let types = [
    "double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "fixed64": 6, "fixed32": 7,
    "bool": 8, "string": 9, "bytes": 12, "uint32": 13, "sfixed32": 15, "sfixed64": 16,
    "sint32": 17, "sint64": 18,
  ]

  private func enumeration(_ enumeration: SchemaEnum) -> [UInt8] {
    var writer = WireWriter(capacity: 256)
    writer.put(1, enumeration.name)
    for value in enumeration.values {
      var inner = WireWriter(capacity: 64)
      inner.put(1, value.name)
      inner.put(2, Int64(value.number))
      if !value.options.isEmpty { inner.put(3, self.options(value.options, ["deprecated": 1])) }
      writer.put(2, inner.written)
    }
    let known = ["allow_alias": 2, "deprecated": 3]
    if !enumeration.options.isEmpty { writer.put(3, self.options(enumeration.options, known)) }
    for range in enumeration.reservedRanges {
      var inner = WireWriter(capacity: 16)
      inner.put(1, Int64(range.lowerBound))
      inner.put(2, Int64(range.upperBound - 1))
      writer.put(4, inner.written)
    }
    for name in enumeration.reservedNames { writer.put(5, name) }
    return writer.written
  }

  private func service(_ service: SchemaService) -> [UInt8] {
    var writer = WireWriter(capacity: 256)
    writer.put(1, service.name)
    for call in service.calls {
      var inner = WireWriter(capacity: 128)
      inner.put(1, call.name)
      inner.put(2, "." + call.input)
      inner.put(3, "." + call.output)
      let known = ["deprecated": 33, "idempotency_level": 34]
      if !call.options.isEmpty { inner.put(4, self.options(call.options, known)) }
      if call.clientStreams { inner.put(5, Int64(1)) }
      if call.serverStreams { inner.put(6, Int64(1)) }
      writer.put(2, inner.written)
    }
    if !service.options.isEmpty { writer.put(3, self.options(service.options, ["deprecated": 33])) }
    return writer.written
  }

  private static let fileOptions = [
    "java_package": 1, "java_outer_classname": 8, "optimize_for": 9, "java_multiple_files": 10,
    "go_package": 11, "deprecated": 23, "cc_enable_arenas": 31, "objc_class_prefix": 36,
    "csharp_namespace": 37, "swift_prefix": 39,
  ]
  private static let words: [String: Int64] = [
    "true": 1, "false": 0, "SPEED": 1, "CODE_SIZE": 2, "LITE_RUNTIME": 3,
    "IDEMPOTENCY_UNKNOWN": 0, "NO_SIDE_EFFECTS": 1, "IDEMPOTENT": 2,
  ]

  /// Options in the order of their numbers; one this table doesn't know is left out.
  private func options(_ options: [SchemaOption], _ known: [String: Int]) -> [UInt8] {
    var numbered: [(Int, SchemaOption, SchemaType?)] = []
    for option in options {
      if let number = known[option.name] { numbered.append((number, option, nil)) }
      let name = option.name.filter { $0 != "(" && $0 != ")" }
      for file in self.schema.files where option.name.hasPrefix("(") {
        for declared in file.extensions
        where Schema.join(file.package, declared.field.name) == name {
          numbered.append((declared.field.number, option, declared.field.type))
        }
      }
    }
    var writer = WireWriter(capacity: 64)
    for (number, option, type) in numbered.sorted(by: { $0.0 < $1.0 }) {
      if let value = self.number(option.value, type) {
        writer.put(number, value)
      } else {
        writer.put(number, option.value)
      }
    }
    return writer.written
  }

  private func number(_ text: String, _ type: SchemaType?) -> Int64? {
    // A text may look like a number or a word of another option.
    if type == .scalar("string") { return nil }
    if case .named(let name)? = type {
      for file in self.schema.files {
        for enumeration in file.enums
        where Schema.join(file.package, enumeration.name) == name {
          return enumeration.values.first { $0.name == text }.map { Int64($0.number) }
        }
      }
    }
    return Self.words[text] ?? Int64(text)
  }
}

extension WireWriter {
  fileprivate mutating func put(_ number: Int, _ text: String) {
    self.tag(UInt32(number), 2)
    self.string(text)
  }
  fileprivate mutating func put(_ number: Int, _ octets: [UInt8]) {
    self.tag(UInt32(number), 2)
    self.bytes(octets)
  }
  fileprivate mutating func put(_ number: Int, _ value: Int64) {
    self.tag(UInt32(number), 0)
    self.int64(value)
  }
}
