package import Foundation

/// Files of the repository that tests read.
package enum Repository {
  /// The repository's folder.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The octets of a file.
  package static func octets(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.root.appendingPathComponent(path)))
  }

  /// The text of a file.
  package static func text(_ path: String) throws -> String {
    String(decoding: try Self.octets(path), as: UTF8.self)
  }

  /// The octets of a file anywhere.
  package static func octets(absolute path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

extension [UInt8] {
  /// Whether `sequence` stands somewhere in these octets.
  package func contains(sequence: [UInt8]) -> Bool {
    Data(self).range(of: Data(sequence)) != nil
  }
}
