import BitimSystem
import Dispatch
import Synchronization

/// Work on a thread of its own, beside the one that asks for it.
final class Aside<Value: Sendable>: Sendable {
  private let thread = DispatchGroup()
  private let result = Lock<Result<Value, any Error>?>(nil)

  /// Begins `work`.
  init(_ work: @escaping @Sendable () throws -> Value) {
    Thread.start(in: self.thread) {
      let result = Result { try work() }
      self.result.withLock { $0 = result }
    }
  }

  /// Returns when the work has ended, whether it gave anything or failed.
  func wait() { self.thread.wait() }

  /// What the work gave, once it has ended.
  ///
  /// - Throws: What it failed with.
  func value() throws -> Value {
    self.wait()
    guard let result = self.result.withLock({ $0 }) else {
      preconditionFailure("a thread that has ended has left a result")
    }
    return try result.get()
  }

  /// Uses pages one after another; while one is used, the next is worked on aside.
  ///
  /// - Parameters:
  ///   - page: Gives the next page, on the thread that calls; nil at the end.
  ///   - work: Works on a page, on a thread of its own.
  ///   - use: Uses what was made of it, on the thread that calls.
  static func ahead<Page: Sendable>(
    _ page: () throws -> Page?, _ work: @escaping @Sendable (Page) -> Value,
    use: (Value) throws -> Void
  ) throws {
    func begin() throws -> Aside? { try page().map { page in Aside { work(page) } } }
    var begun = try begin()
    while let due = begun {
      begun = try begin()
      try use(try due.value())
    }
  }
}
