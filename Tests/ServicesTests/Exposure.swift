import BitimClient
import BitimProtocol

/// What a caller is shown: the fields that came with a value, by message and name.
struct Exposure {
  private(set) var fields: Set<String> = []

  /// Takes note of what an answer holds; a call that is refused shows nothing.
  mutating func note<Answer: Message>(
    _ call: () async throws(CallFailure) -> Answer
  ) async throws {
    let answer: Answer
    do throws(CallFailure) {
      answer = try await call()
    } catch {
      guard error.status != nil else { throw error }
      return
    }
    try self.note(answer)
  }

  /// Takes note of what an answer holds.
  mutating func note<Answer: Message>(_ answer: Answer) throws(WireFault) {
    try self.walk(answer.encoded.span, as: Answer.protoName)
  }

  private mutating func walk(_ octets: Span<UInt8>, as name: String) throws(WireFault) {
    let shape = DescriptorPool.own.messages[name]
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      guard let field = shape?.fields.first(where: { $0.number == tag >> 3 }) else {
        try Wire.skip(tag, octets, &at, depth: 0)
        continue
      }
      self.fields.insert("\(name.split(separator: ".").last ?? "").\(field.name)")
      guard DescriptorPool.own.messages[field.typeName] != nil else {
        try Wire.skip(tag, octets, &at, depth: 0)
        continue
      }
      let range = try Wire.range(octets, &at)
      try self.walk(octets.extracting(range), as: field.typeName)
    }
  }
}
