// bench-crypto: what hashing and verifying cost, and verdicts for a judge to compare.
//
// `speed FILE` takes key, signature and message from a file, each in hexadecimal on a line of its own, and
// prints names and microseconds. `verdicts` reads such lines, in threes, and prints 1 or 0 for each three.
import BitimCrypto

/// Microseconds that `body` takes, the best of five rounds.
func microseconds(_ count: Int, _ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  let best = (0..<5).map { _ in clock.measure { for _ in 0..<count { body() } } }.min()
  let (seconds, attoseconds) = (best ?? .zero).components
  return (Double(seconds) * 1e6 + Double(attoseconds) / 1e12) / Double(count)
}

/// Key, signature and message of the next three lines.
func next() -> (key: [UInt8], signature: [UInt8], message: [UInt8])? {
  guard let key = readLine().flatMap(Hex.octets), let signature = readLine().flatMap(Hex.octets),
    let message = readLine().flatMap(Hex.octets)
  else { return nil }
  return (key, signature, message)
}

switch CommandLine.arguments.dropFirst() {
case ["verdicts"]:
  while let (key, signature, message) = next() {
    let holds = Ed25519PublicKey(key)?.verifies(signature, of: message) ?? false
    print(holds ? "1" : "0")
  }
case ["speed"]:
  guard let (octets, signature, message) = next(), let key = Ed25519PublicKey(octets),
    key.verifies(signature, of: message)
  else {
    print("give a key, a signature that holds and its message, a line each")
    break
  }
  let verify = microseconds(2_000) {
    precondition(Ed25519PublicKey(octets)?.verifies(signature, of: message) == true)
  }
  let again = microseconds(2_000) { precondition(key.verifies(signature, of: message)) }
  let block = [UInt8](repeating: 7, count: 16_384)
  let sha256 = microseconds(200) { precondition(SHA256.digest(block).count == 32) }
  let sha512 = microseconds(200) { precondition(SHA512.digest(block).count == 64) }
  print("verify \(verify)")
  print("verify_again \(again)")
  print("sha256_16k \(sha256)")
  print("sha512_16k \(sha512)")
default:
  print("usage: bench-crypto speed|verdicts < LINES")
}
