public import BitimSystem

/// Where a server is, and how it is reached.
///
/// | text | way |
/// |---|---|
/// | `unix:///run/bitim/s` | a Unix socket |
/// | `tcp://127.0.0.1:7443` | TCP, in clear: this machine's own |
/// | `ssh://user@host[:port][/path]` | OpenSSH carries the octets to `bitimd bridge`, to its socket at `/path` |
/// | `tls://host:port[?ca=F&cert=F&key=F&name=N]` | `openssl s_client` carries them over TLS 1.3 |
///
/// A host that is an IPv6 address stands in brackets, as in `tls://[::1]:7443`.
public enum ServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// A socket of this machine.
  case socket(Address)
  /// A login on another machine, and its server's Unix socket; nil for the usual one.
  case ssh(destination: String, port: UInt16?, socket: String?)
  /// A TLS terminator, and whom to believe.
  case tls(host: String, port: UInt16, TLS)

  /// Whom to believe, and who one is.
  public struct TLS: Hashable, Sendable {
    /// A file of the authorities believed; nil for the system's.
    public var authorities: String?
    /// A file with a certificate of one's own; nil to show none.
    public var certificate: String?
    /// A file with its key.
    public var key: String?
    /// The name that the server's certificate must bear; nil for the host's.
    public var name: String?

    /// Believes whom the system believes, and shows nothing.
    public init() {}
  }

  /// Reads an address; nil if the text is none.
  public init?(_ text: String) {
    if text.hasPrefix("ssh://") {
      guard let made = Self.ssh(text.dropFirst("ssh://".count)) else { return nil }
      self = made
    } else if text.hasPrefix("tls://") {
      guard let made = Self.tls(text.dropFirst("tls://".count)) else { return nil }
      self = made
    } else if let address = Address(text) {
      self = .socket(address)
    } else {
      return nil
    }
  }

  private static func ssh(_ rest: Substring) -> ServerAddress? {
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let login = rest[..<slash]
    let path = String(rest[slash...])
    let parts = login.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let (host, port) = Self.place(parts[parts.count - 1]),
      parts.count == 1 || Self.isName(parts[0])
    else { return nil }
    let user = parts.count == 2 ? "\(parts[0])@" : ""
    return .ssh(destination: user + host, port: port, socket: path.count > 1 ? path : nil)
  }

  /// Reads `HOST`, `HOST:PORT`, or either with an IPv6 address in brackets for HOST.
  private static func place(_ text: Substring) -> (host: String, port: UInt16?)? {
    var host = text
    var rest: Substring = ""
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
      guard Self.isIPv6(host) else { return nil }
    } else {
      if let colon = text.firstIndex(of: ":") { (host, rest) = (text[..<colon], text[colon...]) }
      guard Self.isName(host) else { return nil }
    }
    if rest.isEmpty { return (String(host), nil) }
    guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()) else { return nil }
    return (String(host), port)
  }

  /// Whether a text is written as an IPv6 address is.
  private static func isIPv6(_ text: some StringProtocol) -> Bool {
    text.contains(":") && text.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
  }

  /// A host as it stands before a port.
  private static func bracketed(_ host: some StringProtocol) -> String {
    Self.isIPv6(host) ? "[\(host)]" : String(host)
  }

  private static func tls(_ rest: Substring) -> ServerAddress? {
    let halves = rest.split(separator: "?", maxSplits: 1)
    guard let place = halves.first, let (host, port) = Self.place(place), let port
    else { return nil }
    var tls = TLS()
    for pair in halves.count == 2 ? halves[1].split(separator: "&") : [] {
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, !sides[1].isEmpty else { return nil }
      switch sides[0] {
      case "ca": tls.authorities = sides[1]
      case "cert": tls.certificate = sides[1]
      case "key": tls.key = sides[1]
      case "name" where Self.isName(sides[1][...]): tls.name = sides[1]
      default: return nil
      }
    }
    return .tls(host: host, port: port, tls)
  }

  /// Whether a text may be given to a program as a name: it can't be taken for one of its options.
  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "._-:".unicodeScalars.contains(scalar))
    }
  }

  /// The text it is read from.
  public var description: String {
    switch self {
    case .socket(let address): return address.description
    case .ssh(let destination, let port, let socket):
      let parts = destination.split(separator: "@", maxSplits: 1)
      let user = parts.count == 2 ? "\(parts[0])@" : ""
      let host = Self.bracketed(parts.last ?? "")
      return "ssh://\(user)\(host)\(port.map { ":\($0)" } ?? "")\(socket ?? "")"
    case .tls(let host, let port, let tls):
      let pairs = [
        ("ca", tls.authorities), ("cert", tls.certificate), ("key", tls.key), ("name", tls.name),
      ].compactMap { name, value in value.map { "\(name)=\($0)" } }
      return
        "tls://\(Self.bracketed(host)):\(port)\(pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))"
    }
  }

  /// The program that carries the octets, with its arguments; nil for a socket.
  var helper: [String]? {
    switch self {
    case .socket: return nil
    case .ssh(let destination, let port, let socket):
      var words = ["ssh", "-T", "-o", "BatchMode=yes", "-o", "ClearAllForwardings=yes"]
      if let port { words += ["-p", "\(port)"] }
      words += ["--", destination, "bitimd", "bridge"]
      // What stands behind the destination is read by a shell over there.
      if let socket { words += ["--listen", "'unix://\(socket.quotedForShell)'"] }
      return words
    case .tls(let host, let port, let tls):
      var words = [
        "openssl", "s_client", "-quiet", "-nocommands", "-no_ign_eof", "-verify_quiet",
        "-verify_return_error",
      ]
      if Self.isIPv6(host), tls.name == nil {
        // A certificate has addresses apart from names, and none is asked for by its address.
        words += ["-verify_ip", host, "-noservername"]
      } else {
        words += ["-verify_hostname", tls.name ?? host, "-servername", tls.name ?? host]
      }
      if let file = tls.authorities { words += ["-CAfile", file] }
      if let file = tls.certificate { words += ["-cert", file] }
      if let file = tls.key { words += ["-key", file] }
      return words + ["-tls1_3", "-connect", "\(Self.bracketed(host)):\(port)"]
    }
  }

  /// Connects, or starts what does.
  func connect() throws(SocketFailure) -> Transport {
    if case .socket(let address) = self { return try Transport(to: address) }
    let (helper, socket) = try Helper.start(self.helper ?? [])
    return Transport(through: helper, Descriptor(owning: socket))
  }
}

extension BitimClient {
  /// Which version of the programs this is, with the commit where it is known.
  public static var version: String { Version.text }
}

extension String {
  /// The text as it stands between single quotes of a shell.
  fileprivate var quotedForShell: String {
    self.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
