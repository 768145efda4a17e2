import BitimClient
import BitimLab
import BitimProtocol

/// Tries every call of a server of `lab.v1.Lab`; prints `ok` or `FAIL` and what was tried, a line each.
struct LabTrial {
  private let lab: LabClient
  private let client: BitimClient

  init(_ address: ServerAddress, isPlain: Bool) {
    var settings = BitimClient.Settings()
    settings.isPlain = isPlain
    self.client = BitimClient(servers: [address], settings)
    self.lab = LabClient(self.client)
  }

  /// Whether all is well.
  func run() async -> Bool {
    var isWell = true
    for (name, trial) in self.trials {
      do {
        let fault = try await trial()
        print(fault.map { "FAIL \(name): \($0)" } ?? "ok   \(name)")
        if fault != nil { isWell = false }
      } catch {
        print("FAIL \(name): \(error)")
        isWell = false
      }
    }
    return isWell
  }

  /// What each trial finds wrong; nil when nothing is.
  private typealias Trial = () async throws -> String?

  private var trials: [(String, Trial)] {
    [
      ("Echo", self.echo), ("Echo of 4 MiB less its envelope", self.longEcho),
      ("Nothing", self.nothing), ("Fail with each code", self.fail),
      ("Sleep", self.sleep), ("Sleep beyond the deadline", self.sleepTooLong),
      ("Meta", self.meta), ("Big", self.big), ("Big beyond a frame", self.tooBig),
      ("Count", self.count), ("Count none", self.countNone),
      ("Count, then fail", self.countAndFail),
      ("Count, left early", self.countLeft), ("Sum", self.sum), ("Sum of none", self.sumOfNone),
      ("Chat", self.chat), ("Chat until bye", self.chatUntilBye), ("MetaStream", self.metaStream),
      ("Stall beyond the deadline", self.stall), ("a method that is not there", self.missing),
      ("a hundred at once", self.many), ("every octet value, 32 MiB both ways", self.all),
    ]
  }

  private func text(_ text: String) -> GoogleProtobuf.StringValue {
    var message = GoogleProtobuf.StringValue()
    message.value = text
    return message
  }

  private func number(_ number: Int64) -> GoogleProtobuf.Int64Value {
    var message = GoogleProtobuf.Int64Value()
    message.value = number
    return message
  }

  private func different<Value: Equatable>(_ got: Value, _ wanted: Value) -> String? {
    got == wanted ? nil : "got \(got), wanted \(wanted)"
  }

  private func status(_ body: () async throws -> Void) async throws -> Status? {
    do {
      try await body()
    } catch let failure as CallFailure {
      if let status = failure.status { return status }
      if failure == .deadlinePassed { return Status(.deadlineExceeded, "here") }
      throw failure
    }
    return nil
  }

  private func echo() async throws -> String? {
    self.different(try await self.lab.echo(self.text("Әділет")).value, "Әділет")
  }

  private func longEcho() async throws -> String? {
    let long = String(repeating: "х", count: (4 << 20) / 2 - 100)
    return try await self.lab.echo(self.text(long)).value == long ? nil : "another text"
  }

  private func nothing() async throws -> String? {
    self.different(try await self.lab.nothing(.init()), .init())
  }

  private func fail() async throws -> String? {
    for code in Status.Code.allCases {
      let status = try await self.status {
        _ = try await self.lab.fail(self.text("\(code.rawValue):not now"))
      }
      guard status?.code == code, status?.message == "not now" else {
        return "got \(status.map { "\($0)" } ?? "success"), wanted \(code.name)"
      }
      let detail = status?.details.first?.unpacked(as: GoogleProtobuf.StringValue.self)
      // Some stock servers leave details out.
      if let detail, detail.value != "detail of not now" { return "detail: \(detail.value)" }
    }
    return nil
  }

  private func sleep() async throws -> String? {
    var long = GoogleProtobuf.Duration()
    long.nanos = 50_000_000
    let clock = ContinuousClock()
    let took = try await clock.measure { _ = try await self.lab.sleep(long) }
    return took < .milliseconds(50) ? "answered after \(took)" : nil
  }

  private func sleepTooLong() async throws -> String? {
    var long = GoogleProtobuf.Duration()
    long.seconds = 5
    let status = try await self.status {
      _ = try await self.lab.sleep(long, options: .init(timeout: .milliseconds(100)))
    }
    return self.different(status?.code, .deadlineExceeded)
  }

  private func meta() async throws -> String? {
    var metadata = Metadata()
    for (key, value) in [("k1", "a"), ("k1", "b"), ("k2", "c")] { metadata.add(key, value) }
    let answer = try await self.lab.meta(.init(), options: .init(metadata: metadata))
    return self.different(answer.value, "deadline=true;k1=a,b;k2=c;")
  }

  private func big() async throws -> String? {
    self.different(try await self.lab.big(self.number(1_000_000)).value.count, 1_000_000)
  }

