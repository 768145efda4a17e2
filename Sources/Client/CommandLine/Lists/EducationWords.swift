import BitimProtocol

/// The words by which offices say an education.
enum EducationWords {
  private static let higher: Set<String> = [
    "higher", "высшее", "жоғары", "в/о", "в.о", "во", "высш", "бакалавр", "бакалавриат", "магистр",
    "магистратура", "доктор", "докторантура", "phd", "специалитет", "жоо", "вуз", "университет",
    "послевузовское", "bachelor", "master", "tertiary", "university",
  ]
  private static let secondary: Set<String> = [
    "secondary", "среднее", "орта", "колледж", "техникум", "с/о", "college",
  ]
  /// What is begun and not ended, in the stems of three languages.
  private static let unfinished = [
    "не", "аяқталма", "толық емес", "incomplete", "unfinished", "студент",
  ]

  /// The words that are taken, for whoever wrote another.
  static let list = "higher, высшее, жоғары, бакалавр, магистр, ЖОО, ВУЗ; secondary, среднее, орта"

  /// What `text` says; nil for what nobody knows.
  ///
  /// The first word decides, `Высшее юридическое` is higher; what is not finished is neither.
  static func education(_ text: String) -> BitimV1.Education? {
    let folded = text.withSingleSpaces.lowercased()
    if Self.unfinished.contains(where: folded.hasPrefix) { return nil }
    let first = folded.split { " ,;(".contains($0) }.first.map(String.init) ?? ""
    let word = first.last == "." ? String(first.dropLast()) : first
    if Self.higher.contains(word) {
      return folded.contains(/\b(среднее|орта|secondary|неполн|незаконч|неоконч)/) ? nil : .higher
    }
    return Self.secondary.contains(word) ? .secondary : nil
  }
}
