import BitimProtocol

/// A file of a schema as `.proto` text, or a part of it, written from its descriptor.
struct ProtoText {
  private typealias Path = [UInt64]

  private let pool: DescriptorPool
  private let file: Fields
  /// What stands above each element, by its way from the file: numbers of fields and places in them.
  private var comments: [Path: [String]] = [:]
  /// Whether types are written for a compiler, from the root: two may end alike.
  private var isWhole = true

  /// Reads a `google.protobuf.FileDescriptorProto`, whose types `pool` describes.
  ///
  /// - Throws: ``WireFault``.
  init(_ octets: [UInt8], of pool: DescriptorPool) throws(WireFault) {
    self.pool = pool
    self.file = try Fields(octets)
    for octets in try Fields(self.file.last(9) ?? []).all(1) {
      let location = try Fields(octets)
      guard let comment = try location.text(3), let packed = location.last(1) else { continue }
      var path: Path = []
      var at = 0
      while at < packed.count { path.append(try Wire.varint(packed.span, &at)) }
      self.comments[path] = comment.split(separator: "\n").map { "//" + String($0).visible }
    }
  }

  /// A symbol of the file; nil if it is not there.
  ///
  /// - Throws: ``WireFault``.
  func text(of symbol: String) throws(WireFault) -> String? {
    var part = self
    part.isWhole = false
    let package = try self.file.text(2) ?? ""
    for (place, octets) in self.file.all(6).enumerated() {
      let service = try Fields(octets)
      let name = Self.join(package, try service.text(1) ?? "")
      if name == symbol { return Self.text(try part.service(octets, [6, UInt64(place)])) }
      for (index, call) in service.all(2).enumerated()
      where Self.join(name, try Fields(call).text(1) ?? "") == symbol {
        return Self.text(try part.call(call, [6, UInt64(place), 2, UInt64(index)]))
      }
    }
    for (place, octets) in self.file.all(7).enumerated()
    where Self.join(package, try Fields(octets).text(1) ?? "") == symbol {
      return Self.text(try part.addition(octets, [7, UInt64(place)]))
    }
    return try part.kind(symbol, in: self.file, scope: package, messages: 4, enums: 5, [])
      .map(Self.text)
  }

  /// A message or enum by its full name, among those of a file or of a message.
  private func kind(
    _ symbol: String, in holder: Fields, scope: String, messages: UInt32, enums: UInt32,
    _ path: Path
  ) throws(WireFault) -> [String]? {
    for (place, octets) in holder.all(enums).enumerated()
    where Self.join(scope, try Fields(octets).text(1) ?? "") == symbol {
      return try self.enumeration(octets, path + [UInt64(enums), UInt64(place)])
    }
    for (place, octets) in holder.all(messages).enumerated() {
      let message = try Fields(octets)
      let name = Self.join(scope, try message.text(1) ?? "")
      let way = path + [UInt64(messages), UInt64(place)]
      if name == symbol { return try self.message(octets, way) }
      if let found = try self.kind(symbol, in: message, scope: name, messages: 3, enums: 4, way) {
        return found
      }
    }
    return nil
  }

  private static func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") }

  /// The text of the whole file.
  ///
  /// - Throws: ``WireFault``.
  func text() throws(WireFault) -> String {
    let file = self.file
    var lines = (self.comments[[12]] ?? []) + ["syntax = \"\(try file.text(12) ?? "proto2")\";"]
    if let package = try file.text(2) { lines += ["", "package \(package);"] }
    let imports = try file.texts(3).map { "import \(JSONText.quoted($0));" }
    if !imports.isEmpty { lines += [""] + imports }
    let options = try self.statements(file.last(8), "FileOptions")
    if !options.isEmpty { lines += [""] + options }
    for (place, service) in file.all(6).enumerated() {
      lines += [""] + (try self.service(service, [6, UInt64(place)]))
    }
    for (place, kind) in file.all(5).enumerated() {
      lines += [""] + (try self.enumeration(kind, [5, UInt64(place)]))
    }
    for (place, message) in file.all(4).enumerated() {
      lines += [""] + (try self.message(message, [4, UInt64(place)]))
    }
    for (place, added) in file.all(7).enumerated() {
      lines += [""] + (try self.addition(added, [7, UInt64(place)]))
    }
    return Self.text(lines) + "\n"
  }

  private func addition(_ octets: [UInt8], _ path: Path) throws(WireFault) -> [String] {
    let name = self.named(try Fields(octets).text(2) ?? "")
    return Self.block("extend \(name)", try self.field(octets, of: nil, path))
  }

  /// A full name, which begins with a dot in descriptors.
  private func named(_ name: String) -> String {
    self.isWhole ? name : String(name.drop { $0 == "." })
  }

