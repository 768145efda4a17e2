import BitimProtocol

/// Exchanges as `schema/PROTOCOL.md` shows them: frames of client (`C>`) and server (`S>`) as pairs of
/// hexadecimal digits and quoted texts, each on its line and those below that say no more who speaks.
package enum WorkedExchanges {
  /// A frame, or what else was sent.
  package struct Step: Equatable {
    package let isOfClient: Bool
    package let octets: [UInt8]
  }

  /// The connections of a chapter, from its title to the next: frames without a blank line between.
  package static func connections(of chapter: String) throws -> [[Step]] {
    let lines = try Repository.text("schema/PROTOCOL.md")
      .split(separator: "\n", omittingEmptySubsequences: false)
    var connections: [[Step]] = []
    var steps: [Step] = []
    for line in lines.drop(while: { $0 != "## \(chapter)" }).dropFirst() {
      if line.hasPrefix("## ") { break }
      if line.hasPrefix("    C> ") || line.hasPrefix("    S> ") {
        steps.append(
          Step(isOfClient: line.hasPrefix("    C"), octets: self.octets(line.dropFirst(7))))
      } else if line.hasPrefix("       "), let last = steps.popLast() {
        steps.append(Step(isOfClient: last.isOfClient, octets: last.octets + self.octets(line)))
      } else if !line.hasPrefix("    -- "), !steps.isEmpty {
        connections.append(steps)
        steps = []
      }
    }
    return steps.isEmpty ? connections : connections + [steps]
  }

  private static func octets(_ line: Substring) -> [UInt8] {
    var octets: [UInt8] = []
    for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index % 2 == 1 {
        octets += Array(part.utf8)
      } else {
        octets += part.split(separator: " ").compactMap { UInt8($0, radix: 16) }
      }
    }
    return octets
  }
}
