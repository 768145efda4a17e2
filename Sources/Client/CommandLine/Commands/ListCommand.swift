/// `bitim list new`: an empty list with the right titles, to be filled in.
enum ListCommand {
  static let help = Help(
    summary: .helpList, usage: .helpListUsage,
    examples: [
      "bitim list new enrol --for-excel > тізім.csv",
      "bitim enrol тізім.csv --cohort P1-ALA-01 --dry-run",
      "bitim list new results > нәтижелер.csv",
    ])

  static func run(_ words: [String], _ output: Output) throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(2)
    guard arguments.positions.first == "new" else {
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "new"])
    }
    let list = ListKind.allCases.map(\.rawValue)
    let word = try arguments.position(1, list.joined(separator: " | "))
    guard let kind = ListKind(rawValue: word) else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "list new", "value": word, "list": list.joined(separator: ", ")])
    }
    Output.write(output.csvText(kind.records(output.language)))
    output.note(.listNew, ["command": kind.command])
    return .done
  }
}
