import Testing

@testable import BitimTrust

/// Notes that introduce keys; every signature is of OpenSSL, by Python's cryptography.
@Suite("Which keys may be believed of a log (R-923)")
struct KeyChainTests {
  private static let log = "bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d"
  // Of the seeds 0101…, 0202… to 0606….
  private static let a = log + "+ed96aa0c+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
  private static let b = log + "+f934b0f2+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
  private static let c = log + "+f5178893+Ae1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR"
  /// A key of certificates.
  private static let d = "mediators.kz+1f91bdeb+AcqTrBcFGHBx1nuDx/8O/oEI6OxFMFdddyaHkzPb2r58"
  private static let e = log + "+532c3895+AW56HN0psLeP0Tr0xVmP7/TvKpcWbjym8uT7/M2AUFvx"
  private static let otherLog = "bitim/00000000000000000000000000000000"
  private static let f = otherLog + "+84468968+AYqHX/8es4RRV3rNWv7kBUVlaN18ieCQhjoFV7x69J8X"

  private static func note(
    _ key: String, _ use: String = "log", _ day: String = "2026-12-15", of log: String = Self.log,
    signed lines: (String, String)...
  ) -> String {
    "bitim key succession v1\n\(log)\n\(key)\n\(use)\n\(day)\n\n"
      + lines.map { "— \($0) \($1)\n" }.joined()
  }

  private static let bByA = (
    log,
    "7ZaqDHvoaEhyqctVRJ31CR4SNOWi+KdSw+y35KSjA+1vKkr6fN5zM2477t37/oIf+11mpg202h1Hti9NvzcyLCUVtg4="
  )
  private static let bByB = (
    log,
    "+TSw8nEHzohm09wJrP/IcUPd+3BtBZKBJ02+8N3XwSYy3++DBEylSyh2ENDN5yhsVy+xzXHAN0FjyEowOO4An8ywyAs="
  )
  private static let cByB = (
    log,
    "+TSw8q2cdZEiQV005Hi3lT7977x4564zRxLl+Ph7Ko5flrgoQZu4jqQDYf1V8dtGubT8dUD1AajNWjrsaYxCP8xNNQ4="
  )
  private static let dByB = (
    log,
    "+TSw8qjCfsX1AuBd+AGt3HuopsN+AF6kY1xSDXsPMzBqi7nJ441b1wl91UyO4gN+CE9IVtM+wUiPtZ/CXcKHdHZQ0wU="
  )
  private static let cByD = (
    "mediators.kz",
    "H5G962XJbUmyGtxp+CEDbGd/UQyYI9MBvckDFYMySkD1VNpcJGB0N1H+3v5p98UdjAATs8W3g2fPxN5m/qgPNhE2DgY="
  )
  private static let aByB = (
    log,
    "+TSw8uY7/fjQNGnsRHIofCwgMjMV23M2NCYKegJ3xZL1MuLNp68s27b6ClD/TX4AiIw2ruoxIj8ZD2cMw3DxyqIC3gI="
  )
  private static let eByE = (
    log,
    "Uyw4lSiWwXIsVnR3hUUwIxNOiiT3b/Eqk1XW0frbJFalJL8kgsaXQicgv5n+3EEMIjoVT0Xor6hxNcojfGApQmG0zg8="
  )
  private static let fByA = (
    log,
    "7ZaqDAtUDIp0coAcyObFUR1cYHRwnL+SHxfUEPqDCNed+XBnlFP1XlwjWXHWmkO9TlUc2Qo4w4QaLmhEcaZ90c4sQAA="
  )
  private static let checkpointByA = (
    log,
    "7ZaqDF6u8FNH3jDyrsV5YaXhet420MMXKmQ2CkV3IIm2fcWkq0z+5utlLMxgh3VWO6b2FP0Bp4r4pLcSxKsGtAZneQc="
  )
  private static let dAsLogByA = (
    log,
    "7ZaqDOO/z8O8biWoXGsJm+yjeQ4Nt4aaJilt7xRTKJdPYM8TA8rCOwKDYpuM9yTQyhQ41vtyZBk1QPIhQ1XzwXaavA8="
  )

  private static let toB = note(b, signed: bByA, bByB)
  private static let toC = note(c, "log", "2027-06-01", signed: cByB)
  private static let toD = note(d, "certificates", signed: dByB)

