/// That something ends soon, told once for each of some days before.
///
/// The key says the day on which it is told, the kind, how many days are left, and of what: none comes twice, and a
/// day that moved makes new ones. In the order of keys a caller goes on behind the last that was told.
package struct Notice: Equatable, Sendable {
  package let kind: NoticeKind
  package let toldOn: CivilDate
  package let daysLeft: Int
  /// By which number the registry knows what ends.
  package let place: Int64

  package init(_ kind: NoticeKind, toldOn: CivilDate, daysLeft: Int, place: Int64) {
    self.kind = kind
    self.toldOn = toldOn
    self.daysLeft = daysLeft
    self.place = place
  }

  package var key: String {
    "\(self.toldOn.iso)/\(self.kind.rawValue)/\(self.daysLeft)/\(self.place)"
  }

  /// Reads a key; nil where no notice can have it.
  package init?(key: String) {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let day = CivilDate(iso: parts[0]),
      let kind = NoticeKind(rawValue: parts[1]), let left = Int(parts[2]),
      kind.daysLeft.contains(left), let place = Int64(parts[3]), place >= 0
    else { return nil }
    self.init(kind, toldOn: day, daysLeft: left, place: place)
    guard self.key == key else { return nil }
  }
}

extension NoticeKind {
  /// How many days before its last one something is told.
  package var daysLeft: [Int] {
    switch self {
    case .case: [7, 3, 0]
    case .certificate, .entitlement, .agreement, .suspension, .entrySuspension, .learning, .token:
      [90, 60, 30, 7]
    }
  }
}

/// What is asked for a day's notices: what of a kind ends so many days later.
package struct NoticeRound: Equatable, Sendable {
  package let kind: NoticeKind
  package let toldOn: CivilDate
  package let daysLeft: Int

  /// The last day of what is told.
  package var day: CivilDate { CivilDate(dayNumber: self.toldOn.dayNumber + self.daysLeft) }

  package func notice(of place: Int64) -> Notice {
    Notice(self.kind, toldOn: self.toldOn, daysLeft: self.daysLeft, place: place)
  }

  /// The most days that are told at once, of a caller who was away.
  package static let daysBack = 92

  /// Those of a day, or of all days since `last` was told, in the order of keys.
  package static func rounds(of day: CivilDate, behind last: Notice?) -> [NoticeRound] {
    let first = max(
      last?.toldOn.dayNumber ?? day.dayNumber, day.dayNumber - Self.daysBack + 1)
    guard first <= day.dayNumber else { return [] }
    let all = (first...day.dayNumber).flatMap { number in
      NoticeKind.allCases.flatMap { kind in
        kind.daysLeft.map { left in
          NoticeRound(kind: kind, toldOn: CivilDate(dayNumber: number), daysLeft: left)
        }
      }
    }
    guard let last, let place = all.firstIndex(where: { $0.isOf(last) }) else { return all }
    return Array(all[place...])
  }

  package func isOf(_ notice: Notice) -> Bool {
    (self.toldOn, self.kind, self.daysLeft) == (notice.toldOn, notice.kind, notice.daysLeft)
  }
}
