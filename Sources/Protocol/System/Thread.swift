import CLinux
package import Dispatch
import Glibc

/// Threads of the operating system: what waits in the kernel may not block Swift's own pool.
package enum Thread {
  private final class Work {
    let body: @Sendable () -> Void
    let group: DispatchGroup
    init(_ body: @escaping @Sendable () -> Void, _ group: DispatchGroup) {
      self.body = body
      self.group = group
    }
  }

  /// Runs `body` on a thread of its own; `group` is left when it has returned and what it held is
  /// released.
  package static func start(
    in group: DispatchGroup, _ body: @escaping @Sendable () -> Void
  ) {
    group.enter()
    let work = unsafe Unmanaged.passRetained(Work(body, group)).toOpaque()
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        var work: Work? = unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
        let group = work?.group
        work?.body()
        work = nil
        group?.leave()
        return nil
      }, work)
    precondition(code == 0, "the system has no thread to give")
    pthread_detach(thread)
  }

  /// Lets other threads go before the calling one where there are not cores enough for all
  /// (SCHED_IDLE: whoever wakes up takes its core at once); where the system does not allow it,
  /// nothing changes.
  package static func standBack() { _ = clinux_stand_back() }
}

/// SIGTERM and SIGINT, held back until somebody waits for them: an order to stop is kept however
/// early it comes.
@safe
public struct StopSignals {
  private var signals = sigset_t()

  /// Holds them on this thread and on those it starts from here on: to be made before any other.
  public init() {
    unsafe sigemptyset(&self.signals)
    // Nothing of ours is asked by them, and unheeded they would end the process.
    for number in [SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // One that is ignored would be dropped, held or not.
      signal(number, SIG_DFL)
      unsafe sigaddset(&self.signals, number)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &self.signals, nil)
  }

  /// Returns when one has arrived that says to stop; `hangUp` is told of each SIGHUP until then.
  public func wait(hangUp: () -> Void) {
    var signals = self.signals
    var number: Int32 = 0
    repeat {
      unsafe sigwait(&signals, &number)
      if number == SIGHUP { hangUp() }
    } while number == SIGHUP
  }
}
