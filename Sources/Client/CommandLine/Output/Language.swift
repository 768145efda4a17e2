import BitimProtocol

/// What readers of a language are shown of what the registry keeps in Kazakh, Russian and Latin letters:
/// all that a language needs besides its file of texts.
extension Language {
  /// A person's names, the one to show first.
  func order(of names: BitimV1.Names) -> [BitimV1.Name?] {
    switch self {
    case .kk: [names.kk, names.ru, names.latin]
    case .ru: [names.ru, names.kk, names.latin]
    case .en: [names.latin, names.kk, names.ru]
    }
  }

  /// A text of the registry.
  func text(of text: BitimV1.Text) -> String {
    switch self {
    case .kk: text.kk
    case .ru: text.ru
    case .en: text.en
    }
  }
}
