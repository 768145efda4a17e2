#if THREAD_SANITIZER
  import BitimSockets

  /// See ``TracedMutex``.
  typealias Mutex = TracedMutex
#endif
