/// Several refusals of one call: everything that is wrong at once.
package struct Refusals: Error, Equatable, Sendable {
  package let all: [Refusal]

  package init(all: [Refusal]) { self.all = all }
}

extension [Refusal] {
  /// Reads a value, or notes why it can't be read.
  @discardableResult
  mutating func noting<Value>(_ read: () throws(Refusal) -> Value) -> Value? {
    do throws(Refusal) { return try read() } catch {
      self.append(error)
      return nil
    }
  }
}
