import BitimDomain
import BitimTrust

/// An act as a journal or a copy holds it, read, and compared with its entry.
struct ReadAct: Sendable {
  let sequence: Int64
  let entry: [UInt8]
  let salt: [UInt8]
  let record: [UInt8]
  /// The act, or why its record can't be read.
  let act: Result<Act, StoreFailure>
  /// Whether the entry is the one that commits to it.
  let isWhole: Bool

  init(sequence: Int64, entry: [UInt8], salt: [UInt8], record: [UInt8]) {
    self.sequence = sequence
    self.entry = entry
    self.salt = salt
    self.record = record
    do {
      let act = try Record.act(in: record)
      let said = JournalEntry(
        sequence: sequence, recordedAtMs: act.recordedAt.unixMilliseconds,
        kind: act.deed.kind, salt: salt, record: record)
      self.act = .success(act)
      self.isWhole = said.octets == entry
    } catch let failure as StoreFailure {
      self.act = .failure(failure)
      self.isWhole = false
    } catch {
      // Nothing else is thrown where a record is read; a compiler can't know.
      self.act = .failure(.corrupt("a record is malformed"))
      self.isWhole = false
    }
  }
}
