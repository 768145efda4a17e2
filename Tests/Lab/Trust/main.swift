// trust-lab: what is signed and verified here, for judges that are not ours.
//
//     agent-keys SOCKET                   each key in hexadecimal, and its comment
//     agent-sign SOCKET KEY < MESSAGE     the signature in hexadecimal
//     vkey NAME KEY                       the key as C2SP's signed notes name it
//     note-sign SOCKET VKEY < TEXT        the note
//     note-open VKEY... < NOTE            who has signed it, then its text
//     proof-open VKEY ENTRY < FILE        the checkpoint of the log that has the entry, by a proof in a file
//     chain LOG VKEY < NOTE               the keys that are believed of a log by one key and one note
//     tree < QUESTIONS                    `leaf HEX`, `root N`, `inclusion I N`, `consistency M N`
import BitimCrypto
import BitimSigning
import BitimSystem
import BitimTrust
import Foundation

/// What a judge asked for wrongly.
struct Usage: Error {}

/// How long an agent is waited for.
let patienceMs = 1_000

func publicKey(_ hex: String) throws -> Ed25519PublicKey {
  guard let octets = Hex.octets(hex), let key = Ed25519PublicKey(octets) else { throw Usage() }
  return key
}

func agent(_ socket: String) -> SigningAgent {
  SigningAgent(at: .unix(path: socket), patienceMs: patienceMs)
}

func proof(_ hashes: [[UInt8]]?) -> String {
  hashes?.map { Hex.text($0) }.joined(separator: " ") ?? "none"
}

let input = { [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }

do {
  let words = Array(CommandLine.arguments.dropFirst())
  switch (words.first, words.count) {
  case ("agent-keys", 2):
    for key in try agent(words[1]).keys() {
      print(Hex.text(key.publicKey.octets), key.comment)
    }
  case ("agent-sign", 3):
    print(Hex.text(try agent(words[1]).signature(of: input(), by: try publicKey(words[2]))))
  case ("vkey", 3):
    guard let key = NoteKey(name: words[1], publicKey: try publicKey(words[2])) else {
      throw Usage()
    }
    print(key)
  case ("note-sign", 3):
    guard let key = NoteKey(words[2]),
      var note = SignedNote(text: String(decoding: input(), as: UTF8.self))
    else { throw Usage() }
    note.add(try agent(words[1]).signature(of: note.message, by: key.publicKey), by: key)
    FileHandle.standardOutput.write(Data(note.octets))
  case ("note-open", 2...):
    let note = try SignedNote(input())
    for signer in try note.signers(among: words.dropFirst().compactMap(NoteKey.init)) {
      print(signer.name)
    }
    print(note.text, terminator: "")
  case ("proof-open", 3):
    guard let key = NoteKey(words[1]), let entry = Hex.octets(words[2]) else { throw Usage() }
    print(try ProofFile(input()).shown(entry: entry, by: [key]).text, terminator: "")
  case ("chain", 3):
    guard let key = NoteKey(words[2]) else { throw Usage() }
    let chain = KeyChain(log: words[1], pinned: [key], notes: [input()])
    for link in chain.links { print(link.key) }
  case ("tree", 1):
    var tree = TreeHashes()
    while let line = readLine() {
      let question = line.split(separator: " ")
      let numbers = question.dropFirst().compactMap { UInt64($0) }
      switch (question.first, numbers.count) {
      case ("leaf", _): tree.append(Hex.octets(question.last ?? "") ?? [])
      case ("root", 1): print(Hex.text(TreeProof.root(of: numbers[0], tree.complete)))
      case ("inclusion", 2):
        print(proof(TreeProof.inclusion(of: numbers[0], in: numbers[1], tree.complete)))
      case ("consistency", 2):
        print(proof(TreeProof.consistency(of: numbers[0], in: numbers[1], tree.complete)))
      default: throw Usage()
      }
    }
  default: throw Usage()
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
