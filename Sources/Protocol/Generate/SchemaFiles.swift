import Foundation

/// Finds the schema's files.
enum SchemaFiles {
  /// The `.proto` and `.sql` files below `root/schema`.
  static func read(below root: URL) throws -> [String: [UInt8]] {
    let schema = root.appendingPathComponent("schema")
    guard let paths = FileManager.default.enumerator(atPath: schema.path) else {
      throw SchemaFault(path: "schema", line: 0, column: 0, problem: "there is no such folder here")
    }
    var sources: [String: [UInt8]] = [:]
    for case let path as String in paths {
      guard path.hasSuffix(".proto") || path.hasSuffix(".sql") else { continue }
      sources[path] = [UInt8](try Data(contentsOf: schema.appendingPathComponent(path)))
    }
    return sources
  }
}
