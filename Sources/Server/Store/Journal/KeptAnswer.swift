import BitimCrypto
import BitimProtocol

/// An answer as it is kept for repeats of its call.
struct KeptAnswer {
  let principal: String
  let key: String
  let digest: [UInt8]
  /// `google.rpc.Status`, encoded; empty for a success.
  let status: [UInt8]
  let payload: [UInt8]
  let atMs: Int64
  /// The commit that kept it.
  let turn: Int64

  /// Where it lies: an index over short numbers stays small, while one over keys, which are random,
  /// would write a page of its own for nearly every answer.
  static func place(principal: String, key: String) -> Int64 {
    var octets: [UInt8] = []
    octets.reserveCapacity(principal.utf8.count + 1 + key.utf8.count)
    octets.append(contentsOf: principal.utf8)
    octets.append(0)
    octets.append(contentsOf: key.utf8)
    let digest = SHA256.digest(octets)
    return (0..<8).reduce(0) { $0 << 8 | Int64(digest[$1]) }
  }

  /// Tells whether the disk has kept the row as it was: FNV-1a, 64 bits, of all fields with their
  /// lengths. No act explains an answer, so `bitimd check` has nothing else to compare it with.
  var seal: Int64 { self.seal(withTurn: true) }

  /// The seal as it was before answers had turns.
  var formerSeal: Int64 { self.seal(withTurn: false) }

  private func seal(withTurn: Bool) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ octet: UInt8) { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
    func add(_ number: Int) {
      for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
    }
    func add(_ octets: some Collection<UInt8>) {
      add(octets.count)
      for octet in octets { add(octet) }
    }
    add(self.principal.utf8)
    add(self.key.utf8)
    add(self.digest)
    add(self.status)
    add(self.payload)
    add(Int(self.atMs))
    if withTurn { add(Int(self.turn)) }
    return Int64(bitPattern: hash)
  }

  /// Writes it at its ``place(principal:key:)``; an index refuses a second under this key.
  func save(to database: Database, at place: Int64) throws {
    try database.execute(
      """
      INSERT INTO answer (place, principal, key, digest, status, payload, at_ms, turn, seal)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(place), .text(self.principal), .text(self.key), .blob(self.digest),
        .blob(self.status),
        .blob(self.payload), .integer(self.atMs), .integer(self.turn), .integer(self.seal),
      ])
  }

  /// Names the answers that the disk has not kept as they were.
  static func damaged(in database: Database) throws -> [String] {
    var damaged: [String] = []
    try database.each(
      "SELECT principal, key, digest, status, payload, at_ms, turn, seal, place FROM answer"
    ) { row in
      let answer = KeptAnswer(
        principal: row.text(0), key: row.text(1), digest: row.blob(2), status: row.blob(3),
        payload: row.blob(4), atMs: row.integer(5), turn: row.integer(6))
      let place = Self.place(principal: answer.principal, key: answer.key)
      if answer.seal != row.integer(7) || place != row.integer(8) {
        damaged.append(
          "answer of \(answer.principal), kept at \(answer.atMs): is not as it was kept")
      }
    }
    return damaged
  }
}
