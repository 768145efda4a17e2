import BitimCrypto

/// A certificate as a Verifiable Credential of W3C, for programs that know those: before it is signed.
///
/// It has two forms that say the same. Source: `schema/CREDENTIAL.md`.
public struct CertificateCredential: Equatable, Sendable {
  /// In which form it is signed.
  public enum Form: String, CaseIterable, Sendable {
    /// A credential with both entries of its status, in three languages.
    case plain = "vc"
    /// An Open Badge 3.0: it has one entry, and one language.
    case badge = "openbadge"
  }

  /// What a certificate attests.
  public enum Subject: Equatable, Sendable {
    /// A programme passed, 1 to 3.
    case programme(Int)
    /// The School's certificate: all three.
    case school
    /// A seminar attended, without attestation.
    case attendance

    /// The end of the achievement's name.
    fileprivate var name: String {
      switch self {
      case .programme(let number): "programme:\(number)"
      case .school: "school"
      case .attendance: "attendance"
      }
    }

    fileprivate init?(_ name: Substring) {
      switch name {
      case "school": self = .school
      case "attendance": self = .attendance
      case "programme:1": self = .programme(1)
      case "programme:2": self = .programme(2)
      case "programme:3": self = .programme(3)
      default: return nil
      }
    }
  }

  /// What the contexts say is pinned by `schema/CREDENTIAL.md`: nobody here reads them.
  static let contexts = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  ]

  /// The log's name, `bitim/` and 32 digits.
  public let log: String
  /// The certificate's number as it is printed.
  public let number: String
  /// What it attests.
  public let subject: Subject
  /// What that is called.
  public let title: LocalTexts
  /// What it is, in a sentence.
  public let summary: String
  /// By what it was earned, in a few sentences.
  public let criteria: String
  /// The edition of the programme; nil where there is none.
  public let edition: String?
  /// The holder's name as it is printed: in Kazakh, or in Russian where there is none.
  public let holder: String
  /// The holder's name in Latin letters; nil where none is printed.
  public let holderLatin: String?
  /// The School's key for certificates.
  public let issuer: DIDKey
  /// What the School is called.
  public let school: LocalTexts
  /// The instant from which it is valid, as RFC 3339 has it.
  public let validFrom: String
  /// The instant from which it is no longer; nil where there is none.
  public let validUntil: String?
  /// Where the status lists lie.
  public let lists: StatusList.Place
  /// The certificate's place in them.
  public let place: Int

  /// Describes a credential; nil when a value can't stand in one.
  public init?(
    log: String, number: String, subject: Subject, title: LocalTexts, summary: String,
    criteria: String, edition: String?, holder: String, holderLatin: String?, issuer: DIDKey,
    school: LocalTexts, validFrom: String, validUntil: String?, lists: StatusList.Place, place: Int
  ) {
    self.log = log
    self.number = number
    self.subject = subject
    self.title = title
    self.summary = summary
    self.criteria = criteria
    self.edition = edition
    self.holder = holder
    self.holderLatin = holderLatin
    self.issuer = issuer
    self.school = school
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.lists = lists
    self.place = place
    let needed = [title.one, summary, criteria, holder, school.one]
    let others =
      [holderLatin, edition].compactMap { $0 } + [title, school].flatMap { $0.all.map(\.text) }
    let instants = [validFrom] + (validUntil.map { [$0] } ?? [])
    guard log.wholeMatch(of: /bitim\/[0-9a-f]{32}/) != nil, NoteLines.isNumber(number[...]),
      (needed + others).allSatisfy({ !$0.isEmpty && Self.isPlain($0) }),
      instants.allSatisfy({ InstantText.milliseconds($0) != nil }),
      (0..<StatusList.count).contains(place)
    else { return nil }
  }

  /// Whether each octet of a text stands for itself in both canonical forms, but the two that are escaped.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// The year that begins the number, by which the status lists are called.
  public var year: Int { Int(self.number.prefix(4)) ?? 0 }

  /// What is to be signed.
  ///
  /// - Parameter created: The instant of the signature, as RFC 3339 has it.
  public func proof(_ form: Form, created: String) -> DataIntegrityProof {
    let node = self.node(form)
    let document = node.json.with("@context", .list(Self.contexts.map(CanonicalJSON.text)))
    switch form {
    case .plain: return DataIntegrityProof(of: document, by: self.issuer, created: created)
    case .badge:
      return DataIntegrityProof(
        of: document, lines: node.lines, by: self.issuer, created: created)
    }
  }

  /// What everything of this log is called by.
  private var prefix: String { "urn:" + self.log.replacing("/", with: ":") }
  private var name: String { "\(self.prefix):certificate:\(self.number)" }

  private func node(_ form: Form) -> LinkedNode {
    func texts(_ texts: LocalTexts) -> LinkedNode.Value {
      switch form {
      case .plain: .texts(texts)
      case .badge: .text(texts.one)
      }
    }
    var members: [(term: LinkedNode.Term, value: LinkedNode.Value)] = [
      (.name, texts(self.title)),
      (
        .issuer,
        .node(
          LinkedNode("\(self.issuer)", types: [.profile], [(.name, texts(self.school))]))
      ),
      (.validFrom, .text(self.validFrom)),
      (.credentialSubject, .node(self.subjectNode(texts))),
    ]
    if let until = self.validUntil { members.append((.validUntil, .text(until))) }
    switch form {
    case .plain:
      members.append((.credentialStatus, .nodes(StatusList.Purpose.allCases.map(self.entry))))
      return LinkedNode(self.name, types: [.verifiableCredential], members)
    case .badge:
      members.append((.credentialStatus, .node(self.entry(.revocation))))
      return LinkedNode(self.name, types: [.verifiableCredential, .openBadgeCredential], members)
    }
  }

  private func subjectNode(_ texts: (LocalTexts) -> LinkedNode.Value) -> LinkedNode {
    var achievement: [(term: LinkedNode.Term, value: LinkedNode.Value)] = [
      (.achievementType, .text("Certificate")),
      (.name, texts(self.title)),
      (.description, .text(self.summary)),
      (
        .criteria,
        .node(
          LinkedNode(
            "\(self.name)#criteria", types: [], [(.narrative, .text(self.criteria))]))
      ),
    ]
    if let edition = self.edition { achievement.append((.version, .text(edition))) }
    // Open Badges know holders by one thing; a form of theirs that has no name here, and so is the only one.
    let identity = LinkedNode(
      nil, type: .identityObject,
      [
        (.hashed, .flag(false)), (.identityType, .text("name")),
        (.identityHash, .text(self.holderLatin ?? self.holder)),
      ])
    return LinkedNode(
      "\(self.name)#holder", types: [.achievementSubject],
      [
        (.name, .text(self.holder)),
        (.identifier, .nodes([identity])),
        (.licenseNumber, .text(self.number)),
        (
          .achievement,
          .node(
            LinkedNode(
              "\(self.prefix):achievement:\(self.subject.name)", types: [.achieved],
              achievement))
        ),
      ])
  }

  private func entry(_ purpose: StatusList.Purpose) -> LinkedNode {
    LinkedNode(
      "\(self.name)#\(purpose.rawValue)", type: .statusEntry,
      [
        (.statusPurpose, .text(purpose.rawValue)),
        (.statusListIndex, .text("\(self.place)")),
        (.statusListCredential, .link(self.lists.name(of: self.year, purpose))),
      ])
  }
}

