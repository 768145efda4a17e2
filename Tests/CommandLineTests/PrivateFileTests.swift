import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@Suite("Files of secrets")
struct PrivateFileTests {
  private func place() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bp-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func mode(_ path: String) throws -> Int {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(facts[.posixPermissions] as? Int)
  }

  @Test("a file is its owner's alone before anything is in it, and whole when it is written")
  func made() throws {
    let folder = try self.place()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("құпия.token").path
    let file = try PrivateFile(creating: path)
    #expect(try self.mode(path) == 0o600)
    #expect(try Repository.octets(absolute: path) == [])
    try file.write(Array("өте құпия\n".utf8))
    #expect(try Repository.octets(absolute: path) == Array("өте құпия\n".utf8))
    file.remove()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("what lies under the name, a file or a link to one, is never written over")
  func isThere() throws {
    let folder = try self.place()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a").path
    try PrivateFile.create(path, [1])
    let link = folder.appendingPathComponent("b").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for name in [path, link] {
      #expect(throws: PrivateFile.Failure.isThere) { try PrivateFile.create(name, [2]) }
    }
    #expect(try Repository.octets(absolute: path) == [1])
    let nowhere = folder.appendingPathComponent("none/a").path
    #expect(throws: PrivateFile.Failure.unwritable(ENOENT)) { try PrivateFile.create(nowhere, [2]) }
  }

  @Test("a file has its name when it is whole; what a killed one left is no hindrance")
  func whole() throws {
    let folder = try self.place()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("топ.zip").path
    let aside = path + PublicFile.unfinished
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
    do {
      let file = try WholeFile(path)
      #expect(try self.mode(aside) == 0o600)
      try file.write(Array("жартысы".utf8))
      // Whoever ended here would leave nothing under the name.
      #expect(try names() == ["топ.zip.unfinished"])
      // Another at work on the same name takes nothing away.
      #expect(throws: PrivateFile.Failure.isThere) { _ = try WholeFile(path) }
      #expect(try names() == ["топ.zip.unfinished"])
    }
    // Given up, it is gone.
    #expect(try names() == [])

    // Killed, it lies there, and nobody holds it.
    try Data("қалдық".utf8).write(to: URL(fileURLWithPath: aside))
    let file = try WholeFile(path)
    try file.write(Array("бүтін ".utf8))
    try file.write(Array("файл".utf8))
    try file.finish()
    #expect(try names() == ["топ.zip"])
    #expect(try Repository.octets(absolute: path) == Array("бүтін файл".utf8))
    #expect(try self.mode(path) == 0o600)

    // What is there is not written over, also where it came in the meantime, or leads nowhere.
    #expect(throws: PrivateFile.Failure.isThere) { try WholeFile.create(path, [1]) }
    let late = folder.appendingPathComponent("кеш").path
    let slow = try WholeFile(late)
    try slow.write([1])
    try Data([2]).write(to: URL(fileURLWithPath: late))
    do throws(PrivateFile.Failure) {
      try slow.finish()
      Issue.record("it took the name of another")
    } catch {
      #expect(error == .isThere)
    }
    #expect(try Repository.octets(absolute: late) == [2])
    let link = folder.appendingPathComponent("сілтеме").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link + "жоқ")
    #expect(throws: PrivateFile.Failure.isThere) { try WholeFile.create(link, [1]) }
    #expect(try names() == ["кеш", "сілтеме", "топ.zip"])
    let nowhere = folder.appendingPathComponent("none/a").path
    #expect(throws: PrivateFile.Failure.unwritable(ENOENT)) { try WholeFile.create(nowhere, [2]) }
  }

  @Test("a file for others is whole, whatever the umask, and stays where another can't be made")
  func published() throws {
    let folder = try self.place()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("бет.html").path
    try PublicFile.replace(path, with: Array("бұрынғы".utf8))
    let before = FileSystem.identity(of: path)
    try PublicFile.replace(path, with: Array("жаңа".utf8))
    #expect(try Repository.octets(absolute: path) == Array("жаңа".utf8))
    #expect(try self.mode(path) == 0o644)
    // Another file, not the old one written over: who reads the old one goes on reading it.
    #expect(FileSystem.identity(of: path) != before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["бет.html"])
    // A folder of that name: the last step fails, and nothing is left of the others.
    let taken = folder.appendingPathComponent("бума").path
    try PublicFile.makeFolder(taken)
    try PublicFile.makeFolder(taken)
    #expect(throws: PublicFile.Failure.self) { try PublicFile.replace(taken, with: []) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["бет.html", "бума"])
    // What lies under the name that anybody can guess is neither followed nor written over.
    let secret = folder.appendingPathComponent("токен").path
    try PrivateFile.create(secret, [1])
    let link = path + PublicFile.unfinished
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: secret)
    try PublicFile.replace(path, with: Array("жаңарақ".utf8))
    #expect(try Repository.octets(absolute: secret) == [1])
    #expect(try Repository.octets(absolute: path) == Array("жаңарақ".utf8))
    #expect(try self.mode(secret) == 0o600)
    let leads = folder.appendingPathComponent("сілтеме").path
    try FileManager.default.createSymbolicLink(atPath: leads, withDestinationPath: taken)
    #expect(throws: PublicFile.Failure(path: leads, code: ENOTDIR)) {
      try PublicFile.makeFolder(leads)
    }
    try PublicFile.makeFolder(leads, mayBeLink: true)
    #expect(throws: PublicFile.Failure.self) { try PublicFile.remove(taken) }
    try PublicFile.remove(leads)
    try PublicFile.remove(leads)
    let lock = try FolderLock(taken)
    do throws(PublicFile.Failure) {
      _ = try FolderLock(taken)
      Issue.record("two have one folder")
    } catch {
      #expect(error.isBusy)
    }
    _ = consume lock
  }
}
