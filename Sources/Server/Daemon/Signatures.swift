import BitimDomain
import BitimListener
import BitimServices
import BitimSigning
import BitimStore
import BitimSystem
import BitimTrust
import Foundation

/// Has checkpoints of the journal signed while the server runs, and tells the operator how that goes.
final class Signatures: Sendable {
  /// What it opens besides a reader: the agent's shell and its words, a question's connection and poller, what is
  /// written.
  static let descriptors = 6
  /// How long an agent is waited for; OpenSSH's own answers within a millisecond, a token's with its owner's touch.
  private static let patienceMs = 5_000
  /// How often it is looked whether there is something new, in seconds.
  private static let pause = 5.0

  let signer: LogSigner
  private let own: OwnAgent?
  private let ended = DispatchSemaphore(value: 0)
  private let folder: String
  private let day: @Sendable (Instant) -> CivilDate

  init(_ configuration: Configuration) {
    self.folder = configuration.signing
    self.day = System.day(in: configuration.zone)
    let file = configuration.signedLast
    let clock = System.clock.monotonicNanoseconds
    switch configuration.signer {
    case .none:
      self.own = nil
      self.signer = LogSigner(nil, keeping: file, nanoseconds: clock)
    case .own:
      let own = OwnAgent(in: configuration.signing, patienceMs: Self.patienceMs) { news in
        switch news {
        case .made(let file):
          Log.line(
            .info, "signing-key-made",
            [
              "file": file,
              "next":
                "keep a copy where no backup of the database lies; to move it, give it to another agent and name "
                + "that one with --signer",
            ])
        case .unread(let words):
          Log.line(
            .warning, "signing-key-unread",
            [
              "what": words,
              "next":
                "nothing is signed with it: take its passphrase away (ssh-keygen -p), or move the file elsewhere",
            ])
        }
      }
      self.own = own
      self.signer = LogSigner(own.source, keeping: file, nanoseconds: clock)
    case .agent(let address):
      self.own = nil
      self.signer = LogSigner(
        LogSigner.Source(SigningAgent(at: address, patienceMs: Self.patienceMs)),
        key: configuration.signingKey, keeping: file, nanoseconds: clock)
    }
  }

  /// Begins to look at the journal; nothing waits for it. Nil where nothing is to be signed.
  func begin(_ reader: sending Reader) -> (any DispatchSourceTimer)? {
    guard self.signer.standing.signs else {
      Log.line(.warning, "signing-off", ["what": "nothing is signed (signer = none)"])
      return nil
    }
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bitim.sign"))
    timer.schedule(deadline: .now(), repeating: Self.pause)
    // Used on the timer's queue alone.
    nonisolated(unsafe) let reader = reader
    nonisolated(unsafe) var told: LogSigner.Trouble?
    nonisolated(unsafe) var key: NoteKey?
    timer.setEventHandler {
      do {
        try self.makeFolder()
        try unsafe self.look(reader)
      } catch {
        let words = Told.words(for: error)
        self.signer.fail(.unkept(words))
        Log.seldom(.error, "signing", ["what": words])
        return
      }
      let standing = self.signer.standing
      if let named = standing.newest?.key, unsafe named != key {
        unsafe key = named
        self.tell(named)
        if !standing.isCertified {
          Log.line(
            .warning, "signing-key-uncertified",
            ["next": "two persons certify it: `bitim key add`, then `bitim proposal approve`"])
        }
      }
      guard unsafe standing.trouble != told else { return }
      unsafe told = standing.trouble
      if let trouble = standing.trouble {
        Log.line(.error, "signing-fails", ["what": trouble.description])
      } else {
        Log.line(.info, "signing", ["acts": "\(standing.newest?.checkpoint.size ?? 0)"])
      }
    }
    // What is not signed at the end could be rewritten until the next start.
    timer.setCancelHandler {
      do {
        try unsafe self.look(reader, isLast: true)
      } catch {
        Log.line(.error, "signing", ["what": Told.words(for: error)])
      }
      self.ended.signal()
    }
    timer.resume()
    return timer
  }

  /// Has signed what is new. No snapshot is held while the agent is asked.
  private func look(_ reader: Reader, isLast: Bool = false) throws {
    let now = System.now()
    let (size, keys) = try reader.read {
      (try $0.journalSize(), try LogSigner.keys(in: $0, on: self.day(now)))
    }
    try self.signer.turn(
      size: size, keys: keys, isDue: isLast, atMs: now.unixMilliseconds
    ) { after in try reader.read { try $0.entries(after: after) } }
  }

  /// The folder is the server's user's alone, from when it is made.
  private func makeFolder() throws {
    guard !FileSystem.isThere(self.folder) else { return }
    try FileManager.default.createDirectory(
      atPath: self.folder, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  /// Leaves the key's public half where it can be taken from, and says so.
  private func tell(_ key: NoteKey) {
    let file = self.folder + "/log.vkey"
    let before = (try? FileSystem.octets(of: file, most: 4_096)) ?? nil
    let named = before?.split(separator: 0x0A).first.map { String(decoding: $0, as: UTF8.self) }
    if let named, named != "\(key)" {
      Log.line(.warning, "signing-key-changed", ["before": named, "key": "\(key)"])
    }
    // It is in the log too, and any caller is given it.
    try? PublicFile.replace(file, with: Array("\(key)\n\(key.forCertificates)\n".utf8))
    Log.line(.info, "signing-key", ["key": "\(key)", "file": file])
  }

  /// Has the last acts signed, and ends the agent of the server's own.
  func end(_ timer: (any DispatchSourceTimer)?) {
    if let timer {
      timer.cancel()
      self.ended.wait()
    }
    self.own?.end()
  }
}
