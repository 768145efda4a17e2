import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Headers of CSV")
struct CSVHeaderTests {
  /// Every set of columns in which a command prints rows: `Tests/Golden/csv-headers.txt` has them as programs
  /// read them. A line there that changes is a change of what scripts read: say so in the changelog.
  @Test("every set of columns is the one that is pinned, in words of the schema")
  func golden() throws {
    let folder = "Sources/Client/CommandLine"
    let names = Dictionary(
      uniqueKeysWithValues: Column.allCases.map { ("\($0)", $0.rawValue) })
    let paths = try #require(
      FileManager.default.enumerator(atPath: Repository.root.appendingPathComponent(folder).path))
    var sets: Set<String> = []
    for case let path as String in paths
    where path.hasSuffix(".swift") && !path.contains("Generated/") {
      let source = try Repository.text("\(folder)/\(path)")
      let file = try #require(path.split(separator: "/").last).dropLast(".swift".count)
      for match in source.matches(of: /(?:\.rows\(|[Cc]olumns: \[Column\] =)\s*\[([^\]]*)\]/) {
        let columns = match.output.1.matches(of: /\.([A-Za-z]+)/).map { String($0.output.1) }
        if columns.isEmpty { continue }
        let header = try columns.map { try #require(names[$0]) }
        sets.insert("\(file): \(header.joined(separator: ","))")
      }
    }
    let pinned = try Repository.text("Tests/Golden/csv-headers.txt").split(separator: "\n")
    #expect(sets.sorted() == pinned.map(String.init).sorted())
    for name in names.values { #expect(name.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil, "\(name)") }
  }
}
