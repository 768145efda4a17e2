import Dispatch
import Synchronization

/// Says on standard error, each second, how far a long step has come, for as long as it is held.
final class Progress {
  /// How many acts a step is through with.
  private final class Count: Sendable {
    let acts = Atomic<Int64>(0)
  }

  private let count = Count()
  private let timer: any DispatchSourceTimer

  /// Begins to tell of `step` of the command `event`, which has `total` acts before it, where that is
  /// known.
  init(
    _ event: String, step: String, of total: Int64? = nil,
    tell: @escaping @Sendable (String, [String: String]) -> Void = { Log.line(.info, $0, $1) }
  ) {
    self.timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bitim.progress"))
    self.timer.schedule(deadline: .now() + 0.9, repeating: 0.9)
    self.timer.setEventHandler { [count] in
      var fields = ["step": step, "acts": "\(count.acts.load(ordering: .relaxed))"]
      if let total { fields["of"] = "\(total)" }
      tell(event, fields)
    }
    self.timer.resume()
  }

  deinit { self.timer.cancel() }

  /// So many acts are through.
  func note(acts: Int64) { self.count.acts.store(acts, ordering: .relaxed) }
}
