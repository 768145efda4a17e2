import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

/// Worked examples of the rule book, each told through `bitim` with its days and its answers.
@Suite("Worked examples")
struct WorkedExamplesTests {
  @Test("1: born on 29 February, admitted on 1 March of the year of 25 (R-015, R-410)")
  func leapBirthday() async throws {
    let office = try await Office(on: "2025-03-10")
    try office.cohort("P1-ALA-01", from: "2025-02-28", until: "2025-04-30")
    var words = office.enrol("P1-ALA-01", on: "2025-02-28", born: "2000-02-29")
    words[words.firstIndex(of: "900704400011") ?? 0] = "000229600014"
    let young = try office.bitim("registrar", words)
    #expect(young.status == 1)
    #expect(
      (young.output + young.errors).contains("is not yet 25 on 2025-02-28"),
      "\(young.output)\(young.errors)")
    try office.cohort("P1-ALA-02", from: "2025-03-01", until: "2025-04-30")
    words[2] = "P1-ALA-02"
    words[words.count - 1] = "2025-03-01"
    let old = try office.bitim("registrar", words)
    #expect(old.status == 0, "\(old.output)\(old.errors)")
  }

  @Test(
    "3: suspended, reinstated, revoked from a day before: of a day, and as known (R-017, R-701)")
  func asKnown() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    try office.turn(to: "2026-03-01")
    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "investigation")
    try office.turn(to: "2026-04-01")
    try office.asShown(
      "other", "certificate", "reinstate", paper.number, "--reason", "case_closed")
    try office.turn(to: "2026-05-10")
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "fraud", "--date",
      "2026-02-20", "--why", "құжат жалған екені кеш білінді")
    #expect(
      try office.standing(paper.number, on: "2026-03-15", known: "2026-03-20").hasPrefix(
        "suspended from 2026-03-01"))
    #expect(
      try office.verified(paper, on: "2026-03-15")
        == "2026-03-15: NOT VALID: revoked since 2026-02-20 (decided)")
    #expect(try office.verified(paper, on: "2026-02-10") == "2026-02-10: VALID")
    #expect(try office.standing(paper.number, on: "2026-04-15", known: "2026-05-01") == "valid")
    #expect(
      try office.verified(paper, on: "2026-04-15")
        == "2026-04-15: NOT VALID: revoked since 2026-02-20 (decided)")
    // Before it was issued it was not there.
    try office.refused(
      "certifier", "certificate", "show", paper.number, "--known", "2026-01-31",
      with: paper.number)
  }

  @Test("4: merged after the issue, a member of the commission is the holder (R-030, R-624, R-731)")
  func mergedExaminer() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    try office.turn(to: "2026-09-01")
    #expect(try office.bitim("certifier", ["due"]).output == "")
    let person = { (name: String) in
      try String(
        #require(
          office.done("registrar", "person", "find", name).firstMatch(of: /P-[0-9]+-[0-9]+/)?.0))
    }
    let (member, holder) = (try person("Petrov"), try person("Өтегенова"))
    try office.twoPersons(
      "registrar", "person", "merge", member, holder, "--document", "жеке куәлік № 045123456",
      approver: "other")
    #expect(
      try office.done("registrar", "person", "show", holder)
        .contains("\(member), \(holder)"))
    // What is final stays, and is the certifier's to answer.
    #expect(try office.verified(paper, on: "2026-09-01") == "2026-09-01: VALID")
    #expect(
      try office.done("certifier", "due") == """
        2026-09-01  \(paper.number) of Utegenova Ulzhan: a merge shows that separation was broken; answer until 2026-10-01
            bitim certificate show \(paper.number)

        """)
    let annul = ["attest", "S-014", "--annul", "Өтегенова", "--reason", "separation"]
    try office.refused("certifier", annul, with: paper.number)
    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "investigation")
    #expect(try office.bitim("certifier", ["due"]).output.contains("separation") == false)
    try office.done("other", annul)
    try office.asShown(
      "other", "certificate", "revoke", paper.number, "--reason", "attestation_annulled")
    #expect(
      try office.verified(paper, on: "2026-09-01").hasPrefix("2026-09-01: NOT VALID: revoked"))
    #expect(try office.bitim("certifier", ["due"]).output == "")
  }

  @Test(
    "5: an entitlement that ended counts no later hours, and no class is held; 40 go along (R-204, R-421)"
  )
  func lost() async throws {
    let office = try await Office(on: "2026-05-21")
    try await office.school.centre("AST-02")
    try office.cohort("P1-ALA-01", from: "2026-05-04", until: "2026-07-31")
    try office.done(
      "registrar", "cohort", "open", "P1-AST-01", "--programme", "1", "--organisation", "AST-02",
      "--from", "2026-06-01", "--until", "2026-08-31", "--language", "kk", "--form", "in_person",
      "--place", "Астана")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-05-04"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    for (day, hours) in [("05", 10), ("06", 10), ("07", 10), ("12", 10), ("20", 6)] {
      try office.done(
        "trainer", "hours", "P1-ALA-01", "--date", "2026-05-\(day)", "--start", "09:00",
        day < "07" ? "--theory" : "--practice", "\(hours)")
    }
    func shown(_ cohort: String = "P1-ALA-01") throws -> (table: String, notes: String) {
      let (status, output, errors) = try office.bitim("registrar", ["cohort", "show", cohort])
      #expect(status == 0)
      return (output, errors)
    }
    #expect(try shown().table.contains(/20 \/ 36 +26 \/ 36/))
    try office.turn(to: "2026-06-01")
    let ended = try office.bitim(
      "administrator",
      [
        "admin", "entitlement", "end", "ALA-01", "--activity", "train", "--last-day",
        "2026-05-15", "--basis", "тізілімнен шығарылды",
      ])
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(
      ended.errors.contains("train: the entitlement ends, last day 2026-05-15"), "\(ended.errors)")
    #expect(try shown().table.contains(/20 \/ 36 +20 \/ 36/))
    #expect(
      try shown().notes.contains(
        "the cohort is interrupted: its organisation is not entitled to train now"))
    try office.turn(to: "2026-06-02")
    let entitled = "the organisation was not entitled to train on 2026-06-02"
    try office.refused(
      "trainer", "hours", "P1-ALA-01", "--date", "2026-06-02", "--start", "09:00", "--practice",
      "4", with: entitled)
    try office.turn(to: "2026-06-10")
    try await office.join("receiver", "Akhmediyarova", "Saltanat", .registrar, "AST-02")
    try office.approved(
      "receiver",
      try office.bitim(
        "registrar",
        [
          "cohort", "transfer", "P1-ALA-01", "Өтегенова", "--to", "P1-AST-01", "--date",
          "2026-06-10", "--why", "орталықтың құқығы аяқталды",
        ]))
    #expect(try shown("P1-AST-01").table.contains(/20 \/ 36 +20 \/ 36/))
    #expect(
      try shown("P1-AST-01").notes
        == "may sit: Kim Yelena, Garcia Lucia, Petrov Ivan, Zhunissova Gulnar; "
        + "may decide on certificates: Sadykova Dana, Nurlanova Botagoz\n")
  }

  @Test("5, its end: transferred with hours to another centre by two persons, 40 count (R-421)")
  func transferred() async throws {
    let office = try await Office(on: "2026-06-10")
    try await office.school.centre("AST-02")
    try await office.join("receiver", "Akhmediyarova", "Saltanat", .registrar, "AST-02")
    try office.cohort("P1-ALA-01", from: "2026-05-04", until: "2026-07-31")
    try office.done(
      "registrar", "cohort", "open", "P1-AST-01", "--programme", "1", "--organisation", "AST-02",
      "--from", "2026-06-01", "--until", "2026-08-31", "--language", "kk", "--form", "in_person",
      "--place", "Астана")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-05-04"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    for day in 4...7 {
      try office.done(
        "trainer", "hours", "P1-ALA-01", "--date", "2026-05-0\(day)", "--start", "09:00",
        day < 6 ? "--theory" : "--practice", "10")
    }
    let words = [
      "cohort", "transfer", "P1-ALA-01", "Өтегенова", "--to", "P1-AST-01", "--date", "2026-06-10",
      "--why", "орталықтың құқығы аяқталды",
    ]
    let proposed = try office.bitim("registrar", words)
    #expect(proposed.status == 7, "\(proposed.errors)")
    let number = try #require(
      proposed.errors.firstMatch(of: /approve (\d+)/)?.1, "\(proposed.errors)")
    let list = try office.done("receiver", "proposal", "list")
    #expect(list.contains("transfer a trainee"), "\(list)")
    let shown = try office.bitim("receiver", ["proposal", "approve", String(number)])
    #expect(
      shown.errors.contains("from P1-ALA-01 (ALA-01) to P1-AST-01 (AST-02), on 2026-06-10"),
      "\(shown.errors)")
    #expect(shown.errors.contains("hours: 20 + 20; attempts left: 3"), "\(shown.errors)")
    try office.asShown("receiver", "proposal", "approve", String(number))
    let there = try office.done("receiver", "cohort", "show", "P1-AST-01")
    #expect(there.contains("20 / 36"), "\(there)")
    let gone = try office.done("registrar", "cohort", "show", "P1-ALA-01")
    #expect(!gone.contains("Өтегенова"), "\(gone)")
    try office.refused(
      "registrar", "cohort", "withdraw", "P1-ALA-01", "Өтегенова", "--reason", "moved",
      with: "went from P1-ALA-01 to P1-AST-01, last day 2026-06-10")
  }

  @Test(
    "6: an appeal in time, and a day late; upheld, what it contests never stood (R-630, R-631, R-715)"
  )
  func appeal() async throws {
    let office = try await Office(on: "2026-06-20")
    try await office.join("arbiter", "Tursynov", "Askar", .arbiter, "SCHOOL")
    try await office.join("auditor", "Tursynova", "Zhanar", .auditor, "SCHOOL")
    let paper = try office.certificate()
    func act(_ kind: String) throws -> String {
      let acts = try office.done(
        "auditor", "admin", "acts", "--kind", kind, "--last", "1", "--output", "csv")
      let line = try #require(acts.split(whereSeparator: \.isNewline).dropFirst().first)
      return String(try #require(line.split(separator: ",").first))
    }
    try office.turn(to: "2026-06-30")
    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "court")
    let suspended = try act("certificate_suspended")
    try office.turn(to: "2026-07-01")
    try office.done(
      "certifier", "attest", "S-014", "--annul", "Өтегенова", "--reason", "cheating")
    let annulled = try act("result_annulled")
    try office.turn(to: "2026-07-05")
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "attestation_annulled")
    let revoked = try act("certificate_revoked")

    let appeal = [
      "case", "receive", "--kind", "appeal", "--person", "Өтегенова", "--act", suspended, "--act",
      annulled, "--act", revoked, "--told", "2026-07-06", "--ground",
      "көшірген жоқ, тек сұрақ қойған",
      "--paper", "апелляция;12;2026-08-04;Әлия Серікова;2026-08-05",
    ]
    try office.turn(to: "2026-08-05")
    let received = try office.bitim("registrar", appeal)
    #expect(received.status == 0, "\(received.errors)")
    let number = String(
      try #require(received.errors.firstMatch(of: /case (\d+): received/)?.1, "\(received.errors)"))
    #expect(received.errors.contains("last day 2026-09-04"), "\(received.errors)")
    try office.turn(to: "2026-08-06")
    try office.refused(
      "registrar", appeal, with: "the last day for the appeal was 2026-08-05")
    try office.turn(to: "2026-08-20")
    let list = try office.done("arbiter", "case", "list")
    #expect(list.contains(number) && list.contains("2026-09-04"), "\(list)")
    try office.done(
      "arbiter", "case", "decide", number, "--outcome", "decision_changed", "--reason",
      "бақылаушылар растады")
    let due = try office.done("other", "due")
    #expect(due.contains("2026-08-30  case \(number) is decided, and not carried out"), "\(due)")

    // The pass stands again, before the certificate may.
    let withdraw = ["certificate", "withdraw", paper.number, "--date", "2026-07-10"]
    let reason = ["--reason", "appeal", "--case", number, "--why", "апелляция қанағаттандырылды"]
    try office.refused("certifier", withdraw + reason, with: "what it rests on holds no more")
    try office.twoPersons(
      "certifier", "attest", "S-014", "--withdraw-annulment", "Өтегенова", "--case", number,
      "--why",
      "апелляция қанағаттандырылды", approver: "other")
    #expect(
      try office.verified(paper, on: "2026-07-10")
        == "2026-07-10: NOT VALID: revoked since 2026-07-05 (decided)")
    try office.twoPersons("certifier", withdraw + reason, approver: "other")
    #expect(
      try office.verified(paper, on: "2026-07-10")
        == "2026-07-10: NOT VALID: suspended since 2026-06-30")
    try office.twoPersons("certifier", withdraw + reason, approver: "other")
    for day in ["2026-06-20", "2026-06-30", "2026-07-10", "2026-08-20"] {
      #expect(try office.verified(paper, on: day) == "\(day): VALID")
    }
    #expect(
      try office.standing(paper.number, on: "2026-07-10", known: "2026-07-10").hasPrefix(
        "revoked since 2026-07-05"))
    let shown = try office.done("arbiter", "case", "show", number)
    #expect(shown.contains("carried out"), "\(shown)")
    #expect(shown.contains("көшірген жоқ, тек сұрақ қойған"), "\(shown)")
    #expect(try !office.done("other", "due").contains("case \(number)"))
    try office.done("registrar", "case", "notify", number, "--date", "2026-08-20")
    #expect(try office.done("registrar", "case", "list").isEmpty)
    #expect(try office.done("registrar", "case", "list", "--all").contains("carried out"))
  }

  @Test(
    "10: the tenth place is the last; one withdraws and it is free; she comes back to the next; others wait (R-413, R-417, R-420)"
  )
  func tenthPlace() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    func enrol(
      _ number: Int, _ more: String...
    ) throws -> (status: Int32, output: String, errors: String) {
      let given = [
        "Ansar", "Bibigul", "Ghani", "Dana", "Yerlan", "Zhanar", "Ilyas", "Kamila", "Laura",
        "Marat", "Nazym", "Oral", "Perizat",
      ][number]
      return try office.bitim(
        "registrar",
        [
          "enrol", "--cohort", "P1-ALA-01", "--surname-latin", "Bekova", "--given-latin", given,
          "--birth-date", "19\(80 + number)-05-0\(number % 9 + 1)", "--document-number",
          "N1234567\(number % 10)\(number / 10)", "--document-country", "KAZ", "--document-type",
          "passport",
          "--education", "higher",
        ] + more)
    }
    for number in 0..<10 {
      let enrolled = try enrol(number)
      #expect(enrolled.status == 0, "\(enrolled.output)\(enrolled.errors)")
    }
    let full = "the cohort has 10 already; open another one"
    let eleventh = try enrol(10)
    #expect(eleventh.status == 1)
    #expect((eleventh.output + eleventh.errors).contains(full), "\(eleventh)")
    try office.done(
      "registrar", "cohort", "withdraw", "P1-ALA-01", "Ansar", "--reason", "illness")
    #expect(try enrol(10).status == 0)
    let back = ["cohort", "reinstate", "P1-ALA-01", "Ansar", "--why", "сауығып шықты"]
    let refused = try office.bitim("registrar", back)
    #expect(refused.status == 1)
    #expect((refused.output + refused.errors).contains(full), "\(refused)")
    try office.done("registrar", "cohort", "withdraw", "P1-ALA-01", "Bibigul", "--reason", "moved")
    let done = try office.bitim("registrar", back)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.errors.contains("is back from 2026-02-01; hours and results count again"))
    // Full again: two wait, and the place of a third who leaves is due to the first of them.
    for number in 11...12 {
      let waits = try enrol(number, "--wait")
      #expect(waits.status == 0, "\(waits)")
      #expect(waits.errors.contains("waiting for a place: 1"), "\(waits)")
    }
    let list = try office.done("registrar", "cohort", "waiting", "P1-ALA-01")
    #expect(list.split(separator: "\n").count { $0.contains("admitted") } == 2, "\(list)")
    #expect(try !office.done("registrar", "due").contains("a place is free"))
    try office.refused(
      "registrar", "cohort", "offer", "P1-ALA-01", "Oral", with: "the cohort has 10 already")
    try office.done("registrar", "cohort", "withdraw", "P1-ALA-01", "Laura", "--reason", "moved")
    let due = try office.done("registrar", "due")
    #expect(due.contains("P1-ALA-01: a place is free, and 2 wait; the first is"), "\(due)")
    #expect(due.contains("bitim cohort offer P1-ALA-01 P-"), "\(due)")
    let past = try office.bitim("registrar", ["cohort", "offer", "P1-ALA-01", "Perizat"])
    #expect(past.status == 0, "\(past)")
    #expect(past.errors.contains("waits longer and is admitted"), "\(past)")
    try office.done(
      "registrar", "cohort", "end-waiting", "P1-ALA-01", "Oral", "--why", "басқа топқа барды")
    #expect(try office.bitim("registrar", ["cohort", "waiting", "P1-ALA-01"]).status == 1)
  }

  @Test("marks mistyped under a certificate: the chair proposes, a certifier approves (R-625)")
  func correctedMarks() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let correct = [
      "attest", "S-014", "--correct", "Өтегенова", "--role-play", "75", "--interview", "90",
    ]
    let why = ["--why", "жазбаша тест парағы: 88"]
    try office.refused(
      "examiner", correct + ["--test", "88"] + why,
      with: "only the chair of the commission confirms or corrects")
    try office.refused(
      "chair", correct + ["--test", "59"] + why, with: "these marks are another outcome")
    let shown = try office.bitim("chair", correct + ["--test", "88"] + why)
    #expect(
      shown.errors.contains("marks: 80 75 90 become 88 75 90; the outcome stays: passed"),
      "\(shown.errors)")
    try office.twoPersons(
      "chair", "attest", "S-014", "--correct", "Өтегенова", "--role-play", "75", "--interview",
      "90", "--test", "88", "--why", "жазбаша тест парағы: 88", approver: "certifier")
    let session = try office.done("examiner", "attest", "S-014", "--show")
    #expect(session.contains("88 75 90"), "\(session)")
    #expect(try office.verified(paper, on: "2026-02-01") == "2026-02-01: VALID")
    // What waits is the chair's to withdraw, and no other examiner's.
    let waiting = try office.bitim("chair", correct + ["--test", "89"] + why)
    let digest = String(try #require(waiting.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1))
    let proposed = try office.bitim(
      "chair", correct + ["--test", "89"] + why + ["--digest", digest])
    let number = String(
      try #require(proposed.errors.firstMatch(of: /bitim proposal approve (\d+)/)?.1))
    try office.refused(
      "examiner", "proposal", "end", number, "--reason", "x", with: "proposal")
    try office.done("chair", "proposal", "end", number, "--reason", "88 дұрыс")
  }

  @Test("a certificate is refused with reasons, and two persons end the refusal (R-704, R-028)")
  func refusedCertificate() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.passed()
    let person = ["issue", "--person", "Өтегенова", "--for", "1"]
    let refuse = person + ["--refuse", "--why", "диплом танылмаған"]
    let shown = try office.bitim("certifier", refuse)
    #expect(shown.status == 1)
    #expect(
      shown.errors.contains("passed programme 1 on 2026-01-20, protocol № S-014"),
      "\(shown.errors)")
    #expect(
      shown.errors.contains("refused on 2026-02-01: диплом танылмаған"), "\(shown.errors)")
    let waiting = try office.done("certifier", "due")
    #expect(waiting.contains("P1-ALA-01"), "\(waiting)")
    let digest = String(try #require(shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1))
    try office.done("certifier", refuse + ["--digest", digest])
    let answered = try office.done("certifier", "due")
    #expect(!answered.contains("P1-ALA-01"), "\(answered)")
    try office.refused("certifier", refuse, with: "is refused already, on 2026-02-01")
    try office.refused(
      "certifier", "why", "Өтегенова", "--for", "1", with: "refused on 2026-02-01")
    let preview = try office.bitim(
      "certifier", ["issue", "--cohort", "P1-ALA-01", "--preview"])
    #expect(
      (preview.output + preview.errors).contains("The certifier's decision: refused on"),
      "\(preview)")
    try office.twoPersons(
      "certifier", "issue", "--person", "Өтегенова", "--for", "1", "--withdraw-refusal",
      "--reason", "mended", "--why", "диплом танылды", approver: "other")
    try office.done("certifier", "why", "Өтегенова", "--for", "1")
    try office.asShown("certifier", "issue", "--cohort", "P1-ALA-01", "--approve")
  }

  @Test("13: revoked before suspended, and valid until the day before (R-701)")
  func revokedFirst() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    try office.turn(to: "2026-07-01")
    try office.asShown("certifier", "certificate", "suspend", paper.number, "--ground", "court")
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "error", "--date",
      "2026-07-20")
    #expect(
      try office.verified(paper, on: "2026-07-01").hasPrefix(
        "2026-07-01: NOT VALID: suspended since 2026-07-01"))
    #expect(
      try office.verified(paper, on: "2026-07-20")
        == "2026-07-20: NOT VALID: revoked since 2026-07-20 (issued in error)")
    #expect(try office.verified(paper, on: "2026-06-30") == "2026-06-30: VALID")
  }

  @Test("14: a new surname, and a certificate anew in it (R-721, R-722)")
  func newName() async throws {
    let office = try await Office(on: "2026-02-01")
    let first = try office.certificate()
    try office.turn(to: "2027-01-10")
    try office.refused(
      "registrar", "certificate", "replace", first.number, "--reason", "name_change", "--evidence",
      "неке куәлігі 45-1", with: "record the new ones first, `bitim person rename`")
    let renamed = try office.bitim(
      "registrar",
      [
        "person", "rename", "Utegenova", "--surname-kk", "Сейітова", "--given-kk", "Ұлжан",
        "--surname-latin", "Seiitova", "--given-latin", "Ulzhan", "--reason", "неке",
      ])
    try office.approved("certifier", renamed)
    let (status, _, shown) = try office.bitim(
      "registrar",
      [
        "certificate", "replace", first.number, "--reason", "name_change", "--evidence",
        "неке куәлігі 45-1",
      ])
    #expect(status == 1)
    #expect(shown.contains("Holder: Өтегенова Ұлжан -> Сейітова Ұлжан\n"), "\(shown)")
    #expect(
      shown.contains("Holder (Latin): Utegenova Ulzhan -> Seiitova Ulzhan\n"), "\(shown)")
    let digest = try #require(shown.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
    let proposed = try office.bitim(
      "registrar",
      [
        "certificate", "replace", first.number, "--reason", "name_change", "--evidence",
        "неке куәлігі 45-1", "--digest", String(digest),
      ])
    try office.approved("certifier", proposed)
    let answer = try office.verified(first, on: "2027-01-10")
    let found = try #require(
      answer.firstMatch(of: /NOT VALID: replaced since 2027-01-10 by (2027-000001-\d\d)$/))
    let second = try office.paper(String(found.1))
    #expect(try office.verified(first, on: "2027-01-09") == "2027-01-09: VALID")
    #expect(try office.verified(second, on: "2027-01-10") == "2027-01-10: VALID")
    #expect(
      try office.verified(second, on: "2026-12-31") == "2026-12-31: NOT VALID: not yet valid")
    let sheet = try office.done(nil, "verify", second.number, second.code)
    #expect(sheet.contains(/Holder +Сейітова Ұлжан\n/))
    #expect(sheet.contains(/Issued +2027-01-10\n/))
    #expect(sheet.contains(/First issued +2026-02-01\n/))
    #expect(sheet.contains("Replaces"))
    #expect(sheet.contains(first.number))
  }

  /// Example 15 in months that a token lives through; its own days are told in `ReplaceCertificateTests`.
  @Test("15, by twelve months: valid until a day, expired, renewed late (R-706, R-721)")
  func renewal() async throws {
    let office = try await Office(on: "2026-02-01")
    let file = office.school.folder.appendingPathComponent("жылдық.txt").path
    let small = try Repository.text("examples/edition-small.txt")
    try small.replacing("code = small", with: "code = yearly")
      .replacing("validity_months = 0", with: "validity_months = 12")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let shown = try office.bitim("registrar", ["edition", "propose", file])
    let digest = try #require(
      shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1, "\(shown.errors)")
    try office.approved(
      "certifier",
      try office.bitim("registrar", ["edition", "propose", file, "--digest", String(digest)]))
    let first = try office.certificate(under: "yearly")
    #expect(try office.verified(first, on: "2027-01-31") == "2027-01-31: VALID")
    #expect(try office.verified(first, on: "2027-02-01") == "2027-02-01: NOT VALID: expired")
    try office.turn(to: "2027-02-20")
    try office.refused(
      "registrar", "certificate", "replace", first.number, "--reason", "correction", "--evidence",
      "өтініш", with: "only a renewal replaces it")
    let words = [
      "certificate", "replace", first.number, "--reason", "renewal", "--evidence", "өтініш",
    ]
    let look = try office.bitim("registrar", words)
    #expect(
      look.errors.contains(
        "valid from the day after 2027-01-31, or from the issue if later; months: 12"),
      "\(look.errors)")
    let seen = try #require(look.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
    try office.approved(
      "certifier", try office.bitim("registrar", words + ["--digest", String(seen)]))
    let answer = try office.verified(first, on: "2027-02-20")
    let found = try #require(
      answer.firstMatch(of: /NOT VALID: replaced since 2027-02-20 by (2027-000001-\d\d)$/))
    #expect(try office.verified(first, on: "2027-02-19") == "2027-02-19: NOT VALID: expired")
    let second = try office.paper(String(found.1))
    #expect(
      try office.verified(second, on: "2027-02-19") == "2027-02-19: NOT VALID: not yet valid")
    #expect(try office.verified(second, on: "2028-02-19") == "2028-02-19: VALID")
    #expect(try office.verified(second, on: "2028-02-20") == "2028-02-20: NOT VALID: expired")
  }

  @Test("a paper that was lost is made once more, and verification says so (R-716)")
  func duplicate() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    try office.turn(to: "2027-03-03")
    let made = try office.done(
      "registrar", "certificate", "duplicate", paper.number, "--reason", "lost", "--date",
      "2027-03-01")
    #expect(made.contains(/Duplicate +No. 1, made on 2027-03-03\nNumber +/))
    let answer = try office.done(nil, "verify", paper.number, paper.code)
    #expect(answer.hasPrefix("VALID\n"))
    #expect(answer.contains(/Duplicate +No. 1, made on 2027-03-03\n/))
    let shown = try office.done("certifier", "certificate", "show", paper.number)
    #expect(shown.contains(/Duplicate +No. 1, made on 2027-03-03\n/))
  }

  @Test(
    "18: a mark changes after the chair was shown it; she falls ill; the new chair confirms (R-602)"
  )
  func newChair() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    func record(_ points: String) throws {
      try office.done(
        "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", points,
        "--role-play", "75", "--interview", "90")
    }
    try record("80")
    let shown = try office.bitim("chair", ["attest", "S-014", "--confirm"])
    let digest = try #require(shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
    try record("81")
    try office.refused(
      "chair", "attest", "S-014", "--confirm", "--digest", String(digest),
      with: "nothing was recorded: this has changed since that digest")
    try office.done(
      "registrar", "session", "seat", "S-014", "--goes", "Kim", "--comes", "Zhunissova", "--why",
      "төраға ауырып қалды")
    try office.asShown("second", "attest", "S-014", "--confirm")
    let seats = try office.done("registrar", "session", "show", "S-014")
    #expect(seats.contains(/chair +P-\S+ +Zhunissova Gulnar\n/))
    #expect(!seats.contains("Kim"))
  }

  @Test("a guest chairs by a letter, with a token that ends with the session (R-605)")
  func guest() async throws {
    let office = try await Office(on: "2026-02-01")
    _ = try await office.school.person("Tleuov", "Marat")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    try office.done("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    try office.hours("P1-ALA-01")
    let open = [
      "cohort", "session", "P1-ALA-01", "--session", "S-014", "--date", "2026-01-20",
      "--protocol", "№ 12", "--chair", "Tleuov", "--member", "Garcia", "--member", "Petrov",
    ]
    try office.refused("registrar", open, with: "invite with a letter: --letter")
    for (letter, fault) in [
      ("Tleuov;№ 14 хат", "'Tleuov;№ 14 хат' is no letter: NAME;LETTER;DATE;ORGANISATION"),
      ("Marat;№ 14 хат;01.01.2026;Алқа", "Marat has a letter and no seat"),
    ] {
      let (status, _, errors) = try office.bitim("registrar", open + ["--letter", letter])
      #expect(status == 2)
      #expect(errors.contains(fault), "\(errors)")
    }
    try office.done("registrar", open + ["--letter", "Tleuov;№ 14 хат;05.01.2026;Алқа"])
    let shown = try office.bitim("registrar", ["session", "show", "S-014"])
    let invited = "invited to the commission: Tleuov Marat, by № 14 хат, 2026-01-05, Алқа\n"
    #expect(shown.errors.contains(invited), "\(shown.errors)")
    let file = office.school.folder.appendingPathComponent("guest.token").path
    try office.done(
      "administrator", "admin", "token", "make", "Tleuov", "--session", "S-014",
      "--organisation", "ALA-01", "--name", "guest", "--days", "30", "--file", file)
    let access = try office.done("administrator", "admin", "list")
    #expect(access.contains(/Session +S-014\n/), "\(access)")
    office.join("guest", by: file)
    try office.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    #expect(try office.done("guest", "due").contains("bitim attest S-014 --confirm"))
    try office.asShown("guest", "attest", "S-014", "--confirm")
    let over = try office.bitim("guest", ["attest", "S-014", "--show"])
    #expect(over.errors.contains("bitim login"), "\(over.status): \(over.errors)")
    let preview = try office.bitim(
      "certifier", ["issue", "--cohort", "P1-ALA-01", "--preview"])
    #expect(preview.errors.contains(invited), "\(preview.errors)")
    // Another is seated by the other form, of whom the command already says the name.
    try office.done(
      "registrar", "cohort", "session", "P1-ALA-01", "--session", "S-015", "--date", "2026-01-21",
      "--protocol", "№ 13", "--chair", "Kim", "--member", "Garcia", "--member", "Petrov")
    try office.done(
      "registrar", "session", "seat", "S-015", "--goes", "Petrov", "--comes", "Tleuov", "--why",
      "ауырды", "--letter", "№ 15 хат;2026-01-06;Алқа")
    #expect(
      try office.bitim("registrar", ["session", "show", "S-015"]).errors
        .contains("Tleuov Marat, by № 15 хат, 2026-01-06, Алқа\n"))
  }

  @Test(
    "7: hours missed after the issue: two persons, still valid, and a certifier's to answer (R-532)"
  )
  func missedHours() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    try office.turn(to: "2026-08-03")
    let proposed = try office.bitim(
      "registrar",
      [
        "hours", "correct", "P1-ALA-01", "Өтегенова", "--date", "2026-01-10", "--start", "09:00",
        "--practice", "5", "--reason", "dispute", "--evidence", "қатысу парағы",
      ])
    #expect(proposed.status == 7, "\(proposed.output)\(proposed.errors)")
    let act = try #require(
      proposed.errors.firstMatch(of: /approve ([0-9]+)/)?.1, "\(proposed.errors)")
    let shown = try office.bitim("certifier", ["proposal", "approve", String(act)])
    #expect(shown.errors.contains("0 + 9 -> 0 + 5"), "\(shown.errors)")
    #expect(shown.errors.contains("P1-ALA-01, class of 2026-01-10 09:00"), "\(shown.errors)")
    try office.asShown("certifier", "proposal", "approve", String(act))
    #expect(try office.verified(paper, on: "2026-08-03") == "2026-08-03: VALID")
    #expect(
      try office.done("certifier", "due") == """
        2026-08-03  \(paper.number) of Utegenova Ulzhan: what it rests on holds no more (Hours of practice); answer until 2026-09-02
            bitim certificate show \(paper.number)

        """)
    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "investigation")
    #expect(try office.bitim("certifier", ["due"]).output.contains("holds no more") == false)
  }

  /// Certified with `practice` hours of practice in the last class, of which two persons take away all but `left`.
  private func missed(
    _ office: Office, practice: Int = 9, left: Int, under edition: String = ""
  ) async throws -> (number: String, code: String) {
    try await office.join("arbiter", "Tursynov", "Askar", .arbiter, "SCHOOL")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: edition)
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    let isMore = practice > 9
    if isMore {
      try office.done(
        "trainer", "hours", "P1-ALA-01", "--date", "2026-01-15", "--start", "09:00", "--practice",
        "\(practice - 9)")
    }
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    try office.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    try office.asShown("chair", "attest", "S-014", "--confirm")
    let issued = try office.asShown(
      "certifier", "issue", "--cohort", "P1-ALA-01", "--approve", "--output", "csv")
    let fields = try #require(issued.split(whereSeparator: \.isNewline).last).split(separator: ",")
    try office.turn(to: "2026-08-03")
    try office.approved(
      "certifier",
      office.bitim(
        "registrar",
        [
          "hours", "correct", "P1-ALA-01", "Өтегенова", "--date", "2026-01-10", "--start", "09:00",
          "--practice", "\(left)", "--reason", "dispute", "--evidence", "қатысу парағы",
        ]))
    return (String(fields[0]), String(fields[1]))
  }

  @Test(
    "7, its end: a minimum of the law is not let stand, one of the School's is, by two (R-011)",
    arguments: [true, false])
  func letStand(isOfLaw: Bool) async throws {
    let office = try await Office(on: "2026-02-01")
    if isOfLaw {
      let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
      let file = office.school.folder.appendingPathComponent("редакция.txt").path
      #expect(old.contains("practice_hours = 36 school"))
      let text = old.replacing("code = school", with: "code = law-36")
        .replacing("practice_hours = 36 school", with: "practice_hours = 36 reported")
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")
    }
    let paper = try await self.missed(office, left: 5, under: isOfLaw ? "law-36" : "")
    #expect(
      try office.done("certifier", "due") == """
        2026-08-03  \(paper.number) of Utegenova Ulzhan: what it rests on holds no more (Hours of practice); answer until 2026-09-02
            bitim certificate show \(paper.number)

        """)
    let words = [
      "certificate", "let-stand", paper.number, "--doubt", "ground_fails", "--why",
      "төрт сағат дауда",
    ]
    if isOfLaw {
      try office.refused(
        "certifier", words,
        with: "the rule that is broken is the law's, and nobody lets it stand")
      #expect(try office.done("certifier", "due").contains("(Hours of practice)"))
    } else {
      #expect(
        try office.bitim("certifier", words).errors.contains(
          "found: ground_fails: HOURS_PRACTICE 32 / 36"))
      try office.twoPersons("certifier", words, approver: "arbiter")
      #expect(try office.done("certifier", "due") == "")
    }
    #expect(try office.verified(paper, on: "2026-08-03") == "2026-08-03: VALID")
  }

  @Test("7, with more hours than the minimum: what is printed differs, and is let stand (R-533)")
  func datumDiffers() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try await self.missed(office, practice: 13, left: 5)
    #expect(
      try office.done("certifier", "due") == """
        2026-08-03  \(paper.number) of Utegenova Ulzhan: hours are others than printed; answer until 2026-09-02
            bitim certificate show \(paper.number)

        """)
    #expect(
      try office.done("certifier", "due", "--output", "csv").contains(
        "\r\ndatum_differs,2026-08-03,2026-09-02,P1-ALA-01,,,"))
    try office.refused(
      "certifier", "certificate", "let-stand", paper.number, "--doubt", "ground_fails", "--why",
      "x",
      with: "nothing of the kind is found against the certificate")
    let words = [
      "certificate", "let-stand", paper.number, "--doubt", "datum_differs", "--why",
      "басылған сағат көбірек",
    ]
    #expect(
      try office.bitim("certifier", words).errors.contains(
        "found: datum_differs: HOURS_PRACTICE 40 -> 36"))
    try office.twoPersons("certifier", words, approver: "arbiter")
    #expect(try office.done("certifier", "due") == "")
    #expect(try office.verified(paper, on: "2026-08-03") == "2026-08-03: VALID")
  }

  @Test("16: a wait of 14 days; excused, an absence leaves the attempt free (R-611, R-616)")
  func retake() async throws {
    let office = try await Office(on: "2026-06-25")
    let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
    let file = office.school.folder.appendingPathComponent("редакция.txt").path
    let text = old.replacing("code = school", with: "code = wait-14")
      .replacing("retake_wait_days = 0", with: "retake_wait_days = 14")
      .replacing("absence_uses_attempt = 0", with: "absence_uses_attempt = 1")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")

    try office.cohort(
      "P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: "wait-14")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    for (session, day) in [("S-1", "2026-06-10"), ("S-2", "2026-06-23"), ("S-3", "2026-06-24")] {
      try office.session(session, of: "P1-ALA-01", on: day)
    }
    let attempt = ["--test", "59", "--role-play", "75", "--interview", "90"]
    func attest(_ session: String, _ words: [String]) -> [String] {
      ["attest", session, "--candidate", "Өтегенова"] + words
    }
    try office.done("examiner", attest("S-1", attempt))
    try office.asShown("chair", "attest", "S-1", "--confirm")
    // Failed on the 10th: the 23rd is too early, the 24th is not.
    try office.refused("examiner", attest("S-2", attempt), with: "may sit again from 2026-06-24")
    try office.done("examiner", attest("S-3", attempt + ["--dry-run"]))
    // Absent with an excuse on the 24th: attempt 2 is still free; without one it is used.
    try office.done("examiner", attest("S-3", ["--absent"]))
    func attempts() throws -> [String] {
      try office.done("registrar", ["attest", "S-3", "--show", "--output", "json"])
        .split(separator: "\n").map { String($0) }
        .filter { $0.contains("ABSENT") }
        .map { $0.contains("\"attempt\":2") ? "2" : "0" }
    }
    #expect(try attempts() == ["2"])
    try office.done("examiner", attest("S-3", ["--absent", "--why", "№ 12 анықтама"]))
    #expect(try attempts() == ["0"])
    try office.asShown("chair", "attest", "S-3", "--confirm")
    try office.session("S-4", of: "P1-ALA-01", on: "2026-06-25")
    try office.done("examiner", attest("S-4", attempt))
    let shown = try office.done("registrar", ["attest", "S-4", "--show", "--output", "json"])
    #expect(shown.contains("\"attempt\":2"), "\(shown)")
  }

  @Test(
    "16: a paper that came within five days of the session gives the attempt back (R-616, R-617)")
  func excused() async throws {
    let office = try await Office(on: "2026-06-26")
    let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
    let file = office.school.folder.appendingPathComponent("редакция.txt").path
    let text = old.replacing("code = school", with: "code = wait-14")
      .replacing("retake_wait_days = 0", with: "retake_wait_days = 14")
      .replacing("absence_uses_attempt = 0", with: "absence_uses_attempt = 1")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")
    try office.cohort(
      "P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: "wait-14")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    for (session, day) in [("S-1", "2026-06-10"), ("S-2", "2026-06-24"), ("S-3", "2026-06-25")] {
      try office.session(session, of: "P1-ALA-01", on: day)
    }
    let attempt = ["--test", "59", "--role-play", "75", "--interview", "90"]
    func attest(_ session: String, _ words: [String]) -> [String] {
      ["attest", session, "--candidate", "Өтегенова"] + words
    }
    try office.done("examiner", attest("S-1", attempt))
    try office.asShown("chair", "attest", "S-1", "--confirm")
    try office.done("examiner", attest("S-2", ["--absent"]))
    try office.asShown("chair", "attest", "S-2", "--confirm")
    // Without an excuse attempt 2 is used on the 24th, and the wait begins there.
    try office.refused("examiner", attest("S-3", attempt), with: "may sit again from 2026-07-08")
    let due = try office.done("registrar", "due", "--output", "csv")
    #expect(due.contains("\r\nabsence_unexcused,2026-06-24,2026-06-29,P1-ALA-01,S-2,,"), "\(due)")
    let excuse = [
      "attest", "S-2", "--excuse", "Өтегенова", "--paper", "№ 12 анықтама", "--paper-date",
      "24.06.2026",
    ]
    try office.done("registrar", excuse)
    try office.refused("registrar", excuse, with: "the absence is excused already")
    #expect(
      try !office.done("registrar", "due", "--output", "csv").contains("absence_unexcused"))
    let shown = try office.done("registrar", "attest", "S-2", "--show", "--output", "csv")
    #expect(shown.contains("absent,,yes,\"№ 12 анықтама, 2026-06-24\""), "\(shown)")
    // Fifteen days after the failure, attempt 2 is still free.
    try office.done("examiner", attest("S-3", attempt))
    let retake = try office.done("registrar", ["attest", "S-3", "--show", "--output", "json"])
    #expect(retake.contains("\"attempt\":2"), "\(retake)")
  }

  @Test(
    "17: three marks 60, 60, 59: their mean fails at 60, their median passes (R-615)",
    arguments: [("mean", "failed", "59 (60+60+59)"), ("median", "passed", "60 (60+60+59)")])
  func membersMarks(_ rule: String, _ outcome: String, _ told: String) async throws {
    let office = try await Office(on: "2026-06-25")
    let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
    let file = office.school.folder.appendingPathComponent("редакция.txt").path
    let text = old.replacing("code = school", with: "code = \(rule)")
      .replacing("member_marks = 0", with: "member_marks = 1")
      .replacing("mark_rule = mean", with: "mark_rule = \(rule)")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: rule)
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-1", of: "P1-ALA-01", on: "2026-06-10")
    func attest(_ test: String) -> [String] {
      [
        "attest", "S-1", "--candidate", "Өтегенова", "--test", test, "--role-play", "70+75+80",
        "--interview", "90+-+80",
      ]
    }
    // One mark, though each member gives one; marks of two, though three give one.
    try office.refused("examiner", attest("60"), with: "two members at least give a mark")
    let two = try office.bitim("examiner", attest("60+60"))
    #expect(two.status == 2)
    #expect(
      two.errors.hasPrefix("bitim: test: '60+60' is not a mark of each member, with + between"),
      "\(two.errors)")
    try office.done("examiner", attest("60+60+59"))
    let shown = try office.done("registrar", "attest", "S-1", "--show")
    #expect(shown.contains(outcome), "\(shown)")
    #expect(shown.contains("\(told) 75 (70+75+80) 85 (90+80)"), "\(shown)")
    try office.asShown("chair", "attest", "S-1", "--confirm")
  }

  @Test("what waits is said in a sentence, with the command that answers it (R-010)")
  func due() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    try office.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    for name in ["registrar", "chair"] {
      #expect(
        try office.done(name, "due") == """
          2026-01-20  S-014 of P1-ALA-01: results not confirmed: 1; the chair is Kim Yelena
              bitim attest S-014 --confirm

          """)
    }
    try office.asShown("chair", "attest", "S-014", "--confirm")
    #expect(
      try office.done("certifier", "due") == """
        2026-01-20  P1-ALA-01: passed, and nothing is issued: 1
            bitim issue --cohort P1-ALA-01 --preview

        """)
    #expect(
      try office.done("certifier", "due", "--output", "csv") == """
        kind,since,until,cohort,session,people,person,number,command\r
        issue,2026-01-20,,P1-ALA-01,,1,,,bitim issue --cohort P1-ALA-01 --preview\r

        """)
    let nothing = try office.bitim("chair", ["due"])
    #expect(nothing.status == 0)
    #expect(nothing.output == "")
    #expect(nothing.errors == "nothing waits for you\n")
  }
}
