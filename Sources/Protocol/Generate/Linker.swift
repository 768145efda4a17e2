/// All files of a schema together, every type name resolved to its full name.
struct Schema {
  enum Kind: Equatable { case message, enumeration }

  var files: [SchemaFile]
  /// What each full name means, without its leading dot.
  private(set) var kinds: [String: Kind] = [:]
  /// The file that defines each name.
  private(set) var homes: [String: String] = [:]
  private(set) var messages: [String: SchemaMessage] = [:]

  /// Resolves the names in `files`, which must include every import but
  /// `google/protobuf/descriptor.proto`.
  init(linking files: [SchemaFile]) throws {
    self.files = files
    for file in files {
      self.register(file.messages, file.enums, scope: file.package, in: file.path)
    }
    for index in files.indices {
      let file = self.files[index]
      for name in file.imports where name != Self.descriptorPath {
        guard files.contains(where: { $0.path == name }) else {
          throw SchemaFault(
            path: file.path, line: 1, column: 1, problem: "import \"\(name)\" is not there")
        }
      }
      self.files[index].messages = try file.messages.map {
        try self.linked($0, scope: file.package, path: file.path)
      }
      self.files[index].services = try file.services.map { service in
        var service = service
        service.calls = try service.calls.map { call in
          var call = call
          call.input = try self.resolve(call.input, from: file.package, path: file.path)
          call.output = try self.resolve(call.output, from: file.package, path: file.path)
          return call
        }
        return service
      }
      self.files[index].extensions = try file.extensions.map { declared in
        var declared = declared
        declared.field.type = try self.linked(
          declared.field.type, scope: file.package, path: file.path)
        return declared
      }
    }
    self.messages = [:]
    for file in self.files { self.collect(file.messages, scope: file.package) }
  }

  static let descriptorPath = "google/protobuf/descriptor.proto"

  private mutating func collect(_ messages: [SchemaMessage], scope: String) {
    for message in messages {
      let name = Self.join(scope, message.name)
      self.messages[name] = message
      self.collect(message.messages, scope: name)
    }
  }

  private mutating func register(
    _ messages: [SchemaMessage], _ enums: [SchemaEnum], scope: String, in path: String
  ) {
    for enumeration in enums {
      self.kinds[Self.join(scope, enumeration.name)] = .enumeration
      self.homes[Self.join(scope, enumeration.name)] = path
    }
    for message in messages {
      let name = Self.join(scope, message.name)
      self.kinds[name] = .message
      self.homes[name] = path
      self.register(message.messages, message.enums, scope: name, in: path)
    }
  }

  private func linked(
    _ message: SchemaMessage, scope: String, path: String
  ) throws -> SchemaMessage {
    var message = message
    let inner = Self.join(scope, message.name)
    var numbers: Set<Int> = []
    for field in message.fields {
      let isReserved =
        message.reservedRanges.contains { $0.contains(field.number) }
        || message.reservedNames.contains(field.name)
      guard numbers.insert(field.number).inserted, !isReserved else {
        throw SchemaFault(
          path: path, line: 1, column: 1,
          problem: "\(inner).\(field.name): its number is used twice, or it is reserved")
      }
    }
    message.fields = try message.fields.map { field in
      var field = field
      field.type = try self.linked(field.type, scope: inner, path: path)
      return field
    }
    message.messages = try message.messages.map {
      try self.linked($0, scope: inner, path: path)
    }
    return message
  }

  private func linked(_ type: SchemaType, scope: String, path: String) throws -> SchemaType {
    switch type {
    case .scalar: type
    case .named(let name): .named(try self.resolve(name, from: scope, path: path))
    case .map(let key, let value):
      .map(key: key, value: try self.linked(value, scope: scope, path: path))
    }
  }

  /// Finds `name` as C++ does: from the innermost scope outwards.
  private func resolve(_ name: String, from scope: String, path: String) throws -> String {
    if name.hasPrefix(".") {
      let full = String(name.dropFirst())
      if self.kinds[full] != nil { return full }
    } else {
      var parts = scope.split(separator: ".").map(String.init)
      while true {
        let full = (parts + [name]).joined(separator: ".")
        if self.kinds[full] != nil { return full }
        guard parts.popLast() != nil else { break }
      }
    }
    throw SchemaFault(path: path, line: 1, column: 1, problem: "no type is called \(name)")
  }

  /// Whether a value of message `name` can hold another of its own kind in singular fields, which
  /// a Swift struct can't.
  func isRecursive(_ field: SchemaField, in owner: String) -> Bool {
    guard field.label != .repeated, case .named(let type) = field.type,
      self.kinds[type] == .message
    else { return false }
    var seen: Set<String> = []
    var open = [type]
    while let name = open.popLast() {
      if name == owner { return true }
      guard seen.insert(name).inserted, let message = self.messages[name] else { continue }
      for field in message.fields where field.label != .repeated {
        if case .named(let next) = field.type, self.kinds[next] == .message { open.append(next) }
      }
    }
    return false
  }

  static func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }
}
