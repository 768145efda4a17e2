import BitimProtocol

@testable import BitimClient
@testable import BitimListener

/// Chance that a seed repeats exactly (SplitMix64).
struct SeededChance: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { self.state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    self.state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = self.state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}

/// A call as its caller sees it.
struct CallerView {
  let shape: MethodDescriptor.Shape
  var sent = 0
  var isSending: Bool
  var received = 0
  /// What waits for its reader: octets of each message.
  var unread: [Int] = []
  var ends = 0
  var isCancelled = false
}

/// A call as its handler sees it.
struct HandlerView {
  let shape: MethodDescriptor.Shape
  var received = 0
  var unread: [Int] = []
  var hasAll: Bool
  var sent = 0
}

/// Client and server joined by a link that lives in memory: it splits and delays what goes over it,
/// and breaks when chance says so. What must always hold is checked at every step.
struct World {
  var chance: SeededChance
  var client: ClientMachine
  var server = ConnectionMachine()
  var toServer: [UInt8] = []
  var toClient: [UInt8] = []
  var callers: [UInt32: CallerView] = [:]
  var handlers: [UInt32: HandlerView] = [:]
  var faults: [String] = []
  var now: Int64 = 0
  let messageMax: Int
  private var hasFailedCall = false

  init(seed: UInt64) {
    var chance = SeededChance(seed: seed)
    let isPlain = chance.one(in: 4)
    let features = chance.one(in: 4) ? ["credit"] : Extensions.all.named
    var hello = Extensions.hello(agent: "simulation", windows: .least)
    hello.features = features
    self.client = ClientMachine(hello: isPlain ? nil : hello, now: 0)
    self.messageMax = [10, 5_000, 200_000].randomElement(using: &chance) ?? 10
    self.chance = chance
  }

  mutating func check(_ holds: Bool, _ what: String) { if !holds { self.faults.append(what) } }

  // What may happen.

  mutating func step() {
    self.now += 1_000_000
    switch Int.random(in: 0..<12, using: &self.chance) {
    case 0: self.open()
    case 1, 2: self.say()
    case 3: if self.chance.one(in: 3) { self.closeOrCancel() }
    case 4: self.readAtClient()
    case 5: self.readAtServer()
    case 6, 7: self.answer()
    case 8: if self.chance.one(in: 2) { self.finish() }
    case 9: self.carry(toServer: true)
    case 10: self.carry(toServer: false)
    default: self.pump()
    }
  }

  mutating func open() {
    guard self.client.mayOpen, self.callers.count < 60 else { return }
    let shapes: [MethodDescriptor.Shape] = [.unary, .serverStream, .clientStream, .bidirectional]
    let shape = shapes.randomElement(using: &self.chance) ?? .unary
    var request = Ttrpc.Request()
    request.service = "simulation"
    request.method = "\(shape)"
    guard let stream = self.client.open(request.encoded, shape) else { return }
    self.callers[stream] = CallerView(shape: shape, isSending: shape.clientStreams)
  }

