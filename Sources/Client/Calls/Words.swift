import BitimClient
import BitimProtocol
import Foundation

/// The words of a command line.
struct Words: Sendable {
  /// A command line, or what it names, that can't be used.
  struct Fault: Error { let text: String }

  enum Command: String { case list, describe, call, trace }
  /// The form of what is printed.
  enum Form: String { case text, json, envelope }

  static let usage = """
    usage: bitim-rpc list [SERVICE]            the services, or a service's calls
           bitim-rpc describe [SYMBOL]         a service, call, message or enum
           bitim-rpc call SERVICE/METHOD       calls it and prints the answers as JSON
           bitim-rpc trace SERVICE/METHOD      the same, with every frame on standard error

      --server ADDRESS     unix:///path, tcp://host:port, ssh://user@host[:port][/socket],
                           tls://host:port[?ca=F&cert=F&key=F&name=N]; else $BITIM_SERVER
      --descriptors FILE   a FileDescriptorSet, from `protoc --include_imports --descriptor_set_out`:
                           for servers that don't describe themselves
      --plain              speaks plain ttrpc; --require-extensions refuses to
      --token-file FILE    who calls
      -d JSON|@FILE|@-     the request; for a stream any number, one after another
      -H KEY:VALUE         a line of metadata; any number of times
      --timeout SECONDS    30 unless told otherwise, none for streams
      --max-messages N     stops a stream, with success, after N answers
      --defaults           shows fields that have their default
      -o text|json|envelope  errors as JSON; the answer with metadata, status and time
      --proto-out DIR      with describe: writes the schema's files, all or SYMBOL's
      --template           with describe METHOD: a request to fill in

    The exit status is 0, 2 for a command line that can't be used, else 64 and gRPC's code.
    """

  private(set) var command: Command?
  private(set) var symbol: String?
  private(set) var asksHelp = false
  private(set) var asksVersion = false
  private(set) var form = Form.text
  private(set) var data: [String] = []
  private(set) var metadata = Metadata()
  private(set) var timeout: Duration?
  private(set) var messagesMax: Int?
  private(set) var showsDefaults = false
  private(set) var isTemplate = false
  private(set) var protoOut: String?
  private var server: String?
  private var descriptors: String?
  private var tokenFile: String?
  private var isPlain = false
  private var requiresExtensions = false

  init(_ words: [String]) throws(Fault) {
    var rest = words[...]
    var positions: [String] = []
    while let word = rest.popFirst() {
      switch word {
      case "--help", "-h": self.asksHelp = true
      case "--version": self.asksVersion = true
      case "--plain": self.isPlain = true
      case "--require-extensions": self.requiresExtensions = true
      case "--defaults": self.showsDefaults = true
      case "--template": self.isTemplate = true
      case "--server", "--descriptors", "--token-file", "-d", "-H", "--timeout", "--max-messages",
        "-o", "--proto-out":
        guard let value = rest.popFirst() else {
          throw Fault(text: "\(word): a value should stand behind it")
        }
        try self.take(word, value)
      default:
        guard !word.hasPrefix("-") else { throw Fault(text: "\(word): there is no such option") }
        positions.append(word)
      }
    }
    guard let first = positions.first else { return }
    guard let command = Command(rawValue: first) else {
      throw Fault(text: "\(first): there is no such command")
    }
    self.command = command
    guard positions.count <= 2 else { throw Fault(text: "\(positions[2]): one word too many") }
    self.symbol = positions.count == 2 ? positions[1] : nil
    let isOfAll = command == .list || (command == .describe && self.protoOut != nil)
    if self.symbol == nil, !isOfAll, !self.asksHelp {
      throw Fault(text: "\(first): of what? See --help")
    }
  }

