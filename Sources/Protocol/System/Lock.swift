#if THREAD_SANITIZER
  import Glibc

  /// A lock that ThreadSanitizer sees; in builds for that tool alone (`scripts/sanitize`).
  ///
  /// Synchronization's `Mutex` waits by the kernel's futex, which the tool does not know: it would
  /// take everything that is done under it for a race. `@unchecked`, since the lock is what makes it so.
  @safe
  public final class Lock<Value>: @unchecked Sendable {
    private var value: Value
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    /// Guards `value`.
    public init(_ value: consuming sending Value) {
      self.value = value
      unsafe self.lock.initialize(to: pthread_mutex_t())
      unsafe pthread_mutex_init(self.lock, nil)
    }

    deinit {
      unsafe pthread_mutex_destroy(self.lock)
      unsafe self.lock.deallocate()
    }

    /// Lends the value to `body`, and to nobody else meanwhile.
    public func withLock<Answer, Failure: Error>(
      _ body: (inout sending Value) throws(Failure) -> sending Answer
    ) throws(Failure) -> sending Answer {
      unsafe pthread_mutex_lock(self.lock)
      defer { unsafe pthread_mutex_unlock(self.lock) }
      return try body(&self.value)
    }
  }
#else
  public import Synchronization

  /// A value that one thread at a time may touch.
  public typealias Lock = Mutex
#endif
