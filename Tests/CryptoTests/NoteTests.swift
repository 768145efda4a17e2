import BitimCrypto
import BitimTrust
import Foundation
import Testing

@Suite("Signed notes and checkpoints")
struct NoteTests {
  // golang/mod, sumdb/note/note_test.go, commit 02c991387e35.
  private static let peter =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  private static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
  private static let text =
    "If you think cryptography is the answer to your problem,\n"
    + "then you don't know what your problem is.\n"
  private static let peterLine =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    + "E6RyyBwJnAM=\n"
  private static let enochLine =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1"
    + "RvMc+QQ=\n"

  private static func key(_ text: String) throws -> NoteKey { try #require(NoteKey(text)) }

  private static func note(_ text: String) throws(SignedNote.Fault) -> SignedNote {
    try SignedNote(Array(text.utf8))
  }

  @Test("a key is read, and written as it was read")
  func keys() throws {
    // The last is the example of C2SP's signed-note.md.
    let example = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    for text in [Self.peter, Self.enoch, example] {
      #expect(try Self.key(text).description == text)
    }
    let key = try Self.key(Self.peter)
    #expect(key.name == "PeterNeumann")
    #expect(Hex.text(key.id) == "c74f20a3")
  }

  @Test("a key in pieces, or with one letter changed, is none")
  func mangledKeys() {
    let octets = Array(Self.peter.utf8)
    for start in octets.indices {
      for end in start...octets.count where end - start < octets.count {
        #expect(NoteKey(String(decoding: octets[start..<end], as: UTF8.self)) == nil)
      }
      var mangled = octets
      mangled[start] += 1
      #expect(NoteKey(String(decoding: mangled, as: UTF8.self)) == nil)
    }
    // Too long, and of an algorithm that nobody knows, each with the id that would fit.
    #expect(
      NoteKey("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==") == nil)
    #expect(NoteKey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == nil)
  }