  private func chain(_ pinned: [String], _ notes: String...) throws -> KeyChain {
    KeyChain(
      log: Self.log, pinned: try pinned.map { try #require(NoteKey($0)) },
      notes: notes.map { Array($0.utf8) })
  }

  private func names(_ chain: KeyChain) -> [String] { chain.links.map { "\($0.key)" } }

  @Test("from the first key each next one is learned, of the log and of certificates, in any order")
  func follows() throws {
    let (a, b) = (try #require(NoteKey(Self.a)), try #require(NoteKey(Self.b)))
    let (c, d) = (try #require(NoteKey(Self.c)), try #require(NoteKey(Self.d)))
    let first = KeyChain.Link(key: a, use: .log, from: nil, by: nil)
    let second = KeyChain.Link(key: b, use: .log, from: "2026-12-15", by: a)
    let third = KeyChain.Link(key: c, use: .log, from: "2027-06-01", by: b)
    let paper = KeyChain.Link(key: d, use: .certificates, from: "2026-12-15", by: b)
    var chain = try self.chain([Self.a], Self.toB, Self.toC, Self.toD)
    #expect(chain.links == [first, second, third, paper])
    #expect(chain.faults == [:])
    #expect(chain.logKeys == [a, b, c])
    #expect(chain.certificateKeys == [d])
    chain = try self.chain([Self.a], Self.toD, Self.toC, Self.toB)
    #expect(chain.links == [first, second, paper, third])
    #expect(chain.faults == [:])
    // Who has the second key believes what comes after it, and what came before once it says so.
    chain = try self.chain([Self.b], Self.toC)
    #expect(self.names(chain) == [Self.b, Self.c])
    chain = try self.chain([Self.b], Self.note(Self.a, signed: Self.aByB))
    #expect(self.names(chain) == [Self.b, Self.a])
  }

  @Test("what is pinned is believed once, under its name; notes add nothing to it")
  func pinned() throws {
    let chain = try self.chain([Self.a, Self.d, Self.a, Self.b], Self.toB, Self.toD)
    #expect(self.names(chain) == [Self.a, Self.d, Self.b])
    #expect(chain.links.map(\.use) == [.log, .certificates, .log])
    #expect(chain.links.allSatisfy { $0.by == nil && $0.from == nil })
    #expect(chain.faults == [:])
    #expect(try self.chain([]).links == [])
  }

  @Test("a note that no believed key has signed introduces nobody, whatever it says of itself")
  func unsigned() throws {
    for (notes, faults) in [
      ([Self.toC], [0: KeyChain.Fault.unsigned]),
      ([Self.note(Self.e, signed: Self.eByE)], [0: .unsigned]),
      // Two that introduce each other.
      (
        [
          Self.note(Self.c, "log", "2027-06-01", signed: Self.cByB),
          Self.note(Self.b, signed: Self.bByB),
        ],
        [0: .unsigned, 1: .unsigned]
      ),
    ] {
      let chain = KeyChain(
        log: Self.log, pinned: [try #require(NoteKey(Self.a))], notes: notes.map { Array($0.utf8) })
      #expect(self.names(chain) == [Self.a])
      #expect(chain.faults == faults)
    }
  }

  @Test("a key of certificates introduces no key, also where it is pinned")
  func certificates() throws {
    let byPaper = Self.note(Self.c, "log", "2027-06-01", signed: Self.cByD)
    let chain = try self.chain([Self.a, Self.d], byPaper)
    #expect(self.names(chain) == [Self.a, Self.d])
    #expect(chain.faults == [0: .unsigned])
  }

  @Test("a note with any octet changed introduces nobody")
  func changed() throws {
    let octets = Array(Self.note(Self.b, signed: Self.bByA).utf8)
    let pinned = [try #require(NoteKey(Self.a))]
    #expect(KeyChain(log: Self.log, pinned: pinned, notes: [octets]).links.count == 2)
    for index in octets.indices {
      for bit in [UInt8(1), 2, 0x10, 0x80] {
        var mangled = octets
        mangled[index] ^= bit
        let chain = KeyChain(log: Self.log, pinned: pinned, notes: [mangled])
        #expect(chain.links.count == 1, "octet \(index)")
        #expect(chain.faults.count == 1)
      }
    }
  }

  @Test(
    "a signature that does not hold, of a key that is believed or comes, makes a note worthless")
  func forged() throws {
    let noted = KeyChain.Fault.forged(name: Self.log)
    let byOther = (Self.log, Self.bByB.1)
    // What B signed of another text.
    let wrong = Self.note(Self.b, signed: Self.bByA, (Self.log, Self.cByB.1))
    var chain = try self.chain([Self.a], wrong)
    #expect(self.names(chain) == [Self.a])
    #expect(chain.faults == [0: noted])
    chain = try self.chain(
      [Self.a], Self.note(Self.b, "log", "2026-12-16", signed: Self.bByA, byOther))
    #expect(chain.faults == [0: noted])
    // What the note is worth beside a whole one of the same key is nothing, and takes nothing away.
    chain = try self.chain([Self.a], wrong, Self.toB)
    #expect(self.names(chain) == [Self.a, Self.b])
    #expect(chain.faults == [0: noted])
  }

  @Test("a note of another log, a checkpoint, and what is no note at all introduce nobody")
  func others() throws {
    let zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    let chain = try self.chain(
      [Self.a], Self.note(Self.f, of: Self.otherLog, signed: Self.fByA),
      "\(Self.log)\n7\n\(zero)\n\n— \(Self.checkpointByA.0) \(Self.checkpointByA.1)\n", "x",
      // A key of another name is none of the log, though a key of the log has signed it.
      Self.note(Self.d, signed: Self.dAsLogByA))
    #expect(self.names(chain) == [Self.a])
    #expect(
      chain.faults == [
        0: .otherLog(Self.otherLog), 1: .notKeyNote, 2: .notKeyNote, 3: .notKeyNote,
      ])
    #expect(Checkpoint(text: String(Self.toB.prefix { $0 != "—" }.dropLast())) == nil)
  }

  @Test("of more than sixty-four notes the others are not read")
  func many() throws {
    let notes = [[UInt8]](repeating: Array(Self.toC.utf8), count: 64) + [Array(Self.toB.utf8)]
    var chain = KeyChain(log: Self.log, pinned: [try #require(NoteKey(Self.a))], notes: notes)
    #expect(self.names(chain) == [Self.a])
    #expect(chain.faults[64] == .tooMany)
    #expect(chain.faults.values.filter { $0 == .unsigned }.count == 64)
    chain = KeyChain(
      log: Self.log, pinned: [try #require(NoteKey(Self.a))], notes: Array(notes.dropFirst()))
    #expect(self.names(chain) == [Self.a, Self.b, Self.c])
    #expect(chain.faults == [:])
  }

  @Test("a text introduces a key in one form alone")
  func texts() throws {
    let b = try #require(NoteKey(Self.b))
    let said = try #require(KeyNote(origin: Self.log, key: b, use: .log, from: "2026-12-15"))
    let text = "bitim key succession v1\n\(Self.log)\n\(Self.b)\nlog\n2026-12-15\n"
    #expect(said.text == text)
    #expect(KeyNote(text: text) == said)
    for other in [
      text + "\n", String(text.dropLast()), text.replacing("v1", with: "v2"),
      text.replacing("\nlog", with: "\ncertificates"), text.replacing("\nlog", with: "\nLOG"),
      text.replacing("2026-12-15", with: "2026-12-1"), text.replacing("-15", with: "-1x"),
      text.replacing("2026-", with: "2026/"), text.replacing("\n", with: "\r\n"), "",
      text.replacing(Self.log, with: Self.otherLog), text.replacing("-12-", with: "-12–"),
    ] { #expect(KeyNote(text: other) == nil, "\(other)") }
    let d = try #require(NoteKey(Self.d))
    #expect(KeyNote(origin: Self.log, key: d, use: .log, from: "2026-12-15") == nil)
    #expect(KeyNote(origin: Self.log, key: b, use: .certificates, from: "2026-12-15") == nil)
    #expect(KeyNote(origin: Self.log, key: d, use: .certificates, from: "2026-12-15") != nil)
    #expect(KeyNote(origin: "мектеп\n", key: d, use: .certificates, from: "2026-12-15") == nil)
  }
}
