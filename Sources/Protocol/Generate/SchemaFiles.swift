import Foundation

/// Finds the files that code is generated from.
enum SchemaFiles {
  /// The `.proto` and `.sql` files and the tables of words below `root/schema`.
  static func read(below root: URL) throws -> [String: [UInt8]] {
    let schema = root.appendingPathComponent("schema")
    guard let paths = FileManager.default.enumerator(atPath: schema.path) else {
      throw SchemaFault(path: "schema", line: 0, column: 0, problem: "there is no such folder here")
    }
    var sources: [String: [UInt8]] = [:]
    for case let path as String in paths {
      guard path.hasSuffix(".proto") || path.hasSuffix(".sql") || path == ReasonTable.path else {
        continue
      }
      sources[path] = [UInt8](try Data(contentsOf: schema.appendingPathComponent(path)))
    }
    return sources
  }

  /// The files of texts of the command line, by language.
  static func texts(below root: URL) throws -> [String: [UInt8]] {
    let folder = root.appendingPathComponent(TextCatalogue.folder)
    var texts: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".txt") {
      let octets = try Data(contentsOf: folder.appendingPathComponent(name))
      texts[String(name.dropLast(".txt".count))] = [UInt8](octets)
    }
    return texts
  }
}
