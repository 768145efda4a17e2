/// What the schema says of every message and enum, read from descriptors.
///
/// The generator writes the descriptors of `schema/` into the library; a pool for other services
/// is made from the octets of their `FileDescriptorProto`s.
public struct DescriptorPool: Sendable {
  /// A field of a message.
  public struct Field: Sendable {
    /// Its name in the schema.
    public var name = ""
    /// Its name in JSON.
    public var jsonName = ""
    /// Its number.
    public var number: UInt32 = 0
    /// `google.protobuf.FieldDescriptorProto.Type`.
    public var type: Int32 = 0
    /// Whether it holds any number of values.
    public var isRepeated = false
    /// The full name of its message or enum, without the leading dot.
    public var typeName = ""
    /// Which oneof of its message it belongs to; one of its own when it is `optional`.
    public var oneof: Int32?
    /// Whether the schema calls it `optional`.
    public var isOptional = false
    /// Whether its absence can be told from its default.
    public var hasPresence = false
  }

  /// A message.
  public struct Shape: Sendable {
    /// Its fields in the order of their numbers.
    public var fields: [Field] = []
    /// The names of its oneofs.
    public var oneofs: [String] = []
    /// Whether it is what a map holds.
    public var isMapEntry = false
  }

  /// A file of a schema.
  public struct File: Sendable {
    /// The path that imports name.
    public internal(set) var path = ""
    /// The `google.protobuf.FileDescriptorProto`.
    public internal(set) var octets: [UInt8] = []
    /// The paths it imports.
    public internal(set) var imports: [String] = []
  }

  /// A service.
  public struct Service: Sendable {
    /// Its full name.
    public internal(set) var name = ""
    /// Its calls, in the schema's order.
    public internal(set) var methods: [ServiceMethod] = []
  }

  /// A field that a file adds to a message of another: an option.
  public struct Extension: Sendable {
    /// The full name of the message it is added to.
    public internal(set) var extendee = ""
    /// Its full name.
    public internal(set) var name = ""
    /// The field, with its number there.
    public internal(set) var field = Field()
    /// The path of the file that adds it.
    public internal(set) var path = ""
  }

  /// A call of a service.
  public struct ServiceMethod: Sendable {
    /// Its name within the service.
    public internal(set) var name = ""
    /// The full name of what it is asked with.
    public internal(set) var input = ""
    /// The full name of what it answers.
    public internal(set) var output = ""
    /// Which sides stream.
    public internal(set) var shape = MethodDescriptor.Shape.unary
  }

  /// The files, in the order given.
  public private(set) var files: [File] = []
  /// The services by full name.
  public private(set) var services: [String: Service] = [:]
  /// The extensions, in the order of the files.
  public private(set) var extensions: [Extension] = []
  /// The path of the file that defines a message, enum, service, method or extension, by its full name.
  public private(set) var homes: [String: String] = [:]
  /// The messages by full name.
  public private(set) var messages: [String: Shape] = [:]
  /// The names of each enum's numbers, by its full name.
  public private(set) var enums: [String: [Int32: String]] = [:]
  private(set) var enumNumbers: [String: [String: Int32]] = [:]

  /// Reads the descriptors in `files`.
  public init(files: [[UInt8]]) throws(WireFault) {
    for file in files { try self.add(file) }
  }

  /// Reads the descriptors in a `google.protobuf.FileDescriptorSet`.
  public init(set octets: [UInt8]) throws(WireFault) {
    for range in try Self.ranges(octets.span, 1) { try self.add(Array(octets[range])) }
  }

  /// Adds a file, unless it is there.
  public mutating func add(_ octets: [UInt8]) throws(WireFault) {
    var file = File()
    file.path = try Self.strings(octets.span, 1).first ?? ""
    guard !self.files.contains(where: { $0.path == file.path }) else { return }
    file.imports = try Self.strings(octets.span, 3)
    file.octets = octets
    self.files.append(file)
    try self.readFile(octets.span, file.path)
  }

  /// Files by their paths with all they import, what is imported first; paths that are not there are
  /// passed over.
  public func files(from paths: [String]) -> [File] {
    var found: [File] = []
    func take(_ path: String) {
      guard !found.contains(where: { $0.path == path }),
        let file = self.files.first(where: { $0.path == path })
      else { return }
      for name in file.imports { take(name) }
      found.append(file)
    }
    for path in paths { take(path) }
    return found
  }

  /// The pool of this library's own schema.
  public static let own: DescriptorPool = {
    let files = Self.schema.map { text in
      Base64.octets(text.description) ?? []
    }
    guard let pool = try? DescriptorPool(files: files) else {
      preconditionFailure("the generated descriptors can't be read: run bitim-generate")
    }
    return pool
  }()

  private mutating func readFile(_ octets: Span<UInt8>, _ path: String) throws(WireFault) {
    let package = try Self.strings(octets, 2).first ?? ""
    for range in try Self.ranges(octets, 4) {
      try self.readMessage(octets.extracting(range), scope: package, path)
    }
    for range in try Self.ranges(octets, 5) {
      try self.readEnum(octets.extracting(range), scope: package, path)
    }
    for range in try Self.ranges(octets, 6) {
      try self.readService(octets.extracting(range), scope: package, path)
    }
    for range in try Self.ranges(octets, 7) {
      try self.readExtension(octets.extracting(range), scope: package, path)
    }
  }

