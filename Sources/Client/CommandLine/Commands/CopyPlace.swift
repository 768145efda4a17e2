import BitimClient
import BitimSystem
import BitimTrust
import Foundation

/// Where a second copy grows: a folder of this machine, or of another reached by OpenSSH.
struct CopyPlace: Sendable {
  /// What could not be done.
  enum Failure: Error {
    /// In words of ours.
    case told(Text, [String: String])
    /// In the words of the system or of ssh.
    case words(String)

    /// The failure in the reader's language.
    func said(_ language: Language) -> String {
      switch self {
      case .told(let text, let arguments): text.filled(language, arguments)
      case .words(let words): words
      }
    }
  }

  /// Whom to reach; nil for this machine.
  private let host: String?
  /// Its port; nil for the usual one.
  private let port: UInt16?
  private let folder: String

  private var file: String { self.folder + "/" + CopyRecord.fileName }

  /// Reads `DIR` or `ssh://[USER@]HOST[:PORT]/DIR`; nil for what can't be either.
  init?(_ text: String) {
    guard text.hasPrefix("ssh://") else {
      guard !text.isEmpty else { return nil }
      self.host = nil
      self.port = nil
      self.folder = text
      return
    }
    // The folder becomes a word of a remote shell: what could mean something to it is not taken.
    guard case .ssh(let host, let port, let place) = ServerAddress(text),
      host.wholeMatch(of: /[A-Za-z0-9_:][A-Za-z0-9._@:-]*/) != nil,
      let folder = place ?? (text.hasSuffix("/") ? "/" : nil),
      folder.wholeMatch(of: /\/[A-Za-z0-9._\/-]*/) != nil
    else { return nil }
    self.host = host
    self.port = port
    self.folder = folder
  }

  /// Makes the folder and the file where they are missing.
  func prepare() throws {
    if self.host != nil {
      _ = try self.remote("umask 077 && mkdir -p \(self.folder) && touch \(self.file)")
      return
    }
    try self.told {
      try FileManager.default.createDirectory(
        atPath: self.folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    do throws(PrivateFile.Failure) {
      _ = try PrivateFile(creating: self.file)
    } catch {
      // What is there is gone on with.
      if error != .isThere { throw Failure.told(.copyUnmade, ["file": self.file]) }
    }
  }

  /// All that is there.
  func octets() throws -> [UInt8] {
    if self.host != nil { return try self.remote("cat \(self.file)") }
    return try self.told { [UInt8](try Data(contentsOf: URL(fileURLWithPath: self.file))) }
  }

  /// Runs `body`; what Foundation throws becomes the file and the system's words for it.
  private func told<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let failure as Failure {
      throw failure
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      let words = cause.map { FileSystem.words(for: Int32(truncatingIfNeeded: $0.code)) }
      guard let words else { throw Failure.told(.copyPlaceUnusable, ["file": self.file]) }
      throw Failure.words("\(self.file): \(words)")
    }
  }

  /// Cuts the file to its first `count` octets.
  func cut(to count: Int) throws {
    if self.host != nil {
      _ = try self.remote("truncate -s \(count) \(self.file) && sync \(self.file)")
      return
    }
    try self.told {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: self.file))
      defer { try? handle.close() }
      try handle.truncate(atOffset: UInt64(count))
      try handle.synchronize()
    }
  }

  /// Appends octets, syncs, reads them back and compares.
  func append(_ octets: [UInt8]) throws {
    let back: [UInt8]
    if self.host != nil {
      back = try self.remote(
        "cat >> \(self.file) && sync \(self.file) && tail -c \(octets.count) \(self.file)",
        input: octets)
    } else {
      back = try self.told {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: self.file))
        defer { try? handle.close() }
        let start = try handle.seekToEnd()
        try handle.write(contentsOf: Data(octets))
        try handle.synchronize()
        try handle.seek(toOffset: start)
        return [UInt8](try handle.readToEnd() ?? Data())
      }
    }
    guard back == octets else {
      throw Failure.told(.copyReadsBackOther, ["file": self.file])
    }
  }

  /// Runs a command on the other machine; returns what it prints.
  private func remote(_ command: String, input: [UInt8] = []) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20",
      "-o", "ServerAliveInterval=10",
    ]
    if let port { process.arguments? += ["-p", "\(port)"] }
    process.arguments? += ["--", self.host ?? "", command]
    let (toChild, fromChild, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = toChild
    process.standardOutput = fromChild
    process.standardError = errors
    try process.run()
    // Pages are about a megabyte, more than a pipe holds: written beside the reading.
    let writer = Thread {
      // A child that ended early says so by its exit status.
      try? toChild.fileHandleForWriting.write(contentsOf: Data(input))
      try? toChild.fileHandleForWriting.close()
    }
    writer.start()
    let said = fromChild.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let last = String(decoding: complained, as: UTF8.self)
        .split(separator: "\n").last.map(String.init)
      guard let last else {
        throw Failure.told(.copySSHEnded, ["status": "\(process.terminationStatus)"])
      }
      throw Failure.words(last)
    }
    return [UInt8](said)
  }
}
