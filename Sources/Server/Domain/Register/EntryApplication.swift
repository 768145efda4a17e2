/// What is published of a mediator in one language.
package struct EntryText: Equatable, Sendable {
  package let address: String
  /// The field of mediation.
  package let field: String
  package let languages: String

  package init(address: String, field: String, languages: String) {
    self.address = address
    self.field = field
    self.languages = languages
  }
}

/// What is to stand in the register, as the person asks: in Kazakh and in Russian, as it is published.
package struct EntryApplication: Equatable, Sendable {
  package let kk: EntryText
  package let ru: EntryText
  /// How the mediator is reached.
  package let contact: String

  package init(kk: EntryText, ru: EntryText, contact: String) {
    self.kk = kk
    self.ru = ru
    self.contact = contact
  }

  /// Reads what is to stand there.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly, each as ``TextRule/read(_:column:)``.
  package init(typed: EntryApplication) throws(Refusals) {
    var refusals: [Refusal] = []
    func read(_ text: String, _ column: String) -> String {
      refusals.noting { () throws(Refusal) in try TextRule.read(text, column: column) } ?? ""
    }
    let kk = EntryText(
      address: read(typed.kk.address, "address_kk"), field: read(typed.kk.field, "field_kk"),
      languages: read(typed.kk.languages, "languages_kk"))
    let ru = EntryText(
      address: read(typed.ru.address, "address_ru"), field: read(typed.ru.field, "field_ru"),
      languages: read(typed.ru.languages, "languages_ru"))
    let contact = read(typed.contact, "contact")
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    self.init(kk: kk, ru: ru, contact: contact)
  }
}

extension PaperMatter {
  /// Whether it is a finding on health, of which day and result alone are kept.
  package var isOfHealth: Bool {
    switch self {
    case .narcology, .psychoneurology: true
    case .identity, .criminalRecord, .diploma, .certificate: false
    }
  }

  /// Whether the State gives it, for a time.
  package var isOfState: Bool {
    switch self {
    case .narcology, .psychoneurology, .criminalRecord: true
    case .identity, .diploma, .certificate: false
    }
  }
}

extension CasePaper {
  /// How many days old a paper of the State is at most, on the day it is handed in.
  package static let daysMax = 90

  /// Refuses papers of the State that are older on the day they are handed in.
  ///
  /// - Throws: ``Refusal`` with ``Reason/paperTooOld``.
  static func checkAge(_ papers: [CasePaper], on day: CivilDate) throws(Refusal) {
    for paper in papers {
      if let matter = paper.matter, matter.isOfState, let dated = paper.datedOn,
        dated.dayNumber < day.dayNumber - Self.daysMax
      {
        throw Refusal(
          .paperTooOld, column: matter.rawValue, value: dated.iso, ["days": "\(Self.daysMax)"])
      }
    }
  }
}

extension CaseRecord {
  /// Refuses a decision on an application for an entry: of another case, by whom it is about, or by who received it
  /// or while it can't be decided.
  ///
  /// - Parameters:
  ///   - hands: Who has a hand in the case.
  ///   - isRefused: Whether the entry is to be refused, which may be done while papers are missing.
  /// - Throws: ``Refusal`` with ``Reason/decidesHimself``, ``Reason/caseUnfit`` or ``Reason/decidesOwnAct``,
  ///   and as ``checkDecidable(on:isRefused:)``.
  func checkEntry(
    by caller: Int64, hands: Set<Int64>, on day: CivilDate, isRefused: Bool
  ) throws(Refusal) {
    guard caller != self.person else { throw Refusal(.decidesHimself, column: "act") }
    guard self.kind == .entry else {
      throw Refusal(.caseUnfit, column: "case", value: "\(self.sequence)")
    }
    guard !hands.contains(caller) else { throw Refusal(.decidesOwnAct, column: "act") }
    try self.checkDecidable(on: day, isRefused: isRefused)
  }
}