extension CertificateCredential {
  /// Reads what ``proof(_:created:)`` is made of; nil where something is not as it writes it, as far as is looked at:
  /// who calls compares the whole.
  init?(_ document: CanonicalJSON, _ form: Form) {
    let subject = document["credentialSubject"]
    let achievement = subject?["achievement"]
    func texts(_ value: CanonicalJSON?) -> LocalTexts? {
      switch form {
      case .plain: LocalTexts(value)
      case .badge: value?.string.map { LocalTexts(kk: "", ru: "", en: $0) }
      }
    }
    guard
      let named = document["id"]?.string?.wholeMatch(
        of: /urn:bitim:([0-9a-f]{32}):certificate:([0-9-]+)/),
      let title = texts(document["name"]), let school = texts(document["issuer"]?["name"]),
      let issuer = document["issuer"]?["id"]?.string.flatMap({ DIDKey($0) }),
      let kind = achievement?["id"]?.string?.split(separator: ":achievement:").last,
      let about = Subject(kind), let summary = achievement?["description"]?.string,
      let criteria = achievement?["criteria"]?["narrative"]?.string,
      let holder = subject?["name"]?.string, let from = document["validFrom"]?.string,
      case .list(let identities) = subject?["identifier"],
      let identity = identities.first?["identityHash"]?.string
    else { return nil }
    let entry: CanonicalJSON?
    switch (form, document["credentialStatus"]) {
    case (.plain, .list(let entries)): entry = entries.first
    case (.badge, let one): entry = one
    case (.plain, _): entry = nil
    }
    let (log, number) = ("bitim/\(named.output.1)", String(named.output.2))
    guard let list = entry?["statusListCredential"]?.string,
      let place = entry?["statusListIndex"]?.string.flatMap({ Int($0) })
    else { return nil }
    let year = Int(number.prefix(4)) ?? 0
    let file = "/" + StatusList.file(of: year, .revocation)
    self.init(
      log: log, number: number, subject: about, title: title, summary: summary,
      criteria: criteria, edition: achievement?["version"]?.string, holder: holder,
      holderLatin: identity == holder ? nil : identity, issuer: issuer, school: school,
      validFrom: from, validUntil: document["validUntil"]?.string,
      lists: list.hasSuffix(file) ? .web(String(list.dropLast(file.count))) : .log(log),
      place: place)
  }
}