  private func tooBig() async throws -> String? {
    do {
      _ = try await self.lab.big(self.number(4 << 20))
      return "a frame above the limit was taken"
    } catch CallFailure.refused(let status) {
      return self.different(status.code, .resourceExhausted)
    } catch CallFailure.malformedAnswer {
      // Older Go servers send it all the same; it fails its own call alone.
      return try await self.echo()
    } catch CallFailure.unreachable {
      // Newer ones close the connection.
      return try await self.echo()
    }
  }

  private func counted(
    _ number: Int64
  ) async throws -> (values: [Int64], status: Status?) {
    var values: [Int64] = []
    let status = try await self.status {
      for try await value in try await self.lab.count(self.number(number)) {
        values.append(value.value)
      }
    }
    return (values, status)
  }

  private func count() async throws -> String? {
    let (values, status) = try await self.counted(10_000)
    return self.different(status, nil) ?? self.different(values.count, 10_000)
      ?? (values == Array(0..<10_000) ? nil : "out of order")
  }

  private func countNone() async throws -> String? {
    let (values, status) = try await self.counted(0)
    return self.different(values, []) ?? self.different(status, nil)
  }

  private func countAndFail() async throws -> String? {
    let (values, status) = try await self.counted(-2)
    return self.different(values, [0, 1]) ?? self.different(status?.code, .aborted)
      ?? self.different(status?.message, "asked to fail")
  }

  private func countLeft() async throws -> String? {
    var values: [Int64] = []
    for try await value in try await self.lab.count(self.number(1_000)) {
      values.append(value.value)
      if values.count == 3 { break }
    }
    if let fault = self.different(values, [0, 1, 2]) { return fault }
    return try await self.echo()
  }

  private func sum() async throws -> String? {
    let upload = try await self.lab.sum()
    for value in Int64(1)...1_000 { try await upload.send(self.number(value)) }
    return self.different(try await upload.finish().value, 500_500)
  }

  private func sumOfNone() async throws -> String? {
    self.different(try await self.lab.sum().finish().value, 0)
  }

  private func chat() async throws -> String? {
    let chat = try await self.lab.chat()
    for said in ["a", "", "Сәлем"] {
      try await chat.send(self.text(said))
      let answer = try await chat.answers.next()
      if let fault = self.different(answer?.value, "echo " + said) { return fault }
    }
    chat.finishSending()
    return self.different(try await chat.answers.next(), nil)
  }

  private func chatUntilBye() async throws -> String? {
    let chat = try await self.lab.chat()
    try await chat.send(self.text("bye"))
    let end = try await chat.answers.next()
    // The server has ended first: what is sent now must not harm it.
    chat.finishSending()
    if let fault = self.different(end, nil) { return fault }
    return try await self.echo()
  }

  private func metaStream() async throws -> String? {
    var metadata = Metadata()
    metadata.add("k", "v")
    var values: [String] = []
    let options = CallOptions(timeout: .seconds(5), metadata: metadata)
    for try await value in try await self.lab.metaStream(.init(), options: options) {
      values.append(value.value)
    }
    return self.different(values, ["deadline=true;k=v;"])
  }

  private func stall() async throws -> String? {
    let upload = try await self.lab.stall(options: .init(timeout: .milliseconds(200)))
    let status = try await self.status { _ = try await upload.answer() }
    if let fault = self.different(status?.code, .deadlineExceeded) { return fault }
    return try await self.echo()
  }

  /// Fields that the schema doesn't know come back as they went: so any octets can be sent.
  private func all() async throws -> String? {
    var octets = [UInt8](repeating: 0, count: 2 << 20)
    for index in octets.indices {
      octets[index] = UInt8(truncatingIfNeeded: index &* 167 &+ index >> 8)
    }
    var writer = WireWriter(capacity: octets.count + 8)
    writer.tag(15, 2)
    writer.bytes(octets)
    var message = self.text("Құжат")
    message.unknownFields = writer.written
    for _ in 0..<16 {
      guard try await self.lab.echo(message) == message else { return "other octets" }
    }
    return nil
  }

  private func missing() async throws -> String? {
    let method = Method<GoogleProtobuf.Empty, GoogleProtobuf.Empty>(
      MethodDescriptor(service: LabV1.Lab.name, name: "Missing", kind: .read, shape: .unary))
    let status = try await self.status { _ = try await self.client.call(method, .init()) }
    // What a server says of a method that is not there depends on who wrote it.
    let usual: [Status.Code?] = [.unimplemented, .invalidArgument, .notFound]
    return usual.contains(status?.code) ? nil : "got \(status.map { "\($0)" } ?? "success")"
  }

  private func many() async throws -> String? {
    try await withThrowingTaskGroup(of: String?.self) { group in
      for index in 0..<100 {
        group.addTask {
          self.different(try await self.lab.echo(self.text("\(index)")).value, "\(index)")
        }
      }
      return try await group.reduce(nil) { $0 ?? $1 }
    }
  }
}
