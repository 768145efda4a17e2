import BitimProtocol

/// A value of a list: what is sent of it, and what is wrong with how it is written.
struct Cell {
  /// What is wrong with a value, in words of the command line; what a rule says is the server's.
  struct Flaw: Equatable {
    let text: Text
    var arguments: [String: String] = [:]
    /// What is proposed instead, and by which word it is taken.
    var proposal: (kind: Proposal, value: String)?

    init(_ text: Text, _ arguments: [String: String] = [:]) {
      self.text = text
      self.arguments = arguments
    }

    static func == (left: Self, right: Self) -> Bool {
      left.text == right.text && left.arguments == right.arguments
        && left.proposal?.kind == right.proposal?.kind
        && left.proposal?.value == right.proposal?.value
    }
  }

  /// How the cells of a list are read.
  struct Manner {
    var dateForm: DateText.Form?
    var accepted: Set<Proposal> = []
    /// Whether names in one case are taken as they are (R-102).
    var takesAsWritten = false
  }

  /// What is sent.
  private(set) var value: String
  private(set) var flaws: [Flaw] = []
  /// The proposals that were taken.
  private(set) var taken: [Proposal] = []

  private let manner: Manner

  /// Reads what stands in a column, by its English name.
  ///
  /// - Parameter birthDate: The row's, in ISO 8601, for what an IIN may have lost.
  init(_ typed: String, in column: String, birthDate: String = "", _ manner: Manner) {
    self.value = typed.withSingleSpaces
    self.manner = manner
    guard !self.value.isEmpty else { return }
    switch column {
    case "iin": self.readIIN(bornOn: birthDate)
    case _ where Self.dates.contains(column): self.readDate()
    case "education": self.readEducation()
    case "theory", "practice": self.readHours()
    case "start", "end": self.readTime()
    case "document_type": self.readDocumentType()
    case _ where Self.references.contains(column): self.readReference()
    case "test", "role_play", "interview": self.readPoints()
    default:
      if let script = Self.names[column] {
        self.readName(in: script, isPatronymic: column.hasPrefix("patronymic"))
      } else {
        self.readText()
      }
    }
  }

  static let dates: Set<String> = [
    "birth_date", "date", "valid_from", "valid_until", "from", "until", "issued_on",
  ]

  /// Columns that name somebody who is there, in whichever script.
  private static let references: Set<String> = [
    "trainer", "candidate", "trainee", "person", "absent",
  ]

  private static let names: [String: NameScript] = Dictionary(
    uniqueKeysWithValues: PersonFields.names.map { column in
      let script: NameScript =
        column.hasSuffix("_kk") ? .kk : column.hasSuffix("_ru") ? .ru : .latin
      return (column, script)
    })

  /// Proposes a value: takes it, where its kind is accepted, and else says so.
  private mutating func propose(
    _ value: String, as kind: Proposal, _ text: Text, _ arguments: [String: String] = [:]
  ) {
    if self.manner.accepted.contains(kind) {
      self.taken.append(kind)
    } else {
      var flaw = Flaw(text, arguments)
      flaw.proposal = (kind, value)
      self.flaws.append(flaw)
    }
    // Whatever else is wrong is looked for in what is proposed: one round is enough.
    self.value = value
  }

  /// - Parameter script: The script of its letters, if it has one alone.
  private mutating func readText(in script: NameScript? = nil) {
    if let undone = Misreading.undone(self.value), script?.hasLetters(of: undone) ?? true {
      self.propose(undone, as: .encoding, .cellWrongEncoding)
    }
    self.takeUnseenAway()
  }

  private mutating func takeUnseenAway() {
    let unseen = self.value.unicodeScalars.enumerated().filter { $0.element.isUnseen }
    guard !unseen.isEmpty else { return }
    let list = unseen.map { "\($0.element.codePoint) (\($0.offset + 1))" }
    self.propose(
      self.value.withoutUnseen.withSingleSpaces, as: .invisible, .cellInvisible,
      ["list": list.joined(separator: ", ")])
  }

  private mutating func readName(in script: NameScript, isPatronymic: Bool) {
    if isPatronymic, NameScript.isNoPatronymic(self.value) {
      return self.propose("", as: .emptyPatronymic, .cellEmptyPatronymic)
    }
    self.readText(in: script)
    if let first = self.value.unicodeScalars.first, "=+@-".unicodeScalars.contains(first) {
      self.flaws.append(Flaw(.cellFormula))
      return
    }
    // Letters that were lost are nobody's to guess; the server says that they were.
    if self.value.unicodeScalars.contains(where: { $0 == "?" || $0 == "\u{FFFD}" }) { return }
    self.mendLookAlikes([script])
    if script == .latin, let undone = Misreading.latin(self.value) {
      self.propose(undone, as: .encoding, .cellWrongEncoding)
    }
    if self.value.contains(" -") || self.value.contains("- ") {
      let parts = self.value.split(separator: "-", omittingEmptySubsequences: false)
      let tight = parts.map(\.withSingleSpaces).joined(separator: "-")
      self.propose(tight, as: .spaces, .cellSpaces)
    }
    // Passports have Latin names in capitals; whether those are kept is the School's business (R-102).
    guard script != .latin, !self.manner.takesAsWritten, script.isName(self.value) else { return }
    let capitalised = NameScript.capitalised(self.value)
    guard capitalised != self.value else { return }
    if NameScript.isInOneCase(self.value) {
      self.propose(capitalised, as: .capitals, .cellCapitals)
    } else if NameScript.hasCapitalInside(self.value) {
      self.propose(capitalised, as: .capitals, .cellCapitalsInside)
    }
  }

