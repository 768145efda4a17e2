/// Several refusals of one call: everything that is wrong at once.
package struct Refusals: Error, Equatable, Sendable {
  package let all: [Refusal]

  package init(all: [Refusal]) { self.all = all }
}
