/// A parsed `.proto` file.
struct SchemaFile: Equatable {
  /// The path that imports name, as `bitim/v1/person.proto`.
  var path: String
  var package = ""
  var imports: [String] = []
  var options: [SchemaOption] = []
  var messages: [SchemaMessage] = []
  var enums: [SchemaEnum] = []
  var services: [SchemaService] = []
  var extensions: [SchemaExtension] = []
}

struct SchemaMessage: Equatable {
  var name: String
  var comment: String
  var fields: [SchemaField] = []
  var oneofs: [SchemaOneof] = []
  var messages: [SchemaMessage] = []
  var enums: [SchemaEnum] = []
  var reservedRanges: [Range<Int>] = []
  var reservedNames: [String] = []
  var options: [SchemaOption] = []
}

struct SchemaOneof: Equatable {
  var name: String
  var comment: String
}

struct SchemaField: Equatable {
  enum Label: Equatable { case implicit, optional, repeated }

  var name: String
  var number: Int
  var type: SchemaType
  var label: Label
  var comment: String
  /// The index of the oneof it belongs to in its message.
  var oneof: Int?
  var options: [SchemaOption] = []
}

indirect enum SchemaType: Equatable {
  /// A scalar, by its name in proto3.
  case scalar(String)
  /// A message or enum: as written until linked, then the full name.
  case named(String)
  case map(key: String, value: SchemaType)
}

struct SchemaEnum: Equatable {
  struct Value: Equatable {
    var name: String
    var number: Int32
    var comment: String
    var options: [SchemaOption] = []
    var place: SchemaPlace
  }

  var name: String
  var comment: String
  var values: [Value] = []
  var options: [SchemaOption] = []
  var reservedRanges: [Range<Int>] = []
  var reservedNames: [String] = []
}

struct SchemaService: Equatable {
  struct Call: Equatable {
    var name: String
    var comment: String
    var input: String
    var output: String
    var clientStreams: Bool
    var serverStreams: Bool
    var options: [SchemaOption] = []
    var place: SchemaPlace
  }

  var name: String
  var comment: String
  var calls: [Call] = []
  var options: [SchemaOption] = []
}

/// `extend google.protobuf.MethodOptions { ... }`: how options of one's own are declared.
struct SchemaExtension: Equatable {
  var extendee: String
  var field: SchemaField
}

struct SchemaOption: Equatable {
  /// As written, an extension's name in its parentheses.
  var name: String
  /// As written, a string without its quotes.
  var value: String
  var place: SchemaPlace
}

/// Where something stands in its file.
struct SchemaPlace: Equatable {
  var line: Int
  var column: Int
}

/// What is wrong with a schema, and where.
struct SchemaFault: Error, Equatable, CustomStringConvertible {
  var path: String
  var line: Int
  var column: Int
  var problem: String

  init(path: String, line: Int, column: Int, problem: String) {
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
  }

  init(_ path: String, _ place: SchemaPlace, _ problem: String) {
    self.init(path: path, line: place.line, column: place.column, problem: problem)
  }

  var description: String { "\(self.path):\(self.line):\(self.column): \(self.problem)" }
}
