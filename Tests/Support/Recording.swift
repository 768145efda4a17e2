package import BitimProtocol
import Foundation

/// An exchange as it was recorded: who sent which frame.
package struct Recording {
  package struct Step: Equatable {
    package let isOfClient: Bool
    package let octets: [UInt8]
    package var header: FrameHeader {
      FrameHeader(peeking: self.octets.span)
        ?? FrameHeader(length: 0, stream: 0, kind: 0)
    }
    package var data: [UInt8] { Array(self.octets.dropFirst(FrameHeader.octetCount)) }
  }

  /// The connections of a file, each the frames in the order recorded.
  package static func connections(_ path: String) throws -> [[Step]] {
    try Repository.text(path).components(separatedBy: "-- connection\n").dropFirst().map { text in
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
      return stride(from: 0, to: lines.count - 1, by: 2).map { index in
        Step(
          isOfClient: lines[index].hasPrefix("C>"),
          octets: octets(hex: lines[index + 1].trimmingCharacters(in: .whitespaces)))
      }
    }
  }
}

/// A frame as what it says, whatever octets say it.
package struct Meaning: Equatable, CustomStringConvertible {
  package let kind: UInt8
  package let stream: UInt32
  package let flags: UInt8
  package let code: Int32
  package let message: String
  package let details: [GoogleProtobuf.AnyMessage]
  package let payload: [UInt8]

  package init(_ header: FrameHeader, _ data: [UInt8], withMessages: Bool = true) throws {
    self.kind = header.kind
    self.stream = header.stream
    self.flags = header.flags
    guard header.kind == FrameHeader.Kind.response else {
      (self.code, self.message, self.details, self.payload) = (0, "", [], data)
      return
    }
    let response = try Ttrpc.Response(decoding: data)
    self.code = response.status?.code ?? 0
    self.message = withMessages ? response.status?.message ?? "" : ""
    self.details = response.status?.details ?? []
    self.payload = response.payload
  }

  package var description: String {
    "kind \(self.kind) stream \(self.stream) flags \(self.flags) code \(self.code) "
      + "'\(self.message)' \(self.payload.count) octets"
  }
}
