// Answers Google's conformance runner with the generated code for test_messages_proto3.proto: a
// four-octet length and a conformance.ConformanceRequest come, the same with a response goes.
import BitimProtocol
import Glibc

typealias TestMessage = ProtobufTestMessagesProto3.TestAllTypesProto3

func read(_ count: Int) -> [UInt8]? {
  var octets: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while octets.count < count {
    let got = Glibc.read(0, &buffer, min(buffer.count, count - octets.count))
    guard got > 0 else { return nil }
    octets += buffer[..<got]
  }
  return octets
}

func write(_ octets: [UInt8]) {
  var sent = 0
  while sent < octets.count {
    let count = octets[sent...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(1) }
    sent += count
  }
}

let pool: DescriptorPool = {
  var pool = DescriptorPool.own
  let octets = Base64.octets(ProtobufTestMessagesProto3.descriptor.description) ?? []
  guard (try? pool.add(octets)) != nil else {
    fatalError("the generated descriptor can't be read")
  }
  return pool
}()

func answer(_ request: Conformance.ConformanceRequest) -> Conformance.ConformanceResponse.Result {
  guard request.messageType == TestMessage.protoName else {
    return .skipped("only proto3 messages are served")
  }
  let message: TestMessage
  switch request.payload {
  case .protobufPayload(let octets):
    do {
      message = try TestMessage(decoding: octets)
    } catch {
      return .parseError("\(error)")
    }
  case .jsonPayload(let text):
    let isLenient = request.testCategory == .jsonIgnoreUnknownParsingTest
    do {
      let octets = try JSONReading(pool: pool, passesOverUnknown: isLenient)
        .octets(text, as: TestMessage.protoName)
      message = try TestMessage(decoding: octets)
    } catch {
      return .parseError("\(error)")
    }
  default: return .skipped("neither binary nor JSON")
  }
  switch request.requestedOutputFormat {
  case .protobuf: return .protobufPayload(message.encoded)
  case .json:
    do {
      return .jsonPayload(try JSONText(pool: pool).text(message))
    } catch {
      return .serializeError("\(error)")
    }
  default: return .skipped("neither binary nor JSON")
  }
}

while let head = read(4) {
  let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
  guard let octets = read(count) else { break }
  var response = Conformance.ConformanceResponse()
  if let request = try? Conformance.ConformanceRequest(decoding: octets) {
    response.result =
      request.messageType == "conformance.FailureSet"
      ? .protobufPayload([]) : answer(request)
  } else {
    response.result = .runtimeError("the request can't be read")
  }
  let encoded = response.encoded
  write((0..<4).map { UInt8(truncatingIfNeeded: encoded.count >> (8 * $0)) } + encoded)
}
