@testable import BitimDomain
import Testing

@Suite("Keys that sign for the School (R-920, R-921)")
struct KeyTests {
  static let today = People.day("2026-06-01")
  static let log = "bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d"

  private static func key(
    _ octet: UInt8 = 1, named name: String = Self.log, _ use: KeyUse = .log,
    from day: String = "2026-06-01"
  ) -> SigningKey {
    SigningKey(
      name: name, publicKey: [UInt8](repeating: octet, count: 32), use: use,
      from: People.day(day), kept: "сейф № 2")
  }

  private func certified(
    _ key: SigningKey, known: CertifiedKey? = nil
  ) throws -> Decision {
    try CertifyKey(key).decided(.init(known: known, log: Self.log), on: Self.today)
  }

  @Test("a key is certified by two persons, from a day at most thirty ahead, however far back")
  func certify() throws {
    for day in ["2000-01-01", "2026-06-01", "2026-07-01"] {
      let key = Self.key(from: day)
      #expect(
        try self.certified(key) == Decision(.keyCertified(.init(key: key)), takesTwo: true))
    }
    #expect(
      throws: Refusal(
        .outOfRange, column: "valid_from", value: "2026-07-02",
        ["low": "2000-01-01", "high": "2026-07-01"])
    ) { try self.certified(Self.key(from: "2026-07-02")) }
  }

  @Test("the first key of the log is no key of a day to come: nobody would sign until then")
  func first() throws {
    func decided(_ key: SigningKey) throws -> Decision {
      try CertifyKey(key).decided(
        .init(known: nil, log: Self.log, hasLogKey: false), on: Self.today)
    }
    #expect(
      try decided(Self.key()) == Decision(.keyCertified(.init(key: Self.key())), takesTwo: true))
    #expect(
      throws: Refusal(
        .outOfRange, column: "valid_from", value: "2026-06-02",
        ["low": "2000-01-01", "high": "2026-06-01"])
    ) { try decided(Self.key(from: "2026-06-02")) }
    let papers = Self.key(named: Self.log + "/certificates", .certificates, from: "2026-07-01")
    #expect(try decided(papers) == Decision(.keyCertified(.init(key: papers)), takesTwo: true))
  }

  @Test("a key is certified once, whatever became of it")
  func once() throws {
    let gone = KeyRetirement(
      lastDay: People.day("2026-05-05"), ground: .rotated, believedSize: nil)
    for known in [
      CertifiedKey(Self.key(from: "2026-02-02"), sequence: 7),
      CertifiedKey(Self.key(from: "2026-02-02"), sequence: 7, retirement: gone, retiredBy: 9),
    ] {
      #expect(throws: Refusal(.keyCertified, ["since": "2026-02-02"])) {
        try self.certified(Self.key(), known: known)
      }
    }
  }

  @Test("a key of the log has the log's name, and one of certificates that name with their word")
  func named() throws {
    let papers = Self.log + "/certificates"
    for (key, name) in [
      (Self.key(named: "bitim/0"), Self.log), (Self.key(named: papers), Self.log),
      (Self.key(1, named: Self.log, .certificates), papers),
      (Self.key(1, named: "mediators.kz", .certificates), papers),
    ] {
      #expect(
        throws: Refusal(.keyOtherName, column: "key", value: key.name, ["name": name])
      ) { try self.certified(key) }
    }
    let other = Self.key(named: papers, .certificates)
    #expect(
      try self.certified(other) == Decision(.keyCertified(.init(key: other)), takesTwo: true))
  }

  private static func key(_ use: KeyUse) -> SigningKey {
    Self.key(named: use == .log ? Self.log : Self.log + "/certificates", use)
  }

  /// A key of 2026-02-02, and others.
  private static func facts(
    _ use: KeyUse = .log, from day: String = "2026-02-02", retired: RetirementGround? = nil,
    others: [CertifiedKey] = [CertifiedKey(Self.key(2), sequence: 5)]
  ) -> RetireKey.Facts {
    let there = retired.map {
      KeyRetirement(
        lastDay: People.day("2026-05-05"), ground: $0, believedSize: $0 == .stolen ? 3 : nil)
    }
    var key = Self.key(use)
    key.from = People.day(day)
    return .init(
      key: CertifiedKey(key, sequence: 4, retirement: there, retiredBy: there.map { _ in 9 }),
      others: others, size: 400)
  }

  private func retired(
    _ ground: RetirementGround, _ lastDay: String = "2026-06-01", size: Int64? = nil,
    _ facts: RetireKey.Facts = Self.facts()
  ) throws -> Decision {
    try RetireKey(
      facts.key.key.publicKey,
      .init(lastDay: People.day(lastDay), ground: ground, believedSize: size)
    ).decided(facts, on: Self.today)
  }

  private static func deed(
    _ ground: RetirementGround, _ lastDay: String = "2026-06-01", size: Int64? = nil,
    ends: Int64? = nil
  ) -> Decision {
    Decision(
      .keyRetired(
        .init(
          publicKey: [UInt8](repeating: 1, count: 32),
          retirement: .init(
            lastDay: People.day(lastDay), ground: ground, believedSize: size), ends: ends)),
      takesTwo: true)
  }

  @Test("a key is retired by two persons: rotated up to thirty days ahead, lost or stolen by today")
  func retire() throws {
    #expect(try self.retired(.rotated, "2026-07-01") == Self.deed(.rotated, "2026-07-01"))
    #expect(try self.retired(.lost) == Self.deed(.lost))
    #expect(try self.retired(.stolen, size: 0) == Self.deed(.stolen, size: 0))
    #expect(try self.retired(.stolen, size: 400) == Self.deed(.stolen, size: 400))
    for (ground, day, high) in [
      (RetirementGround.rotated, "2026-07-02", "2026-07-01"), (.lost, "2026-06-02", "2026-06-01"),
      (.stolen, "2026-06-02", "2026-06-01"),
    ] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "last_day", value: day, ["low": "2000-01-01", "high": high])
      ) { try self.retired(ground, day, size: ground == .stolen ? 1 : nil) }
    }
  }

  @Test("a last day is not before the first; where that is to come, not before today")
  func ordered() throws {
    #expect(try self.retired(.lost, "2026-02-02") == Self.deed(.lost, "2026-02-02"))
    #expect(throws: Refusal(.datesReversed, column: "last_day", value: "2026-02-01")) {
      try self.retired(.lost, "2026-02-01")
    }
    let ahead = Self.facts(from: "2026-06-20")
    #expect(try self.retired(.lost, "2026-06-01", ahead) == Self.deed(.lost))
    #expect(throws: Refusal(.datesReversed, column: "last_day", value: "2026-05-31")) {
      try self.retired(.lost, "2026-05-31", ahead)
    }
  }

  @Test("a stolen key, and no other, is believed up to a size that the journal has")
  func size() throws {
    #expect(throws: Refusal(.missing, column: "believed_size")) { try self.retired(.stolen) }
    for (ground, size, high) in [
      (RetirementGround.stolen, Int64(-1), "400"), (.stolen, 401, "400"), (.rotated, 1, "0"),
      (.lost, 0, "0"),
    ] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "believed_size", value: "\(size)", ["low": "0", "high": high])
      ) { try self.retired(ground, size: size) }
    }
  }

  @Test("what was rotated or lost may turn out to be stolen, and nothing else becomes of it")
  func again() throws {
    for before in [RetirementGround.rotated, .lost] {
      #expect(
        try self.retired(.stolen, size: 7, Self.facts(retired: before))
          == Self.deed(.stolen, size: 7, ends: 9))
      for ground in [RetirementGround.rotated, .lost] {
        #expect(throws: Refusal(.keyRetired, ["day": "2026-05-05"])) {
          try self.retired(ground, Self.facts(retired: before))
        }
      }
    }
    #expect(throws: Refusal(.keyRetired, ["day": "2026-05-05"])) {
      try self.retired(.stolen, size: 7, Self.facts(retired: .stolen))
    }
  }

  @Test("the log's last key is not rotated before another stands; it is lost or stolen at any time")
  func last() throws {
    var gone = CertifiedKey(Self.key(2, from: "2026-02-02"), sequence: 5)
    gone.retirement = .init(
      lastDay: People.day("2026-07-01"), ground: .rotated, believedSize: nil)
    let late = CertifiedKey(Self.key(2, from: "2026-06-03"), sequence: 5)
    for others in [[], [gone], [late]] {
      let facts = Self.facts(others: others)
      #expect(throws: Refusal(.lastLogKey)) { try self.retired(.rotated, facts) }
      #expect(try self.retired(.lost, facts) == Self.deed(.lost))
      #expect(try self.retired(.stolen, size: 1, facts) == Self.deed(.stolen, size: 1))
    }
    let next = CertifiedKey(Self.key(2, from: "2026-06-02"), sequence: 5)
    #expect(try self.retired(.rotated, Self.facts(others: [late, next])) == Self.deed(.rotated))
    let certificates = Self.facts(.certificates, others: [])
    #expect(try self.retired(.rotated, certificates) == Self.deed(.rotated))
  }

  @Test(
    "a key signs from its first day to its last, both included; lost or stolen it signs no more")
  func signs() {
    var key = CertifiedKey(Self.key(), sequence: 4)
    #expect(!key.signs(on: People.day("2026-05-31")))
    #expect(key.signs(on: People.day("2026-06-01")))
    #expect(key.signs(on: People.day("2030-06-01")))
    key.retirement = .init(lastDay: People.day("2026-06-10"), ground: .rotated, believedSize: nil)
    #expect(key.signs(on: People.day("2026-06-10")))
    #expect(!key.signs(on: People.day("2026-06-11")))
    for ground in [RetirementGround.lost, .stolen] {
      key.retirement?.ground = ground
      #expect(!key.signs(on: People.day("2026-06-10")))
    }
  }
}

extension KeyTests {
  private func retired(
    _ ground: RetirementGround, _ lastDay: String, _ facts: RetireKey.Facts
  ) throws -> Decision {
    try self.retired(ground, lastDay, size: nil, facts)
  }

  private func retired(
    _ ground: RetirementGround, size: Int64? = nil, _ facts: RetireKey.Facts
  ) throws -> Decision {
    try self.retired(ground, "2026-06-01", size: size, facts)
  }
}
