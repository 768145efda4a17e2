/// How much each end of a connection may send, and what waits to be sent: a value, the same at both
/// ends.
///
/// Messages wait here by stream and leave in turn, one of each. Between extended peers they leave
/// as the other end gives credit, which counts data frames whole, headers included; a stock peer
/// gives none, and is bounded by what waits for a reader here. What a frame of the other end costs is
/// the same whatever is open. Identifiers only: no socket, clock or task. Source:
/// `schema/PROTOCOL.md`, "Flow control".
public struct FlowControl: Sendable {
  /// How many octets an end takes before it gives credit.
  public struct Windows: Equatable, Sendable {
    /// On one stream.
    public var stream: Int
    /// On all streams of the connection together.
    public var connection: Int

    /// Describes windows.
    public init(stream: Int, connection: Int) {
      self.stream = stream
      self.connection = connection
    }

    /// What each end may send before the other has said anything.
    public static let least = Windows(stream: 256 << 10, connection: 1 << 20)
  }

  /// The other end sent without credit, or gave more than there can be.
  public struct Overdrawn: Error, Equatable, Sendable {}

  /// The most credit there can be, in octets.
  public static let creditMax = 0x7FFF_FFFF
  /// How many messages of a stock peer may wait for one reader.
  public static let messagesMax = 64
  /// How many octets of a stock peer may wait for one reader.
  public static let octetsMax = 1 << 20
  /// How many octets of a stock peer may wait for all readers of a connection together.
  public static let connectionOctetsMax = 16 << 20

  private struct Lane {
    var sendCredit: Int
    var receiveCredit: Int
    /// Taken by the reader, and not given back as credit yet.
    var unreturned = 0
    /// What the reader has not taken.
    var untaken = 0
    var untakenMessages = 0
    var waiting = Queue<[UInt8]>()
    /// Whether what arrives is dropped.
    var isDeaf = false
    /// The last frame, to go behind what waits.
    var end: [UInt8]?
    var isInTurn = false
  }

  /// Whether credit counts: the other end is, or may be, extended.
  public private(set) var isCounting: Bool
  private var ours: Windows
  private var theirs: Windows
  private var lanes: [UInt32: Lane] = [:]
  /// Streams that have a message to send and credit of their own for it, in their turn; those that
  /// have ended since are passed over.
  private var turn = Queue<UInt32>()
  /// Streams of which nothing but the end is left, which needs no credit.
  private var ends = Queue<UInt32>()
  private var sendCredit: Int
  private var receiveCredit: Int
  private var unreturned = 0
  private var untaken = 0
  /// How much memory messages take that wait to be sent, on all streams.
  private var waitingOctets = 0
  /// Streams of a stock peer whose reader is so far behind that no more is taken.
  public private(set) var full: Set<UInt32> = []
  /// Frames that go before all others: they need neither credit nor a turn.
  private var ahead: [UInt8] = []

  /// Starts with nothing sent.
  ///
  /// - Parameters:
  ///   - ours: What this end takes.
  ///   - theirs: What the other end takes.
  public init(ours: Windows = .least, theirs: Windows = .least, isCounting: Bool = false) {
    self.ours = ours
    self.theirs = theirs
    self.isCounting = isCounting
    self.sendCredit = theirs.connection
    self.receiveCredit = ours.connection
  }

  /// The other end turned out to be a stock peer: nothing is counted any more.
  public mutating func stopCounting() {
    self.isCounting = false
    for stream in self.lanes.keys { self.enter(stream) }
  }

  /// The other end takes more than was known.
  public mutating func raise(to windows: Windows) {
    let more = windows.stream - self.theirs.stream
    self.sendCredit += windows.connection - self.theirs.connection
    self.theirs = windows
    for stream in self.lanes.keys {
      self.lanes[stream]?.sendCredit += more
      self.enter(stream)
    }
  }

  /// A stream carries messages from now on.
  public mutating func open(_ stream: UInt32) {
    self.lanes[stream] = Lane(sendCredit: self.theirs.stream, receiveCredit: self.ours.stream)
  }

  /// A stream is over, whatever waits: its reader takes nothing more.
  public mutating func close(_ stream: UInt32) {
    guard let lane = self.lanes.removeValue(forKey: stream) else { return }
    self.full.remove(stream)
    self.waitingOctets -= lane.waiting.elements.reduce(0) { $0 + $1.capacity }
    self.untaken -= lane.untaken
    self.giveBack(lane.untaken)
  }

