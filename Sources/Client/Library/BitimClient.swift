public import BitimProtocol
public import BitimSockets
import Synchronization

/// A connection to a registry, made when it is first needed and again when it broke.
///
/// Any number of tasks may call at once; their calls share one connection. A call whose connection
/// broke is repeated up to three times in all: reads change nothing, and every change carries an
/// idempotency key, so that the server makes it at most once.
public final class BitimClient: Sendable {
  private static let attemptsMax = 3

  private let address: Address
  private let token: String?
  private let link = Mutex<Link?>(nil)

  /// Describes a server; connects with the first call.
  ///
  /// - Parameters:
  ///   - address: Where it listens.
  ///   - token: Who calls; nil for what anyone may call.
  public init(address: Address, token: String? = nil) {
    self.address = address
    self.token = token
  }

  deinit { self.link.withLock { $0?.close() } }

  /// Makes a unary call.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func call<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ input: Input, _ options: CallOptions = .init()
  ) async throws(CallFailure) -> Output {
    var request = Ttrpc.Request()
    request.service = method.descriptor.service
    request.method = method.descriptor.name
    request.payload = input.encoded
    request.metadata = self.metadata(for: method.descriptor, options)
    let started = ContinuousClock.now
    let deadline = options.timeout.map { started.advanced(by: $0) }
    var problem = ""
    for attempt in 0..<Self.attemptsMax {
      if attempt > 0 { try await Self.pause(attempt) }
      if let deadline, ContinuousClock.now >= deadline { throw .deadlinePassed }
      let link: Link
      do throws(SocketFailure) {
        link = try self.connected()
      } catch {
        problem = error.description
        continue
      }
      switch await link.exchange(request, deadline: deadline) {
      case .answered(let octets): return try Self.answer(octets)
      case .broken(let what): problem = what
      case .deadlinePassed: throw .deadlinePassed
      case .cancelled: throw .cancelled
      case .tooLong:
        throw .refused(Status(.resourceExhausted, "the request is longer than a frame may be"))
      }
    }
    throw .unreachable("\(self.address): \(problem)")
  }

  private func metadata(
    for method: MethodDescriptor, _ options: CallOptions
  ) -> [Ttrpc.KeyValue] {
    var pairs: [(String, String)] = []
    if let token = self.token { pairs.append(("authorization", "Bearer \(token)")) }
    if method.kind == .write {
      pairs.append(("idempotency-key", options.idempotencyKey ?? Self.randomKey()))
    }
    return pairs.map { key, value in
      var pair = Ttrpc.KeyValue()
      pair.key = key
      pair.value = value
      return pair
    }
  }

  /// 128 random bits in hexadecimal: the key of one change.
  public static func randomKey() -> String {
    Endpoint.randomOctets(16).map { octet in
      let digits = String(octet, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  private func connected() throws(SocketFailure) -> Link {
    if let link = self.link.withLock({ $0 }), link.isOpen { return link }
    let made = try Link(to: self.address)
    return self.link.withLock { link in
      if let other = link, other.isOpen {
        made.close()
        return other
      }
      link = made
      return made
    }
  }

  /// Waits 50 to 100 ms before the second attempt, four times that before the third.
  private static func pause(_ attempt: Int) async throws(CallFailure) {
    let base = attempt == 1 ? 50 : 200
    do {
      try await Task.sleep(for: .milliseconds(Int.random(in: base...(2 * base))))
    } catch {
      throw .cancelled
    }
  }

  private static func answer<Output: Message>(
    _ octets: [UInt8]
  ) throws(CallFailure) -> Output {
    let response: Ttrpc.Response
    do {
      response = try Ttrpc.Response(decoding: octets)
    } catch {
      throw .malformedAnswer("\(error)")
    }
    if let status = Status(response.status) { throw .refused(status) }
    do {
      return try Output(decoding: response.payload)
    } catch {
      throw .malformedAnswer("\(error)")
    }
  }
}
