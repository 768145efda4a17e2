import Glibc

/// Where a loop or a worker puts answers: one growing buffer, written to in place.
///
/// Belongs to one thread. A handler appends its answer's payload and nothing else; the frame
/// around it is the loop's business.
@safe
public struct Output: ~Copyable {
  /// Above this a buffer that was needed once is given back.
  private static let keptMax = 1 << 18

  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// How many octets there are.
  @inlinable public var count: Int { self.used }

  /// Starts empty.
  public init() {
    self.capacity = 1 << 16
    unsafe self.base = .allocate(capacity: self.capacity)
  }

  deinit { unsafe self.base.deallocate() }

  /// Appends one octet.
  @inlinable
  public mutating func append(_ octet: UInt8) {
    if self.count == self.capacity { self.grow(to: self.count + 1) }
    unsafe self.base[self.count] = octet
    self.used += 1
  }

  /// Appends octets as they are.
  public mutating func append(_ octets: Span<UInt8>) {
    let more = octets.count
    if self.capacity - self.count < more { self.grow(to: self.count + more) }
    unsafe octets.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      unsafe (self.base + self.count).update(from: start, count: more)
    }
    self.used += more
  }

  /// Appends octets as they are.
  public mutating func append(_ octets: [UInt8]) { self.append(octets.span) }

  /// Appends a varint in as few octets as it needs.
  @inlinable
  public mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      self.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    self.append(UInt8(rest))
  }

  /// All octets, copied.
  public var octets: [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: self.base, count: self.count))
  }

  /// Lends the octets from `start` on.
  func withOctets<Answer>(from start: Int, _ body: (Span<UInt8>) -> Answer) -> Answer {
    precondition(start <= self.count, "the rest begins behind the end")
    let octets = unsafe UnsafeBufferPointer(start: self.base + start, count: self.count - start)
    return body(unsafe Span(_unsafeElements: octets))
  }

  /// Forgets everything from `count` on.
  mutating func cut(to count: Int) {
    precondition(count <= self.count, "a buffer can't be cut longer")
    self.used = count
    if count == 0, self.capacity > Self.keptMax { self.shrink() }
  }

  /// Makes room for `width` octets at the end, to be filled by ``fill(_:with:)``.
  mutating func leave(_ width: Int) -> Int {
    if self.capacity - self.count < width { self.grow(to: self.count + width) }
    self.used += width
    return self.count - width
  }

  /// Writes the octet at `place`, which was left.
  mutating func fill(_ place: Int, with octet: UInt8) {
    precondition(place < self.count, "what is filled must have been left")
    unsafe self.base[place] = octet
  }

  /// Writes four octets, big-endian, at `place`, which was left.
  mutating func fill(_ place: Int, withWord word: UInt32) {
    precondition(place + 4 <= self.count, "what is filled must have been left")
    unsafe UnsafeMutableRawPointer(self.base + place)
      .storeBytes(of: word.bigEndian, as: UInt32.self)
  }

  /// Moves what stands from `start` on by `distance`, which may be negative.
  mutating func move(from start: Int, by distance: Int) {
    guard distance != 0 else { return }
    let moved = self.count - start
    if distance > 0 { _ = self.leave(distance) } else { self.used += distance }
    precondition(start + distance >= 0 && moved >= 0, "octets would be moved out of the buffer")
    unsafe memmove(self.base + start + distance, self.base + start, moved)
  }

  @usableFromInline
  mutating func grow(to needed: Int) {
    var capacity = self.capacity
    while capacity < needed { capacity *= 2 }
    self.replace(capacity)
  }

  private mutating func shrink() { self.replace(1 << 16) }

  private mutating func replace(_ capacity: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe larger.update(from: self.base, count: self.count)
    unsafe self.base.deallocate()
    unsafe self.base = larger
    self.capacity = capacity
  }
}

extension Output {
  /// Where an answer's frame began, and how much of it stands before the payload.
  struct Opening {
    fileprivate let start: Int
    /// Most answers take two octets for their length; others are moved by one or two.
    fileprivate static let lengthWidth = 2
    fileprivate var payload: Int { self.start + FramePlace.payload + Self.lengthWidth }
  }

  private enum FramePlace {
    static let stream = 4
    static let kind = 8
    static let flags = 9
    static let tag = 10
    static let payload = 11
  }

  /// Begins the frame of a successful answer; the payload is appended next.
  mutating func open() -> Opening {
    Opening(start: self.leave(FramePlace.payload + Opening.lengthWidth))
  }

  /// Ends the frame around what was appended; false, and nothing of it stays, when it is longer
  /// than a frame may be.
  ///
  /// Octet for octet what Go's ttrpc writes: no status, and for an empty payload nothing at all.
  mutating func close(_ opening: Opening, stream: UInt32, lengthMax: UInt32) -> Bool {
    let count = self.count - opening.payload
    let start = opening.start
    var length = 0
    if count == 0 {
      self.cut(to: start + FramePlace.tag)
    } else {
      let width = Self.varintWidth(count)
      length = 1 + width + count
      guard length <= Int(lengthMax) else {
        self.cut(to: start)
        return false
      }
      self.move(from: opening.payload, by: width - Opening.lengthWidth)
      self.fill(start + FramePlace.tag, with: 0x12)
      var rest = count
      for place in 0..<width {
        let more: UInt8 = place + 1 < width ? 0x80 : 0
        self.fill(
          start + FramePlace.payload + place, with: UInt8(truncatingIfNeeded: rest & 0x7F) | more)
        rest >>= 7
      }
    }
    self.fill(start, withWord: UInt32(length))
    self.fill(start + FramePlace.stream, withWord: stream)
    self.fill(start + FramePlace.kind, with: 2)
    self.fill(start + FramePlace.flags, with: 0)
    return true
  }

  /// Takes back a frame that was begun.
  mutating func abandon(_ opening: Opening) { self.cut(to: opening.start) }

  private static func varintWidth(_ value: Int) -> Int {
    value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5
  }
}
