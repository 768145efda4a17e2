/// Days from one to another, both included; open where there is no end.
public struct Period: Equatable, Sendable {
  /// The first day.
  public let from: CivilDate
  /// The last day; nil while it lasts.
  public let until: CivilDate?

  /// From one day to another.
  public init(from: CivilDate, until: CivilDate?) {
    self.from = from
    self.until = until
  }

  /// Whether `day` lies in the period.
  public func contains(_ day: CivilDate) -> Bool {
    guard day >= self.from else { return false }
    guard let until = self.until else { return true }
    return day <= until
  }
}
