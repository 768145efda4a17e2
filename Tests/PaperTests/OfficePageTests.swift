import BitimProtocol
import Foundation
import Testing

@testable import BitimPaper

@Suite("Pages of the office's day")
struct OfficePageTests {
  private static func member(
    _ id: Int64, _ seat: BitimV1.Seat, kk: (String, String, String)
  ) -> (BitimV1.CommissionSeat, BitimV1.PersonLine) {
    var place = BitimV1.CommissionSeat()
    (place.personId, place.seat) = (id, seat)
    var line = BitimV1.PersonLine()
    (line.id, line.displayId) = (id, "P-\(id)")
    line.names = Samples.names(kk: kk, ru: nil, latin: nil)
    return (place, line)
  }

  private static func candidate(
    _ id: Int64, _ names: BitimV1.Names, _ outcome: BitimV1.ResultOutcome = .unspecified,
    _ points: [Int32] = []
  ) -> BitimV1.Candidate {
    var candidate = BitimV1.Candidate()
    (candidate.personId, candidate.displayId, candidate.names) = (id, "P-\(id)", names)
    candidate.outcome = outcome
    candidate.scores = zip([BitimV1.Component.test, .rolePlay], points).map { part, points in
      var score = BitimV1.Score()
      (score.component, score.points) = (part, points)
      return score
    }
    return candidate
  }

  /// Two candidates, one of whom has a name that markup would take for its own.
  private static func session() -> BitimV1.GetSessionResponse {
    var answer = BitimV1.GetSessionResponse()
    var session = BitimV1.Session()
    (session.code, session.cohort, session.heldOn) = ("S-014", "P1-ALA-01", "2026-03-20")
    session.protocolNumber = "14"
    // As the registry has them, by their numbers: the chair is not the first.
    let people = [
      Self.member(4, .member, kk: ("Нұрланов", "Ерік", "")),
      Self.member(5, .chair, kk: ("Қожахметова", "Гүлнәр", "Өмірбекқызы")),
    ]
    session.commission = people.map(\.0)
    answer.session = session
    answer.members = people.map(\.1)
    answer.components = [BitimV1.Component.test, .rolePlay].map { part in
      var rule = BitimV1.ComponentRule()
      rule.component = part
      rule.passMark = .init()
      rule.passMark?.value = 60
      return rule
    }
    answer.candidates = [
      Self.candidate(
        7, Samples.names(kk: ("Өтегенова", "Ұлжан", "Ғабитқызы"), ru: nil, latin: nil)),
      Self.candidate(
        8, Samples.names(kk: ("<b>Әділ & \"Һ\"", "Іңкәр", ""), ru: nil, latin: nil)),
    ]
    answer.resultsDigest = "0f"
    return answer
  }

  /// The page below its head.
  private static func body(_ page: OfficePage) throws -> String {
    let text = String(decoding: page.octets, as: UTF8.self)
    let start = try #require(text.range(of: "<main>\n")).upperBound
    let end = try #require(text.range(of: "</main>\n</body>\n</html>\n")).lowerBound
    return String(text[start..<end])
  }

