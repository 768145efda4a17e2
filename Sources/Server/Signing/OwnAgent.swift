import BitimSystem
import Dispatch
import Glibc
import Synchronization

/// An ssh-agent that is the server's alone, with a key that OpenSSH makes: started when it is first asked for, and
/// again after it failed.
///
/// A shell stands between: it lives as long as our end of its input, which the kernel closes with the server, however
/// that ends, and takes the agent with it. No private key comes here: `ssh-keygen` writes it, `ssh-add` reads it.
package final class OwnAgent: Sendable {
  /// Makes the key where there is none, starts the agent, gives it the key, says so, and waits for its end.
  ///
  /// The key is made aside and linked: a link is never over another file. Words: folder, socket, comment.
  private static let script = """
    umask 077
    rm -f -- "$1"/agent-*.sock
    if [ ! -e "$1/log-key" ]; then
      rm -f -- "$1/log-key.new" "$1/log-key.new.pub"
      ssh-keygen -q -t ed25519 -N '' -C "$3" -f "$1/log-key.new" </dev/null >&2 || exit 1
      sync -- "$1/log-key.new"
      ln -- "$1/log-key.new" "$1/log-key" || exit 1
      mv -- "$1/log-key.new.pub" "$1/log-key.pub"
      rm -f -- "$1/log-key.new"
      sync -- "$1"
    fi
    ssh-agent -D -a "$2" </dev/null >/dev/null &
    agent=$!
    trap 'kill "$agent" 2>/dev/null' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    tries=0
    until SSH_AUTH_SOCK="$2" SSH_ASKPASS=/bin/false SSH_ASKPASS_REQUIRE=force \\
      ssh-add -q "$1/log-key" </dev/null 2>"$1/said" >&2; do
      if [ $? -ne 2 ] || [ "$tries" -ge 200 ] || ! kill -0 "$agent" 2>/dev/null; then
        cat "$1/said" >&2
        exit 1
      fi
      tries=$((tries + 1))
      sleep 0.05
    done
    echo ready
    read -r end
    exit 0
    """
  private static let ready = Array("ready\n".utf8)
  /// How long starting may take: a machine without randomness makes no key for a while.
  private static let patienceMs = 20_000

  private struct Running {
    let helper: Helper
    /// Our end of the shell's input.
    let end: Int32
    let agent: SigningAgent
  }

  /// The key's file.
  package let keyFile: String
  private let folder: String
  private let patienceMs: Int
  private let made: @Sendable (_ keyFile: String) -> Void
  private let running = Lock<Running?>(nil)
  /// Held by who starts it: a checkpoint and a certificate may be signed at once.
  private let starting = Lock(())

  /// Describes the agent; starts nothing.
  ///
  /// - Parameters:
  ///   - folder: Where its key and its socket lie; made for the server's user alone.
  ///   - patienceMs: How long each question may take.
  ///   - made: Told when a key was made.
  package init(
    in folder: String, patienceMs: Int, made: @escaping @Sendable (_ keyFile: String) -> Void
  ) {
    self.folder = folder
    self.keyFile = folder + "/log-key"
    self.patienceMs = patienceMs
    self.made = made
  }

  /// As ``LogSigner`` asks for it.
  package var source: LogSigner.Source {
    LogSigner.Source(
      { () throws(LogSigner.Trouble) in try self.agent() }, failed: { self.end() })
  }

  private func agent() throws(LogSigner.Trouble) -> SigningAgent {
    try self.starting.withLock { _ throws(LogSigner.Trouble) in try self.only() }
  }

  private func only() throws(LogSigner.Trouble) -> SigningAgent {
    if let agent = self.running.withLock({ $0?.agent }) { return agent }
    try self.refuseOpen(self.folder)
    let isNew = !FileSystem.isThere(self.keyFile)
    if !isNew { try self.refuseOpen(self.keyFile) }
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
      started = try self.started(address, at: path)
    } catch {
      throw .ownAgent("the server's own agent did not start: \(error.action)")
    }
    if isNew { self.made(self.keyFile) }
    self.running.withLock { $0 = started }
    return started.agent
  }

  /// A failure here is of the words that the shell and what it starts left.
  private func started(_ address: Address, at path: String) throws(SocketFailure) -> Running {
    let (helper, socket) = try Helper.start(
      ["sh", "-c", Self.script, "bitimd-agent", self.folder, path, "bitim log key"])
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
      agent: SigningAgent(at: address, patienceMs: self.patienceMs))
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
