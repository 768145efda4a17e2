import BitimProtocol

/// Files of a schema as `.proto` text, written from their descriptors.
///
/// Comments are not there: descriptors of running programs have none.
struct ProtoText {
  let pool: DescriptorPool

  /// The text of a file, given as `google.protobuf.FileDescriptorProto`.
  ///
  /// - Throws: ``WireFault``.
  func file(_ octets: [UInt8]) throws(WireFault) -> String {
    let file = try Fields(octets)
    var lines = ["syntax = \"\(try file.text(12) ?? "proto2")\";"]
    if let package = try file.text(2) { lines += ["", "package \(package);"] }
    let imports = try file.texts(3).map { "import \(JSONText.quoted($0));" }
    if !imports.isEmpty { lines += [""] + imports }
    let options = try self.statements(file.last(8), "FileOptions")
    if !options.isEmpty { lines += [""] + options }
    for service in file.all(6) { lines += [""] + (try self.service(service)) }
    for kind in file.all(5) { lines += [""] + (try self.enumeration(kind)) }
    for message in file.all(4) { lines += [""] + (try self.message(message)) }
    for added in file.all(7) {
      let name = try Fields(added).text(2) ?? ""
      lines += ["", "extend \(name) {", "  \(try self.field(added, of: nil));", "}"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func service(_ octets: [UInt8]) throws(WireFault) -> [String] {
    let service = try Fields(octets)
    var lines = try self.statements(service.last(3), "ServiceOptions")
    for octets in service.all(2) {
      let call = try Fields(octets)
      let (up, down) = (call.number(5) == 1, call.number(6) == 1)
      let input = "(\(up ? "stream " : "")\(try call.text(2) ?? ""))"
      let output = "(\(down ? "stream " : "")\(try call.text(3) ?? ""))"
      let head = "rpc \(try call.text(1) ?? "")\(input) returns \(output)"
      let options = try self.statements(call.last(4), "MethodOptions")
      lines += options.isEmpty ? [head + ";"] : Self.block(head, options)
    }
    return Self.block("service \(try service.text(1) ?? "")", lines)
  }

  private func enumeration(_ octets: [UInt8]) throws(WireFault) -> [String] {
    let kind = try Fields(octets)
    var lines = try self.statements(kind.last(3), "EnumOptions")
    for octets in kind.all(2) {
      let value = try Fields(octets)
      let number = Int32(truncatingIfNeeded: value.number(2) ?? 0)
      let options = try self.brackets(value.last(3), "EnumValueOptions")
      lines.append("\(try value.text(1) ?? "") = \(number)\(options);")
    }
    // Both ends of an enum's range are reserved.
    lines += try Self.reserved(kind, ranges: 4, names: 5, endsBefore: 0)
    return Self.block("enum \(try kind.text(1) ?? "")", lines)
  }

  private func message(_ octets: [UInt8]) throws(WireFault) -> [String] {
    let message = try Fields(octets)
    var lines = try self.statements(message.last(7), "MessageOptions")
    var maps: [String: Fields] = [:]
    for octets in message.all(3) {
      let nested = try Fields(octets)
      if try Fields(nested.last(7) ?? []).number(7) == 1 {
        maps[try nested.text(1) ?? ""] = nested
      } else {
        lines += try self.message(octets)
      }
    }
    for kind in message.all(4) { lines += try self.enumeration(kind) }
    var begun: Set<UInt64> = []
    for octets in message.all(2) {
      let field = try Fields(octets)
      guard let oneof = field.number(9), field.number(17) != 1 else {
        lines.append(try self.field(octets, of: maps) + ";")
        continue
      }
      guard begun.insert(oneof).inserted else { continue }
      var members: [String] = []
      for octets in message.all(2) {
        let member = try Fields(octets)
        if member.number(9) == oneof, member.number(17) != 1 {
          members.append(try self.field(octets, of: maps) + ";")
        }
      }
      let names = message.all(8)
      let name = Int(oneof) < names.count ? try Fields(names[Int(oneof)]).text(1) : nil
      lines += Self.block("oneof \(name ?? "")", members)
    }
    lines += try Self.reserved(message, ranges: 9, names: 10, endsBefore: 1)
    return Self.block("message \(try message.text(1) ?? "")", lines)
  }

  private static func block(_ head: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? ["\(head) {}"] : ["\(head) {"] + lines.map { "  " + $0 } + ["}"]
  }

  private static func reserved(
    _ fields: Fields, ranges: UInt32, names: UInt32, endsBefore: Int64
  ) throws(WireFault) -> [String] {
    var parts: [String] = []
    for octets in fields.all(ranges) {
      let range = try Fields(octets)
      let first = Int64(Int32(truncatingIfNeeded: range.number(1) ?? 0))
      let last = Int64(Int32(truncatingIfNeeded: range.number(2) ?? 0)) - endsBefore
      parts.append(first == last ? "\(first)" : "\(first) to \(last)")
    }
    let quoted = try fields.texts(names).map(JSONText.quoted)
    return [parts, quoted].filter { !$0.isEmpty }.map { "reserved \($0.joined(separator: ", "));" }
  }

  /// A field without its semicolon; its type may be one of the message's maps.
  private func field(_ octets: [UInt8], of maps: [String: Fields]?) throws(WireFault) -> String {
    let field = try Fields(octets)
    let name = try field.text(1) ?? ""
    let kind = try Self.type(field)
    let entry = kind.split(separator: ".").last.flatMap { maps?[String($0)] }
    let type: String
    if let entry, entry.all(2).count == 2 {
      let (key, value) = (try Fields(entry.all(2)[0]), try Fields(entry.all(2)[1]))
      type = "map<\(try Self.type(key)), \(try Self.type(value))>"
    } else if field.number(4) == 3 {
      type = "repeated \(kind)"
    } else {
      type = field.number(17) == 1 ? "optional \(kind)" : kind
    }
    var options = try self.options(field.last(8), "FieldOptions")
    // A name in JSON of its own; the usual one is not said.
    if let json = try field.text(10), json != Self.usual(name) {
      options.insert("json_name = \(JSONText.quoted(json))", at: 0)
    }
    let brackets = options.isEmpty ? "" : " [\(options.joined(separator: ", "))]"
    return "\(type) \(name) = \(field.number(3) ?? 0)\(brackets)"
  }

  private static func type(_ field: Fields) throws(WireFault) -> String {
    let number = Int32(truncatingIfNeeded: field.number(5) ?? 0)
    if let scalar = SymbolText.scalars[number] { return scalar }
    return try field.text(6) ?? ""
  }

  private static func usual(_ name: String) -> String {
    var text = ""
    var raises = false
    for character in name {
      if character == "_" {
        raises = true
      } else {
        text += raises ? character.uppercased() : String(character)
        raises = false
      }
    }
    return text
  }

  // Options.

  private func statements(_ octets: [UInt8]?, _ kind: String) throws(WireFault) -> [String] {
    try self.options(octets, kind).map { "option \($0);" }
  }

  private func brackets(_ octets: [UInt8]?, _ kind: String) throws(WireFault) -> String {
    let options = try self.options(octets, kind)
    return options.isEmpty ? "" : " [\(options.joined(separator: ", "))]"
  }

  /// Options as `name = value`; those that nothing describes, and messages, are left out.
  private func options(_ octets: [UInt8]?, _ kind: String) throws(WireFault) -> [String] {
    guard let octets else { return [] }
    let set = try Fields(octets)
    let name = "google.protobuf.\(kind)"
    let own = self.pool.messages[name] ?? DescriptorPool.own.messages[name]
    let usual = (own?.fields ?? []).map { ($0.name, $0) }
    let added = self.pool.extensions.filter { $0.extendee == name }
      .map { ("(\($0.name))", $0.field) }
    var lines: [String] = []
    for (name, field) in usual + added {
      for value in set.values[field.number] ?? [] {
        if let text = try self.value(value, field) { lines.append("\(name) = \(text)") }
      }
    }
    return lines
  }

  private func value(
    _ value: Fields.Value, _ field: DescriptorPool.Field
  ) throws(WireFault) -> String? {
    switch (value, field.type) {
    case (.octets(let octets), 9):
      guard let text = String(validating: octets, as: UTF8.self) else { throw .notUTF8 }
      return JSONText.quoted(text)
    case (.number(let number), 8): return number == 0 ? "false" : "true"
    case (.number(let number), 14):
      let names = self.pool.enums[field.typeName] ?? DescriptorPool.own.enums[field.typeName]
      return names?[Int32(truncatingIfNeeded: number)]
    case (.number(let number), 3), (.number(let number), 5): return "\(Int64(bitPattern: number))"
    case (.number(let number), 4), (.number(let number), 13): return "\(number)"
    default: return nil
    }
  }
}

/// The fields of a descriptor by their numbers, in their order.
struct Fields {
  enum Value {
    case number(UInt64)
    case octets([UInt8])
  }

  private(set) var values: [UInt32: [Value]] = [:]

  init(_ octets: [UInt8]) throws(WireFault) {
    let span = octets.span
    var at = 0
    while at < span.count {
      let tag = try Wire.tag(span, &at)
      switch tag & 7 {
      case 0: self.values[tag >> 3, default: []].append(.number(try Wire.varint(span, &at)))
      case 2: self.values[tag >> 3, default: []].append(.octets(try Wire.bytes(span, &at)))
      default: try Wire.skip(tag, span, &at, depth: 0)
      }
    }
  }

  func all(_ number: UInt32) -> [[UInt8]] {
    (self.values[number] ?? []).compactMap {
      if case .octets(let octets) = $0 { octets } else { nil }
    }
  }

  func last(_ number: UInt32) -> [UInt8]? { self.all(number).last }

  func number(_ number: UInt32) -> UInt64? {
    if case .number(let value)? = self.values[number]?.last { value } else { nil }
  }

  func texts(_ number: UInt32) throws(WireFault) -> [String] {
    var texts: [String] = []
    for octets in self.all(number) {
      guard let text = String(validating: octets, as: UTF8.self) else { throw .notUTF8 }
      texts.append(text)
    }
    return texts
  }

  func text(_ number: UInt32) throws(WireFault) -> String? { try self.texts(number).last }
}