  private mutating func take(_ option: String, _ value: String) throws(Fault) {
    switch option {
    case "--server": self.server = value
    case "--descriptors": self.descriptors = value
    case "--token-file": self.tokenFile = value
    case "--proto-out": self.protoOut = value
    case "-d": self.data.append(value)
    case "-H":
      let sides = value.split(separator: ":", maxSplits: 1).map(String.init)
      // As elsewhere headers have no case; on the wire they are small.
      guard sides.count == 2, Metadata.isKey(sides[0].lowercased()) else {
        throw Fault(text: "-H \(value): KEY:VALUE, the key of letters, 0-9, _, . and -")
      }
      self.metadata.add(sides[0].lowercased(), sides[1].trimmingCharacters(in: .whitespaces))
    case "--timeout":
      guard let seconds = Double(value), seconds > 0, seconds < 1e9 else {
        throw Fault(text: "--timeout \(value): seconds, above 0")
      }
      self.timeout = .nanoseconds(Int64(seconds * 1e9))
    case "--max-messages":
      guard let count = Int(value), count > 0 else {
        throw Fault(text: "--max-messages \(value): a number from 1")
      }
      self.messagesMax = count
    default:
      guard let form = Form(rawValue: value) else {
        throw Fault(text: "-o \(value): text, json or envelope")
      }
      self.form = form
    }
  }

  /// A client of the server named; nil when none is.
  func client(tap: (@Sendable (TracedFrame) -> Void)? = nil) throws(Fault) -> BitimClient? {
    guard let text = self.server ?? ProcessInfo.processInfo.environment["BITIM_SERVER"] else {
      return nil
    }
    guard let address = ServerAddress(text) else {
      throw Fault(text: "\(text): no address; see --help")
    }
    var settings = BitimClient.Settings()
    if let file = self.tokenFile {
      guard let text = String(validating: try Self.contents(of: file), as: UTF8.self) else {
        throw Fault(text: "\(file): is not UTF-8")
      }
      settings.token = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    settings.isPlain = self.isPlain
    settings.requiresExtensions = self.requiresExtensions
    settings.agent = "bitim-rpc/1"
    settings.tap = tap
    return BitimClient(servers: [address], settings)
  }

  /// The client, which must be there.
  func needed(_ client: BitimClient?) throws(Fault) -> BitimClient {
    guard let client else {
      throw Fault(text: "which server? Say --server, or set BITIM_SERVER")
    }
    return client
  }

  /// What describes the services: the file named, or what the server says of itself.
  func pool(_ client: BitimClient?) async throws -> DescriptorPool {
    if let file = self.descriptors {
      let octets = [UInt8](try Self.contents(of: file))
      do throws(WireFault) {
        return try DescriptorPool(set: octets)
      } catch {
        throw Fault(text: "\(file): is no FileDescriptorSet: \(error)")
      }
    }
    let server = ConnectionClient(try self.needed(client))
    do {
      return try DescriptorPool(files: try await server.describe(.init()).file)
    } catch let failure as CallFailure {
      guard failure.status?.isOfMissingMethod == true else { throw failure }
    }
    do {
      return try await Reflected.pool(of: try self.needed(client))
    } catch let failure as CallFailure {
      guard failure.status?.isOfMissingMethod == true else { throw failure }
      throw Fault(
        text: "the server does not describe itself; give --descriptors FILE, made with\n"
          + "  protoc --include_imports --descriptor_set_out=FILE your.proto")
    }
  }

  /// The words of this program's command line.
  ///
  /// What is not UTF-8 would come to `CommandLine` mended: the kernel has it as it was typed.
  static func typed() throws(Fault) -> [String] {
    let kept = FileManager.default.contents(atPath: "/proc/self/cmdline") ?? Data()
    for (number, word) in kept.split(separator: 0, omittingEmptySubsequences: false).enumerated()
    where String(validating: word, as: UTF8.self) == nil {
      throw Fault(text: "word \(number) of the command line is not UTF-8")
    }
    return Array(CommandLine.arguments.dropFirst())
  }

  static func contents(of file: String) throws(Fault) -> Data {
    if let octets = FileManager.default.contents(atPath: file) { return octets }
    // Foundation's own words would name neither the file nor the reason.
    let why =
      !FileManager.default.fileExists(atPath: file)
      ? "there is no such file" : "it is a folder, or this user may not read it"
    throw Fault(text: "\(file): can't be read: \(why)")
  }
}

extension Status {
  /// Whether the server says that it has no such service or method: which of these it says depends
  /// on who wrote it.
  var isOfMissingMethod: Bool {
    self.code == .unimplemented || self.code == .notFound || self.code == .invalidArgument
  }
}
