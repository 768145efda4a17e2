import BitimSystem
import Foundation

/// What verification answered of a list of papers: a row of CSV each, added as answers come.
///
/// Rows are only added, and are on the disk before the next papers are asked about. What a program that was
/// killed has left of a last row is taken off, and asked about again. One program at a time has it open.
struct VerdictFile {
  private let file: GrowingFile
  /// The rows that were there, in the order of the columns.
  let rows: [[String]]

  var path: String { self.file.path }

  /// Opens a file of these columns, or makes one that its owner alone can read.
  ///
  /// - Throws: ``Sheet/Fault``.
  init(_ path: String, columns header: [String], _ output: Output) throws(Sheet.Fault) {
    if !FileSystem.isThere(path) {
      do throws(PrivateFile.Failure) {
        try PrivateFile.create(path, Array(output.csvText([header]).utf8))
      } catch {
        throw Sheet.Fault(error, creating: path)
      }
    }
    self.file = try GrowingFile(opening: path)
    // No value of ours holds an end of line.
    guard let rows = Self.rows(self.file.octets, under: header) else {
      throw Sheet.Fault(.batchForeign, ["file": path])
    }
    self.rows = rows
    try self.file.cutOff()
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
  /// - Throws: ``Sheet/Fault``.
  func add(_ text: String) throws(Sheet.Fault) { try self.file.add(text) }
}
