public import BitimListener
public import BitimProtocol

/// `lab.v1.Lab`, served with the runtime's public API alone: it knows no registry.
public enum LabService {
  /// Every call.
  public static var routes: [Route<Void>] {
    [
      Route(
        LabV1.Lab.echo.descriptor,
        .read { _, payload, _, output throws(Status) in
          let text: GoogleProtobuf.StringValue = try Self.decoded(payload)
          output.append(text.encoded)
        }),
      Route(LabV1.Lab.nothing.descriptor, .read { _, _, _, _ in }),
      Route(
        LabV1.Lab.fail.descriptor,
        .read { _, payload, _, _ throws(Status) in
          throw Self.status(try Self.decoded(payload))
        }),
      Route(
        LabV1.Lab.meta.descriptor,
        .read { call, _, _, output in output.append(Self.meta(of: call).encoded) }),
      Route(
        LabV1.Lab.big.descriptor,
        .read { _, payload, _, output throws(Status) in
          let count: GoogleProtobuf.Int64Value = try Self.decoded(payload)
          guard (0...(16 << 20)).contains(count.value) else {
            throw Status(.outOfRange, "from 0 to 16777216")
          }
          var answer = GoogleProtobuf.BytesValue()
          answer.value = [UInt8](repeating: 0, count: Int(count.value))
          output.append(answer.encoded)
        }),
      .task(LabV1.Lab.sleep, Self.sleep), .serverStream(LabV1.Lab.count, Self.count),
      .clientStream(LabV1.Lab.sum, Self.sum), .bidirectional(LabV1.Lab.chat, Self.chat),
      .serverStream(LabV1.Lab.metaStream) { call, _, outbound throws(Status) in
        try await outbound.send(Self.meta(of: call))
      },
      .clientStream(LabV1.Lab.stall, Self.stall),
    ]
  }

  /// Every call with those that describe them.
  public static var table: CallTable<Void> {
    let health = Health(services: [LabV1.Lab.name])
    let routes = Self.routes + health.routes()
    return CallTable(routes + Reflection.routes(over: routes, pool: Self.pool))
  }

  /// What describes them.
  public static let pool: DescriptorPool = {
    var pool = DescriptorPool.own
    let octets = Base64.octets(LabV1.descriptor.description)
    guard let octets, (try? pool.add(octets)) != nil else {
      preconditionFailure("the generated descriptor can't be read: run bitim-generate")
    }
    return pool
  }()

  private static func decoded<Input: Message>(_ octets: Span<UInt8>) throws(Status) -> Input {
    do {
      return try Input(decoding: octets)
    } catch {
      throw Status(.internal, "the request message can't be read: \(error)")
    }
  }

  private static func status(_ text: GoogleProtobuf.StringValue) -> Status {
    let parts = text.value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int32(parts[0]), number != 0 else {
      return Status(.invalidArgument, "code:text")
    }
    var detail = GoogleProtobuf.StringValue()
    detail.value = "detail of \(parts[1])"
    // A code that nobody knows would be a success to some clients: it is never sent.
    return Status(
      Status.Code(rawValue: number) ?? .unknown, String(parts[1]),
      details: [.init(packing: detail)])
  }

  private static func meta(of call: Call) -> GoogleProtobuf.StringValue {
    var text = call.deadline == nil ? "deadline=none;" : "deadline=true;"
    for key in Set(call.metadata.pairs.map(\.key)).sorted() {
      let values = call.metadata.pairs.filter { $0.key == key }.map(\.value)
      text += "\(key)=\(values.joined(separator: ","));"
    }
    var answer = GoogleProtobuf.StringValue()
    answer.value = text
    return answer
  }

  @Sendable private static func sleep(
    _ call: Call, _ long: GoogleProtobuf.Duration
  ) async throws(Status) -> GoogleProtobuf.Empty {
    do {
      try await Task.sleep(for: .seconds(long.seconds) + .nanoseconds(Int64(long.nanos)))
    } catch {
      throw Status(.cancelled, "nobody waits any more")
    }
    return .init()
  }

  @Sendable private static func count(
    _ call: Call, _ number: GoogleProtobuf.Int64Value,
    _ outbound: Outbound<GoogleProtobuf.Int64Value>
  ) async throws(Status) {
    var value = GoogleProtobuf.Int64Value()
    while UInt64(value.value) < number.value.magnitude {
      try await outbound.send(value)
      value.value += 1
    }
    outbound.add(trailer: "counted", "\(value.value)")
    if number.value < 0 { throw Status(.aborted, "asked to fail") }
  }

  @Sendable private static func sum(
    _ call: Call, _ inbound: Inbound<GoogleProtobuf.Int64Value>
  ) async throws(Status) -> GoogleProtobuf.Int64Value {
    var sum = GoogleProtobuf.Int64Value()
    while let number = try await inbound.next() { sum.value &+= number.value }
    return sum
  }

  @Sendable private static func chat(
    _ call: Call, _ inbound: Inbound<GoogleProtobuf.StringValue>,
    _ outbound: Outbound<GoogleProtobuf.StringValue>
  ) async throws(Status) {
    while let said = try await inbound.next() {
      if said.value == "bye" { return }
      var answer = GoogleProtobuf.StringValue()
      answer.value = "echo " + said.value
      try await outbound.send(answer)
    }
  }

  @Sendable private static func stall(
    _ call: Call, _ inbound: Inbound<GoogleProtobuf.Int64Value>
  ) async throws(Status) -> GoogleProtobuf.Int64Value {
    // Until its caller has gone, or has waited as long as it said.
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    throw Status(.cancelled, "nobody waits any more")
  }
}