  private func service(_ octets: [UInt8], _ path: Path) throws(WireFault) -> [String] {
    let service = try Fields(octets)
    var lines = try self.statements(service.last(3), "ServiceOptions")
    for (place, call) in service.all(2).enumerated() {
      lines += try self.call(call, path + [2, UInt64(place)])
    }
    return (self.comments[path] ?? []) + Self.block("service \(try service.text(1) ?? "")", lines)
  }

  private func call(_ octets: [UInt8], _ path: Path) throws(WireFault) -> [String] {
    let call = try Fields(octets)
    let (up, down) = (call.number(5) == 1, call.number(6) == 1)
    let input = "(\(up ? "stream " : "")\(self.named(try call.text(2) ?? "")))"
    let output = "(\(down ? "stream " : "")\(self.named(try call.text(3) ?? "")))"
    let head = "rpc \(try call.text(1) ?? "")\(input) returns \(output)"
    let options = try self.statements(call.last(4), "MethodOptions")
    return (self.comments[path] ?? [])
      + (options.isEmpty ? [head + ";"] : Self.block(head, options))
  }

  private func enumeration(_ octets: [UInt8], _ path: Path) throws(WireFault) -> [String] {
    let kind = try Fields(octets)
    var lines = try self.statements(kind.last(3), "EnumOptions")
    for (place, octets) in kind.all(2).enumerated() {
      let value = try Fields(octets)
      let number = Int32(truncatingIfNeeded: value.number(2) ?? 0)
      let options = try self.brackets(value.last(3), "EnumValueOptions")
      lines += self.comments[path + [2, UInt64(place)]] ?? []
      lines.append("\(try value.text(1) ?? "") = \(number)\(options);")
    }
    // Both ends of an enum's range are reserved.
    lines += try Self.reserved(kind, ranges: 4, names: 5, endsBefore: 0)
    return (self.comments[path] ?? []) + Self.block("enum \(try kind.text(1) ?? "")", lines)
  }

  private func message(_ octets: [UInt8], _ path: Path) throws(WireFault) -> [String] {
    let message = try Fields(octets)
    var lines = try self.statements(message.last(7), "MessageOptions")
    var maps: [String: Fields] = [:]
    for (place, octets) in message.all(3).enumerated() {
      let nested = try Fields(octets)
      if try Fields(nested.last(7) ?? []).number(7) == 1 {
        maps[try nested.text(1) ?? ""] = nested
      } else {
        lines += try self.message(octets, path + [3, UInt64(place)])
      }
    }
    for (place, kind) in message.all(4).enumerated() {
      lines += try self.enumeration(kind, path + [4, UInt64(place)])
    }
    var begun: Set<UInt64> = []
    for (place, octets) in message.all(2).enumerated() {
      let field = try Fields(octets)
      guard let oneof = field.number(9), field.number(17) != 1 else {
        lines += try self.field(octets, of: maps, path + [2, UInt64(place)])
        continue
      }
      guard begun.insert(oneof).inserted else { continue }
      var members: [String] = []
      for (place, octets) in message.all(2).enumerated() {
        let member = try Fields(octets)
        if member.number(9) == oneof, member.number(17) != 1 {
          members += try self.field(octets, of: maps, path + [2, UInt64(place)])
        }
      }
      let names = message.all(8)
      let name = Int(oneof) < names.count ? try Fields(names[Int(oneof)]).text(1) : nil
      lines += self.comments[path + [8, oneof]] ?? []
      lines += Self.block("oneof \(name ?? "")", members)
    }
    lines += try Self.reserved(message, ranges: 9, names: 10, endsBefore: 1)
    return (self.comments[path] ?? []) + Self.block("message \(try message.text(1) ?? "")", lines)
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

  /// A field; its type may be one of the message's maps.
  private func field(
    _ octets: [UInt8], of maps: [String: Fields]?, _ path: Path
  ) throws(WireFault) -> [String] {
    let field = try Fields(octets)
    let name = try field.text(1) ?? ""
    let kind = try self.type(field)
    let entry = kind.split(separator: ".").last.flatMap { maps?[String($0)] }
    let type: String
    if let entry, entry.all(2).count == 2 {
      let (key, value) = (try Fields(entry.all(2)[0]), try Fields(entry.all(2)[1]))
      type = "map<\(try self.type(key)), \(try self.type(value))>"
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
    return (self.comments[path] ?? [])
      + ["\(type) \(name) = \(field.number(3) ?? 0)\(brackets);"]
  }

  private func type(_ field: Fields) throws(WireFault) -> String {
    let number = Int32(truncatingIfNeeded: field.number(5) ?? 0)
    if let scalar = SymbolText.scalars[number] { return scalar }
    return self.named(try field.text(6) ?? "")
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
