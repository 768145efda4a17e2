import BitimCrypto
import BitimTrust
import Foundation
import Testing

@Suite("The proof in a file")
struct ProofFileTests {
  // transparency-dev/tessera, testdata/log, commit 1811ae1: entry 6 of fifteen, `seven`. Go's packages note and
  // tlog accept this proof.
  private static let logKey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
  private static let note = """
    example.com/log/testdata
    15
    rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

    — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=

    """
  private static let head = """
    c2sp.org/tlog-proof@v1
    index 6
    ThcgoV2DYcK+VCxBUDWAlNxmLy2r7dq7dK7+OlgQKWs=
    ycRkkNklus5eMVRUvkD1pK321vMrA+jjOiZKU8aOcY4=
    zY1lN35vrXYAPixXSd59LsU29xUJtuW4o2dNNg5Y2Co=
    5jLpqTgjsBDSEX6SgZiRnbTMdTuRd8bQ5tSsAOxe0Ks=

    """
  private static let entry = Array("seven".utf8)

  private static func file(_ text: String) throws(ProofFile.Fault) -> ProofFile {
    try ProofFile(Array(text.utf8))
  }

  private static func key() throws -> NoteKey { try #require(NoteKey(Self.logKey)) }

  @Test("shows an entry of another's log, and is written as it was read")
  func shows() throws {
    let text = Self.head + "\n" + Self.note
    // Of the file that Go accepted.
    #expect(
      Hex.text(SHA256.digest(Array(text.utf8)))
        == "25d90ac4aacc32f4d292ac6a80b940e537b1b1f2fd738bd465849a47c07d3ecb")
    let file = try Self.file(text)
    #expect(file.index == 6)
    #expect(file.hashes.count == 4)
    #expect(file.extra == nil)
    #expect(file.octets == Array(text.utf8))
    let checkpoint = try file.shown(entry: Self.entry, by: [Self.key()])
    #expect(checkpoint.origin == "example.com/log/testdata")
    #expect(checkpoint.size == 15)
  }

  @Test("carries what nobody has signed, and proves the same")
  func extra() throws {
    let text =
      Self.head.replacingOccurrences(of: "index", with: "extra 0pvQuw==\nindex") + "\n" + Self.note
    let file = try Self.file(text)
    #expect(file.extra == [0xd2, 0x9b, 0xd0, 0xbb])
    #expect(file.octets == Array(text.utf8))
    #expect(try file.shown(entry: Self.entry, by: [Self.key()]).size == 15)
  }

  @Test("shows no other entry, place or sibling")
  func otherEntries() throws {
    let key = try Self.key()
    let file = try Self.file(Self.head + "\n" + Self.note)
    #expect(throws: ProofFile.Distrust.notIncluded) {
      try file.shown(entry: Array("eight".utf8), by: [key])
    }
    for (index, hashes) in [
      (5, file.hashes), (7, file.hashes), (15, file.hashes), (6, file.hashes.dropLast()),
      (6, file.hashes.reversed()), (6, file.hashes + [file.hashes[0]]),
    ] {
      let other = ProofFile(
        index: UInt64(index), hashes: Array(hashes), checkpoint: file.checkpoint)
      #expect(throws: ProofFile.Distrust.notIncluded, "\(index)") {
        try other.shown(entry: Self.entry, by: [key])
      }
    }
  }

  @Test("is as good as the checkpoint in it, and as the key that is trusted")
  func otherCheckpoints() throws {
    let key = try Self.key()
    let file = try Self.file(Self.head + "\n" + Self.note)
    #expect(throws: ProofFile.Distrust.checkpoint(.unsigned)) {
      try file.shown(entry: Self.entry, by: [])
    }
    let forged = try Self.file(
      Self.head + "\n" + Self.note.replacingOccurrences(of: "\n15\n", with: "\n16\n"))
    #expect(throws: ProofFile.Distrust.checkpoint(.forged(name: key.name))) {
      try forged.shown(entry: Self.entry, by: [key])
    }
  }

  // golang/mod, sumdb/note/note_test.go: a note that is signed, and no checkpoint.
  @Test("with a note that is no checkpoint shows nothing")
  func noCheckpoint() throws {
    let text =
      "If you think cryptography is the answer to your problem,\n"
      + "then you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFup"
      + "LLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    let peter = try #require(
      NoteKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
    let file = try Self.file(Self.head + "\n" + text)
    #expect(throws: ProofFile.Distrust.noCheckpoint) {
      try file.shown(entry: Self.entry, by: [peter])
    }
  }

  // The same checkpoint signed by Python's cryptography with the seed 32 × 0x07, under another name.
  @Test("by another signer than the log itself shows nothing")
  func otherOrigin() throws {
    let key = try #require(
      NoteKey("university.example+1d628cdf+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"))
    let file = try Self.file(Self.head + "\n" + Self.foreignNote)
    #expect(throws: ProofFile.Distrust.otherOrigin("example.com/log/testdata")) {
      try file.shown(entry: Self.entry, by: [key])
    }
  }

  private static let foreignNote = """
    example.com/log/testdata
    15
    rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

    — university.example HWKM32qnrt2nFfc1qMk7JhOXZSNL07Mwh2AWA2HPq6gKCW0qEGk/DdSRo+w0ZFuE/sWrmhcW/pO6ypvznKiJsjLOSAQ=

    """

  struct Odd: CustomTestStringConvertible {
    let name, text: String
    let fault: ProofFile.Fault
    var testDescription: String { self.name }

    init(_ name: String, _ text: String, _ fault: ProofFile.Fault) {
      self.name = name
      self.text = text
      self.fault = fault
    }

    /// The proof with one thing replaced.
    init(_ name: String, _ this: String, by that: String, _ fault: ProofFile.Fault) {
      self.init(name, (head + "\n" + note).replacingOccurrences(of: this, with: that), fault)
    }
  }

  @Test(
    "what is no proof is told by its line",
    arguments: [
      Odd("nothing", "", .notProof),
      Odd("another version", "@v1", by: "@v2", .notProof),
      Odd("no index", "index 6\n", by: "", .badLine(2)),
      Odd("an index with a zero before", "index 6", by: "index 06", .badLine(2)),
      Odd("an index below zero", "index 6", by: "index -6", .badLine(2)),
      Odd("an index beyond 64 bits", "index 6", by: "index 18446744073709551616", .badLine(2)),
      Odd("bad base64", "index 6", by: "extra 0\nindex 6", .badLine(2)),
      Odd("two lines of extras", "index 6", by: "extra AA==\nextra AA==\nindex 6", .badLine(3)),
      Odd("a short hash", "zY1lN35vrXYAPixXSd59LsU29xUJtuW4o2dNNg5Y2Co=", by: "AQ==", .badLine(5)),
      Odd("a space", "5jLp", by: " 5jLp", .badLine(6)),
      Odd(
        "more hashes than a tree is high", "index 6\n",
        by: "index 6\n" + String(repeating: String(repeating: "A", count: 43) + "=\n", count: 60),
        .tooManyHashes),
      Odd("no note", head, .notProof),
      Odd("an empty note", head + "\n", .badNote(.withoutSignatures)),
      Odd("a note that nobody signed", "\n— ", by: "\n- ", .badNote(.badLine(1))),
    ])
  func faults(_ odd: Odd) {
    #expect(throws: odd.fault) { try Self.file(odd.text) }
  }
}
