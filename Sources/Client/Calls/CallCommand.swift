import BitimClient
import BitimProtocol
import Foundation

/// `bitim-rpc call` and `trace`: makes one call of any shape, messages as JSON.
struct CallCommand {
  /// Any message as its octets: one that knows no field keeps them all.
  private typealias Octets = GoogleProtobuf.Empty

  private let words: Words

  init(_ words: Words) { self.words = words }

  func run() async throws {
    // A client of its own describes, so that a trace shows the call alone.
    let pool = try await self.words.pool(try self.words.client())
    let (service, method) = try pool.method(self.words.symbol ?? "")
    let tap: (@Sendable (TracedFrame) -> Void)? =
      self.words.command == .trace ? { @Sendable in FrameText.show($0) } : nil
    let client = try self.words.needed(try self.words.client(tap: tap))
    let requests = try Requests(self.words, pool, method)
    let descriptor = MethodDescriptor(
      service: service, name: method.name, kind: .read, shape: method.shape)
    let printer = AnswerPrinter(self.words, pool, method)
    do {
      try await self.call(Method(descriptor), client, requests, printer)
      printer.end(nil)
    } catch let failure as CallFailure {
      printer.end(failure)
      throw failure
    }
  }

  private func call(
    _ method: Method<Octets, Octets>, _ client: BitimClient, _ requests: Requests,
    _ printer: AnswerPrinter
  ) async throws {
    let isStream = method.descriptor.shape != .unary
    let options = CallOptions(
      timeout: self.words.timeout ?? (isStream ? nil : .seconds(30)),
      metadata: self.words.metadata)
    switch method.descriptor.shape {
    case .unary:
      let (answer, trailers) = try await client.answer(method, try requests.only(), options)
      printer.trailers = trailers
      try printer.say(answer.unknownFields)
    case .serverStream:
      let answers = try await client.stream(method, try requests.only(), options)
      try await self.printAll(answers, printer)
    case .clientStream:
      let upload = try await client.upload(method, options)
      try await requests.forEach { try await upload.send($0) }
      try printer.say(try await upload.finish().unknownFields)
    case .bidirectional:
      let conversation = try await client.converse(method, options)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await requests.forEach { try await conversation.send($0) }
          conversation.finishSending()
        }
        try await self.printAll(conversation.answers, printer)
        group.cancelAll()
      }
    }
  }

  private func printAll(_ answers: Messages<Octets>, _ printer: AnswerPrinter) async throws {
    var count = 0
    for try await answer in answers {
      try printer.say(answer.unknownFields)
      count += 1
      if count == self.words.messagesMax {
        answers.cancel()
        return
      }
    }
    printer.trailers = answers.trailers
  }
}

/// The requests given with `-d`, read as they are asked for.
struct Requests: Sendable {
  /// What stands behind each `-d`; nil for standard input, whose lines are read as they come.
  private let given: [String?]
  private let reading: JSONReading
  private let input: String

  /// - Throws: ``Words/Fault`` when a file can't be read.
  init(
    _ words: Words, _ pool: DescriptorPool, _ method: DescriptorPool.ServiceMethod
  ) throws(Words.Fault) {
    var given: [String?] = []
    for text in words.data {
      if text == "@-" {
        given.append(nil)
      } else if text.hasPrefix("@") {
        given.append(
          String(decoding: try Words.contents(of: String(text.dropFirst())), as: UTF8.self))
      } else {
        given.append(text)
      }
    }
    self.given = given
    self.reading = JSONReading(pool: pool)
    self.input = method.input
  }

  private func message(_ text: String) throws -> GoogleProtobuf.Empty {
    var message = GoogleProtobuf.Empty()
    message.unknownFields = try self.reading.octets(text, as: self.input)
    return message
  }

  /// The one request of a call that takes one; without `-d` an empty one.
  func only() throws -> GoogleProtobuf.Empty {
    var found: [String] = []
    for text in self.texts { found.append(text) }
    guard found.count <= 1 else {
      throw Words.Fault(text: "-d: the call takes one request, and \(found.count) are given")
    }
    guard let text = found.first else { return .init() }
    return try self.message(text)
  }

  /// The documents: each `-d`, or each line of a file or of standard input; several may stand in
  /// one line of an argument, as long as each begins with a brace.
  private var texts: AnySequence<String> {
    AnySequence(
      self.given.lazy.flatMap { given -> AnySequence<String> in
        if let given { return AnySequence(Self.documents(in: given)) }
        return AnySequence(
          AnyIterator {
            while let line = readLine() { if !line.allSatisfy(\.isWhitespace) { return line } }
            return nil
          })
      })
  }

  /// Documents that stand behind one another.
  static func documents(in text: String) -> [String] {
    var documents: [String] = []
    var depth = 0
    var isInText = false
    var isEscaped = false
    var current = ""
    for character in text {
      current.append(character)
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInText = false
        }
        continue
      }
      if character == "\"" { isInText = true }
      if character == "{" || character == "[" { depth += 1 }
      if character == "}" || character == "]" { depth -= 1 }
      let isSeparator = character.isNewline || character.isWhitespace
      if depth == 0, isSeparator || character == "}" || character == "]" {
        if !current.allSatisfy(\.isWhitespace) { documents.append(current) }
        current = ""
      }
    }
    if !current.allSatisfy(\.isWhitespace) { documents.append(current) }
    return documents
  }

  /// Each request in its turn.
  func forEach(_ body: (GoogleProtobuf.Empty) async throws -> Void) async throws {
    for text in self.texts { try await body(try self.message(text)) }
  }
}
