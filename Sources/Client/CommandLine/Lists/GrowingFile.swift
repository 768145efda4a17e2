import Foundation

/// A text file that only grows, by whole lines: each addition is on the disk before anything goes on.
///
/// What a program that was killed has left of a last line is not read, and taken off. One program at a time has
/// it open.
final class GrowingFile {
  let path: String
  /// The whole lines that were there.
  let octets: Data
  private let handle: FileHandle

  /// Opens one that is there; nothing of it is changed.
  ///
  /// - Throws: ``Sheet/Fault``.
  init(opening path: String) throws(Sheet.Fault) {
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw Sheet.Fault(.fileUnreadable, ["file": path])
    }
    guard Self.isAlone(handle) else { throw Sheet.Fault(.eveningTaken, ["file": path]) }
    guard let octets = try? handle.readToEnd() ?? Data() else {
      throw Sheet.Fault(.fileUnreadable, ["file": path])
    }
    // Behind the last end of a line lies what was cut off.
    let whole = octets.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.path = path
    self.handle = handle
    self.octets = octets[..<whole]
  }

  /// Whether nobody else has it open; one that was killed a moment ago may still be ending.
  private static func isAlone(_ handle: FileHandle) -> Bool {
    (0..<20).contains { attempt in
      if attempt > 0 { usleep(50_000) }
      return flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0
    }
  }

  /// Takes off what was cut off, once it is known that the file is ours.
  ///
  /// - Throws: ``Sheet/Fault``.
  func cutOff() throws(Sheet.Fault) {
    do { try self.handle.truncate(atOffset: UInt64(self.octets.count)) } catch {
      throw Sheet.Fault(.profileUnwritable, ["file": self.path])
    }
  }

  /// Adds lines; they are on the disk when this returns.
  ///
  /// - Throws: ``Sheet/Fault``.
  func add(_ text: String) throws(Sheet.Fault) {
    do {
      try self.handle.seekToEnd()
      try self.handle.write(contentsOf: Data(text.utf8))
      try self.handle.synchronize()
    } catch {
      throw Sheet.Fault(.profileUnwritable, ["file": self.path])
    }
  }
}