  private mutating func readExtension(
    _ octets: Span<UInt8>, scope: String, _ path: String
  ) throws(WireFault) {
    var added = Extension()
    added.extendee = Self.bare(try Self.strings(octets, 2).first ?? "")
    added.field = try Self.field(octets)
    added.name = Self.join(scope, added.field.name)
    added.path = path
    self.extensions.append(added)
    self.homes[added.name] = path
  }

  private mutating func readService(
    _ octets: Span<UInt8>, scope: String, _ path: String
  ) throws(WireFault) {
    var service = Service()
    service.name = Self.join(scope, try Self.strings(octets, 1).first ?? "")
    for range in try Self.ranges(octets, 2) {
      let octets = octets.extracting(range)
      var method = ServiceMethod()
      method.name = try Self.strings(octets, 1).first ?? ""
      method.input = Self.bare(try Self.strings(octets, 2).first ?? "")
      method.output = Self.bare(try Self.strings(octets, 3).first ?? "")
      switch (try Self.number(octets, 5) == 1, try Self.number(octets, 6) == 1) {
      case (false, false): method.shape = .unary
      case (false, true): method.shape = .serverStream
      case (true, false): method.shape = .clientStream
      case (true, true): method.shape = .bidirectional
      }
      service.methods.append(method)
      self.homes["\(service.name).\(method.name)"] = path
    }
    self.services[service.name] = service
    self.homes[service.name] = path
  }

  private static func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }

  /// A full name without its leading dot.
  private static func bare(_ name: String) -> String { String(name.drop { $0 == "." }) }

  private mutating func readMessage(
    _ octets: Span<UInt8>, scope: String, _ path: String
  ) throws(WireFault) {
    let name = Self.join(scope, try Self.strings(octets, 1).first ?? "")
    self.homes[name] = path
    var shape = Shape()
    for range in try Self.ranges(octets, 2) {
      shape.fields.append(try Self.field(octets.extracting(range)))
    }
    for range in try Self.ranges(octets, 7) {
      shape.isMapEntry = try Self.number(octets.extracting(range), 7) == 1
    }
    shape.fields.sort { $0.number < $1.number }
    shape.oneofs = try Self.ranges(octets, 8).map { range throws(WireFault) in
      try Self.strings(octets.extracting(range), 1).first ?? ""
    }
    self.messages[name] = shape
    for range in try Self.ranges(octets, 3) {
      try self.readMessage(octets.extracting(range), scope: name, path)
    }
    for range in try Self.ranges(octets, 4) {
      try self.readEnum(octets.extracting(range), scope: name, path)
    }
    for range in try Self.ranges(octets, 6) {
      try self.readExtension(octets.extracting(range), scope: name, path)
    }
  }

  private mutating func readEnum(
    _ octets: Span<UInt8>, scope: String, _ path: String
  ) throws(WireFault) {
    let name = Self.join(scope, try Self.strings(octets, 1).first ?? "")
    self.homes[name] = path
    var numbers: [String: Int32] = [:]
    var values: [Int32: String] = [:]
    for range in try Self.ranges(octets, 2) {
      let value = octets.extracting(range)
      let number = Int32(truncatingIfNeeded: try Self.number(value, 2) ?? 0)
      // Of two names for one number the first is shown.
      let word = try Self.strings(value, 1).first ?? ""
      if values[number] == nil { values[number] = word }
      numbers[word] = number
    }
    self.enums[name] = values
    self.enumNumbers[name] = numbers
  }

  private static func field(_ octets: Span<UInt8>) throws(WireFault) -> Field {
    var field = Field()
    field.name = try Self.strings(octets, 1).first ?? ""
    field.jsonName = try Self.strings(octets, 10).first ?? field.name
    field.number = UInt32(truncatingIfNeeded: try Self.number(octets, 3) ?? 0)
    field.type = Int32(truncatingIfNeeded: try Self.number(octets, 5) ?? 0)
    field.isRepeated = try Self.number(octets, 4) == 3
    field.typeName = Self.bare(try Self.strings(octets, 6).first ?? "")
    field.oneof = try Self.number(octets, 9).map { Int32(truncatingIfNeeded: $0) }
    field.isOptional = try Self.number(octets, 17) == 1
    field.hasPresence = field.oneof != nil || field.type == 11
    return field
  }

  // The fields of a descriptor by number; descriptors are small, so each look-up walks them.

  private static func ranges(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      if tag == number << 3 | 2 {
        ranges.append(try Wire.range(octets, &at))
      } else {
        try Wire.skip(tag, octets, &at, depth: 0)
      }
    }
    return ranges
  }

  private static func strings(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> [String] {
    var strings: [String] = []
    for range in try Self.ranges(octets, number) {
      guard let text = String(utf8: octets.extracting(range)) else { throw .notUTF8 }
      strings.append(text)
    }
    return strings
  }

  private static func number(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> UInt64? {
    var value: UInt64?
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      if tag == number << 3 {
        value = try Wire.varint(octets, &at)
      } else {
        try Wire.skip(tag, octets, &at, depth: 0)
      }
    }
    return value
  }
}