  /// A stream's reader takes nothing more, while messages may wait to be sent yet.
  public mutating func stopReceiving(_ stream: UInt32) {
    guard let lane = self.lanes[stream] else { return }
    self.full.remove(stream)
    self.lanes[stream]?.isDeaf = true
    self.lanes[stream]?.untaken = 0
    self.untaken -= lane.untaken
    self.giveBack(lane.untaken)
  }

  /// How many streams are open.
  public var openCount: Int { self.lanes.count }

  /// How many places in the turn are kept, those of ended streams that nobody has passed over yet
  /// included.
  public var placeCount: Int { self.turn.count }

  /// How many octets are kept here: messages that wait to be sent or read, and what goes before them.
  public var held: Int { self.waitingOctets + self.untaken + self.ahead.count }

  // Sending.

  /// Frames that need neither credit nor a turn are to be sent before all that waits.
  public mutating func offer(ahead frames: [UInt8]) { self.ahead += frames }

  /// A frame of the extensions is to be sent before all that waits.
  public mutating func say(_ frame: ExtensionFrame) { self.offer(ahead: frame.octets) }

  /// Whether frames wait that go before all others.
  public var hasAhead: Bool { !self.ahead.isEmpty }

  /// A data frame is to be sent in its stream's turn.
  public mutating func offer(_ frame: [UInt8], on stream: UInt32) {
    guard self.lanes[stream] != nil else { return }
    self.lanes[stream]?.waiting.append(frame)
    self.waitingOctets += frame.capacity
    self.enter(stream)
  }

  /// The stream's last frame is to be sent behind what waits; it needs no credit.
  public mutating func offer(last frame: [UInt8], on stream: UInt32) {
    self.lanes[stream]?.end = frame
    self.enter(stream)
  }

  /// What may be sent now.
  public struct Departing: Equatable, Sendable {
    /// The stream; 0 for what goes before all others.
    public let stream: UInt32
    /// A frame; whole frames of any number for what goes before all others.
    public let octets: [UInt8]
    /// Whether it was the stream's last one.
    public let isLast: Bool

    /// Describes a frame.
    public init(stream: UInt32, octets: [UInt8], isLast: Bool) {
      self.stream = stream
      self.octets = octets
      self.isLast = isLast
    }
  }

  /// What goes before all others, or the next frame in turn; nil while nothing waits that has credit.
  public mutating func next() -> Departing? {
    if self.hasAhead {
      defer { self.ahead = [] }
      return Departing(stream: 0, octets: self.ahead, isLast: false)
    }
    while let stream = self.ends.popFirst() {
      guard let frame = self.lanes[stream]?.end.take() else { continue }
      self.lanes[stream]?.isInTurn = false
      return Departing(stream: stream, octets: frame, isLast: true)
    }
    // Without credit of the connection the streams keep their turn: credit need not look for them.
    while !self.isCounting || self.sendCredit > 0, let stream = self.turn.popFirst() {
      guard let frame = self.lanes[stream]?.waiting.popFirst() else { continue }
      self.lanes[stream]?.isInTurn = false
      self.waitingOctets -= frame.capacity
      if self.isCounting {
        self.lanes[stream]?.sendCredit -= frame.count
        self.sendCredit -= frame.count
      }
      self.enter(stream)
      return Departing(stream: stream, octets: frame, isLast: false)
    }
    return nil
  }

  /// Gives a stream its place in the turn, if it has something to send and credit of its own.
  private mutating func enter(_ stream: UInt32) {
    guard let lane = self.lanes[stream], !lane.isInTurn else { return }
    if lane.waiting.isEmpty {
      guard lane.end != nil else { return }
      self.ends.append(stream)
    } else {
      guard !self.isCounting || lane.sendCredit > 0 else { return }
      self.turn.append(stream)
      self.forgetEnded()
    }
    self.lanes[stream]?.isInTurn = true
  }

  /// Drops the places of streams that have ended, when they are more than half: a peer that opens
  /// and leaves streams without giving credit must not make them pile up.
  private mutating func forgetEnded() {
    guard self.turn.count > 2 * self.lanes.count + 64 else { return }
    self.turn.keep { self.lanes[$0] != nil }
  }

