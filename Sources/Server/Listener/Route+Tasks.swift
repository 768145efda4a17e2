public import BitimProtocol

/// The messages of a caller, one after another; belongs to the handler it was lent to.
public struct Inbound<Input: Message>: Sendable {
  let port: StreamPort

  /// The next message; nil when the caller sends no more.
  ///
  /// - Throws: ``Status``: CANCELLED or DEADLINE_EXCEEDED when the call is over for its caller,
  ///   INTERNAL when the message can't be read. To be let through: it ends the call.
  ///
  /// - Parameter admit: Asked before the message is read, with its octets; its refusal ends the call.
  public func next(
    _ admit: (Span<UInt8>) throws(Status) -> Void = { _ in }
  ) async throws(Status) -> Input? {
    guard let octets = try await self.port.next() else { return nil }
    try admit(octets.span)
    do {
      return try Input(decoding: octets)
    } catch {
      throw Status(.internal, "the request message can't be read: \(error)")
    }
  }
}

/// The answers to a caller, one after another; belongs to the handler it was lent to.
public struct Outbound<Output: Message>: Sendable {
  let port: StreamPort

  /// Sends a message; waits while the caller takes nothing.
  ///
  /// - Throws: ``Status``: CANCELLED or DEADLINE_EXCEEDED when the call is over for its caller,
  ///   RESOURCE_EXHAUSTED when the message fits no frame. To be let through: it ends the call.
  public func send(_ message: Output) async throws(Status) { try await self.port.send(message) }

  /// Adds a line to what goes beside the end; a stock peer does not see those of a stream.
  public func add(trailer key: String, _ value: String) { self.port.add(trailer: key, value) }
}

/// Calls that run as tasks. Each is cancelled when its caller cancels, goes away or has waited as
/// long as it said; the caller is told at once, whatever the task still does.
extension Route {
  /// Serves a call of one question and one answer that has to wait in between.
  public static func task<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Call, Input) async throws(Status) -> Output
  ) -> Route {
    Self.running(method, .unary) { call, inbound, outbound throws(Status) in
      .some(try await body(call, try await Self.only(inbound)))
    }
  }

  /// Serves a call that is answered with any number of messages.
  public static func serverStream<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Call, Input, Outbound<Output>) async throws(Status) -> Void
  ) -> Route {
    Self.running(method, .serverStream) { call, inbound, outbound throws(Status) in
      try await body(call, try await Self.only(inbound), outbound)
      return nil
    }
  }

  /// Serves a call of any number of messages that gets one answer.
  public static func clientStream<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Call, Inbound<Input>) async throws(Status) -> Output
  ) -> Route {
    Self.running(method, .clientStream) { call, inbound, _ throws(Status) in
      .some(try await body(call, inbound))
    }
  }

  /// Serves a call in which both sides send any number of messages, in any order.
  public static func bidirectional<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body:
      @escaping @Sendable (Call, Inbound<Input>, Outbound<Output>) async throws(Status) -> Void
  ) -> Route {
    Self.running(method, .bidirectional) { call, inbound, outbound throws(Status) in
      try await body(call, inbound, outbound)
      return nil
    }
  }

  private static func only<Input: Message>(
    _ inbound: Inbound<Input>
  ) async throws(Status) -> Input {
    guard let message = try await inbound.next() else {
      throw Status(.unimplemented, "the call takes one message, and none came")
    }
    return message
  }

  private static func running<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ shape: MethodDescriptor.Shape,
    _ body:
      @escaping @Sendable (Call, Inbound<Input>, Outbound<Output>) async throws(Status) -> Output?
  ) -> Route {
    precondition(
      method.descriptor.shape == shape, "\(method.descriptor.path) is served in another shape")
    return Route(
      method.descriptor,
      .task { call, port throws(Status) in
        let answer = try await body(call, Inbound(port: port), Outbound(port: port))
        port.finish(.success(answer?.encoded ?? []))
      })
  }
}