  @Test("a sign-in sheet has names in their order and room to sign; what looks like markup is text")
  func signIn() throws {
    #expect(
      try Self.body(.signIn(of: Self.session(), in: .kk)) == """
        <h1>Үміткерлердің қол қою парағы</h1>
        <dl>
        <div><dt>Хаттама</dt><dd>№ 14</dd></div>
        <div><dt>Күні</dt><dd>2026 жылғы 20 наурыз</dd></div>
        <div><dt>Топ</dt><dd>P1-ALA-01</dd></div>
        <div><dt>Комиссия</dt><dd>Қожахметова Гүлнәр Өмірбекқызы (төраға), Нұрланов Ерік (комиссия мүшесі)</dd></div>
        </dl>
        <table>
        <thead>
        <tr><th scope="col" class="count">№</th><th scope="col" class="text">Тегі, аты, әкесінің аты</th>\
        <th scope="col" class="word">Нөмірі</th><th scope="col" class="blank">Келген уақыты</th>\
        <th scope="col" class="sign">Қолы</th></tr>
        </thead>
        <tbody>
        <tr><td class="count">1</td><td class="text">Өтегенова Ұлжан Ғабитқызы</td><td class="word">P-7</td>\
        <td class="blank"></td><td class="sign"></td></tr>
        <tr><td class="count">2</td><td class="text">&lt;b&gt;Әділ &amp; &quot;Һ&quot; Іңкәр</td>\
        <td class="word">P-8</td><td class="blank"></td><td class="sign"></td></tr>
        </tbody>
        </table>
        <p class="sum">Үміткерлер: 2. Келгені: ________</p>
        <section>
        <div><p class="seat">Төраға</p><p class="line"><small>қолы</small></p>\
        <p class="name">Қожахметова Гүлнәр Өмірбекқызы</p></div>
        </section>
        <footer>
        <p>Дерекқордағы коды: S-014</p>
        </footer>

        """)
  }

  @Test("whatever is recorded, what candidates sign is the same octets, and each signs once")
  func noResults() throws {
    let before = Self.session()
    var after = before
    var marks = BitimV1.MemberMark()
    (marks.personId, marks.points) = (4, 99)
    for index in after.candidates.indices {
      var candidate = Self.candidate(
        after.candidates[index].personId, after.candidates[index].names ?? .init(),
        index == 0 ? .passed : .excluded, [97, 98])
      candidate.scores[0].marks = [marks, marks]
      (candidate.attempt, candidate.isConfirmed, candidate.why) = (2, true, "шпаргалка")
      after.candidates[index] = candidate
    }
    // An annulled result stands beside the one in its place.
    var annulled = after.candidates[0]
    annulled.isAnnulled = true
    after.candidates.insert(annulled, at: 0)
    after.resultsDigest = "another"
    for tongue in [Tongue.kk, .ru, .en] {
      #expect(
        OfficePage.signIn(of: after, in: tongue).octets
          == OfficePage.signIn(of: before, in: tongue).octets)
    }
  }

  @Test("a page is one file that runs nothing, asks for nothing and says its language")
  func alone() throws {
    for page in [
      OfficePage.signIn(of: Self.session(), in: .ru), .protocol(of: Self.session(), in: .en),
      .issued([], of: .year(2026), in: .kk),
      .register(of: .init(), classes: [], people: [], in: .kk),
    ] {
      let text = String(decoding: page.octets, as: UTF8.self)
      #expect(text.contains("<html lang=\"\(page.tongue.rawValue)\">"))
      #expect(text.contains("content=\"default-src 'none'; style-src 'sha256-"))
      for word in ["<script", "<link", "src=", "href=", "url(", " style=", "@import"] {
        #expect(!text.contains(word), "\(word)")
      }
      #expect(text.contains("@page{size:A4 \(page.way.rawValue);"))
      #expect(text.contains("thead{display:table-header-group}"))
      #expect(text.contains("tr{break-inside:avoid}"))
    }
  }

  @Test("a protocol has the marks as recorded, and says what is not confirmed")
  func results() throws {
    var session = Self.session()
    session.session?.protocolNumber = "№ 14"
    var letter = BitimV1.Invitation()
    (letter.document, letter.datedOn, letter.organisation) = (
      "№ 3 хат", "2026-03-01", "Адвокаттар алқасы"
    )
    session.session?.commission[0].invitation = letter
    let first = session.candidates[0].names ?? .init()
    var passed = Self.candidate(7, first, .passed, [80, 60])
    (passed.attempt, passed.isConfirmed) = (1, true)
    let given: [(Int64, Int32)] = [(5, 85), (4, 75)]
    passed.scores[0].marks = given.map { id, points in
      var mark = BitimV1.MemberMark()
      (mark.personId, mark.points) = (id, points)
      return mark
    }
    let failed = Self.candidate(8, session.candidates[1].names ?? .init(), .failed, [59, 100])
    var absent = Self.candidate(
      9, Samples.names(kk: nil, ru: ("Ёлкина", "Яна", ""), latin: nil), .absent)
    absent.why = "анықтама № 5"
    absent.isAnnulled = true
    absent.isConfirmed = true
    let nobody = Self.candidate(
      10, Samples.names(kk: nil, ru: nil, latin: ("García", "Lucía", "")))
    session.candidates = [passed, failed, absent, nobody]
    let body = try Self.body(.protocol(of: session, in: .kk))
    #expect(
      body == """
        <h1>Комиссия отырысының № 14 хаттамасы</h1>
        <p class="warning" role="note">Төраға растамаған нәтиже: 1 (барлығы 2). Расталмаған нәтиже есепке \
        алынбайды.</p>
        <p class="warning" role="note">Нәтижесі енгізілмеген үміткер: 1.</p>
        <dl>
        <div><dt>Күні</dt><dd>2026 жылғы 20 наурыз</dd></div>
        <div><dt>Топ</dt><dd>P1-ALA-01</dd></div>
        </dl>
        <table>
        <caption>Комиссия</caption>
        <thead>
        <tr><th scope="col" class="count">№</th><th scope="col" class="text">Тегі, аты, әкесінің аты</th>\
        <th scope="col" class="word">Комиссиядағы міндеті</th></tr>
        </thead>
        <tbody>
        <tr><td class="count">1</td><td class="text">Қожахметова Гүлнәр Өмірбекқызы</td>\
        <td class="word">Төраға</td></tr>
        <tr><td class="count">2</td><td class="text">Нұрланов Ерік<small>хатпен шақырылған: № 3 хат, \
        01.03.2026, Адвокаттар алқасы</small></td><td class="word">Комиссия мүшесі</td></tr>
        </tbody>
        </table>
        <table>
        <caption>Аттестация нәтижесі</caption>
        <thead>
        <tr><th scope="col" class="count">№</th><th scope="col" class="text">Тегі, аты, әкесінің аты</th>\
        <th scope="col" class="count">Тест<small>өту шегі 60</small></th>\
        <th scope="col" class="count">Рөлдік ойын<small>өту шегі 60</small></th>\
        <th scope="col" class="count">Талпыныс</th><th scope="col" class="words">Аттестация нәтижесі</th>\
        <th scope="col" class="word">Төраға растаған</th></tr>
        </thead>
        <tbody>
        <tr><td class="count">1</td><td class="text">Өтегенова Ұлжан Ғабитқызы<small>P-7</small></td>\
        <td class="count">80<small>85 + 75</small></td><td class="count">60</td><td class="count">1</td>\
        <td class="words">өтті</td><td class="word">иә</td></tr>
        <tr><td class="count">2</td><td class="text">&lt;b&gt;Әділ &amp; &quot;Һ&quot; Іңкәр<small>P-8</small></td>\
        <td class="count"><b>59*</b></td><td class="count">100</td><td class="count">–</td>\
        <td class="words">өтпеді</td><td class="word"><b>ЖОҚ</b></td></tr>
        <tr><td class="count">3</td><td class="text">Ёлкина Яна<small>P-9</small></td><td class="count">–</td>\
        <td class="count">–</td><td class="count">–</td>\
        <td class="words">күші жойылған (келмеді)<small>анықтама № 5</small></td><td class="word">иә</td></tr>
        <tr><td class="count">4</td><td class="text">García Lucía<small>P-10</small></td><td class="count">–</td>\
        <td class="count">–</td><td class="count">–</td><td class="words">енгізілмеген</td>\
        <td class="word">–</td></tr>
        </tbody>
        </table>
        <p class="sum">Барлығы: 4; өтті – 1, өтпеді – 1, енгізілмеген – 1, күші жойылған – 1.</p>
        <p class="sum">* – өту шегінен төмен.</p>
        <p class="sum">Кіші әріппен – комиссия мүшелерінің өз бағалары, жоғарыда аталған ретімен.</p>
        <section>
        <div><p class="seat">Төраға</p><p class="line"><small>қолы</small></p>\
        <p class="name">Қожахметова Гүлнәр Өмірбекқызы</p></div>
        <div><p class="seat">Комиссия мүшесі</p><p class="line"><small>қолы</small></p>\
        <p class="name">Нұрланов Ерік</p></div>
        </section>
        <footer>
        <p>Дерекқордағы коды: S-014 · Нәтижелердің бақылау қосындысы: 0f</p>
        </footer>

        """)
  }

  @Test("programme, edition and place are named where the reader may see the cohort")
  func cohort() throws {
    var cohort = BitimV1.Cohort()
    (cohort.programme, cohort.edition, cohort.place) = (2, "2025", "Өскемен & Ұлан")
    for page in [
      OfficePage.signIn(of: Self.session(), cohort: cohort, in: .kk),
      .protocol(of: Self.session(), cohort: cohort, in: .kk),
    ] {
      #expect(
        try Self.body(page).contains(
          """
          <div><dt>Топ</dt><dd>P1-ALA-01</dd></div>
          <div><dt>Бағдарлама</dt><dd>2-бағдарлама, редакция 2025</dd></div>
          <div><dt>Орны</dt><dd>Өскемен &amp; Ұлан</dd></div>

          """))
    }
  }

  @Test("where all is confirmed a protocol says so, and warns of nothing")
  func confirmed() throws {
    var session = Self.session()
    session.candidates[0] = Self.candidate(
      7, session.candidates[0].names ?? .init(), .passed, [80, 60])
    session.candidates[0].isConfirmed = true
    session.candidates.removeLast()
    let body = try Self.body(.protocol(of: session, in: .ru))
    #expect(!body.contains("warning"))
    #expect(
      body.contains("<p class=\"sum\">Все внесённые результаты подтверждены председателем.</p>"))
    #expect(body.hasPrefix("<h1>Протокол заседания комиссии, № 14</h1>\n"))
    session.session?.isCancelled = true
    #expect(
      try Self.body(.protocol(of: session, in: .en)).contains(
        "<p class=\"warning\" role=\"note\">The session is cancelled.</p>"))
  }

  @Test("a bookkeeper's list has numbers, days, holders and programmes, and how each stands")
  func issued() throws {
    func line(_ number: String, _ programme: Int32, _ standing: BitimV1.Standing)
      -> BitimV1.CertificateLine
    {
      var line = BitimV1.CertificateLine()
      (line.number, line.programme, line.issuedOn) = (number, programme, "2026-04-24")
      line.kind = programme == 0 ? .school : .programme
      line.holder = Samples.names(
        kk: ("Өтегенова", "Ұлжан", "Ғабитқызы"), ru: ("Утегенова", "Улжан", ""), latin: nil)
      line.trainedBy = Samples.text("Орталық & Ко", "", "")
      line.status = .init()
      line.status?.standing = standing
      line.status?.since = standing == .valid ? "" : "2026-05-02"
      line.status?.successor = standing == .replaced ? "2026-000002-32" : ""
      // Why it was revoked is not the bookkeeper's.
      line.status?.reason = .fraud
      return line
    }
    let body = try Self.body(
      .issued(
        [line("2026-000001-16", 1, .valid), line("2026-000009-20", 0, .replaced)],
        of: .days(from: "2026-04-01", until: "2026-04-30"), in: .ru))
    #expect(
      body == """
        <h1>Список выданных сертификатов</h1>
        <dl>
        <div><dt>Период</dt><dd>01.04.2026 – 30.04.2026</dd></div>
        <div><dt>Всего</dt><dd>2</dd></div>
        </dl>
        <table>
        <thead>
        <tr><th scope="col" class="count">№</th><th scope="col" class="word">Номер</th>\
        <th scope="col" class="word">Дата выдачи</th><th scope="col" class="text">Владелец</th>\
        <th scope="col" class="word">Программа</th><th scope="col" class="words">Обучающая организация</th>\
        <th scope="col" class="words">Состояние</th></tr>
        </thead>
        <tbody>
        <tr><td class="count">1</td><td class="word">2026-000001-16</td><td class="word">24.04.2026</td>\
        <td class="text">Утегенова Улжан</td><td class="word">Программа 1</td>\
        <td class="words">Орталық &amp; Ко</td><td class="words">действует</td></tr>
        <tr><td class="count">2</td><td class="word">2026-000009-20</td><td class="word">24.04.2026</td>\
        <td class="text">Утегенова Улжан</td><td class="word">Сертификат Школы</td>\
        <td class="words">Орталық &amp; Ко</td>\
        <td class="words"><b>заменён</b><small>02.05.2026, 2026-000002-32</small></td></tr>
        </tbody>
        </table>
        <p class="sum">Всего: 2; Программа 1 – 1, Сертификат Школы – 1.</p>
        <p class="sum">Состояние: действует – 1.</p>
        <section>
        <div><p class="seat">Составитель</p><p class="line"><small>подпись</small></p><p class="name"></p></div>
        <div><p class="seat">Бухгалтер</p><p class="line"><small>подпись</small></p><p class="name"></p></div>
        </section>

        """)
  }

  @Test("a class register has the classes by day, and who attended which; who left stands behind")
  func register() throws {
    func person(_ id: Int64, _ surname: String) -> BitimV1.PersonLine {
      var line = BitimV1.PersonLine()
      (line.id, line.displayId) = (id, "P-\(id)")
      line.names = Samples.names(kk: (surname, "Іңкәр", ""), ru: nil, latin: nil)
      return line
    }
    var cohort = BitimV1.GetCohortResponse()
    cohort.cohort = .init()
    cohort.cohort?.code = "P1-ALA-01"
    (cohort.theoryQuartersMin, cohort.practiceQuartersMin) = (144, 142)
    cohort.trainees = [person(1, "Әбілова"), person(2, "Ғалиева")].map { line in
      var trainee = BitimV1.Trainee()
      trainee.person = line
      return trainee
    }
    func held(_ day: Int, _ attended: [(Int64, Int32, Int32)]) -> BitimV1.HeldClass {
      var held = BitimV1.HeldClass()
      held.heldOn = "2026-02-\(day < 10 ? "0" : "")\(day)"
      (held.startsAt, held.endsAt, held.trainer) = ("09:00", "15:45", person(9, "Омаров"))
      held.attended = attended.map { id, theory, practice in
        var attendance = BitimV1.Attendance()
        (attendance.personId, attendance.theoryQuarters, attendance.practiceQuarters) = (
          id, theory, practice
        )
        return attendance
      }
      return held
    }
    // Fifteen classes, so that the last one has a table of its own.
    let classes =
      [held(1, [(1, 36, 0), (3, 18, 0)])] + (2...14).map { held($0, []) }
      + [held(15, [(1, 0, 8), (2, 0, 6)])]
    let page = OfficePage.register(
      of: cohort, classes: classes, people: [person(1, "Әбілова"), person(3, "Шоқан")], in: .kk)
    #expect(page.tables.map { $0.rows.count } == [15, 3, 3])
    #expect(
      page.tables[0].rows[0].map(\.text) == [
        "1", "01.02.2026", "09:00–15:45", "9", "–", "Омаров Іңкәр", "2", "",
      ])
    #expect(
      page.tables[0].rows[14].map(\.text).prefix(5) == [
        "15", "15.02.2026", "09:00–15:45", "–", "2",
      ])
    #expect(page.tables[1].columns.count == 16)
    #expect(page.tables[1].caption == "Қатысу, академиялық сағат, № 1–14")
    #expect(
      page.tables[1].rows.map { $0[1].text } == ["Әбілова Іңкәр", "Ғалиева Іңкәр", "Шоқан Іңкәр"])
    #expect(page.tables[1].rows.map { $0[2].text } == ["9", "–", "4,5"])
    #expect(
      page.tables[2].columns.map(\.title) == [
        "№", "Тегі, аты, әкесінің аты", "15", "Теория, сағ", "Практика, сағ", "Барлығы",
      ])
    #expect(page.tables[2].columns[2].beneath == "15.02")
    #expect(
      page.tables[2].rows.map { $0.dropFirst(2).map(\.text) } == [
        ["2", "9", "2", "11"], ["1,5", "–", "1,5", "1,5"], ["–", "4,5", "–", "4,5"],
      ])
    let begun = OfficePage.register(of: cohort, classes: [], people: [], in: .kk)
    #expect(begun.warnings == ["Сабақ енгізілмеген."])
    #expect(begun.tables.map(\.caption) == ["", "Қатысу, академиялық сағат"])
    #expect(
      begun.tables[1].rows.map { $0.map(\.text) } == [
        ["1", "Әбілова Іңкәр", "–", "–", "–"], ["2", "Ғалиева Іңкәр", "–", "–", "–"],
      ])
    #expect(
      page.sums == [
        "Редакция бойынша керегі: теория – 36, практика – 35,5 академиялық сағат."
      ])
    #expect(page.title == "P1-ALA-01 тобының сабақ журналы")
  }

  @Test("every text of these pages is there in each language, and no two are the same by mistake")
  func words() {
    for label in [
      OfficeWords.signIn, OfficeWords.noClasses, OfficeWords.issued, OfficeWords.name,
      OfficeWords.arrived, OfficeWords.confirmed, OfficeWords.result, OfficeWords.chair,
      OfficeWords.marks, OfficeWords.cancelled, OfficeWords.allConfirmed, OfficeWords.attendance,
      OfficeWords.unconfirmed(1, of: 2), OfficeWords.unrecorded(1), OfficeWords.needed("1", "2"),
    ] {
      #expect(Set([label.kk, label.ru, label.en]).count == 3, "\(label.en)")
    }
  }
}
