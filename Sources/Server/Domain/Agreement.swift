extension Names {
  /// Whether these may be the names of who bears `other`: surname and given name agree in a
  /// script that both have. Kazakh and Russian are one script here.
  package func agree(with other: Names) -> Bool {
    let cyrillic = [self.kk, self.ru].compactMap(\.self)
    let others = [other.kk, other.ru].compactMap(\.self)
    if cyrillic.contains(where: { mine in others.contains { mine.agrees(with: $0) } }) {
      return true
    }
    guard let mine = self.latin, let theirs = other.latin else { return false }
    return mine.agrees(with: theirs)
  }
}

extension PersonName {
  /// Whether the words of surname and given name are the same, in any order; a patronymic counts
  /// where both have one.
  func agrees(with other: PersonName) -> Bool {
    let mine = Self.words(self.surname, self.given)
    guard !mine.isEmpty, mine == Self.words(other.surname, other.given) else { return false }
    let patronymics = [self.patronymic, other.patronymic].map {
      NameText.searchWords($0).joined()
    }
    return patronymics.contains("") || patronymics[0] == patronymics[1]
  }

  private static func words(_ surname: String, _ given: String) -> [String] {
    (NameText.searchWords(surname) + NameText.searchWords(given)).sorted()
  }
}
