/// A node of linked data: an object of JSON-LD, and the lines of N-Quads that its contexts make of it.
///
/// Every node has a name, but one at most. So the canonical form of the whole (W3C RDF Dataset Canonicalization) is
/// its lines in their order, and no engine for linked data is needed to find it.
struct LinkedNode: Equatable, Sendable {
  /// What a value is called, in JSON and in linked data.
  struct Term: Equatable, Sendable {
    let word: String
    let iri: String
    /// The type of its texts; nil where they have none.
    var type: String?
  }

  /// What a term has for its value.
  enum Value: Equatable, Sendable {
    case text(String)
    /// One text, in the languages that have it.
    case texts(LocalTexts)
    case flag(Bool)
    /// The name of a node that is described elsewhere.
    case link(String)
    case node(LinkedNode)
    /// Nodes in a list of JSON, be it of one.
    case nodes([LinkedNode])
  }

  /// What the one node without a name is called.
  private static let nameless = "_:c14n0"
  private static let rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
  private static let dateTime = "http://www.w3.org/2001/XMLSchema#dateTime"

  private let id: String?
  private let types: [Term]
  /// Whether JSON has the types in a list.
  private let isTypeList: Bool
  private let members: [(term: Term, value: Value)]

  /// Describes a node whose JSON has one type, in no list.
  init(_ id: String?, type: Term, _ members: [(term: Term, value: Value)]) {
    self.id = id
    self.types = [type]
    self.isTypeList = false
    self.members = members
  }

  /// Describes a node whose JSON has a list of types, or none.
  init(_ id: String?, types: [Term], _ members: [(term: Term, value: Value)]) {
    self.id = id
    self.types = types
    self.isTypeList = true
    self.members = members
  }

  /// Whether both are one node.
  static func == (left: LinkedNode, right: LinkedNode) -> Bool { left.json == right.json }

  /// The options of a proof of Data Integrity.
  static func proof(by key: DIDKey, created: String, suite: String) -> LinkedNode {
    func security(_ word: String, type: String? = nil) -> Term {
      Term(word: word, iri: "https://w3id.org/security#\(word)", type: type)
    }
    return LinkedNode(
      nil, type: security("DataIntegrityProof"),
      [
        (
          Term(word: "created", iri: "http://purl.org/dc/terms/created", type: Self.dateTime),
          .text(created)
        ),
        (
          security("cryptosuite", type: "https://w3id.org/security#cryptosuiteString"),
          .text(suite)
        ),
        (security("proofPurpose"), .link("https://w3id.org/security#assertionMethod")),
        (security("verificationMethod"), .link(key.method)),
      ])
  }

  /// The object.
  var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = [:]
    if let id = self.id { members["id"] = .text(id) }
    let types = self.types.map { CanonicalJSON.text($0.word) }
    if !types.isEmpty { members["type"] = self.isTypeList ? .list(types) : types[0] }
    for (term, value) in self.members {
      members[term.word] =
        switch value {
        case .text(let text), .link(let text): .text(text)
        case .texts(let texts): texts.json
        case .flag(let flag): .flag(flag)
        case .node(let node): node.json
        case .nodes(let nodes): .list(nodes.map(\.json))
        }
    }
    return .object(members)
  }

  /// The lines of this node and of those that it holds, in the order of their code points, each with its end.
  var lines: String {
    // Swift compares texts by what they mean, and a canonical form by its octets.
    Set(self.quads.map { Array($0.utf8) })
      .sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) + "\n" }
      .joined()
  }

  private var subject: String { self.id.map { "<\($0)>" } ?? Self.nameless }

  private var quads: [String] {
    var quads: [String] = []
    func add(_ iri: String, _ object: String) {
      quads.append("\(self.subject) <\(iri)> \(object) .")
    }
    for type in self.types { add(Self.rdfType, "<\(type.iri)>") }
    for (term, value) in self.members {
      func literal(_ text: String) -> String {
        Self.quoted(text) + (term.type.map { "^^<\($0)>" } ?? "")
      }
      switch value {
      case .text(let text): add(term.iri, literal(text))
      case .texts(let texts):
        for (language, text) in texts.all { add(term.iri, "\(Self.quoted(text))@\(language)") }
      case .flag(let flag): add(term.iri, literal("\(flag)"))
      case .link(let name): add(term.iri, "<\(name)>")
      case .node(let node):
        add(term.iri, node.subject)
        quads += node.quads
      case .nodes(let nodes):
        for node in nodes {
          add(term.iri, node.subject)
          quads += node.quads
        }
      }
    }
    return quads
  }

  /// A text as canonical N-Quads have it. None of ours has a control character: ``CertificateCredential`` sees to it.
  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}

/// One text in Kazakh, Russian and English, as far as there is one.
public struct LocalTexts: Equatable, Sendable {
  /// In Kazakh; may be empty.
  public let kk: String
  /// In Russian; may be empty.
  public let ru: String
  /// In English; may be empty.
  public let en: String

  /// Takes a text in three languages.
  public init(kk: String, ru: String, en: String) {
    self.kk = kk
    self.ru = ru
    self.en = en
  }

  /// For whoever reads one language: in English, else in Kazakh, else in Russian; empty where there is none.
  public var one: String { [self.en, self.kk, self.ru].first { !$0.isEmpty } ?? "" }

  /// The languages that have it, by their codes.
  var all: [(language: String, text: String)] {
    [("kk", self.kk), ("ru", self.ru), ("en", self.en)].filter { !$0.1.isEmpty }
  }

  /// As JSON-LD has it.
  var json: CanonicalJSON {
    .list(
      self.all.map { .object(["@language": .text($0.language), "@value": .text($0.text)]) })
  }

  /// Reads ``json``; what else may stand there is found by who compares.
  init?(_ json: CanonicalJSON?) {
    guard case .list(let values) = json else { return nil }
    var texts: [String: String] = [:]
    for value in values {
      guard let language = value["@language"]?.string, let text = value["@value"]?.string else {
        return nil
      }
      texts[language] = text
    }
    self.init(kk: texts["kk"] ?? "", ru: texts["ru"] ?? "", en: texts["en"] ?? "")
  }
}