extension LinkedNode.Term {
  private static let badges = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
  private static let credentials = "https://www.w3.org/2018/credentials#"
  private static let status = "https://www.w3.org/ns/credentials/status#"
  private static let schema = "https://schema.org/"
  private static let dateTime = "http://www.w3.org/2001/XMLSchema#dateTime"

  fileprivate static let verifiableCredential = credential("VerifiableCredential")
  fileprivate static let issuer = credential("issuer")
  fileprivate static let credentialSubject = credential("credentialSubject")
  fileprivate static let credentialStatus = credential("credentialStatus")
  fileprivate static let validFrom = credential("validFrom", type: dateTime)
  fileprivate static let validUntil = credential("validUntil", type: dateTime)
  fileprivate static let statusEntry = Self(
    word: "BitstringStatusListEntry", iri: status + "BitstringStatusListEntry")
  fileprivate static let statusPurpose = Self(word: "statusPurpose", iri: status + "statusPurpose")
  fileprivate static let statusListIndex = Self(
    word: "statusListIndex", iri: status + "statusListIndex")
  fileprivate static let statusListCredential = Self(
    word: "statusListCredential", iri: status + "statusListCredential")
  fileprivate static let openBadgeCredential = badge("OpenBadgeCredential")
  fileprivate static let profile = badge("Profile")
  fileprivate static let achievementSubject = badge("AchievementSubject")
  fileprivate static let achievement = badge("achievement")
  fileprivate static let achieved = badge("Achievement")
  fileprivate static let achievementType = badge("achievementType")
  fileprivate static let identifier = badge("identifier")
  fileprivate static let identityObject = badge("IdentityObject")
  fileprivate static let identityHash = badge("identityHash")
  fileprivate static let identityType = badge("identityType")
  // The context has https where others have http.
  fileprivate static let hashed = badge(
    "hashed", type: "https://www.w3.org/2001/XMLSchema#boolean")
  fileprivate static let licenseNumber = badge("licenseNumber")
  fileprivate static let narrative = badge("narrative")
  fileprivate static let version = badge("version")
  // The context has it with a capital letter.
  fileprivate static let criteria = Self(word: "criteria", iri: badges + "Criteria")
  fileprivate static let name = Self(word: "name", iri: schema + "name")
  fileprivate static let description = Self(word: "description", iri: schema + "description")

  private static func badge(_ word: String, type: String? = nil) -> Self {
    Self(word: word, iri: badges + word, type: type)
  }

  private static func credential(_ word: String, type: String? = nil) -> Self {
    Self(word: word, iri: credentials + word, type: type)
  }
}
