import BitimCrypto
import BitimSystem
package import BitimTrust
import Dispatch
import Glibc
import Synchronization

/// An ssh-agent that is the server's alone, with a key that OpenSSH makes: started when it is first asked for, and
/// again after it failed.
///
/// A shell stands between: it lives as long as our end of its input, which the kernel closes with the server, however
/// that ends, and takes the agent with it. No private key comes here: `ssh-keygen` writes it, `ssh-add` reads it.
package final class OwnAgent: Sendable {
  /// What happened to a key.
  package enum News: Equatable, Sendable {
    /// It was made; its file.
    case made(String)
    /// The agent has not taken it, and has others; its file, and why.
    case unread(String)
  }

  /// What makes a key of that name in the folder: aside, and then linked, since a link is never over another file.
  private static func making(_ name: String) -> String {
    """
    rm -f -- "$folder/log-key.new" "$folder/log-key.new.pub"
    ssh-keygen -q -t ed25519 -N '' -C 'bitim log key' -f "$folder/log-key.new" </dev/null >&2 || exit 1
    sync -- "$folder/log-key.new"
    ln -- "$folder/log-key.new" "$folder/\(name)" || exit 1
    mv -- "$folder/log-key.new.pub" "$folder/\(name).pub"
    rm -f -- "$folder/log-key.new"
    sync -- "$folder"
    """
  }

  /// Makes a key where there is none, starts the agent, gives it the keys, says so, and waits for its end.
  ///
  /// Words: folder, socket, and the keys that are there. Each key is given by itself: one that can't be read keeps no
  /// other back, and what was said of it lies in `said`.
  private static let script = """
    umask 077
    folder=$1 socket=$2
    shift 2
    rm -f -- "$folder"/agent-*.sock
    if [ $# -eq 0 ]; then
      \(making("log-key"))
      set -- "$folder/log-key"
    fi
    ssh-agent -D -a "$socket" </dev/null >/dev/null &
    agent=$!
    trap 'kill "$agent" 2>/dev/null' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    tries=0
    export SSH_AUTH_SOCK="$socket" SSH_ASKPASS=/bin/false SSH_ASKPASS_REQUIRE=force
    until ssh-add -l </dev/null >/dev/null 2>"$folder/said"; do
      if [ $? -eq 1 ]; then break; fi
      if [ "$tries" -ge 200 ] || ! kill -0 "$agent" 2>/dev/null; then
        cat "$folder/said" >&2
        exit 1
      fi
      tries=$((tries + 1))
      sleep 0.05
    done
    : >"$folder/said"
    loaded=0
    for file do
      if words=$(ssh-add -q "$file" </dev/null 2>&1); then
        loaded=1
      else
        printf '%s: %s\\n' "$file" "$(printf '%s' "${words:-ssh-add does not take it}" | tr '\\n' ' ')" >>"$folder/said"
      fi
    done
    if [ "$loaded" -eq 0 ]; then
      cat "$folder/said" >&2
      exit 1
    fi
    echo ready
    read -r end
    exit 0
    """
  private static let ready = Array("ready\n".utf8)
  /// How long starting may take: a machine without randomness makes no key for a while.
  private static let patienceMs = 20_000
  /// How many keys are looked for.
  private static let keysMax = 99

  private struct Running {
    let helper: Helper
    /// Our end of the shell's input.
    let end: Int32
    let agent: SigningAgent
    /// The keys that it was given.
    let files: [String]
  }

  /// The key's file.
  package let keyFile: String
  private let folder: String
  private let patienceMs: Int
  private let tell: @Sendable (News) -> Void
  private let running = Lock<Running?>(nil)
  /// Held by who starts it: a checkpoint and a certificate may be signed at once.
  private let starting = Lock(())

  /// Describes the agent; starts nothing.
  ///
  /// - Parameters:
  ///   - folder: Where its key and its socket lie; made for the server's user alone.
  ///   - patienceMs: How long each question may take.
  ///   - tell: Told when a key was made, and at each start of those that the agent has not taken.
  package init(
    in folder: String, patienceMs: Int, tell: @escaping @Sendable (News) -> Void
  ) {
    self.folder = folder
    self.keyFile = folder + "/log-key"
    self.patienceMs = patienceMs
    self.tell = tell
  }

  /// As ``LogSigner`` asks for it.
  package var source: LogSigner.Source {
    LogSigner.Source(
      { () throws(LogSigner.Trouble) in try self.agent() }, failed: { self.end() })
  }

  /// The files of its keys, the first before those that were made after it.
  private var files: [String] {
    ([self.keyFile] + (2...Self.keysMax).map { "\(self.keyFile)-\($0)" })
      .filter { FileSystem.isThere($0) }
  }

  /// Makes the next key beside those that are there; whoever runs the agent gives it that key too.
  ///
  /// - Returns: Its file, and its public half.
  package func makeNext(
    of log: String
  ) throws(LogSigner.Trouble) -> (file: String, key: NoteKey) {
    try self.refuseOpen(self.folder)
    // Never a name that an earlier key had: its public half may lie there still.
    let free = (2...Self.keysMax).first { number in
      ["", ".pub"].allSatisfy { !FileSystem.isThere("\(self.keyFile)-\(number)\($0)") }
    }
    guard let free else { throw .ownAgent("\(self.folder): has no room for another key") }
    let name = "log-key-\(free)"
    do throws(SocketFailure) {
      let script = "umask 077; folder=$1\n\(Self.making(name))\necho ready"
      let (helper, socket) = try Helper.start(["sh", "-c", script, "bitimd-key", self.folder])
      var wait = try Wait(
        for: Descriptor(owning: socket), until: .now + .milliseconds(Self.patienceMs))
      let isReady = try wait.receive(Self.ready.count) == Self.ready
      close(wait.relinquished())
      helper.end()
      guard isReady else { throw SocketFailure(helper.lastWords(), code: ECHILD) }
    } catch {
      throw .ownAgent("no key was made: \(error.action)")
    }
    let file = "\(self.folder)/\(name)"
    let words = String(
      decoding: ((try? FileSystem.octets(of: file + ".pub", most: 4_096)) ?? nil) ?? [],
      as: UTF8.self
    ).split(separator: " ")
    guard words.count > 1, let blob = StrictBase64.octets(words[1].utf8),
      let octets = AgentMessage.unwrapped(blob), let key = Ed25519PublicKey(octets),
      let named = NoteKey(name: log, publicKey: key)
    else { throw .ownAgent("\(file).pub: is no public key of Ed25519") }
    return (file, named)
  }

  private func agent() throws(LogSigner.Trouble) -> SigningAgent {
    try self.starting.withLock { _ throws(LogSigner.Trouble) in try self.only() }
  }

  private func only() throws(LogSigner.Trouble) -> SigningAgent {
    let files = self.files
    if let running = self.running.withLock({ $0.map { ($0.agent, $0.files) } }) {
      if running.1 == files { return running.0 }
      // A key was made, or taken away.
      self.end()
    }
    try self.refuseOpen(self.folder)
    let isNew = files.isEmpty
    for file in files { try self.refuseOpen(file) }
    // A name of its own: an agent that ends late takes its socket away, and not the next one's.
    let name = Endpoint.randomOctets(4).map { String($0, radix: 16) }.joined()
    let path = "\(self.folder)/agent-\(name).sock"
    guard let address = Address("unix://\(path)") else {
      throw .ownAgent(
        "\(self.folder): its path is too long for a socket (107 octets); name an agent with --signer"
      )
    }
    let started: Running
    do throws(SocketFailure) {
      started = try self.started(address, at: path, files)
    } catch {
      throw .ownAgent("the server's own agent did not start: \(error.action)")
    }
    if isNew { self.tell(.made(self.keyFile)) }
    for line in self.said { self.tell(.unread(line)) }
    self.running.withLock { $0 = started }
    return started.agent
  }

  /// What was said of keys that were not taken: a line each, with the file's name first.
  private var said: [String] {
    let octets = (try? FileSystem.octets(of: self.folder + "/said", most: 65_536)) ?? nil
    return String(decoding: octets ?? [], as: UTF8.self).split(whereSeparator: \.isNewline)
      .map(String.init)
  }

  /// A failure here is of the words that the shell and what it starts left.
  private func started(
    _ address: Address, at path: String, _ files: [String]
  ) throws(SocketFailure) -> Running {
    let (helper, socket) = try Helper.start(
      ["sh", "-c", Self.script, "bitimd-agent", self.folder, path] + files)
    var wait = try Wait(
      for: Descriptor(owning: socket), until: .now + .milliseconds(Self.patienceMs))
    let isReady = try wait.receive(Self.ready.count) == Self.ready
    let isOver = wait.isOver
    let end = wait.relinquished()
    guard isReady else {
      close(end)
      helper.end()
      throw SocketFailure(helper.lastWords(), code: isOver ? ETIMEDOUT : ECHILD)
    }
    return Running(
      helper: helper, end: end,
      agent: SigningAgent(at: address, patienceMs: self.patienceMs),
      files: files.isEmpty ? [self.keyFile] : files)
  }

  /// A key, or a folder of keys, that others can reach is nobody's own.
  private func refuseOpen(_ path: String) throws(LogSigner.Trouble) {
    guard let mode = FileSystem.mode(of: path) else {
      throw .ownAgent("\(path): is not there, or not to be seen")
    }
    guard mode & 0o077 == 0, FileSystem.owner(of: path) == geteuid() else {
      throw .ownAgent(
        "\(path): others can reach it; it is for the server's user alone (chmod go= \(path))")
    }
  }

  /// Ends the agent, if it runs.
  package func end() {
    let running = self.running.withLock { running in
      defer { running = nil }
      return running
    }
    guard let running else { return }
    close(running.end)
    running.helper.end()
  }
}
