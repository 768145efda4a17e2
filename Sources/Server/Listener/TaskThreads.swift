import BitimSystem
import Dispatch
import Synchronization

/// Threads that run the tasks of calls: a handler that reads the disk must not hold up Swift's own
/// pool, nor a loop.
final class TaskThreads: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var isClosed = false
  }

  private let state = Lock(State())
  private let bell = DispatchSemaphore(value: 0)
  private let count: Int
  /// Left by each task when it ends.
  let running = DispatchGroup()

  /// Starts `count` threads in `group`.
  init(count: Int, in group: DispatchGroup) {
    self.count = count
    for _ in 0..<count { Thread.start(in: group) { self.run() } }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    self.state.withLock { $0.jobs.append(job) }
    self.bell.signal()
  }

  /// Ends the threads once the tasks have ended, or at `deadline` with tasks that do not.
  func close(by deadline: DispatchTime) {
    _ = self.running.wait(timeout: deadline)
    self.state.withLock { $0.isClosed = true }
    for _ in 0..<self.count { self.bell.signal() }
  }

  private func run() {
    while true {
      self.bell.wait()
      let (job, isLast) = self.state.withLock { state -> (UnownedJob?, Bool) in
        state.jobs.isEmpty ? (nil, state.isClosed) : (state.jobs.removeFirst(), false)
      }
      if let job {
        unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
      } else if isLast {
        return
      }
    }
  }
}
