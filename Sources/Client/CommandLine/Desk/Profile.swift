import BitimSystem
import Foundation

/// A server and a token under a name, so that daily commands need neither.
struct Profile: Codable, Equatable {
  var server: String
  var token: String
  var language: String

  /// What is wrong with the settings.
  struct Fault: Error, Equatable {
    let text: Text
    let arguments: [String: String]
  }

  private static var folder: URL {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CONFIG_HOME"].map { URL(fileURLWithPath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".config")
    return base.appendingPathComponent("bitim")
  }

  private static func url(_ name: String) throws(Fault) -> URL {
    let isPlain = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    guard isPlain else { throw Fault(text: .profileName, arguments: ["name": name]) }
    return Self.folder.appendingPathComponent("\(name).json")
  }

  /// Reads a profile; nil if there is none.
  ///
  /// A file that others can read is refused: it holds a token.
  static func load(_ name: String) throws(Fault) -> Profile? {
    let url = try Self.url(name)
    guard let data = FileManager.default.contents(atPath: url.path) else { return nil }
    try Self.refuseOpen(url.path)
    guard let profile = try? JSONDecoder().decode(Profile.self, from: data) else {
      throw Fault(text: .profileUnreadable, arguments: ["file": url.path])
    }
    return profile
  }

  /// The names of the profiles there are, in their order.
  static func names() -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: Self.folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(".json".count)) }.sorted()
  }

  /// Takes a profile away, whatever is in its file; false if there is none.
  static func remove(_ name: String) throws(Fault) -> Bool {
    let url = try Self.url(name)
    guard FileSystem.isThere(url.path) else { return false }
    FileSystem.remove(url.path)
    guard !FileSystem.isThere(url.path) else {
      throw Fault(text: .profileUnwritable, arguments: ["file": url.path])
    }
    return true
  }

  /// Writes a profile that its owner alone can read, in place of an older one; returns its path.
  func save(_ name: String) throws(Fault) -> String {
    let url = try Self.url(name)
    let failed = Fault(text: .profileUnwritable, arguments: ["file": url.path])
    do {
      try FileManager.default.createDirectory(
        at: Self.folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let data = try encoder.encode(self)
      // The profile is the old one or the new one, whole, whatever comes between.
      let beside = "\(url.path).new-\(getpid())"
      try PrivateFile.create(beside, [UInt8](data))
      guard FileSystem.rename(beside, to: url.path) else {
        FileSystem.remove(beside)
        throw failed
      }
    } catch {
      throw failed
    }
    return url.path
  }

  /// The token in a file; one that others can read is refused.
  static func token(in file: String) throws(Fault) -> String {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Fault(text: .fileUnreadable, arguments: ["file": file])
    }
    try Self.refuseOpen(file)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Fault(text: .fileNotUTF8, arguments: ["file": file, "line": "1"])
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func refuseOpen(_ path: String) throws(Fault) {
    let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    if let mode, mode & 0o077 != 0 {
      throw Fault(text: .fileOpenToOthers, arguments: ["file": path])
    }
  }
}
