@testable import BitimDomain
import Testing

@Suite("Notices of what ends (R-820)")
struct NoticeTests {
  private static let day = People.day

  private static func notice(
    _ kind: NoticeKind = .certificate, on day: String = "2026-11-22", _ left: Int = 30,
    of place: Int64 = 7
  ) -> Notice {
    Notice(kind, toldOn: Self.day(day), daysLeft: left, place: place)
  }

  @Test("a key says the day, the kind, how many days are left and of what, and is read back")
  func keys() {
    let notice = Self.notice()
    #expect(notice.key == "2026-11-22/certificate/30/7")
    #expect(Notice(key: notice.key) == notice)
    #expect(
      Notice(key: "2026-11-22/entry_suspension/90/2026000005")
        == Self.notice(.entrySuspension, 90, of: 2_026_000_005))
    #expect(Notice(key: "2026-11-22/case/0/431") == Self.notice(.case, 0, of: 431))
    for text in [
      "", "2026-11-22", "2026-11-22/certificate/30", "2026-11-22/certificate/30/7/1",
      "2026-11-31/certificate/30/7", "2026-11-22/certificates/30/7",
      "2026-11-22/certificate/31/7", "2026-11-22/certificate/3/7", "2026-11-22/case/30/7",
      "2026-11-22/certificate/30/x", "2026-11-22/certificate/30/-7",
      "2026-11-22/certificate/30/07", "2026-11-22/certificate/+30/7",
    ] {
      #expect(Notice(key: text) == nil, "\(text)")
    }
  }

  @Test("a day asks for each kind what ends 90, 60, 30 and 7 days later, and for cases 7, 3 and 0")
  func day() {
    let rounds = NoticeRound.rounds(of: Self.day("2026-11-22"), behind: nil)
    #expect(rounds.count == 7 * 4 + 3)
    #expect(
      rounds.prefix(5).map { "\($0.kind.rawValue) \($0.daysLeft) \($0.day.iso)" } == [
        "certificate 90 2027-02-20", "certificate 60 2027-01-21", "certificate 30 2026-12-22",
        "certificate 7 2026-11-29", "entitlement 90 2027-02-20",
      ])
    #expect(
      rounds.suffix(3).map { "\($0.kind.rawValue) \($0.daysLeft) \($0.day.iso)" } == [
        "case 7 2026-11-29", "case 3 2026-11-25", "case 0 2026-11-22",
      ])
    #expect(rounds.allSatisfy { $0.toldOn == Self.day("2026-11-22") })
    #expect(rounds[2].notice(of: 7) == Self.notice())
  }

  @Test("whoever comes back goes on where the last was told, through all days since, 92 at most")
  func resumed() {
    func rounds(behind last: Notice) -> [NoticeRound] {
      NoticeRound.rounds(of: Self.day("2026-11-22"), behind: last)
    }
    let today = rounds(behind: Self.notice())
    #expect(today.count == 31 - 2)
    #expect(today.first.map { $0.isOf(Self.notice()) } == true)
    let three = rounds(behind: Self.notice(on: "2026-11-20"))
    #expect(three.count == 3 * 31 - 2)
    #expect(three.first?.toldOn == Self.day("2026-11-20"))
    let most = rounds(behind: Self.notice(.case, on: "2026-08-23", 0))
    #expect(most.count == 91 * 31 + 1)
    let more = rounds(behind: Self.notice(.case, on: "2026-08-22", 0))
    #expect(more.count == 92 * 31)
    #expect(more.first?.toldOn == Self.day("2026-08-23"))
    #expect(rounds(behind: Self.notice(on: "2026-11-23")) == [])
  }
}