  /// The other end gave credit.
  ///
  /// - Throws: ``Overdrawn`` when it would be more than there can be.
  public mutating func credited(_ octets: UInt32, on stream: UInt32) throws(Overdrawn) {
    if stream == 0 {
      self.sendCredit += Int(octets)
      guard self.sendCredit <= Self.creditMax else { throw Overdrawn() }
      return
    }
    // A stream that has ended needs none: the two crossed.
    guard self.lanes[stream] != nil else { return }
    self.lanes[stream]?.sendCredit += Int(octets)
    guard self.lanes[stream]?.sendCredit ?? 0 <= Self.creditMax else { throw Overdrawn() }
    self.enter(stream)
  }

  // Receiving.

  /// A data frame with a message, of so many octets with its header, arrived; `stream` may have
  /// ended. Frames that carry no message need no credit, and are not told here.
  ///
  /// - Parameter isTaken: Whether a reader gets the message.
  /// - Throws: ``Overdrawn`` when the other end had no credit for it.
  public mutating func received(
    _ octets: Int, on stream: UInt32, isTaken: Bool
  ) throws(Overdrawn) {
    if self.isCounting {
      guard self.receiveCredit > 0 else { throw Overdrawn() }
      self.receiveCredit -= octets
    }
    guard var lane = self.lanes[stream], !lane.isDeaf else { return self.giveBack(octets) }
    if self.isCounting {
      guard lane.receiveCredit > 0 else { throw Overdrawn() }
      lane.receiveCredit -= octets
    }
    if isTaken {
      lane.untaken += octets
      lane.untakenMessages += 1
      self.untaken += octets
      let isFull =
        lane.untakenMessages >= Self.messagesMax || lane.untaken >= Self.octetsMax
        || self.untaken >= Self.connectionOctetsMax
      if isFull, !self.isCounting { self.full.insert(stream) }
    }
    self.lanes[stream] = lane
    if !isTaken { self.giveBack(octets, on: stream) }
  }

  /// The reader of a stream took messages of so many octets, headers included.
  public mutating func taken(_ octets: Int, messages: Int, on stream: UInt32) {
    guard var lane = self.lanes[stream], !lane.isDeaf else { return }
    // The message that came in the request itself was no data frame, and took no credit.
    let octets = min(octets, lane.untaken)
    lane.untaken -= octets
    self.untaken -= octets
    lane.untakenMessages = max(0, lane.untakenMessages - messages)
    if lane.untakenMessages < Self.messagesMax / 2, lane.untaken < Self.octetsMax / 2 {
      self.full.remove(stream)
    }
    self.lanes[stream] = lane
    self.giveBack(octets, on: stream)
  }

  /// Counts octets that nobody holds any more towards the next credit of a stream and of the
  /// connection.
  private mutating func giveBack(_ octets: Int, on stream: UInt32) {
    self.lanes[stream]?.unreturned += octets
    if self.isCounting, let due = self.lanes[stream]?.unreturned, due >= self.ours.stream / 2 {
      self.lanes[stream]?.receiveCredit += due
      self.lanes[stream]?.unreturned = 0
      self.say(.credit(stream: stream, octets: UInt32(due)))
    }
    self.giveBack(octets)
  }

  /// Counts octets that nobody holds any more towards the connection's next credit.
  private mutating func giveBack(_ octets: Int) {
    guard self.isCounting else { return }
    self.unreturned += octets
    guard self.unreturned >= self.ours.connection / 2 else { return }
    self.receiveCredit += self.unreturned
    self.say(.credit(stream: 0, octets: UInt32(self.unreturned)))
    self.unreturned = 0
  }

  /// Whether reading must wait until a reader here takes what it has: a stock peer can't be told to
  /// send less on one stream.
  public var isBlocked: Bool { !self.full.isEmpty }
}

/// What waits, the oldest first; taking one does not move the others.
struct Queue<Element: Sendable>: Sendable {
  private var places: [Element?] = []
  private var first = 0

  var isEmpty: Bool { self.first == self.places.count }
  var count: Int { self.places.count - self.first }
  var elements: [Element] { self.places[self.first...].compactMap(\.self) }

  mutating func append(_ element: Element) { self.places.append(element) }

  mutating func popFirst() -> Element? {
    guard !self.isEmpty else { return nil }
    let element = self.places[self.first].take()
    self.first += 1
    // Moved when half of it is gone: each element is moved twice at most.
    if self.first == self.places.count || (self.first >= 64 && 2 * self.first >= self.places.count)
    {
      self.places.removeFirst(self.first)
      self.first = 0
    }
    return element
  }

  mutating func keep(_ isKept: (Element) -> Bool) {
    self.places = self.places[self.first...].filter { $0.map(isKept) ?? false }
    self.first = 0
  }
}
