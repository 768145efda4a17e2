import BitimDomain
import BitimProtocol

extension BitimJournalV1.ReadsCounted {
  init(_ deed: ReadsCounted) {
    self.init()
    self.first = deed.numbers.lowerBound
    self.last = deed.numbers.upperBound
    self.count = deed.count
    self.digest = deed.digest
    self.forgotten = deed.forgotten
  }
}

extension ReadsCounted {
  init(_ message: BitimJournalV1.ReadsCounted) throws {
    guard message.first <= message.last else {
      throw StoreFailure.corrupt("a record: reads that were counted end before they begin")
    }
    self.init(
      numbers: message.first...message.last, count: message.count, digest: message.digest,
      forgotten: message.forgotten)
  }
}

extension Fold {
  func count(_ deed: ReadsCounted, at instant: Instant, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO reads_counted (seq, first, last, count, digest, forgotten, at_ms)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(seq), .integer(deed.numbers.lowerBound), .integer(deed.numbers.upperBound),
        .integer(deed.count), .blob(deed.digest), .integer(deed.forgotten),
        .integer(instant.unixMilliseconds),
      ])
  }
}
