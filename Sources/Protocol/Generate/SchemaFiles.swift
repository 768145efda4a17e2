import Foundation

/// Finds the files that code is generated from.
enum SchemaFiles {
  /// The generator with all that stands below `root`.
  static func generator(below root: URL) throws -> Generator {
    Generator(
      sources: try Self.read(below: root), texts: try Self.texts(below: root),
      citing: try Self.citing(below: root))
  }

  /// The `.proto`, `.binpb` and `.sql` files and the tables of words below `root/schema`.
  static func read(below root: URL) throws -> [String: [UInt8]] {
    let schema = root.appendingPathComponent("schema")
    guard let paths = FileManager.default.enumerator(atPath: schema.path) else {
      throw SchemaFault(path: "schema", line: 0, column: 0, problem: "there is no such folder here")
    }
    var sources: [String: [UInt8]] = [:]
    for case let path as String in paths {
      let isTable = path == ReasonTable.path || path == RuleTable.path
      let isRead = [".proto", ".sql", ".binpb"].contains(where: path.hasSuffix)
      guard isRead || isTable else { continue }
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

  /// What people wrote in code, schema and tests, by path below `root`: all that may cite a rule.
  static func citing(below root: URL) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for folder in ["Sources", "schema", "Tests"] {
      let url = root.appendingPathComponent(folder)
      guard let paths = FileManager.default.enumerator(atPath: url.path) else { continue }
      for case let path as String in paths
      where Self.isWritten(path) && path != RuleTable.path {
        files["\(folder)/\(path)"] = [UInt8](
          try Data(contentsOf: url.appendingPathComponent(path)))
      }
    }
    return files
  }

  private static func isWritten(_ path: String) -> Bool {
    let endings = [".swift", ".proto", ".sql", ".tsv", ".md", ".txt", ".py", ".c", ".h"]
    return endings.contains(where: path.hasSuffix) && !path.contains("Generated/")
      && !path.hasPrefix("vectors/")
  }
}
