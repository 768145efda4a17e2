/// What this library offers in a Hello, and what two ends have agreed on.
public struct Extensions: OptionSet, Sendable {
  /// A set of bits, which nobody else sees.
  public let rawValue: UInt8
  /// The extensions with these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A caller may stop a call.
  public static let cancel = Self(rawValue: 1)
  /// Messages wait for credit.
  public static let credit = Self(rawValue: 2)
  /// An end says before it goes.
  public static let goAway = Self(rawValue: 4)
  /// Either end may ask whether the other is there.
  public static let ping = Self(rawValue: 8)
  /// Streams end with a status and trailers.
  public static let trailers = Self(rawValue: 16)
  /// All of them.
  public static let all: Self = [.cancel, .credit, .goAway, .ping, .trailers]

  /// The version of the extensions.
  public static let version: UInt32 = 1
  private static let names: [(String, Self)] = [
    ("cancel", .cancel), ("credit", .credit), ("goaway", .goAway), ("ping", .ping),
    ("trailers", .trailers),
  ]

  /// The extensions named; names of later versions are passed over.
  ///
  /// Credit goes with cancelling alone: who can't say that it left a call would give it no credit
  /// either, and the other end would keep its messages for ever.
  public init(named names: [String]) {
    self = Self.names.reduce(into: []) { if names.contains($1.0) { $0.insert($1.1) } }
    if !self.contains(.cancel) { self.remove(.credit) }
  }

  /// The names, in their order.
  public var named: [String] { Self.names.filter { self.contains($0.1) }.map(\.0) }

  /// The longest Hello, in octets: it comes before anybody is known.
  public static let helloMax = 4_096
  /// How many calls one connection may have running.
  public static let callsMax = 1_024
  /// The shortest limit of frames a peer may set, in octets.
  public static let frameLeast: UInt32 = 64 << 10

  /// What this library says in a Hello.
  public static func hello(agent: String, windows: FlowControl.Windows) -> BitimRpcV1.Hello {
    var hello = BitimRpcV1.Hello()
    hello.version = Self.version
    hello.features = Self.all.named
    hello.maxFrame = FrameHeader.lengthMax
    hello.maxStreams = UInt32(Self.callsMax)
    hello.streamWindow = UInt32(windows.stream)
    hello.connectionWindow = UInt32(windows.connection)
    hello.agent = agent
    return hello
  }

  /// What this library answers to a Hello.
  public static func reply(
    to hello: BitimRpcV1.Hello, agent: String, windows: FlowControl.Windows
  ) -> BitimRpcV1.HelloReply {
    var reply = BitimRpcV1.HelloReply()
    reply.version = Self.version
    reply.features = Extensions(named: hello.features).named
    reply.maxFrame = FrameHeader.lengthMax
    reply.maxStreams = UInt32(Self.callsMax)
    reply.streamWindow = UInt32(windows.stream)
    reply.connectionWindow = UInt32(windows.connection)
    reply.agent = agent
    return reply
  }

  /// The windows a peer announced; never below what everybody has.
  public static func windows(stream: UInt32, connection: UInt32) -> FlowControl.Windows {
    FlowControl.Windows(
      stream: min(max(Int(stream), FlowControl.Windows.least.stream), FlowControl.creditMax),
      connection: min(
        max(Int(connection), FlowControl.Windows.least.connection), FlowControl.creditMax))
  }

  /// The longest frame a peer takes.
  public static func frameMax(_ announced: UInt32) -> UInt32 {
    announced == 0
      ? FrameHeader.lengthMax : min(max(announced, Self.frameLeast), FrameHeader.lengthMax)
  }
}
