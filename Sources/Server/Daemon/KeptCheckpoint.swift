import BitimTrust
import Foundation

/// A checkpoint that somebody kept, as `--checkpoint` and `--trust` name it.
struct KeptCheckpoint {
  let checkpoint: Checkpoint
  /// Whether a key that the operator trusts has signed it: then it says of which log it is.
  let isSigned: Bool

  /// Reads what the options name; nil when they name none.
  ///
  /// - Throws: ``Configuration/Fault``; for a note that is not to be believed, too.
  init?(_ options: [String: String]) throws {
    guard let file = options["checkpoint"] else {
      guard options["trust"] == nil else {
        throw Configuration.Fault(description: "--trust: name what was signed with --checkpoint.")
      }
      return nil
    }
    let octets = try Self.octets(file)
    guard let checkpoint = Checkpoint(file: octets) else {
      throw Configuration.Fault(
        description:
          "\(file): is no checkpoint; `bitim admin journal --checkpoint FILE` writes one.")
    }
    self.checkpoint = checkpoint
    self.isSigned = options["trust"] != nil
    if let trust = options["trust"] { try Self.verify(octets, file, by: trust) }
  }

  private static func octets(_ file: String) throws -> [UInt8] {
    guard let octets = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      throw Configuration.Fault(description: "\(file): can't be read.")
    }
    return [UInt8](octets)
  }

  private static func verify(_ octets: [UInt8], _ file: String, by trust: String) throws {
    guard let keys = NoteKey.keys(file: try Self.octets(trust)) else {
      throw Configuration.Fault(
        description: "\(trust): is no file of keys; it takes a line name+12345678+base64 each.")
    }
    let words: String
    do throws(SignedCheckpoint.Fault) {
      _ = try SignedCheckpoint(octets, by: keys)
      return
    } catch {
      words =
        switch error {
        case .notNote: "is not signed at all"
        case .unsigned: "is signed by none of the keys in \(trust)"
        case .forged(let name): "has a signature of \(name) that does not hold: it was changed"
        case .noCheckpoint: "is signed, and no checkpoint"
        case .otherOrigin(let origin):
          "is signed by a key of another log than its own, \(origin)"
        }
    }
    throw Configuration.Fault(description: "\(file): \(words). Nothing was done.")
  }
}
