package import Foundation

/// Files of the repository that tests read.
package enum Repository {
  /// The repository's folder.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A program of this package, built beside the tests.
  package static func program(_ name: String) -> URL {
    let candidates = [
      Bundle.main.bundleURL.appendingPathComponent(name),
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent(name),
      Self.root.appendingPathComponent(".build/debug/\(name)"),
    ]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? candidates[2]
  }

  /// Runs a program of this package to its end; `path` goes before the usual places of programs.
  package static func run(
    _ name: String, _ arguments: [String], in folder: URL, path: String? = nil
  ) throws -> (status: Int32, output: String, errors: String) {
    var environment: [String: String] = [:]
    if let path {
      environment["PATH"] = path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    }
    return try Program.run(Self.program(name), arguments, in: folder, environment: environment)
  }

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
