/// What `--help` teaches: what a command is for, how it is typed, examples with Kazakh names.
struct Help: Sendable {
  let summary: Trilingual
  let usage: [String]
  let examples: [String]

  /// The page of one command.
  func page(_ language: Language) -> String {
    var lines = [self.summary[language], ""]
    lines += self.usage.map { "  " + $0 }
    lines += ["", Self.exampleTitle[language]]
    lines += self.examples.map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let exampleTitle = Trilingual("Мысалдар:", "Примеры:", "Examples:")

  /// The page of all commands.
  static func overview(_ language: Language) -> String {
    let title = Trilingual(
      "bitim: Медиаторлар мектебінің тізілімі", "bitim: реестр Школы медиаторов",
      "bitim: the registry of a School of Mediators")
    let width = Command.allCases.map(\.rawValue.count).max() ?? 0
    var lines = [title[language], ""]
    for command in Command.allCases {
      let gap = String(repeating: " ", count: width - command.rawValue.count + 2)
      lines.append("  bitim \(command.rawValue)\(gap)\(command.help.summary[language])")
    }
    lines += ["", Self.globalOptions[language]]
    return lines.joined(separator: "\n") + "\n"
  }

  private static let globalOptions = Trilingual(
    """
    Әр пәрменге: --output table|json|csv, --language kk|ru|en, --profile АТЫ,
    --server МЕКЕНЖАЙ, --token-file ФАЙЛ, --help.
    Аяқталу коды: 0 орындалды, 1 бас тартылды, 2 пәрмен қате, 3 белгісіз, 4 сервер жоқ, 5 сервер қатесі.
    """,
    """
    Для каждой команды: --output table|json|csv, --language kk|ru|en, --profile ИМЯ,
    --server АДРЕС, --token-file ФАЙЛ, --help.
    Код завершения: 0 сделано, 1 отказано, 2 ошибка команды, 3 неизвестно, 4 нет сервера, 5 ошибка сервера.
    """,
    """
    Every command takes --output table|json|csv, --language kk|ru|en, --profile NAME,
    --server ADDRESS, --token-file FILE, --help.
    Exit status: 0 done, 1 refused, 2 usage, 3 unknown, 4 unreachable, 5 our side failed.
    """)
}
