import BitimProtocol
import BitimTestSupport
import Testing

@testable import BitimClient

@Suite("The client's machine, replaying what was recorded")
struct RecordedCallTests {
  private static let shapes: [String: MethodDescriptor.Shape] = [
    "Count": .serverStream, "MetaStream": .serverStream, "Sum": .clientStream,
    "Chat": .bidirectional,
  ]

  @Test(
    "says what the recorded client said, and hears what the recorded server meant",
    arguments: [
      ("calls-go-1.2.4", 23), ("calls-go-to-rust-server-0.5.2", 6),
      ("calls-rust-client-0.5.2-to-go", 7),
    ])
  func replay(recording: (name: String, answers: Int)) throws {
    var answers = 0
    for steps in try Recording.connections("schema/vectors/ttrpc/\(recording.name).txt") {
      var machine = ClientMachine(hello: nil, now: 0)
      for step in steps {
        if step.isOfClient {
          try self.say(step, &machine)
        } else {
          let data = step.data
          let fault = machine.frameArrived(step.header, data.span, now: 0)
          #expect(fault == nil)
          let events = machine.takeEvents()
          #expect(events == self.meant(step))
          answers += 1
        }
      }
      #expect(machine.strayCount == 0)
    }
    #expect(answers == recording.answers)
  }

  /// Does what the recorded client did, and compares the frames.
  private func say(_ step: Recording.Step, _ machine: inout ClientMachine) throws {
    let stream = step.header.stream
    if step.header.kind == FrameHeader.Kind.request {
      let request = try Ttrpc.Request(decoding: step.data)
      let isOpen = step.header.flags & FrameHeader.Flag.remoteOpen != 0
      let usual: MethodDescriptor.Shape =
        step.header.flags & FrameHeader.Flag.remoteClosed != 0 ? .serverStream : .unary
      let shape = Self.shapes[request.method] ?? (isOpen ? .clientStream : usual)
      let opened = machine.open(step.data, shape)
      #expect(opened == stream)
      let said = machine.nextFrame()?.octets ?? []
      let header = FrameHeader(peeking: said.span)
      // With "no data" beside "open", which keeps Rust's servers from inventing a message.
      let flags = isOpen ? step.header.flags | FrameHeader.Flag.noData : step.header.flags
      #expect(header?.flags == flags)
      #expect(Array(said.dropFirst(FrameHeader.octetCount)) == step.data)
    } else if step.header.flags & FrameHeader.Flag.remoteClosed != 0 {
      machine.closeSending(stream)
      let said = machine.nextFrame()?.octets
      #expect(said == step.octets)
    } else {
      let isTaken = machine.send(step.octets, on: stream)
      let said = machine.nextFrame()?.octets
      #expect(isTaken)
      #expect(said == step.octets)
    }
  }

  private func meant(_ step: Recording.Step) -> [ClientMachine.Event] {
    let stream = step.header.stream
    if step.header.kind == FrameHeader.Kind.response {
      return [.ended(stream: stream, .response(step.data))]
    }
    return step.header.flags & FrameHeader.Flag.remoteClosed != 0
      ? [.ended(stream: stream, .closed)] : [.message(stream: stream, step.data)]
  }
}
