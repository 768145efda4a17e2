import Foundation

/// One JSON document of what `-d` gives, and where it stands.
struct Document: Equatable, Sendable {
  /// Which of all it is, from 1.
  var number: Int
  /// The octet at which it begins in its argument, file or input, from 0.
  let offset: Int
  let octets: [UInt8]
}

/// Cuts octets into JSON documents, which stand behind one another with any white space or none.
///
/// Whether a document is JSON is not asked here: what can't be cut is one document up to the end.
struct DocumentCutter {
  private var current: [UInt8] = []
  private var offset = 0
  private var place = 0
  private var depth = 0
  private var isInText = false
  private var isEscaped = false

  /// The documents that are whole with these octets.
  mutating func take(_ octets: some Sequence<UInt8>) -> [Document] {
    var documents: [Document] = []
    for octet in octets {
      let isSpace = [0x09, 0x0A, 0x0D, 0x20].contains(octet)
      if isSpace, !self.isInText, self.depth == 0 {
        // A number or a word ends here.
        if let document = self.end() { documents.append(document) }
        self.place += 1
        continue
      }
      if self.current.isEmpty { self.offset = self.place }
      self.current.append(octet)
      self.place += 1
      if self.isWhole(with: octet), let document = self.end() { documents.append(document) }
    }
    return documents
  }

  /// Whether the document ends with this octet of it.
  private mutating func isWhole(with octet: UInt8) -> Bool {
    if self.isInText {
      if self.isEscaped {
        self.isEscaped = false
      } else if octet == UInt8(ascii: "\\") {
        self.isEscaped = true
      } else if octet == UInt8(ascii: "\"") {
        self.isInText = false
        return self.depth == 0
      }
      return false
    }
    switch octet {
    case UInt8(ascii: "\""): self.isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): self.depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      self.depth -= 1
      return self.depth <= 0
    default: break
    }
    return false
  }

  /// What is left when nothing more comes; nil when that is nothing.
  mutating func end() -> Document? {
    defer {
      self.current = []
      (self.depth, self.isInText, self.isEscaped) = (0, false, false)
    }
    return self.current.isEmpty
      ? nil : Document(number: 0, offset: self.offset, octets: self.current)
  }
}

/// Where documents come from.
enum DocumentSource: Sendable {
  case octets([UInt8])
  case standardInput
}

/// Reads the documents of all sources on a thread of its own: whoever types at a terminal, or sends
/// slowly, keeps nobody waiting but whoever asks for the next one.
enum DocumentReader {
  /// How many documents are read ahead.
  private static let aheadMax = 64

  /// The documents, and what is to be told after each that it is taken.
  static func read(
    _ sources: [DocumentSource]
  ) -> (documents: AsyncStream<Document>, taken: @Sendable () -> Void) {
    let (documents, continuation) = AsyncStream<Document>.makeStream()
    // From nothing: one that begins higher must not be given up lower.
    let room = DispatchSemaphore(value: 0)
    for _ in 0..<Self.aheadMax { room.signal() }
    Thread.detachNewThread {
      var number = 0
      func give(_ document: Document) {
        number += 1
        var document = document
        document.number = number
        room.wait()
        continuation.yield(document)
      }
      for source in sources {
        var cutter = DocumentCutter()
        switch source {
        case .octets(let octets): cutter.take(octets).forEach(give)
        case .standardInput:
          while true {
            let read = FileHandle.standardInput.availableData
            if read.isEmpty { break }
            cutter.take(read).forEach(give)
          }
        }
        if let rest = cutter.end() { give(rest) }
      }
      continuation.finish()
    }
    return (documents, { room.signal() })
  }
}