  /// Proposes letters of the first of the scripts that has all for those that look like them.
  private mutating func mendLookAlikes(_ scripts: [NameScript]) {
    for script in scripts {
      guard let letters = script.withoutLookAlikes(self.value) else { continue }
      let (letter, place) = (String(letters.first), "\(letters.place)")
      if let text = letters.text {
        self.propose(
          text, as: .lookAlikes, .cellLookAlikes, ["letter": letter, "place": place])
      } else {
        self.flaws.append(Flaw(.cellLookAlikes, ["letter": letter, "place": place]))
      }
      return
    }
  }

  private mutating func readReference() {
    self.readText()
    self.mendLookAlikes([.kk, .latin])
  }

  private mutating func readIIN(bornOn birthDate: String) {
    switch IINText(self.value, bornOn: birthDate) {
    case .read(let digits): self.value = digits
    case .letters(let list, let proposal):
      if let proposal {
        self.propose(proposal, as: .iinLetters, .cellIinLetters, ["list": list])
      } else {
        self.flaws.append(Flaw(.cellIinLetters, ["list": list]))
      }
    case .zerosLost(let proposal):
      self.propose(
        proposal, as: .iinZeros, .cellIinZeros,
        ["digits": "\(proposal.drop { $0 == "0" }.count)"])
    case .unknown: break
    }
  }

  private mutating func readDate() {
    switch DateText(self.value, as: self.manner.dateForm) {
    case .day(let iso): self.value = iso
    case .several: self.flaws.append(Flaw(.cellDateAmbiguous))
    case .serial(let iso): self.flaws.append(Flaw(.cellDateSerial, ["day": iso]))
    case .beyond(let month, let year, let days):
      self.flaws.append(
        Flaw(.cellDateBeyond, ["month": "\(month)", "year": "\(year)", "days": "\(days)"]))
    case .unknown: break
    }
  }

  private mutating func readEducation() {
    self.value = self.value.withoutUnseen
    if EducationWords.education(self.value) == nil {
      let mended =
        NameScript.kk.withoutLookAlikes(self.value)
        ?? NameScript.latin.withoutLookAlikes(self.value)
      if let text = mended?.text, EducationWords.education(text) != nil {
        self.mendLookAlikes([.kk, .latin])
      }
    }
    guard let word = EducationWords.education(self.value) else {
      self.flaws.append(Flaw(.cellEducationUnknown, ["list": EducationWords.list]))
      return
    }
    self.value = PersonFields.word(word)
  }

  private mutating func readTime() {
    // A spreadsheet writes the seconds too; the School's bells know none.
    if let time = self.value.firstMatch(of: /^([0-9]{1,2})[:.]([0-9]{2})(:00)?$/) {
      self.value = "\(time.1):\(time.2)"
    }
  }

  /// The words for the papers that a number may be of.
  private static let documentTypes: [String: [String]] = [
    "passport": ["passport", "паспорт", "төлқұжат", "загранпаспорт"],
    "id": ["id", "id card", "удостоверение", "удостоверение личности", "жеке куәлік"],
    "permit": ["permit", "residence permit", "внж", "вид на жительство", "ықтиярхат"],
  ]

  private mutating func readDocumentType() {
    let typed = self.value.withoutUnseen.lowercased().replacing("_", with: " ")
    if let type = Self.documentTypes.first(where: { $0.value.contains(typed) })?.key {
      self.value = type
    } else {
      self.flaws.append(Flaw(.cellEducationUnknown, ["list": "passport, id, permit"]))
    }
  }

  private mutating func readHours() {
    if Sheet.quarters(self.value) == nil { self.flaws.append(Flaw(.cellNotHours)) }
  }

  private mutating func readPoints() {
    // The marks of a commission's members, one after another: whose they are the session says.
    if self.value.contains("+") { return }
    // A spreadsheet may have them as numbers with a fraction.
    let whole = self.value.replacing(/[.,]0+$/, with: "")
    if Int32(whole) == nil { self.flaws.append(Flaw(.cellNotPoints)) } else { self.value = whole }
  }
}
