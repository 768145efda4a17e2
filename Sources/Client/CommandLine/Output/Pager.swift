import BitimSystem
import Foundation

/// What is longer than the screen is shown page by page, as `git` and `psql` show it.
enum Pager {
  /// Shows a text page by page where it is longer than the terminal it goes to; returns whether it did.
  static func show(
    _ text: String, _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    guard isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb",
      let rows = Terminal.rows(of: STDOUT_FILENO),
      Self.rows(of: text, in: Terminal.columns(of: STDOUT_FILENO) ?? 80) >= rows,
      let command = Self.command(environment)
    else { return false }
    // Of what `less` is set to nothing is changed. What this program writes is UTF-8 in every locale.
    return Terminal.show(
      Array(text.utf8), by: command, variables: ["LESS": "FRX", "LESSCHARSET": "utf-8"])
  }

  /// The command that pages: what `BITIM_PAGER` says, else `PAGER`, else `less` where there is one. Nil where
  /// nothing does, or where it is empty or `cat`.
  static func command(_ environment: [String: String]) -> String? {
    if let named = environment["BITIM_PAGER"] ?? environment["PAGER"] {
      let command = named.trimmingCharacters(in: .whitespaces)
      return command.isEmpty || command == "cat" ? nil : command
    }
    let folders = environment["PATH"]?.split(separator: ":") ?? []
    let hasLess = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/less") }
    return hasLess ? "less -FRX" : nil
  }

  /// How many rows of a screen a text takes; colours take none.
  static func rows(of text: String, in columns: Int) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .reduce(0) { $0 + max((String($1).displayWidth + columns - 1) / columns, 1) }
  }
}
