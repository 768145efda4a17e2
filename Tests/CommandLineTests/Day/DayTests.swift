import BitimTestSupport
import Foundation
import Testing

/// A day of eight people, told through `bitim` alone: administrator, registrar, examiner, chair, certifier, the clerk
/// of a partner, a trainee, the auditor. What each sees and types is all that there is.
@Suite("A day of eight people")
struct DayTests {
  private static let organisations = """
    code,kind,name_kk,name_ru,name_en,region,country,activity,valid_from,basis
    ALA-01,centre,Алматы орталығы,Алматинский центр,Almaty Centre,Алматы қаласы,KAZ,train,2019-03-01,тізілім № 10
    UGR,university,Гранада университеті,Гранадский университет,University of Granada,Granada,ESP,,,

    """

  private static let staff = """
    surname_kk,given_kk,surname_latin,given_latin,birth_date,evidence
    Айдарбеков,Әлихан,Aidarbekov,Alikhan,1960-01-10,"жаттықтырушы сертификаты, 2018"
    Серікова,Әлия,Serikova,Aliya,1975-02-03,жеке іс
    Ким,Елена,Kim,Yelena,1970-05-06,жеке іс
    Байсейітова,Сәуле,Baiseiitova,Saule,1978-08-09,жеке іс
    Нұрланов,Ерік,Nurlanov,Yerik,1972-11-12,жеке іс
    Қасымов,Дәурен,Kassymov,Dauren,1974-12-01,жеке іс
    Тұрсынова,Жанар,Tursynova,Zhanar,1981-01-02,жеке іс

    """

  private static let appointments = """
    person,role,organisation,file
    Айдарбеков,trainer,ALA-01,trainer.token
    Серікова,registrar,SCHOOL,registrar.token
    Ким,examiner,SCHOOL,chair.token
    Байсейітова,examiner,SCHOOL,examiner.token
    Нұрланов,examiner,SCHOOL,member.token
    Қасымов,certifier,SCHOOL,certifier.token
    Тұрсынова,auditor,SCHOOL,auditor.token
    ,verifier,UGR,clerk.token

    """

  static let cohorts = """
    code,programme,organisation,language,form,from,until,place,trainer,evidence
    X-01,1,ALA-01,kk,in_person,2026-10-05,2026-11-20,Алматы қаласы,Айдарбеков,"3-бағдарлама, 2018"
    T-01,1,ALA-01,kk,in_person,2026-10-05,2026-11-20,Алматы қаласы,Айдарбеков,"3-бағдарлама, 2018"
    T-03,1,ALA-01,kk,in_person,2026-10-05,2026-11-20,Алматы қаласы,Айдарбеков,"3-бағдарлама, 2018"

    """

  /// All 72, nine a day.
  static let hours = (0..<8).reduce("cohort;date;start;theory;practice\n") { text, index in
    text + "X-01;2026-10-\(index < 4 ? "0" : "")\(index + 6);09:00;"
      + (index < 4 ? "9;\n" : ";9\n")
  }

  @Test("from a School of one token to a paper in Granada, with one mapping and two dry runs")
  func day() async throws {
    let day = try Day(on: "2026-10-05")
    try self.administrator(day)
    try self.registrar(day)
    try self.classes(day)
    try self.examiner(day)
    try self.chair(day)
    try self.certifier(day)
    let paper = try self.paper(day)
    try self.clerk(day, paper)
    try self.trainee(day, paper)
    try self.auditor(day)
    try self.leaver(day)
  }

