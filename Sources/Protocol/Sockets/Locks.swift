#if THREAD_SANITIZER
  /// See ``TracedMutex``.
  typealias Mutex = TracedMutex
#endif
