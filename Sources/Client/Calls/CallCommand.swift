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
      let (answer, trailers) = try await client.answer(
        method, try await requests.only(), options)
      printer.trailers = trailers
      try printer.say(answer.unknownFields)
    case .serverStream:
      let answers = try await client.stream(method, try await requests.only(), options)
      try await self.printAll(answers, printer)
    case .clientStream:
      let upload = try await client.upload(method, options)
      let answer = try await Self.send(
        requests, { try await upload.send($0) }, finish: upload.finishSending,
        cancel: upload.cancel
      ) { try await upload.answer() }
      try printer.say(answer.unknownFields)
    case .bidirectional:
      let conversation = try await client.converse(method, options)
      try await Self.send(
        requests, { try await conversation.send($0) }, finish: conversation.finishSending,
        cancel: conversation.cancel
      ) { try await self.printAll(conversation.answers, printer) }
    }
  }

  /// Sends the requests beside what `receive` does, and ends with it: the server may end the call
  /// before all is sent, or read. A request that can't be read ends the call.
  private static func send<Answer>(
    _ requests: Requests, _ send: @escaping @Sendable (Octets) async throws -> Void,
    finish: @escaping @Sendable () -> Void, cancel: @escaping @Sendable () -> Void,
    _ receive: () async throws -> Answer
  ) async throws -> Answer {
    let sending = Task {
      do {
        try await requests.forEach(send)
        finish()
      } catch let fault as Requests.Fault {
        cancel()
        throw fault
      } catch {
        // How the call ended is told by whoever receives.
      }
    }
    do {
      let answer = try await receive()
      sending.cancel()
      return answer
    } catch {
      sending.cancel()
      try await sending.value
      throw error
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
  /// A document that is no request.
  struct Fault: Error { let text: String }

  private let sources: [DocumentSource]
  private let reading: JSONReading
  private let input: String

  /// - Throws: ``Words/Fault`` when a file can't be read.
  init(
    _ words: Words, _ pool: DescriptorPool, _ method: DescriptorPool.ServiceMethod
  ) throws(Words.Fault) {
    var sources: [DocumentSource] = []
    for text in words.data {
      if text == "@-" {
        sources.append(.standardInput)
      } else if text.hasPrefix("@") {
        sources.append(.octets([UInt8](try Words.contents(of: String(text.dropFirst())))))
      } else {
        sources.append(.octets(Array(text.utf8)))
      }
    }
    self.sources = sources
    self.reading = JSONReading(pool: pool)
    self.input = method.input
  }

  private func message(_ document: Document) throws(Fault) -> GoogleProtobuf.Empty {
    let place = "-d: message \(document.number), from octet \(document.offset)"
    guard let text = String(validating: document.octets, as: UTF8.self) else {
      throw Fault(text: "\(place): is not UTF-8")
    }
    var message = GoogleProtobuf.Empty()
    do {
      message.unknownFields = try self.reading.octets(text, as: self.input)
    } catch {
      throw Fault(text: "\(place): \(error)")
    }
    return message
  }

  /// The one request of a call that takes one; without `-d` an empty one.
  func only() async throws -> GoogleProtobuf.Empty { try self.only(of: await self.documents()) }

  /// All that is given; apart from what may throw, since the compiler 6.3.1 ends at both in one.
  private func documents() async -> [Document] {
    var found: [Document] = []
    let (documents, taken) = DocumentReader.read(self.sources)
    for await document in documents {
      found.append(document)
      taken()
    }
    return found
  }

  private func only(of documents: [Document]) throws -> GoogleProtobuf.Empty {
    guard documents.count <= 1 else {
      throw Words.Fault(text: "-d: the call takes one request, and \(documents.count) are given")
    }
    guard let document = documents.first else { return .init() }
    return try self.message(document)
  }

  /// Each request in its turn; ends early when the task is cancelled, whatever may come yet.
  func forEach(_ body: (GoogleProtobuf.Empty) async throws -> Void) async throws {
    let (documents, taken) = DocumentReader.read(self.sources)
    for await document in documents {
      try await body(try self.message(document))
      taken()
    }
  }
}
