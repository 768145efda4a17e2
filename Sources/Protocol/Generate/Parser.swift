/// Reads one proto3 file; groups, proto2 and editions are refused by line and column.
struct Parser {
  static let scalars: Set<String> = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32",
    "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes",
  ]

  private let path: String
  private let tokens: [Lexer.Token]
  private var at = 0

  static func file(path: String, source: [UInt8]) throws -> SchemaFile {
    var parser = Parser(path: path, tokens: try Lexer.tokens(path: path, source: source))
    return try parser.file()
  }

  private init(path: String, tokens: [Lexer.Token]) {
    self.path = path
    self.tokens = tokens
  }

  private mutating func file() throws -> SchemaFile {
    var file = SchemaFile(path: self.path)
    try self.expect("syntax")
    try self.expect("=")
    guard self.peek.kind == .string, self.peek.text == "proto3" else {
      throw self.fault("only proto3 is read here")
    }
    self.at += 1
    try self.expect(";")
    while self.peek.kind != .end {
      let comment = self.peek.comment
      switch self.peek.text {
      case "package":
        self.at += 1
        file.package = try self.fullName()
        try self.expect(";")
      case "import":
        self.at += 1
        if self.peek.text == "public" || self.peek.text == "weak" { self.at += 1 }
        file.imports.append(try self.string())
        try self.expect(";")
      case "option": file.options.append(try self.optionStatement())
      case "message": file.messages.append(try self.message(comment))
      case "enum": file.enums.append(try self.enumeration(comment))
      case "service": file.services.append(try self.service(comment))
      case "extend": file.extensions += try self.extend()
      case ";": self.at += 1
      default: throw self.fault("'\(self.peek.text)' can't stand here")
      }
    }
    return file
  }

  private mutating func message(_ comment: String) throws -> SchemaMessage {
    try self.expect("message")
    var message = SchemaMessage(name: try self.word(), comment: comment)
    try self.expect("{")
    while !self.take("}") {
      let comment = self.peek.comment
      switch self.peek.text {
      case "message": message.messages.append(try self.message(comment))
      case "enum": message.enums.append(try self.enumeration(comment))
      case "option": message.options.append(try self.optionStatement())
      case "reserved":
        try self.reserved(&message.reservedRanges, &message.reservedNames, last: 536_870_911)
      case "oneof": try self.oneof(comment, in: &message)
      case "extensions", "group": throw self.fault("proto3 has no '\(self.peek.text)'")
      case ";": self.at += 1
      default: message.fields.append(try self.field(comment))
      }
    }
    return message
  }

  private mutating func oneof(_ comment: String, in message: inout SchemaMessage) throws {
    try self.expect("oneof")
    let index = message.oneofs.count
    message.oneofs.append(SchemaOneof(name: try self.word(), comment: comment))
    try self.expect("{")
    while !self.take("}") {
      if self.peek.text == "option" {
        _ = try self.optionStatement()
        continue
      }
      var field = try self.field(self.peek.comment)
      field.oneof = index
      message.fields.append(field)
    }
  }

  private mutating func field(_ comment: String) throws -> SchemaField {
    var label = SchemaField.Label.implicit
    if self.peek.text == "optional" || self.peek.text == "repeated",
      self.tokens[self.at + 1].text != "="
    {
      label = self.peek.text == "optional" ? .optional : .repeated
      self.at += 1
    }
    if self.peek.text == "required" || self.peek.text == "group" {
      throw self.fault("proto3 has no '\(self.peek.text)'")
    }
    let type: SchemaType
    if self.peek.text == "map", self.tokens[self.at + 1].text == "<" {
      self.at += 2
      let key = try self.word()
      guard Self.scalars.contains(key), !["double", "float", "bytes"].contains(key) else {
        throw self.fault("'\(key)' can't be the key of a map")
      }
      try self.expect(",")
      type = .map(key: key, value: try self.type())
      try self.expect(">")
    } else {
      type = try self.type()
    }
    let name = try self.word()
    try self.expect("=")
    let number = try self.integer()
    guard (1...536_870_911).contains(number), !(19_000...19_999).contains(number) else {
      throw self.fault("\(number) can't be the number of a field")
    }
    let options = try self.bracketedOptions()
    try self.expect(";")
    return SchemaField(
      name: name, number: number, type: type, label: label, comment: comment, options: options)
  }

  private mutating func type() throws -> SchemaType {
    let name = try self.fullName()
    return Self.scalars.contains(name) ? .scalar(name) : .named(name)
  }

  private mutating func enumeration(_ comment: String) throws -> SchemaEnum {
    try self.expect("enum")
    var enumeration = SchemaEnum(name: try self.word(), comment: comment)
    try self.expect("{")
    while !self.take("}") {
      let comment = self.peek.comment
      switch self.peek.text {
      case "option": enumeration.options.append(try self.optionStatement())
      case "reserved":
        try self.reserved(
          &enumeration.reservedRanges, &enumeration.reservedNames, last: Int(Int32.max))
      case ";": self.at += 1
      default:
        let place = self.place
        let name = try self.word()
        try self.expect("=")
        guard let number = Int32(exactly: try self.integer()) else {
          throw self.fault("an enum's number must fit 32 bits")
        }
        let options = try self.bracketedOptions()
        enumeration.values.append(
          SchemaEnum.Value(
            name: name, number: number, comment: comment, options: options, place: place))
        try self.expect(";")
      }
    }
    guard enumeration.values.first?.number == 0 else {
      throw self.fault("the first value of enum \(enumeration.name) must be 0")
    }
    return enumeration
  }

  private mutating func service(_ comment: String) throws -> SchemaService {
    try self.expect("service")
    var service = SchemaService(name: try self.word(), comment: comment)
    try self.expect("{")
    while !self.take("}") {
      if self.take(";") { continue }
      if self.peek.text == "option" {
        service.options.append(try self.optionStatement())
        continue
      }
      let comment = self.peek.comment
      let place = self.place
      try self.expect("rpc")
      let name = try self.word()
      let (input, clientStreams) = try self.callType()
      try self.expect("returns")
      let (output, serverStreams) = try self.callType()
      var call = SchemaService.Call(
        name: name, comment: comment, input: input, output: output, clientStreams: clientStreams,
        serverStreams: serverStreams, place: place)
      if self.take("{") {
        while !self.take("}") {
          if !self.take(";") { call.options.append(try self.optionStatement()) }
        }
      } else {
        try self.expect(";")
      }
      service.calls.append(call)
    }
    return service
  }

  private mutating func callType() throws -> (name: String, streams: Bool) {
    try self.expect("(")
    let streams = self.peek.text == "stream" && self.tokens[self.at + 1].text != ")"
    if streams { self.at += 1 }
    let name = try self.fullName()
    try self.expect(")")
    return (name, streams)
  }

  private mutating func extend() throws -> [SchemaExtension] {
    try self.expect("extend")
    let extendee = try self.fullName()
    try self.expect("{")
    var extensions: [SchemaExtension] = []
    while !self.take("}") {
      extensions.append(
        SchemaExtension(extendee: extendee, field: try self.field(self.peek.comment)))
    }
    return extensions
  }

  private mutating func reserved(
    _ ranges: inout [Range<Int>], _ names: inout [String], last: Int
  ) throws {
    try self.expect("reserved")
    repeat {
      if self.peek.kind == .string {
        names.append(try self.string())
      } else {
        let lower = try self.integer()
        var upper = lower
        if self.take("to") {
          if self.take("max") { upper = last } else { upper = try self.integer() }
        }
        guard lower <= upper else { throw self.fault("a reserved range ends before it begins") }
        ranges.append(lower..<upper + 1)
      }
    } while self.take(",")
    try self.expect(";")
  }

  private mutating func optionStatement() throws -> SchemaOption {
    try self.expect("option")
    let option = try self.option()
    try self.expect(";")
    return option
  }

  private mutating func bracketedOptions() throws -> [SchemaOption] {
    guard self.take("[") else { return [] }
    var options: [SchemaOption] = []
    repeat { options.append(try self.option()) } while self.take(",")
    try self.expect("]")
    return options
  }

  private mutating func option() throws -> SchemaOption {
    let place = self.place
    var name = ""
    repeat {
      if self.take("(") {
        name += "(" + (try self.fullName()) + ")"
        try self.expect(")")
      } else {
        name += try self.word()
      }
      if self.peek.text == "." { name += "." }
    } while self.take(".")
    try self.expect("=")
    let token = self.peek
    if token.text == "-" {
      self.at += 1
      return SchemaOption(name: name, value: "-" + String(try self.integer()), place: place)
    }
    guard token.kind != .sign, token.kind != .end else {
      throw self.fault("the value of option \(name) must be a word, a number or a string")
    }
    self.at += 1
    return SchemaOption(name: name, value: token.text, place: place)
  }

  // The words and signs themselves.

  private var place: SchemaPlace {
    SchemaPlace(line: self.peek.line, column: self.peek.column)
  }

  private var peek: Lexer.Token { self.tokens[min(self.at, self.tokens.count - 1)] }

  private mutating func take(_ text: String) -> Bool {
    guard self.peek.text == text, self.peek.kind == .sign || self.peek.kind == .word else {
      return false
    }
    self.at += 1
    return true
  }

  private mutating func expect(_ text: String) throws {
    guard self.take(text) else {
      throw self.fault("'\(text)' expected, '\(self.peek.text)' found")
    }
  }

  private mutating func word() throws -> String {
    guard self.peek.kind == .word else {
      throw self.fault("a name expected, '\(self.peek.text)' found")
    }
    self.at += 1
    return self.tokens[self.at - 1].text
  }

  private mutating func string() throws -> String {
    guard self.peek.kind == .string else {
      throw self.fault("a string expected, '\(self.peek.text)' found")
    }
    self.at += 1
    return self.tokens[self.at - 1].text
  }

  private mutating func fullName() throws -> String {
    var name = self.take(".") ? "." : ""
    name += try self.word()
    while self.take(".") { name += "." + (try self.word()) }
    return name
  }

  private mutating func integer() throws -> Int {
    let isNegative = self.take("-")
    let text = self.peek.text
    let value =
      text.hasPrefix("0x") || text.hasPrefix("0X")
      ? Int(text.dropFirst(2), radix: 16)
      : text.count > 1 && text.hasPrefix("0") ? Int(text, radix: 8) : Int(text)
    guard self.peek.kind == .number, let value else {
      throw self.fault("a whole number expected, '\(text)' found")
    }
    self.at += 1
    return isNegative ? -value : value
  }

  private func fault(_ problem: String) -> SchemaFault {
    SchemaFault(
      path: self.path, line: self.peek.line, column: self.peek.column, problem: problem)
  }
}