  private mutating func message(_ number: Int, on stream: UInt32) -> [UInt8] {
    let count = Int.random(in: 4...max(4, self.messageMax), using: &self.chance)
    var octets = [UInt8](repeating: 7, count: count)
    for place in 0..<4 { octets[place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
    return DataFrame.message(octets: octets, stream: stream)
  }

  private mutating func pick(_ streams: [UInt32]) -> UInt32? {
    streams.sorted().randomElement(using: &self.chance)
  }

  private mutating func say() {
    let open = self.callers.filter {
      $0.value.isSending && $0.value.ends == 0 && !$0.value.isCancelled
    }
    guard let stream = self.pick(Array(open.keys)), let call = self.callers[stream] else { return }
    let frame = self.message(call.sent, on: stream)
    if self.client.send(frame, on: stream) { self.callers[stream]?.sent += 1 }
  }

  private mutating func closeOrCancel() {
    guard let stream = self.pick(self.callers.filter { $0.value.ends == 0 }.map(\.key)) else {
      return
    }
    if self.chance.one(in: 4) {
      self.callers[stream]?.isCancelled = true
      self.client.cancel(stream, code: 0)
    } else if self.callers[stream]?.isSending == true {
      self.callers[stream]?.isSending = false
      self.client.closeSending(stream)
    }
  }

  mutating func readAtClient() {
    guard let stream = self.pick(self.callers.filter { !$0.value.unread.isEmpty }.map(\.key)),
      let octets = self.callers[stream]?.unread.removeFirst()
    else { return }
    self.client.taken(octets, messages: 1, on: stream)
  }

  mutating func readAtServer() {
    guard let stream = self.pick(self.handlers.filter { !$0.value.unread.isEmpty }.map(\.key)),
      let octets = self.handlers[stream]?.unread.removeFirst()
    else { return }
    self.server.taken(octets, messages: 1, on: stream)
  }

  private mutating func answer() {
    let streaming = self.handlers.filter { $0.value.shape.serverStreams }
    guard let stream = self.pick(Array(streaming.keys)), let call = self.handlers[stream] else {
      return
    }
    self.server.offer(self.message(call.sent, on: stream), on: stream)
    self.handlers[stream]?.sent += 1
  }

  /// A handler ends: early, late, well or not.
  mutating func finish() {
    guard let stream = self.pick(Array(self.handlers.keys)) else { return }
    self.handlers[stream] = nil
    let isWell = !self.chance.one(in: 4)
    self.server.finish(
      stream, isWell ? .success([1, 2, 3]) : .failure(Status(.aborted, "asked to fail")), .init())
  }

  // The link.

  mutating func pump() {
    while let departing = self.client.nextFrame() { self.toServer += departing.octets }
    while let departing = self.server.nextFrame() { self.toClient += departing.octets }
  }

  /// Carries some of what is on its way; cut anywhere.
  mutating func carry(toServer: Bool) {
    let waiting = toServer ? self.toServer.count : self.toClient.count
    guard waiting > 0 else { return }
    let most = self.chance.one(in: 3) ? min(waiting, 12) : waiting
    let count = Int.random(in: 1...most, using: &self.chance)
    if toServer {
      self.serverInput += self.toServer.prefix(count)
      self.toServer.removeFirst(count)
      self.readFrames()
    } else {
      self.clientInput += self.toClient.prefix(count)
      self.toClient.removeFirst(count)
      self.readAnswers()
    }
  }

  private var serverInput: [UInt8] = []
  private var clientInput: [UInt8] = []

  private mutating func readFrames() {
    var at = 0
    let input = self.serverInput
    while !self.server.isBlocked, let header = FrameHeader(peeking: input.span, at: at) {
      let start = at + FrameHeader.octetCount
      let end = start + Int(header.length)
      guard end <= input.count else { break }
      let data = Array(input[start..<end])
      switch self.server.headerArrived(header) {
      case .request: self.request(header, data)
      case .message: self.deliver(data, on: header.stream)
      case .lastMessage:
        self.deliver(data, on: header.stream)
        self.handlers[header.stream]?.hasAll = true
      case .end: self.handlers[header.stream]?.hasAll = true
      case .extended: self.extended(header, data)
      case .ignore: break
      case .refuse(let status): self.check(false, "refused \(header): \(status.message)")
      case .close: self.check(false, "closed at \(header)")
      }
      at = end
    }
    self.serverInput.removeFirst(at)
  }

  private mutating func request(_ header: FrameHeader, _ data: [UInt8]) {
    let envelope = try? Ttrpc.Request(decoding: data)
    switch self.server.requestArrived(on: header.stream) {
    case .start: break
    case .refuse(let status):
      self.toClient += ResponseFrame.failure(stream: header.stream, status: status)
      return
    case .close: return self.check(false, "an id in use")
    }
    if envelope?.service == BitimRpcV1.Connection.name {
      let hello = try? BitimRpcV1.Hello(decoding: envelope?.payload ?? [])
      guard let hello, let reply = try? self.server.helloArrived(hello, agent: "server") else {
        return self.check(false, "Hello was refused")
      }
      self.toClient += ResponseFrame.success(stream: header.stream, payload: reply.encoded) ?? []
      return
    }
    let shape = self.callers[header.stream]?.shape ?? .unary
    let isOpen = header.flags & FrameHeader.Flag.remoteOpen != 0
    self.server.began(
      header.stream, shape, octets: Int(header.length), mayReceive: isOpen)
    self.handlers[header.stream] = HandlerView(shape: shape, hasAll: !isOpen)
  }

  private mutating func deliver(_ data: [UInt8], on stream: UInt32) {
    guard let call = self.handlers[stream] else { return }
    self.check(Self.number(of: data) == call.received, "a message lost or doubled on its way up")
    self.handlers[stream]?.received += 1
    self.handlers[stream]?.unread.append(data.count + FrameHeader.octetCount)
  }

  private static func number(of data: [UInt8]) -> Int {
    (0..<4).reduce(0) { $0 | Int(data[$1]) << (8 * $1) }
  }

  private mutating func extended(_ header: FrameHeader, _ data: [UInt8]) {
    switch self.server.extensionArrived(header, data.span, now: self.now) {
    case .none: break
    case .close: self.check(false, "closed at an extension's frame \(header)")
    case .cancel(let stream):
      self.handlers[stream] = nil
      if self.server.answered(stream) {
        self.toClient += ResponseFrame.failure(
          stream: stream, status: Status(.cancelled, "the caller cancelled"))
      }
    }
  }

  private mutating func readAnswers() {
    var at = 0
    let input = self.clientInput
    while !self.client.flow.isBlocked, let header = FrameHeader(peeking: input.span, at: at) {
      let start = at + FrameHeader.octetCount
      let end = start + Int(header.length)
      guard end <= input.count else { break }
      if let fault = self.client.frameArrived(
        header, Array(input[start..<end]).span, now: self.now)
      {
        self.check(false, fault)
      }
      for event in self.client.takeEvents() { self.happened(event) }
      at = end
    }
    self.clientInput.removeFirst(at)
  }

  private mutating func happened(_ event: ClientMachine.Event) {
    switch event {
    case .greeted: break
    case .message(let stream, let data):
      let call = self.callers[stream]
      self.check(call?.ends == 0, "a message after the end")
      self.check(
        Self.number(of: data) == call?.received, "a message lost or doubled on its way down")
      self.callers[stream]?.received += 1
      self.callers[stream]?.unread.append(data.count + FrameHeader.octetCount)
    case .ended(let stream, _):
      self.callers[stream]?.ends += 1
      self.check(self.callers[stream]?.ends == 1, "a second end")
      self.check(self.callers[stream]?.isCancelled == false, "an end for who does not wait")
      self.callers[stream]?.isSending = false
    }
  }

  // The end.

  /// Lets everything come to its end, without chance.
  mutating func settle() {
    for _ in 0..<20_000 {
      for (stream, call) in self.callers where call.isSending {
        self.callers[stream]?.isSending = false
        self.client.closeSending(stream)
      }
      while self.handlers.values.contains(where: { !$0.unread.isEmpty }) { self.readAtServer() }
      while self.callers.values.contains(where: { !$0.unread.isEmpty }) { self.readAtClient() }
      self.pump()
      if !self.toServer.isEmpty { self.carry(toServer: true) }
      if !self.toClient.isEmpty { self.carry(toServer: false) }
      // What was kept back while a reader was behind.
      self.readFrames()
      self.readAnswers()
      if self.pending == 0 {
        self.finish()
        self.pump()
        let isRead = self.callers.values.allSatisfy { $0.unread.isEmpty }
        if self.pending == 0, self.handlers.isEmpty, isRead { break }
      }
    }
    self.check(self.pending == 0, "octets that nobody takes: a hang")
    for (stream, call) in self.callers where !call.isCancelled {
      self.check(call.ends == 1, "call \(stream), \(call.shape): \(call.ends) ends")
    }
    self.check(self.server.running.isEmpty, "calls that run on at the server")
    self.check(self.client.isIdle, "calls that run on at the client")
    self.check(self.client.flow.openCount == 0, "streams left open at the client")
    self.check(self.server.flow.openCount == 0, "streams left open at the server")
  }

  private var pending: Int {
    self.toServer.count + self.toClient.count + self.serverInput.count + self.clientInput.count
  }
}
