package import BitimDomain
package import BitimProtocol

/// What a second copy is fed with.
extension Snapshot {
  /// What a second copy takes next: acts after `sequence`, and answers after one.
  ///
  /// Both end at one instant: a copy that ends there too has neither an answer without its act, which
  /// would tell who repeats his call that it was done, nor an act without its answer, which would be
  /// done again.
  package func portion(
    after sequence: Int64, answersAfterMs: Int64, principal: String, key: String
  ) throws -> (acts: [BitimV1.CopiedAct], answers: [BitimV1.CopiedAnswer]) {
    let acts = try self.acts(after: sequence, limit: 500, octetsMax: 1 << 20)
    let answers = try self.answers(
      afterMs: answersAfterMs, principal: principal, key: key, limit: 1_000, octetsMax: 1 << 20)
    let nextAct = try self.recordedAt((acts.last?.sequence ?? sequence) + 1)
    let nextAnswer = try self.answers(
      afterMs: answers.last?.atMs ?? answersAfterMs,
      principal: answers.last?.principal ?? principal, key: answers.last?.key ?? key, limit: 1,
      octetsMax: 0
    ).first
    let ends = [nextAct?.unixMilliseconds, nextAnswer?.atMs].compactMap { $0 }
    guard let end = ends.min() else { return (acts, answers) }
    let whole = (
      acts: Array(
        try acts.prefix { try Record.instant(in: $0.record).unixMilliseconds < end }),
      answers: Array(answers.prefix { $0.atMs < end })
    )
    // More than a portion in one instant goes as it comes.
    return whole.acts.isEmpty && whole.answers.isEmpty ? (acts, answers) : whole
  }

  /// Acts after `sequence` in their order, at most `limit` of them and about `octetsMax` octets.
  package func acts(
    after sequence: Int64, limit: Int, octetsMax: Int
  ) throws -> [BitimV1.CopiedAct] {
    var octets = 0
    var acts: [BitimV1.CopiedAct] = []
    try self.database.some(
      """
      SELECT e.seq, e.octets, a.salt, a.record FROM entry e JOIN act a ON a.seq = e.seq
      WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2
      """,
      [.integer(sequence), .int(limit)]
    ) { row in
      var act = BitimV1.CopiedAct()
      act.sequence = row.integer(0)
      act.entry = row.blob(1)
      act.salt = row.blob(2)
      act.record = row.blob(3)
      guard octets == 0 || octets + act.record.count < octetsMax else { return false }
      octets += act.entry.count + act.record.count + 64
      acts.append(act)
      return true
    }
    return acts
  }

  /// Answers kept after one, in the order of instants, principals and keys; at most `limit` of them
  /// and about `octetsMax` octets.
  package func answers(
    afterMs: Int64, principal: String, key: String, limit: Int, octetsMax: Int
  ) throws -> [BitimV1.CopiedAnswer] {
    var octets = 0
    let answers = try self.database.rows(
      """
      SELECT principal, key, digest, status, payload, at_ms FROM answer
      WHERE at_ms >= ?1 AND (at_ms, principal, key) > (?1, ?2, ?3)
      ORDER BY at_ms, principal, key LIMIT ?4
      """,
      [.integer(afterMs), .text(principal), .text(key), .int(limit)]
    ) { row in
      var answer = BitimV1.CopiedAnswer()
      answer.principal = row.text(0)
      answer.key = row.text(1)
      answer.digest = row.blob(2)
      answer.status = row.blob(3)
      answer.payload = row.blob(4)
      answer.atMs = row.integer(5)
      return answer
    }
    return Array(
      answers.prefix { answer in
        defer { octets += answer.payload.count + answer.status.count + 128 }
        return octets == 0 || octets + answer.payload.count < octetsMax
      })
  }

  /// When an act was recorded; nil when there is no such act.
  package func recordedAt(_ sequence: Int64) throws -> Instant? {
    let record = try self.database.first(
      "SELECT record FROM act WHERE seq = ?1", [.integer(sequence)]
    ) { $0.blob(0) }
    return try record.map { try Record.instant(in: $0) }
  }

  /// How long the database is, in octets.
  package func databaseOctets() throws -> Int64 {
    let pages = try self.database.pragma("PRAGMA page_count") ?? 0
    return pages * (try self.database.pragma("PRAGMA page_size") ?? 0)
  }
}
