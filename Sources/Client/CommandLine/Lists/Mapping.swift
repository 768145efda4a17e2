/// How the list of an office is read: a file of lines `key = value` that somebody writes once.
///
/// `iin = ЖСН/ИИН` names the column of the IIN by its title; the other keys say what is around the rows.
struct Mapping {
  /// The rows of the sheet that the titles stand in, from 1.
  var header: ClosedRange<Int>?
  /// How many rows at the end are none of the list: sums and signatures.
  var rowsAtEnd = 0
  var dateForm: DateText.Form?
  var encoding: TextFile.Encoding?
  var separator: Unicode.Scalar?
  /// Which part of a whole name stands first, second and third.
  var nameOrder = FullName.parts
  /// The columns whose empty cells say what the cell above says.
  var filledDown: Set<String> = []
  /// The titles of columns that are left out.
  var leftOut: [String] = []
  /// The columns by their titles.
  var columns: [(column: String, title: String)] = []

  private static let keys = [
    "header_row", "rows_at_end", "date_form", "full_name_order", "encoding", "separator",
    "fill_down", "leave_out",
  ]
  static let separators: [String: Unicode.Scalar] = [
    ";": ";", ",": ",", "|": "|", "semicolon": ";", "comma": ",", "tab": "\t",
  ]

  /// What is read without a mapping.
  init() {}

  /// Reads a mapping for a list that takes these columns.
  init(path: String, columns allowed: Set<String>) throws {
    let keys = Self.keys + allowed.sorted()
    for line in try KeyedFile.lines(in: path, keys: keys, repeated: ["fill_down", "leave_out"]) {
      func one<Value>(_ value: Value?, of list: [String]) throws(Arguments.Fault) -> Value {
        guard let value else {
          throw Arguments.Fault(
            text: .usageValueNotInList,
            arguments: [
              "option": line.place, "value": line.value, "list": list.joined(separator: ", "),
            ])
        }
        return value
      }
      switch line.key {
      case "header_row":
        let ends = line.value.split(separator: "-").compactMap { Int($0.withSingleSpaces) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first >= 1,
          first <= last
        else { throw Self.noNumber(line) }
        self.header = first...last
      case "rows_at_end":
        guard let number = Int(line.value), number >= 0 else { throw Self.noNumber(line) }
        self.rowsAtEnd = number
      case "date_form":
        self.dateForm = try one(
          DateText.Form(rawValue: line.value), of: DateText.Form.allCases.map(\.rawValue))
      case "encoding":
        self.encoding = try one(
          TextFile.Encoding(typed: line.value), of: TextFile.Encoding.allCases.map(\.rawValue))
      case "separator":
        self.separator = try one(Self.separators[line.value], of: Self.separators.keys.sorted())
      case "full_name_order":
        let parts = line.value.split(separator: " ").map(String.init)
        let isOrder = parts.count >= 2 && Set(parts).count == parts.count
        self.nameOrder = try one(
          isOrder && parts.allSatisfy(FullName.parts.contains) ? parts : nil, of: FullName.parts)
      case "fill_down":
        self.filledDown.insert(
          try one(
            allowed.contains(line.value) ? line.value : nil, of: allowed.sorted()))
      case "leave_out": self.leftOut.append(line.value)
      default: self.columns.append((line.key, line.value))
      }
    }
  }

  private static func noNumber(_ line: KeyedFile.Line) -> Arguments.Fault {
    Arguments.Fault(
      text: .usageNotNumber, arguments: ["option": line.place, "value": line.value])
  }
}
