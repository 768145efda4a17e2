import BitimSystem
import Foundation

/// What verification answered of a list of papers: a row of CSV each, added as answers come.
///
/// Rows are only added, and are on the disk before the next papers are asked about. What a program that was
/// killed has left of a last row is taken off, and asked about again. One program at a time has it open.
struct VerdictFile {
  /// What is wrong with a file.
  struct Fault: Error, Equatable {
    let text: Text
    let arguments: [String: String]
  }

  let path: String
  private let handle: FileHandle
  /// The rows that were there, in the order of the columns.
  let rows: [[String]]

  /// Opens a file of these columns, or makes one that its owner alone can read.
  ///
  /// - Throws: ``Fault``.
  init(_ path: String, columns header: [String], _ output: Output) throws(Fault) {
    self.path = path
    if !FileSystem.isThere(path) {
      do throws(PrivateFile.Failure) {
        try PrivateFile.create(path, Array(output.csvText([header]).utf8))
      } catch {
        throw Fault(text: .profileUnwritable, arguments: ["file": path])
      }
    }
    guard let handle = FileHandle(forUpdatingAtPath: path),
      let octets = try? handle.readToEnd() ?? Data()
    else { throw Fault(text: .fileUnreadable, arguments: ["file": path]) }
    guard handle.isLocked() else { throw Fault(text: .eveningTaken, arguments: ["file": path]) }
    self.handle = handle
    // Behind the last end of a row lies what was cut off. No value of ours holds an end of line.
    var whole = 0
    if let end = octets.lastIndex(of: UInt8(ascii: "\n")) { whole = end + 1 }
    guard let rows = Self.rows(octets[..<whole], under: header) else {
      throw Fault(text: .batchForeign, arguments: ["file": path])
    }
    self.rows = rows
    // Not before: nothing is taken off a file of somebody else's.
    do { try handle.truncate(atOffset: UInt64(whole)) } catch {
      throw Fault(text: .profileUnwritable, arguments: ["file": path])
    }
  }

  /// The rows in octets; nil unless they stand under these titles, each with as many values.
  private static func rows(_ octets: Data, under header: [String]) -> [[String]]? {
    guard var text = String(data: octets, encoding: .utf8) else { return nil }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    guard let records = try? CSV.records(text).records, let first = records.first,
      first.fields == header, records.allSatisfy({ $0.fields.count == header.count })
    else { return nil }
    return records.dropFirst().map { $0.fields.map(CSV.armed) }
  }

  /// Adds rows as text; they are on the disk when this returns.
  ///
  /// - Throws: ``Fault``.
  func add(_ text: String) throws(Fault) {
    do {
      try self.handle.seekToEnd()
      try self.handle.write(contentsOf: Data(text.utf8))
      try self.handle.synchronize()
    } catch {
      throw Fault(text: .profileUnwritable, arguments: ["file": self.path])
    }
  }
}

extension FileHandle {
  /// Whether nobody else has the file open; one that was killed a moment ago may still be ending.
  func isLocked() -> Bool {
    (0..<20).contains { attempt in
      if attempt > 0 { usleep(50_000) }
      return flock(self.fileDescriptor, LOCK_EX | LOCK_NB) == 0
    }
  }
}
