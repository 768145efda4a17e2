import BitimClient
import BitimProtocol

/// Frames as people read them: what each says, and its octets.
enum FrameText {
  /// How many octets are shown in hexadecimal, above and below the fold.
  private static let shownMax = 256

  /// Prints a frame to standard error.
  static func show(_ frame: TracedFrame) {
    let arrow = frame.isSent ? "C>" : "S>"
    var lines = ["\(arrow) \(Self.line(frame))"]
    let octets = frame.header.octets + frame.data.prefix(Self.shownMax)
    let more = frame.data.count - Self.shownMax
    for start in stride(from: 0, to: octets.count, by: 16) {
      lines.append(
        "   " + octets[start..<min(start + 16, octets.count)].map(Self.hex).joined(separator: " "))
    }
    if more > 0 { lines.append("   … \(more) octets more") }
    Terminal.complain(lines.joined(separator: "\n"))
  }

  private static func hex(_ octet: UInt8) -> String {
    (octet < 16 ? "0" : "") + String(octet, radix: 16)
  }

  private static func line(_ frame: TracedFrame) -> String {
    let header = frame.header
    let about = "stream \(header.stream)\(Self.flags(header)) \(header.length) octets"
    switch header.kind {
    case FrameHeader.Kind.request:
      let request = try? Ttrpc.Request(decoding: frame.data)
      let keys = request?.metadata.map { "\($0.key)=\(Self.shown($0))" } ?? []
      let timeout = request.map { $0.timeoutNano > 0 ? " timeout \($0.timeoutNano) ns" : "" } ?? ""
      return "Request \(about) \(request.map { "\($0.service)/\($0.method)" } ?? "unreadable")"
        + timeout + (keys.isEmpty ? "" : " {\(keys.joined(separator: ", "))}")
    case FrameHeader.Kind.response:
      let response = try? Ttrpc.Response(decoding: frame.data)
      let status = response.map {
        Status($0.status).map { "\($0.code.name) \($0.message)" } ?? "OK"
      }
      return "Response \(about) \(status ?? "unreadable")"
    case FrameHeader.Kind.data: return "Data \(about)"
    default:
      let known = try? ExtensionFrame(header, frame.data.span)
      return known.map { "\($0)" } ?? "kind \(header.kind) \(about)"
    }
  }

  /// Who calls is nobody else's business.
  private static func shown(_ pair: Ttrpc.KeyValue) -> String {
    pair.key == "authorization" ? "…" : pair.value
  }

  private static func flags(_ header: FrameHeader) -> String {
    guard header.kind <= FrameHeader.Kind.data, header.flags != 0 else { return "" }
    let names: [(UInt8, String)] = [
      (FrameHeader.Flag.remoteClosed, "RC"), (FrameHeader.Flag.remoteOpen, "RO"),
      (FrameHeader.Flag.noData, "ND"), (FrameHeader.Flag.end, "END"),
    ]
    return " " + names.filter { header.flags & $0.0 != 0 }.map(\.1).joined(separator: "|")
  }
}