  /// Founds what there is: organisations, staff, a token for each.
  func administrator(_ day: Day) throws {
    try day.login("administrator", "founder.token")
    try day.write(Self.organisations, as: "ұйымдар.csv")
    try day.write(Self.staff, as: "қызметкерлер.csv")
    try day.write(Self.appointments, as: "тағайындау.csv")
    #expect(
      try day.done("administrator", "admin", "organisation", "add", "ұйымдар.csv").errors
        == "recorded: 2 new, 0 equal, 0 different, 0 wrong\n")
    #expect(
      try day.done("administrator", "person", "add", "қызметкерлер.csv").errors
        == "recorded: 7 new, 0 equal, 0 different, 0 wrong\n")
    let agreed = try day.done(
      "administrator", "admin", "partner", "add", "UGR", "--number", "№ 7", "--signed",
      "2026-09-01", "--from", "01.10.2026", "--until", "30.09.2027", "--purpose",
      "дипломдарды тану", "--transfer", "94-V, 16-бап", "--scope", "verify_number,watch",
      "--calls", "500")
    #expect(
      agreed.errors == """
        UGR  University of Granada
        agreement № 7 of 2026-09-01: 2026-10-01 – 2027-09-30, 500 calls a day
        may: verify_number, watch
        for: дипломдарды тану (ESP)
        may be told abroad by: 94-V, 16-бап
        UGR: the agreement № 7 is adopted

        """)
    let appointed = try day.done(
      "administrator", "admin", "appoint", "тағайындау.csv", "--days", "180", "--tokens", "tokens")
    #expect(appointed.errors.hasSuffix("recorded: 8 new, 0 equal, 0 different, 0 wrong\n"))
    for name in [
      "trainer", "registrar", "chair", "examiner", "member", "certifier", "auditor", "clerk",
    ] {
      try day.login(name, "tokens/\(name).token")
    }
    #expect(try day.done("administrator", "due").errors == "nothing waits for you\n")
  }

  /// The messy list: a look that says what to do, a mapping, one dry run, and it is there.
  private func registrar(_ day: Day) throws {
    try day.write(Self.cohorts, as: "топтар.csv")
    #expect(
      try day.done("registrar", "cohort", "open", "топтар.csv", in: "kk").errors
        == "жазылды: 3 жаңа, 0 сол күйінде, 0 өзгеше, 0 қате\n")
    try day.copy("Tests/Support/Cases/thirty-kz1048.csv", as: "тізім.csv")
    let enrol = ["enrol", "тізім.csv", "--date", "2026-10-05"]
    let first = try day.bitim("registrar", enrol + ["--dry-run"], in: "kk")
    #expect(first.status == 2)
    #expect(first.errors.contains("header_row = 4 деңіз, оны --guess жазады\n"))
    try day.done("registrar", "enrol", "тізім.csv", "--guess", in: "kk")
    let mapped = enrol + ["--mapping", "тізім.mapping"]
    let dry = try day.bitim("registrar", mapped + ["--dry-run"], in: "kk")
    #expect(dry.status == 1)
    #expect(
      dry.errors == """
        тізім.csv: KZ-1048 деп оқылды, мәндер арасында «;»; дұрыс па? Әбілов Әлихан;
        Бекенов Әлихан; Ғабдуллин Әлихан
        тексерілді, ештеңе жазылған жоқ: 26 жаңа, 0 сол күйінде, 0 өзгеше, 4 қате
        әр ұсынысты қарап шыққан соң: --accept
        capitals,empty-patronymic,iin-zeros,look-alikes

        """)
    let done = try day.bitim(
      "registrar", mapped + ["--accept", "capitals,empty-patronymic,iin-zeros,look-alikes"],
      in: "kk")
    #expect(done.status == 0)
    #expect(done.errors.hasSuffix("жазылды: 30 жаңа, 0 сол күйінде, 0 өзгеше, 0 қате\n"))
    let cohort = try day.done("registrar", "cohort", "show", "X-01", in: "kk")
    #expect(cohort.output.split(separator: "\n").count == 11)
    #expect(
      cohort.errors == """
        комиссияға отыра алады: Ким Елена, Байсейітова Сәуле, Нұрланов Ерік; сертификат
        туралы шеше алады: Қасымов Дәурен

        """)
  }

  /// The trainer records the classes, the registrar opens the session and prints what candidates sign.
  private func classes(_ day: Day) throws {
    try day.write(Self.hours, as: "сағат.csv")
    try day.turn(to: "2026-10-14")
    #expect(
      try day.done("trainer", "hours", "сағат.csv", in: "ru").errors
        == "записано: новых 8, без изменений 0, отличаются 0, с ошибкой 0\n")
    let session = [
      "cohort", "session", "X-01", "--session", "S-014", "--date", "2026-10-14", "--protocol", "14",
      "--chair", "Ким", "--member", "Байсейітова", "--member",
    ]
    // Two trainees have the examiner's surname: who is meant is asked, with what tells them apart.
    let three = try day.bitim("registrar", session + ["Нұрланов"], in: "kk")
    #expect(three.status == 1)
    #expect(
      three.errors.hasSuffix(
        """
        P-6-80  Нұрланов Ерік  1972
          2  P-17-47  Нұрланов Бауыржан Серікұлы  1973
          3  P-32-02  Нұрланов Дәурен  1988

        """))
    #expect(
      try day.bitim("registrar", session + ["Нұрланов Ерік"], in: "kk").errors
        == "S-014: сессия ашылды\n")
    try day.done("registrar", "session", "sign-in", "S-014", in: "kk")
    #expect(try day.text("S-014-sign-in.html").contains("Мұратов Бауыржан Серікұлы"))
  }

  /// Ten candidates, one number each and a key; one failed, one did not come.
  private func examiner(_ day: Day) throws {
    let terminal = try TypingTerminal()
    let evening = try day.sit("examiner", at: terminal, "attest", "S-014", in: "ru")
    for row in 1...10 {
      _ = try terminal.shown(upTo: "\(row)/10  ")
      try terminal.type(row == 4 ? "41 72 65" : row == 7 ? "-" : "8\(row % 10) 75 90")
    }
    #expect(try terminal.shown(upTo: "назад)").contains("ЕЩЁ НЕ ЗАПИСАНО"))
    try terminal.type("да")
    #expect(evening.end() == 0)
    let shown = try day.done("examiner", "attest", "S-014", "--show", in: "ru").output
    #expect(shown.contains("P-12-62  Досжанов Әлихан Қайратұлы   не сдал    41 72 65\n"))
    #expect(shown.contains("P-15-53  Қасымов Бауыржан Серікұлы   не явился\n"))
  }

  /// One look, one word.
  private func chair(_ day: Day) throws {
    #expect(
      try day.done("chair", "due", in: "kk").output == """
        2026-10-14  X-01 тобының S-014 сессиясы: расталмаған нәтиже: 10; төраға: Ким
                    Елена
            bitim attest S-014 --confirm

        """)
    let terminal = try TypingTerminal()
    let confirms = try day.sit("chair", at: terminal, "attest", "S-014", "--confirm", in: "kk")
    let shown = try terminal.shown(upTo: "иә немесе жоқ: ")
    #expect(shown.contains("P-12-62  Досжанов Әлихан Қайратұлы   өтпеді   41 72 65\r\n"))
    try terminal.type("иә")
    #expect(confirms.end() == 0)
    #expect(try day.done("chair", "due", in: "kk").errors == "сізді күтіп тұрған ештеңе жоқ\n")
  }

  private func certifier(_ day: Day) throws {
    #expect(
      try day.done("certifier", "due", in: "ru").output == """
        2026-10-14  X-01: сдали, но сертификат не выдан: 8
            bitim issue --cohort X-01 --preview

        """)
    let terminal = try TypingTerminal()
    let issues = try day.sit(
      "certifier", at: terminal, "issue", "--cohort", "X-01", "--approve", in: "ru")
    let shown = try terminal.shown(upTo: "да или нет: ")
    #expect(shown.contains("готовы 8, не готовы 2, уже выданы 0\r\n"))
    try terminal.type("да")
    #expect(issues.end() == 0)
    #expect(
      try issues.said().split(separator: "\n").dropFirst().map { $0.prefix(15) } == [
        "2026-000001-16 ", "2026-000002-13 ", "2026-000003-10 ", "2026-000004-07 ",
        "2026-000005-04 ", "2026-000006-98 ", "2026-000007-95 ", "2026-000008-92 ",
      ])
    let why = try day.bitim("certifier", ["why", "Досжанов Әлихан", "--for", "1"], in: "ru")
    #expect(why.status == 1)
    #expect(why.errors == "Досжанов Әлихан Қайратұлы: не выполнено условий: 1\n")
    // What is left is the registrar's.
    #expect(
      try day.done("registrar", "due", in: "kk").output == """
        2026-10-14  X-01: Досжанов Әлихан Қайратұлы тапсыра алмады, қайта тапсыруына
                    болады
            bitim cohort show X-01

        """)
    #expect(
      try day.done("registrar", "publish", "бет", in: "kk").errors.hasPrefix(
        "бет: verify.html қасындағы жауап: 8, жаңасы: 8, өзгергені: 0, алынғаны: 0\n"))
  }

  /// Number and code of the first, as the School shows them.
  private func paper(_ day: Day) throws -> (number: String, code: String) {
    let shown = try day.done("certifier", "certificate", "show", "2026-000001-16").output
    let code = try #require(shown.firstMatch(of: /Code +(\S+)\n/)?.1)
    return ("2026-000001-16", String(code))
  }

  /// By number alone; nothing but verifying is the clerk's.
  private func clerk(_ day: Day, _ paper: (number: String, code: String)) throws {
    #expect(
      try day.done("clerk", "whoami").output == """
        Organisation  UGR
        Roles         verifier
        Token         clerk.token
        Expires       2027-04-03

        """)
    let valid = try day.done("clerk", "verify", paper.number)
    #expect(valid.output.hasPrefix("VALID\nas of 2026-10-14T07:00:00Z\n"))
    #expect(valid.output.contains("\nHolder (Latin)             Abilov Alikhan\n"))
    #expect(valid.errors == "Compare every line with the paper.\n")
    #expect(try day.bitim("clerk", ["verify", "2026-000001-17"]).status == 3)
    try day.write("2026-000001-16\n2026-000002-13\n2026-000009-89\n", as: "papers.txt")
    let batch = try day.bitim("clerk", ["verify", "--batch", "papers.txt", "--to", "answers.csv"])
    #expect(batch.status == 3)
    #expect(
      batch.errors == "papers: 3; valid 2, not valid 0, unknown 1, mistyped 0, not asked 0\n")
    let find = try day.bitim("clerk", ["person", "find", "Әбілов"])
    #expect(find.status == 1)
    #expect(
      find.errors == """
        your role does not allow this; needed: administrator, arbiter, auditor,
        certifier, examiner, registrar, trainer

        """)
  }

  /// With the paper alone, and without an account.
  private func trainee(_ day: Day, _ paper: (number: String, code: String)) throws {
    let valid = try day.done(nil, "verify", paper.number, paper.code, in: "kk")
    #expect(valid.output.hasPrefix("ЖАРАМДЫ\n2026-10-14T07:00:00Z жағдайы бойынша\n"))
    #expect(valid.output.contains("\nИесі                       Әбілов Әлихан Қайратұлы\n"))
    let wrong = try day.bitim(nil, ["verify", paper.number, "0000-0000-0000-0000"], in: "kk")
    #expect(wrong.status == 3)
    #expect(
      wrong.output == """
        БЕЛГІСІЗ: мұндай нөмірі мен коды бар сертификат жоқ
        2026-10-14T07:00:00Z жағдайы бойынша

        """)
    #expect(try day.bitim(nil, ["person", "find", "Әбілов"], in: "kk").status == 1)
  }

  /// All that was done, the newest first, and that nobody changed it since.
  private func auditor(_ day: Day) throws {
    let acts = try day.done("auditor", "admin", "acts", "--last", "2", in: "ru")
    #expect(
      acts.output == """
        40      2026-10-14T07:00:00Z  certificates_issued  сделано
                Қасымов Дәурен, certifier, SCHOOL
                2026-000001-16, Әбілов Әлихан Қайратұлы, 2026-000002-13 и ещё 13
        39      2026-10-14T07:00:00Z  results_confirmed  сделано
                Ким Елена, examiner, SCHOOL
                S-014, Әбілов Әлихан Қайратұлы, Бекенов Әлихан Қайратұлы и ещё 8

        """)
    #expect(acts.errors == "более ранние не показаны: --last N или --all\n")
    // A program that says nothing of how many gets all.
    let rows = try day.done("auditor", "admin", "acts", "--output", "csv").output
    #expect(rows.split(separator: "\r\n").count == 41)
    try day.school.sign()
    try day.done("auditor", "audit", "checkpoint", "--to", "note", in: "ru")
    try day.done("auditor", "audit", "key", "--to", "key", in: "ru")
    let audit = try day.done(
      "auditor", "audit", "verify", "--checkpoint", "note", "--trust", "key", "--output", "csv")
    #expect(
      audit.output.split(separator: "\r\n").dropFirst().allSatisfy { $0.contains(",holds,") })
  }

  /// The examiner goes: one command, which shows and asks.
  private func leaver(_ day: Day) throws {
    let terminal = try TypingTerminal()
    let leaves = try day.sit("administrator", at: terminal, "admin", "leave", "Байсейітова")
    let shown = try terminal.shown(upTo: "yes or no: ")
    #expect(shown.contains("Baiseiitova Saule (P-5-83) goes; these end:\r\n"))
    try terminal.type("yes")
    #expect(leaves.end() == 0)
    #expect(try day.bitim("examiner", ["whoami"]).status == 1)
  }
}
