// trust-lab: what is signed and verified here, for judges that are not ours.
//
//     agent-keys SOCKET                   each key in hexadecimal, and its comment
//     agent-sign SOCKET KEY < MESSAGE     the signature in hexadecimal
import BitimCrypto
import BitimSigning
import BitimSystem
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
  default: throw Usage()
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
