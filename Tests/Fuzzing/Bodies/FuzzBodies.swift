// What isn't public is seen in builds for tests and in the fuzzers' own; `swift build -c release`, the first
// thing that a packager types, builds this file too.
#if DEBUG || FUZZING
  import BitimProtocol

  @testable import BitimClient
  @testable import BitimListener

  /// What the fuzzers run, and ordinary tests with the seeds: whatever the octets, none of it may trap,
  /// and what is said of each must hold.
  public enum FuzzBodies {
    /// Headers are read back as they were, and frames of extensions too.
    public static func frames(_ octets: [UInt8]) {
      guard let header = FrameHeader(peeking: octets.span) else { return }
      precondition(header.octets == Array(octets.prefix(FrameHeader.octetCount)))
      let data = Array(
        octets.dropFirst(FrameHeader.octetCount).prefix(Int(min(header.length, 1 << 20))))
      guard data.count == Int(header.length) else { return }
      if let frame = try? ExtensionFrame(header, data.span) {
        guard let again = FrameHeader(peeking: frame.octets.span) else {
          preconditionFailure("a frame without a header")
        }
        let rest = Array(frame.octets.dropFirst(FrameHeader.octetCount))
        precondition((try? ExtensionFrame(again, rest.span)) == frame, "another frame came back")
      }
    }

    /// The envelope that is read in place says what the generated code says.
    public static func envelopes(_ octets: [UInt8]) {
      let whole = try? Ttrpc.Request(decoding: octets)
      guard let placed = try? RequestEnvelope(octets.span) else { return }
      let areNamesText = (try? placed.checkNames(in: octets.span)) != nil
      let pairs = try? placed.pairs(in: octets.span)
      guard let whole, areNamesText else { return }
      precondition(Array(octets[placed.payload]) == whole.payload, "another payload")
      precondition(placed.timeoutNano == whole.timeoutNano, "another timeout")
      precondition(String(decoding: octets[placed.service], as: UTF8.self) == whole.service)
      if whole.metadata.count <= RequestEnvelope.pairsMax {
        precondition(pairs?.pairs == whole.metadata, "other metadata")
      }
    }

    /// What is decoded is encoded so that it is decoded to the same again, and JSON never traps.
    public static func messages(_ octets: [UInt8]) {
      if let sheet = try? BitimV1.VerifyCertificateResponse(decoding: octets) { Self.again(sheet) }
      if let request = try? BitimV1.EnrolTraineesRequest(decoding: octets) { Self.again(request) }
      if let act = try? BitimJournalV1.Act(decoding: octets) { Self.again(act) }
      if let value = try? GoogleProtobuf.Value(decoding: octets) { Self.again(value) }
      let text = String(decoding: octets, as: UTF8.self)
      let reading = JSONReading(passesOverUnknown: true)
      if let read = try? reading.octets(text, as: "bitim.v1.EnrolTraineesRequest") {
        precondition(
          (try? BitimV1.EnrolTraineesRequest(decoding: read)) != nil, "JSON made no message")
      }
      _ = try? reading.octets(text, as: "google.protobuf.Value")
      _ = try? reading.octets(text, as: "google.protobuf.Timestamp")
    }

    private static func again<M: Message>(_ message: M) {
      let encoded = message.encoded
      guard let read = try? M(decoding: encoded) else {
        preconditionFailure("what was encoded can't be decoded")
      }
      // By octets: a NaN is not equal to itself.
      precondition(read.encoded == encoded, "another message came back")
      _ = try? JSONText().text(message)
    }

    /// Both connection machines take any frames in any order.
    public static func machines(_ octets: [UInt8]) {
      guard let first = octets.first else { return }
      let frames = Array(octets.dropFirst())
      if first & 1 == 0 { Self.server(frames, answers: first) } else { Self.client(frames, first) }
    }

    private static func each(_ octets: [UInt8], _ body: (FrameHeader, [UInt8]) -> Bool) {
      var at = 0
      while let header = FrameHeader(peeking: octets.span, at: at) {
        let start = at + FrameHeader.octetCount
        let isTooLong = header.length > FrameHeader.lengthMax
        let end = isTooLong ? start : start + Int(header.length)
        guard end <= octets.count, body(header, Array(octets[start..<end])) else { return }
        at = end
      }
    }

    private static func server(_ octets: [UInt8], answers: UInt8) {
      var machine = ConnectionMachine()
      var now: Int64 = 0
      Self.each(octets) { header, data in
        now += 1_000_000_000
        switch machine.headerArrived(header) {
        case .close: return false
        case .request where header.length <= FrameHeader.lengthMax:
          guard machine.requestArrived(on: header.stream) == .start else { return true }
          if let hello = try? BitimRpcV1.Hello(decoding: data) {
            _ = try? machine.helloArrived(hello, agent: "fuzz")
          }
          let shapes: [MethodDescriptor.Shape] = [
            .unary, .serverStream, .clientStream, .bidirectional,
          ]
          machine.began(
            header.stream, shapes[Int(header.stream / 2 % 4)], octets: data.count,
            mayReceive: header.flags & 2 != 0)
        case .message, .lastMessage:
          if answers & 2 != 0 {
            machine.taken(data.count + FrameHeader.octetCount, messages: 1, on: header.stream)
          }
          machine.offer(DataFrame.message(octets: data, stream: header.stream), on: header.stream)
        case .end: machine.finish(header.stream, .success([]), .init())
        case .refuse: _ = machine.answered(header.stream)
        case .extended:
          switch machine.extensionArrived(header, data.span, now: now) {
          case .close: return false
          case .cancel(let stream): _ = machine.answered(stream)
          case .none: break
          }
        case .request, .ignore: break
        }
        if answers & 4 != 0 { while machine.nextFrame() != nil {} }
        return true
      }
      if answers & 8 != 0 { machine.drain() }
      for stream in machine.running.keys { machine.finish(stream, .success([]), .init()) }
      while machine.nextFrame() != nil {}
      for stream in machine.running.keys { _ = machine.answered(stream) }
      precondition(machine.running.isEmpty && machine.flow.openCount == 0, "a call is left open")
    }

    private static func client(_ octets: [UInt8], _ choice: UInt8) {
      let hello = choice & 2 == 0 ? nil : Extensions.hello(agent: "fuzz", windows: .least)
      var machine = ClientMachine(hello: hello, now: 0)
      for shape in [MethodDescriptor.Shape.unary, .serverStream, .clientStream, .bidirectional] {
        _ = machine.open([], shape)
      }
      var ends: [UInt32: Int] = [:]
      var now: Int64 = 0
      Self.each(octets) { header, data in
        now += 1_000_000_000
        switch machine.headerArrived(header, now: now) {
        case .close: return false
        case .skip: break
        case .take: if machine.frameArrived(header, data.span, now: now) != nil { return false }
        }
        for event in machine.takeEvents() {
          if case .ended(let stream, _) = event {
            ends[stream, default: 0] += 1
            precondition(ends[stream] == 1, "a second end")
          }
        }
        _ = machine.send(DataFrame.message(octets: data, stream: header.stream), on: header.stream)
        if choice & 4 != 0 { machine.cancel(header.stream, code: 0) }
        while machine.nextFrame() != nil {}
        return true
      }
    }
  }
#endif
