import BitimSystem
import Foundation

/// `bitimd bridge`: carries octets between standard input and output and the server's Unix socket.
///
/// What `ssh://` addresses start at their other end: OpenSSH knows who logs in, and the socket's
/// permissions say who may. Put `restrict,command="bitimd bridge --listen unix:///run/bitim/s"` before
/// a key in `authorized_keys`, and its holder can do nothing else.
enum Bridge {
  static func run(_ configuration: Configuration) throws {
    let found = configuration.listen.first { if case .unix = $0 { true } else { false } }
    guard let address = found else {
      throw Configuration.Fault(
        description: "bridge: name the server's Unix socket: --listen unix://PATH")
    }
    signal(SIGPIPE, SIG_IGN)
    let socket = try Endpoint.connect(to: address)
    let number = socket.number
    // Waits like a file: each direction has a thread of its own.
    _ = fcntl(number, F_SETFL, 0)
    Thread.detachNewThread {
      Self.copy(from: STDIN_FILENO, to: number)
      // Nothing more will be asked; what was asked is answered yet.
      shutdown(number, Int32(SHUT_WR))
    }
    Self.copy(from: number, to: STDOUT_FILENO)
    withExtendedLifetime(socket) {}
  }

  /// Copies until the source ends or the target takes nothing more.
  private static func copy(from source: Int32, to target: Int32) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(source, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      var sent = 0
      while sent < count {
        let written = unsafe buffer[sent..<count].withUnsafeBytes {
          unsafe write(target, $0.baseAddress, $0.count)
        }
        if written < 0, errno == EINTR { continue }
        if written <= 0 { return }
        sent += written
      }
    }
  }
}
