import BitimClient
import BitimProtocol

/// What a server without Describe says of itself in `grpc.reflection.v1`.
struct Reflected {
  private typealias Question = GrpcReflectionV1.ServerReflectionRequest
  private typealias Answer = GrpcReflectionV1.ServerReflectionResponse

  private let talk: Conversation<Question, Answer>
  private var files: [String: [UInt8]] = [:]

  /// All services with what they are made of.
  ///
  /// - Throws: ``CallFailure``; ``WireFault`` for what is no descriptor.
  static func pool(of client: BitimClient) async throws -> DescriptorPool {
    let options = CallOptions(timeout: .seconds(30))
    var reflected = Reflected(
      talk: try await ServerReflectionClient(client).serverReflectionInfo(options: options))
    guard case .listServicesResponse(let list) = try await reflected.ask(.listServices("")) else {
      throw CallFailure.malformedAnswer("the server does not list its services")
    }
    for service in list.service { try await reflected.take(.fileContainingSymbol(service.name)) }
    // Some servers send what a file imports with it, some wait to be asked.
    while true {
      let known = try DescriptorPool(files: Array(reflected.files.values))
      let missing = Set(known.files.flatMap(\.imports)).subtracting(reflected.files.keys)
      guard let path = missing.min() else {
        reflected.talk.finishSending()
        return known
      }
      try await reflected.take(.fileByFilename(path))
      // A file that nobody has is passed over, not asked for again.
      if reflected.files[path] == nil { reflected.files[path] = Self.empty(path) }
    }
  }

  private static func empty(_ path: String) -> [UInt8] {
    var text = GoogleProtobuf.StringValue()
    // Field 1 of both is a text.
    text.value = path
    return text.encoded
  }

  private func ask(_ what: Question.MessageRequest) async throws(CallFailure) -> Answer
    .MessageResponse?
  {
    var question = Question()
    question.messageRequest = what
    try await self.talk.send(question)
    return try await self.talk.answers.next()?.messageResponse
  }

  private mutating func take(_ what: Question.MessageRequest) async throws {
    guard case .fileDescriptorResponse(let found) = try await self.ask(what) else { return }
    for octets in found.fileDescriptorProto {
      let path = try DescriptorPool(files: [octets]).files.first?.path ?? ""
      self.files[path] = octets
    }
  }
}
