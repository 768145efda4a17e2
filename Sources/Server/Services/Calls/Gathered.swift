import Synchronization

/// How much the lists that are being gathered take together, over all imports.
final class Gathered: Sendable {
  /// What a row costs in memory beside its octets.
  private static let rowOctets = 1 << 10

  private let most: Int
  private let held = Atomic<Int>(0)

  init(most: Int) { self.most = most }

  /// A list of which nothing is gathered yet; what it takes is given back with it.
  func begin() -> Share { Share(of: self) }

  /// What one list takes.
  final class Share {
    private let whole: Gathered
    private(set) var octets = 0
    private(set) var rows = 0
    private var taken = 0

    fileprivate init(of whole: Gathered) { self.whole = whole }

    deinit { self.whole.held.subtract(self.taken, ordering: .relaxed) }

    /// Counts a portion; false, and nothing is counted, when the lists of all take too much.
    func add(octets: Int, rows: Int) -> Bool {
      let more = octets + rows * Gathered.rowOctets
      guard self.whole.held.add(more, ordering: .relaxed).newValue <= self.whole.most else {
        self.whole.held.subtract(more, ordering: .relaxed)
        return false
      }
      self.taken += more
      self.octets += octets
      self.rows += rows
      return true
    }
  }
}
