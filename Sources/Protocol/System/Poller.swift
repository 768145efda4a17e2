import CLinux
import Glibc

/// Waits for many descriptors at once; belongs to one thread.
public struct Poller: ~Copyable {
  /// What happened to a descriptor.
  public struct Event: Sendable {
    /// The key it was registered under.
    public let key: UInt64
    /// There is something to read, an end included.
    public let isReadable: Bool
    /// There is room to write.
    public let isWritable: Bool
    /// The connection is broken.
    public let isClosed: Bool
  }

  private static let reading = UInt32(CLINUX_READ)
  private static let writing = UInt32(CLINUX_WRITE)
  private static let closed = UInt32(CLINUX_CLOSED)

  private let descriptor: Descriptor
  private var raw = [clinux_event](repeating: clinux_event(), count: 256)

  /// Makes a poller that watches nothing.
  public init() throws(SocketFailure) {
    let number = clinux_epoll_create()
    guard number >= 0 else { throw SocketFailure("make a poller") }
    self.descriptor = Descriptor(owning: number)
  }

  /// Watches `descriptor` under `key`; `isNew` the first time.
  public func watch(
    _ descriptor: Int32, key: UInt64, reads: Bool, writes: Bool, isNew: Bool
  ) {
    let what: UInt32 = (reads ? Self.reading : 0) | (writes ? Self.writing : 0)
    let code = clinux_epoll_set(self.descriptor.number, descriptor, key, what, isNew ? 1 : 0)
    precondition(code == 0, "a descriptor that is not open was given to the poller")
  }

  /// Watches `descriptor` no more.
  public func forget(_ descriptor: Int32) {
    _ = clinux_epoll_remove(self.descriptor.number, descriptor)
  }

  /// Waits until something happens or `timeoutMs` have passed; nil waits for ever. Returns how many
  /// events there are to be asked for.
  public mutating func wait(timeoutMs: Int32?) -> Int {
    let count = unsafe self.raw.withUnsafeMutableBufferPointer { buffer in
      unsafe clinux_epoll_wait(
        self.descriptor.number, buffer.baseAddress, Int32(buffer.count), timeoutMs ?? -1)
    }
    return max(0, Int(count))
  }

  /// The event at `index` of the last ``wait(timeoutMs:)``.
  public func event(_ index: Int) -> Event {
    let event = self.raw[index]
    return Event(
      key: event.key, isReadable: event.what & Self.reading != 0,
      isWritable: event.what & Self.writing != 0, isClosed: event.what & Self.closed != 0)
  }
}

/// Wakes a poller from another thread.
public struct WakeUp: ~Copyable, Sendable {
  private let descriptor: Descriptor

  /// Makes one that nobody has rung.
  public init() throws(SocketFailure) {
    let number = clinux_eventfd()
    guard number >= 0 else { throw SocketFailure("make an eventfd") }
    self.descriptor = Descriptor(owning: number)
  }

  /// The number to give to a poller.
  public var number: Int32 { self.descriptor.number }

  /// Makes the poller's wait return; any thread.
  public func ring() { clinux_ring(self.descriptor.number) }

  /// Takes the ringing; to be called by the poller's thread.
  public func answer() {
    clinux_answer(self.descriptor.number)
  }
}