  @Test("a name has no space, plus or control character, and is not empty")
  func names() throws {
    let key = try Self.key(Self.peter).publicKey
    #expect(NoteKey(name: "мектеп.kz/журнал", publicKey: key) != nil)
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\u{2003}b", "a\nb", "a\u{1}b"] {
      #expect(NoteKey(name: name, publicKey: key) == nil)
    }
  }

  @Test("a note is signed as Go signs it")
  func signs() throws {
    var note = try #require(SignedNote(text: Self.text))
    #expect(note.message == Array(Self.text.utf8))
    let signed = try Self.note(Self.text + "\n" + Self.peterLine)
    note.add(signed.signatures[0].octets, by: try Self.key(Self.peter))
    #expect(note == signed)
    #expect(String(decoding: note.octets, as: UTF8.self) == Self.text + "\n" + Self.peterLine)
  }

  @Test("a text without an end, or with a control character, can't be signed")
  func texts() {
    #expect(SignedNote(text: "") == nil)
    #expect(SignedNote(text: "abc") == nil)
    #expect(SignedNote(text: "a\rb\n") == nil)
    #expect(SignedNote(text: "a\n\nb\n") != nil)
  }

  @Test("who signed is told among those whom the reader knows; others mean nothing")
  func signers() throws {
    let (peter, enoch) = (try Self.key(Self.peter), try Self.key(Self.enoch))
    let both = try Self.note(Self.text + "\n" + Self.peterLine + Self.enochLine)
    #expect(both.text == Self.text)
    #expect(try both.signers(among: [peter]) == [peter])
    #expect(try both.signers(among: [enoch, peter]) == [peter, enoch])
    #expect(throws: SignedNote.Distrust.unsigned) { try both.signers(among: []) }
    let twice = try Self.note(
      Self.text + "\n" + Self.peterLine + Self.peterLine + Self.enochLine + Self.enochLine)
    #expect(try twice.signers(among: [peter]) == [peter])
    // Of a name that is known, under a key that is not.
    let other = try #require(NoteKey(name: "PeterNeumann", publicKey: enoch.publicKey))
    #expect(throws: SignedNote.Distrust.unsigned) { try both.signers(among: [other]) }
  }

  @Test("a signature of a known key that does not hold spoils the note")
  func forged() throws {
    let (peter, enoch) = (try Self.key(Self.peter), try Self.key(Self.enoch))
    let changed = try Self.note(
      Self.text.replacingOccurrences(of: "don't", with: "do") + "\n" + Self.peterLine
        + Self.enochLine)
    #expect(throws: SignedNote.Distrust.forged(name: "PeterNeumann")) {
      try changed.signers(among: [enoch, peter])
    }
    let long = try Self.note(
      Self.text + "\n" + Self.enochLine
        + Self.peterLine.replacingOccurrences(of: "x08go/ZJ", with: "x08go/ZJABCD"))
    #expect(throws: SignedNote.Distrust.forged(name: "PeterNeumann")) {
      try long.signers(among: [enoch, peter])
    }
    #expect(try long.signers(among: [enoch]) == [enoch])
  }

  struct Odd: CustomTestStringConvertible {
    let name: String
    let octets: [UInt8]
    let fault: SignedNote.Fault
    var testDescription: String { self.name }

    init(_ name: String, _ text: String, _ fault: SignedNote.Fault, before: [UInt8] = []) {
      self.name = name
      self.octets = before + Array(text.utf8)
      self.fault = fault
    }
  }

  @Test(
    "what is no note is told by what is wrong",
    arguments: [
      Odd("the text alone", Self.text, .withoutSignatures),
      Odd("nothing behind the empty line", Self.text + "\n", .withoutSignatures),
      Odd("no end", Self.text + "\n" + Self.peterLine.dropLast(), .withoutSignatures),
      Odd("a control character", Self.text + "\n" + Self.peterLine, .notText, before: [1]),
      Odd("not UTF-8", Self.text + "\n" + Self.peterLine, .notText, before: [0xff]),
      Odd("Windows' ends of lines", "a\r\n\r\n" + Self.peterLine, .notText),
      Odd("a line behind", Self.text + "\n" + Self.peterLine + "And so on.\n", .badLine(2)),
      Odd("a hyphen for a dash", Self.text + "\n- a AAAAAAA=\n", .badLine(1)),
      Odd("a name of two words", Self.text + "\n— Bad Name AAAAAAA=\n", .badLine(1)),
      Odd("a name with a plus", Self.text + "\n— a+b AAAAAAA=\n", .badLine(1)),
      Odd("no signature", Self.text + "\n— a\n", .badLine(1)),
      Odd("a key id alone", Self.text + "\n— a AAAAAA==\n", .badLine(1)),
      Odd("no padding", Self.text + "\n— a AAAAAAA\n", .badLine(1)),
      Odd("bits that say nothing", Self.text + "\n— a AAAAAAB=\n", .badLine(1)),
      Odd(
        "a hundred and one", Self.text + "\n" + Self.hundred + Self.peterLine, .tooManySignatures),
      Odd("too long", String(repeating: "a\n", count: 500_000) + "\n", .tooLong),
    ])
  func faults(_ odd: Odd) {
    #expect(throws: odd.fault) { try SignedNote(odd.octets) }
  }

  private static let hundred = String(repeating: peterLine, count: 100)

  @Test("a hundred signatures are read, and five octets are one")
  func limits() throws {
    #expect(try Self.note(Self.text + "\n" + Self.hundred).signatures.count == 100)
    #expect(try Self.note(Self.text + "\n— a AAAAAAA=\n").signatures[0].octets == [0])
  }

  // transparency-dev/tessera, testdata/log, commit 1811ae1: the checkpoint of fifteen entries.
  private static let log = "example.com/log/testdata"
  private static let logKey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
  private static let signedCheckpoint = """
    example.com/log/testdata
    15
    rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

    — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=

    """

  @Test("a log's checkpoint is read and believed, and proves an entry in it")
  func checkpoint() throws {
    let note = try Self.note(Self.signedCheckpoint)
    #expect(try note.signers(among: [Self.key(Self.logKey)]).map(\.name) == [Self.log])
    let checkpoint = try #require(Checkpoint(text: note.text))
    #expect(checkpoint.origin == Self.log)
    #expect(checkpoint.size == 15)
    #expect(checkpoint.text == note.text)
    #expect(Checkpoint(file: note.octets) == checkpoint)
    // The proof of entry 6, `seven`, that Go's note and tlog packages accept.
    let proof = [
      "ThcgoV2DYcK+VCxBUDWAlNxmLy2r7dq7dK7+OlgQKWs=",
      "ycRkkNklus5eMVRUvkD1pK321vMrA+jjOiZKU8aOcY4=",
      "zY1lN35vrXYAPixXSd59LsU29xUJtuW4o2dNNg5Y2Co=",
      "5jLpqTgjsBDSEX6SgZiRnbTMdTuRd8bQ5tSsAOxe0Ks=",
    ].map { [UInt8](Data(base64Encoded: $0) ?? Data()) }
    #expect(
      MerkleTree.verifyInclusion(
        leafHash: MerkleTree.leaf(Array("seven".utf8)), index: 6, size: 15, proof: proof,
        root: checkpoint.root))
  }

  @Test("a text that is no checkpoint is told apart from one with lines that others add")
  func checkpointTexts() {
    let root = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="
    #expect(Checkpoint(text: "a\n7\n\(root)\n")?.size == 7)
    #expect(Checkpoint(text: "a\n7\n\(root)\nmore\n")?.size == 7)
    for text in [
      "", "a\n7\n\(root)", "a\n7\n", "\n7\n\(root)\n", "a\n07\n\(root)\n", "a\n+7\n\(root)\n",
      "a\n-7\n\(root)\n", "a\n0\n\(root)\n", "a\n7\nAQ==\n", "a\n7\n\(root.dropLast())\n",
      "a\n7\n\(root)\n\nmore\n", "a\n9223372036854775808\n\(root)\n",
    ] {
      #expect(Checkpoint(text: text) == nil, "\(text)")
    }
  }

  @Test("a file that nobody signed says that it is of a registry; a signed one says whose")
  func files() {
    let root = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="
    #expect(Checkpoint(file: Array("bitim\n7\n\(root)\n".utf8))?.size == 7)
    #expect(Checkpoint(file: Array("өзге\n7\n\(root)\n".utf8)) == nil)
    #expect(Checkpoint(file: Array("өзге\n7\n\(root)\n\n— a AAAAAAA=\n".utf8))?.origin == "өзге")
    #expect(Checkpoint(file: [0xff]) == nil)
  }
}
