import BitimDomain
import Testing

/// The same random acts, once as values for the domain and once as rows: what the one certifies and retires the other
/// does, and the same keys stand then.
@Suite("Domain and triggers agree on keys (R-920, R-921)")
struct KeyRulesAgreeTests {
  private static let today = CivilDate.of("2026-06-01")
  private static let log = "bitim/x"

  private static func octets(_ key: UInt8) -> [UInt8] { [UInt8](repeating: key, count: 32) }

  private static func literal(_ key: UInt8) -> String {
    "x'" + String(repeating: "0\(key)", count: 32) + "'"
  }

  private static func sql(_ deed: Deed, _ octet: UInt8, _ act: Int64) -> String {
    switch deed {
    case .keyCertified(let deed):
      """
      INSERT INTO signing_key VALUES (\(Self.literal(octet)), '\(deed.key.name)', '\(deed.key.use.rawValue)',
        '\(deed.key.from.iso)', '', \(act));
      """
    case .keyRetired(let deed):
      (deed.ends.map { "UPDATE key_retirement SET ended_seq = \(act) WHERE seq = \($0);" } ?? "")
        + """
        INSERT INTO key_retirement VALUES (\(Self.literal(octet)), \(act), '\(deed.retirement.lastDay.iso)',
          '\(deed.retirement.ground.rawValue)', \(deed.retirement.believedSize.map { "\($0)" } ?? "NULL"), NULL);
        """
    default: preconditionFailure("an act of no key")
    }
  }

  /// What is the domain's alone: names, days that lie ahead, and how large the journal is.
  private static let toldOnce: Set<Reason> = [.keyOtherName, .outOfRange, .datesReversed, .missing]

  @Test("over random acts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["signing_key", "key_retirement"])
    defer { rows.close() }
    var chance = Chance(seed: 920)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<250 {
      rows.begin()
      defer { rows.undo() }
      var keys: [CertifiedKey] = []
      for act in Int64(2)...12 {
        let octet = chance.of([UInt8(1), 2, 3])
        let kind = chance.often(1) ? "certify_key" : "retire_key"
        rows.put(
          """
          INSERT INTO proposal VALUES (\(act + 100), '\(kind)', NULL, 1, '2026-06-01', '2026-06-15', \(act),
            2, '2026-06-01', 'approved')
          """)
        let day = CivilDate(dayNumber: Self.today.dayNumber + chance.of([-40, -1, 0, 1, 2, 31]))
        let there = keys.firstIndex { $0.key.publicKey == Self.octets(octet) }
        let use: KeyUse = chance.often(3) ? .log : .certificates
        let ground: RetirementGround = chance.of(RetirementGround.allCases)
        let size: Int64? = ground == .stolen && chance.often(5) ? 7 : nil
        let retirement = KeyRetirement(lastDay: day, ground: ground, believedSize: size)
        let key = SigningKey(
          name: (use == .log) == chance.often(5) ? Self.log : Self.log + "/certificates",
          publicKey: Self.octets(octet), use: use, from: day, kept: "")
        let deed: Deed
        let wished: Deed
        do throws(Refusal) {
          if kind == "certify_key" {
            wished = .keyCertified(.init(key: key))
            deed = try CertifyKey(key).decided(
              .init(known: there.map { keys[$0] }, log: Self.log), on: Self.today
            ).deed
          } else {
            guard let there else { continue }
            wished = .keyRetired(
              .init(
                publicKey: Self.octets(octet), retirement: retirement, ends: keys[there].retiredBy))
            let own = keys[there].key
            deed = try RetireKey(Self.octets(octet), retirement).decided(
              .init(
                key: keys[there],
                others: keys.filter { $0.key.use == own.use && $0.key != own }, size: 400),
              on: Self.today
            ).deed
          }
        } catch {
          drawn.insert(error.reason)
          if Self.toldOnce.contains(error.reason) { continue }
          rows.put("SAVEPOINT one")
          #expect(!rows.run(Self.sql(wished, octet, act)), "case \(number), act \(act): \(error)")
          rows.put("ROLLBACK TO one; RELEASE one")
          continue
        }
        accepted += 1
        rows.put(Self.sql(deed, octet, act))
        switch deed {
        case .keyCertified(let deed): keys.append(CertifiedKey(deed.key, sequence: act))
        case .keyRetired(let deed):
          guard let there else { continue }
          keys[there].retirement = deed.retirement
          keys[there].retiredBy = act
        default: break
        }
        #expect(
          rows.texts(
            """
            SELECT k.seq || ' ' || coalesce(r.ground, '') FROM signing_key k LEFT JOIN key_retirement r
              ON r.public_key = k.public_key AND r.ended_seq IS NULL ORDER BY k.seq
            """)
            == keys.map { "\($0.sequence) \($0.retirement?.ground.rawValue ?? "")" },
          "case \(number)")
      }
    }
    #expect(
      drawn == [
        .keyCertified, .keyOtherName, .outOfRange, .keyRetired, .missing, .datesReversed,
        .lastLogKey,
      ])
    #expect(accepted > 500)
  }
}
