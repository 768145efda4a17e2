import BitimProtocol

/// The words by which offices say an education.
enum EducationWords {
  private static let higher: Set<String> = [
    "higher", "высшее", "высших", "жоғары", "жоғарғы", "во", "высш", "бакалавр", "бакалавриат",
    "магистр", "магистратура", "доктор", "докторантура", "phd", "специалитет", "жоо", "вуз",
    "вузовское", "университет", "послевузовское", "кюн", "дюн", "bachelor", "master", "tertiary",
    "university",
  ]
  private static let secondary: Set<String> = [
    "secondary", "среднее", "средне", "среднеспециальное", "орта", "колледж", "техникум", "училище",
    "школа", "мектеп", "лицей", "типо", "тжкб", "спо", "со", "college", "school", "vocational",
  ]
  /// The beginnings of words for what is begun and not ended, or is not there, in three languages.
  private static let unfinished = [
    "неок", "незак", "непол", "незав", "закончил", "аяқталма", "емес", "incomplete", "unfinished",
    "студент", "student", "курс", "обуча", "учится", "оқуда", "оқиды", "оқып",
  ]
  /// The same, as whole words.
  private static let unfinishedWords: Set<String> = [
    "не", "нет", "без", "жоқ", "н", "not", "no", "none",
  ]

  /// The words that are taken, for whoever wrote another.
  static let list = "higher, высшее, жоғары, бакалавр, магистр, ЖОО, ВУЗ; secondary, среднее, орта"

  /// What `text` says; nil for what nobody knows.
  ///
  /// `Высшее юридическое` and `юридическое высшее` are higher; what is not finished is neither, and neither is
  /// what says both.
  static func education(_ text: String) -> BitimV1.Education? {
    let words = Self.words(text)
    let isUnfinished = words.contains { word in
      Self.unfinishedWords.contains(word) || Self.unfinished.contains(where: word.hasPrefix)
    }
    let (isHigher, isSecondary) = (
      words.contains(where: Self.higher.contains), words.contains(where: Self.secondary.contains)
    )
    guard !isUnfinished, isHigher != isSecondary else { return nil }
    return isHigher ? .higher : .secondary
  }

  /// The words in small letters; single letters at the beginning are one: `В/о`, `к.ю.н.`
  private static func words(_ text: String) -> [String] {
    let words = text.lowercased().replacing("ph.d", with: "phd")
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let letters = words.prefix { $0.count == 1 }
    return letters.count > 1
      ? [letters.joined()] + words.dropFirst(letters.count) : words
  }
}
