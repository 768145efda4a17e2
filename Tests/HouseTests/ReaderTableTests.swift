import BitimTestSupport
import Testing

@testable import bitim_generate

@Suite("Who may read what")
struct ReaderTableTests {
  /// Every field of every answer of the registry's services, by message and name, as deep as they go.
  private static func leaving() throws -> [String] {
    let files = try SchemaFiles.read(below: Repository.root)
      .filter { $0.key.hasSuffix(".proto") && $0.key != Schema.descriptorPath }
      .map { try Parser.file(path: $0.key, source: $0.value) }
    let schema = try Schema(linking: files)
    let package = "bitim.v1"
    let services = schema.files.filter { $0.package == package }.flatMap(\.services)
    var open = services.flatMap(\.calls).map(\.output)
    var (seen, leaving): (Set<String>, [String]) = ([], [])
    while let name = open.popLast() {
      guard name.hasPrefix(package + "."), seen.insert(name).inserted else { continue }
      let message = try #require(schema.messages[name])
      for field in message.fields {
        leaving.append("\(name.dropFirst(package.count + 1)).\(field.name)")
        if case .named(let type) = field.type, schema.kinds[type] == .message { open.append(type) }
        if case .map(_, .named(let type)) = field.type { open.append(type) }
      }
    }
    return leaving
  }

  @Test("every field that leaves is listed with who may read it, and nothing else is (R-125)")
  func whole() throws {
    let leaving = try Self.leaving()
    #expect(leaving.count > 250)
    let listed = try ReaderTable().rows.map(\.name)
    for field in leaving where !listed.contains(field) {
      Issue.record("\(field) leaves, and schema/readers.tsv does not say who may read it")
    }
    for field in Set(listed).subtracting(leaving) {
      Issue.record("\(field) of schema/readers.tsv is no field that leaves")
    }
    #expect(Set(listed).count == listed.count, "a field of schema/readers.tsv stands there twice")
  }

  @Test("readers are called by the words of the list's head; what is personal rests on a rule")
  func words() throws {
    let table = try ReaderTable()
    #expect(Set(table.rows.flatMap(\.readers)) == table.words)
    for row in table.rows {
      #expect(Set(row.readers).count == row.readers.count, "\(row.name)")
      #expect(!row.readers.contains("within") || row.readers.count == 1, "\(row.name)")
      guard row.isPersonal else { continue }
      #expect(row.rule.contains(#/^(R-\d+|table \(b\))$/#), "\(row.name): \(row.rule)")
      // Of a natural person a stranger reads what the paper in his hand says, and no more.
      #expect(Set(row.readers).isDisjoint(with: ["anyone", "token", "staff"]), "\(row.name)")
    }
  }
}
