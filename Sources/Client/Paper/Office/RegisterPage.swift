package import BitimProtocol

/// The class register of a cohort.
extension OfficePage {
  /// How many classes stand beside each other in a table of attendance: as many as leave a long name its room.
  private static let classesMax = 14

  /// The register: the classes by day, each with trainer, hours and a place to sign, and who attended which.
  ///
  /// - Parameters:
  ///   - cohort: The cohort with its trainees.
  ///   - classes: Its classes, in their order.
  ///   - people: Who attended one; who left the cohort since stands behind the others.
  package static func register(
    of cohort: BitimV1.GetCohortResponse, classes: [BitimV1.HeldClass],
    people: [BitimV1.PersonLine], in tongue: Tongue
  ) -> OfficePage {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    let of = cohort.cohort ?? .init()
    var page = OfficePage(
      tongue: tongue, way: .landscape, title: OfficeWords.title(ofRegister: of.code, tongue))
    if of.isCancelled { page.warnings = [label(OfficeWords.cohortCancelled)] }
    let days = [of.startsOn, of.endsOn].map { PaperDates.digits($0, beside: tongue) }
    let trainers = cohort.trainers.map { OfficeWords.name($0.names, tongue) }
    page.facts = [
      (label(OfficeWords.programme), OfficeWords.programme(of: of, tongue)),
      (label(OfficeWords.days), days.joined(separator: " – ")),
      (label(OfficeWords.organisation), of.organisation), (label(OfficeWords.place), of.place),
      (label(OfficeWords.trainers), trainers.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }
    let all = Self.people(of: cohort, people)
    page.tables = [Self.classes(classes, tongue)]
    if classes.isEmpty { page.warnings.append(label(OfficeWords.noClasses)) }
    let quarters = (
      theory: Self.quarters(of: classes) { $0.theoryQuarters },
      practice: Self.quarters(of: classes) { $0.practiceQuarters }
    )
    // Who is in it is asked for before the first class, too.
    for first in stride(from: 0, to: max(classes.count, 1), by: Self.classesMax) {
      let range = first..<min(first + Self.classesMax, classes.count)
      page.tables.append(Self.attendance(of: all, classes, range, quarters, tongue))
    }
    let hours = [
      cohort.theoryQuartersMin, cohort.practiceQuartersMin,
    ].map { PaperHours.number($0, tongue) }
    page.sums = [label(OfficeWords.needed(hours[0], hours[1]))]
    return page
  }

  /// The trainees in their order, and behind them who attended and is no trainee any more.
  private static func people(
    of cohort: BitimV1.GetCohortResponse, _ others: [BitimV1.PersonLine]
  ) -> [BitimV1.PersonLine] {
    let trainees = cohort.trainees.compactMap(\.person)
    let known = Set(trainees.map(\.id))
    return trainees + others.filter { !known.contains($0.id) }
  }

  private static func classes(_ classes: [BitimV1.HeldClass], _ tongue: Tongue) -> Table {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    return Table(
      columns: [
        Column(label(OfficeWords.row), .count), Column(label(OfficeWords.day), .word),
        Column(label(OfficeWords.time), .word), Column(label(OfficeWords.theory), .count),
        Column(label(OfficeWords.practice), .count), Column(label(OfficeWords.trainer), .text),
        Column(label(OfficeWords.attended), .count), Column(label(OfficeWords.signed), .sign),
      ],
      rows: classes.enumerated().map { index, held in
        // Of whom nothing else is recorded, the class had the hours that the most have.
        let theory = held.attended.map(\.theoryQuarters).max() ?? 0
        let practice = held.attended.map(\.practiceQuarters).max() ?? 0
        return [
          Cell("\(index + 1)"),
          Cell(
            PaperDates.digits(held.heldOn, beside: tongue), beneath: Self.missed(held, tongue)),
          Cell("\(held.startsAt)–\(held.endsAt)"), Cell(Self.hours(theory, tongue)),
          Cell(Self.hours(practice, tongue)), Cell(OfficeWords.name(held.trainer?.names, tongue)),
          Cell("\(held.attended.count)"), Cell(""),
        ]
      })
  }

  /// Which class it makes up; empty of any other.
  private static func missed(_ held: BitimV1.HeldClass, _ tongue: Tongue) -> String {
    let words = held.makesUp.split(separator: " ").map(String.init)
    guard words.count == 2 else { return "" }
    let day = PaperDates.digits(words[0], beside: tongue)
    return OfficeWords.makesUp("\(day) \(words[1])", tongue)
  }

  /// Who attended how many hours of some of the classes; of all of them where the last ones are among them.
  private static func attendance(
    of people: [BitimV1.PersonLine], _ classes: [BitimV1.HeldClass], _ range: Range<Int>,
    _ quarters: (theory: [[Int64: Int32]], practice: [[Int64: Int32]]), _ tongue: Tongue
  ) -> Table {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    let isLast = range.upperBound == classes.count
    let (theory, practice) = quarters
    let columns = range.map { index in
      Column("\(index + 1)", .count, beneath: Self.short(classes[index].heldOn))
    }
    let numbers = range.isEmpty ? "" : ", № \(range.lowerBound + 1)–\(range.upperBound)"
    let name = label(OfficeWords.attendance) + numbers
    // Each has a minimum of its own.
    let sums =
      isLast
      ? [OfficeWords.theory, OfficeWords.practice, OfficeWords.count].map {
        Column(label($0), .count)
      } : []
    return Table(
      caption: name,
      columns: [
        Column(label(OfficeWords.row), .count), Column(label(OfficeWords.name), .text),
      ] + columns + sums,
      rows: people.enumerated().map { index, person in
        let own = [theory, practice].map { $0.compactMap { $0[person.id] }.reduce(0, +) }
        return [
          Cell("\(index + 1)"),
          Cell(OfficeWords.name(person.names, tongue), beneath: person.displayId),
        ]
          + range.map { index in
            let both = (theory[index][person.id] ?? 0) + (practice[index][person.id] ?? 0)
            return Cell(Self.hours(both, tongue))
          }
          + (isLast
            ? (own + [own.reduce(0, +)]).map { Cell(Self.hours($0, tongue), isStrong: true) } : [])
      })
  }

  /// Of each class, by whom, how much of a kind was attended.
  private static func quarters(
    of classes: [BitimV1.HeldClass], _ kind: (BitimV1.Attendance) -> Int32
  ) -> [[Int64: Int32]] {
    classes.map { held in
      Dictionary(held.attended.map { ($0.personId, kind($0)) }, uniquingKeysWith: +)
    }
  }

  private static func hours(_ quarters: Int32, _ tongue: Tongue) -> String {
    quarters == 0 ? "–" : PaperHours.number(quarters, tongue)
  }

  /// A day without its year, in an order that no language turns round: `05.01`.
  private static func short(_ iso: String) -> String {
    let parts = iso.split(separator: "-")
    return parts.count == 3 ? "\(parts[2]).\(parts[1])" : iso
  }
}
