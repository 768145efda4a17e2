/// The reader's language.
enum Language: String, CaseIterable, Sendable { case kk, ru, en }

/// One text in the three languages, with `{name}` where arguments go.
struct Trilingual: Sendable {
  let kk: String
  let ru: String
  let en: String

  init(_ kk: String, _ ru: String, _ en: String) {
    self.kk = kk
    self.ru = ru
    self.en = en
  }

  subscript(_ language: Language) -> String {
    switch language {
    case .kk: self.kk
    case .ru: self.ru
    case .en: self.en
    }
  }

  /// The text in a language with its arguments filled in.
  func filled(_ language: Language, _ arguments: [String: String]) -> String {
    var text = self[language]
    for (name, value) in arguments {
      text = text.replacing("{\(name)}", with: value)
    }
    return text
  }
}

extension Text {
  /// The text in a language with its arguments filled in.
  func filled(_ language: Language, _ arguments: [String: String] = [:]) -> String {
    self.columns.filled(language, arguments)
  }
}
