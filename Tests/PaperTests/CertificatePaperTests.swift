import BitimProtocol
import BitimTestSupport
import Testing

@testable import BitimPaper

@Suite("A certificate on paper")
struct CertificatePaperTests {
  private static let address = "https://verify.example/p"

  private static func pages(
    _ answer: BitimV1.GetCertificateResponse, _ second: CertificatePaper.Second = .ru,
    address: String = Self.address
  ) throws -> [Page] {
    let paper = try CertificatePaper(answer, second: second, address: address)
    // Letters narrow enough for what true faces hold.
    return try paper.pages(TinyFont.typefaces(TinyFont(advance: 480)))
  }

  private static func blocks(_ page: Page) -> [TextBlock] {
    page.items.compactMap { item in
      if case .text(let block) = item { block } else { nil }
    }
  }

  /// The texts of a page in the order in which it is read, lines put together.
  private static func texts(_ page: Page) -> [String] {
    Self.blocks(page).map { block in
      block.lines.indices.map(block.text).joined(separator: " ")
        .split(separator: "\u{A0}").joined(separator: " ")
    }
  }

  private static func codes(_ page: Page) -> [CodeFigure] {
    page.items.compactMap { item in
      if case .code(let figure) = item { figure } else { nil }
    }
  }

  @Test("before its issue it is a specimen: no number, no code, no QR code, and a word across it")
  func specimen() throws {
    let issued = Samples.programme()
    let sheet = try #require(issued.sheet)
    let paper = try CertificatePaper(specimen: sheet, second: .ru)
    let pages = try paper.pages(TinyFont.typefaces(TinyFont(advance: 480)))
    let whole = try Self.pages(issued)
    let (front, other) = (Self.texts(pages[0]), Self.texts(whole[0]))
    #expect(Array(front.prefix(3)) == ["ҮЛГІ", "ОБРАЗЕЦ", "Медиаторлар мектебі"])
    // All else stands where it will stand, but for what the registry gives at the issue.
    let given = other.filter { !front.contains($0) }
    #expect(given.first == "№ 2026-000417-29")
    #expect(given.contains(issued.code))
    #expect(front.filter { !other.contains($0) } == ["ҮЛГІ", "ОБРАЗЕЦ"])
    #expect(pages.allSatisfy { Self.codes($0).isEmpty })
    let all = pages.flatMap(Self.texts)
    #expect(!all.contains { $0.contains("2026-000417-29") || $0.contains(issued.code) })
    #expect(paper.title == "Сертификат ҮЛГІ · Өтегенова Ұлжан Ғабитқызы")
  }

  @Test(
    "the front says all that was frozen, in Kazakh and Russian, in the order in which it is read")
  func programme() throws {
    let page = try Self.pages(Samples.programme())[0]
    #expect(
      Self.texts(page) == [
        "Медиаторлар мектебі", "Школа медиаторов", "СЕРТИФИКАТ",
        "медиаторларды даярлау бағдарламасы бойынша оқудан өткені туралы",
        "о прохождении обучения по программе подготовки медиаторов", "№ 2026-000417-29",
        "Өтегенова Ұлжан Ғабитқызы", "Утегенова Улжан Габиткызы", "Utegenova Ulzhan",
        "Осы сертификаттың иесі «Медиацияның жалпы курсы» бағдарламасы бойынша 72 академиялық сағат "
          + "көлемінде оқудан және аттестациядан өтті.",
        "Владелец настоящего сертификата прошёл обучение по программе «Общий курс медиации» в объёме "
          + "72 академических часов и аттестацию по ней.",
        "Академиялық сағат (теория + практика)", "Академических часов (теория + практика)",
        "72 (36 + 36)", "Оқыған мерзімі", "Период обучения", "03.02.2026 – 27.03.2026",
        "Аттестация: күні, хаттама №", "Аттестация: дата, № протокола", "22.04.2026, № 14",
        "Шешім күні", "Дата решения", "24.04.2026", "Оқытқан ұйым", "Обучающая организация",
        "Алматы қаласы, № 1 медиация орталығы", "Центр медиации № 1, город Алматы",
        "Құқықтық негіз", "Правовая основа",
        "Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 "
          + "желтоқсандағы бұйрығы",
        "Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года",
        "Берілген күні мен жері", "Дата и место выдачи", "2026 жылғы 24 сәуір",
        "24 апреля 2026 года", "Алматы қаласы", "Қолданылу мерзімі · Срок действия",
        "мерзімсіз · бессрочно", "Мектептің сертификаттаушысы", "Сертификатор Школы",
        "қолы · подпись", "Қасымов Дәурен Ерланұлы", "М. О. · М. П.", "Тексеру коды · Код проверки",
        "7KQ2-M9XD-4TRA-0ZHC",
        "Тексеру: камераны кодқа бағыттаңыз немесе нөмір мен кодты тексеру бетінде теріңіз.",
        "Проверка: наведите камеру на код или наберите номер и код на странице проверки.",
      ])
    let codes = Self.codes(page)
    #expect(codes.count == 1)
    #expect(
      try codes.first?.code
        == QRCode([
          .octets(Array("https://verify.example/p#".utf8)),
          .alphanumeric("2026-000417-29.7KQ2-M9XD-4TRA-0ZHC"),
        ]))
  }

  @Test("without a page that verifies there is no QR code, and no word of it")
  func noAddress() throws {
    let texts = try Self.texts(Self.pages(Samples.programme(), address: "")[0])
    #expect(texts.last == "7KQ2-M9XD-4TRA-0ZHC")
    #expect(try Self.codes(Self.pages(Samples.programme(), address: "")[0]) == [])
  }

  @Test("an address of more than a QR code holds is refused")
  func longAddress() {
    #expect(throws: PaperFault.addressTooLong) {
      try Self.pages(
        Samples.programme(), address: "https://" + String(repeating: "a", count: 500))
    }
  }

  @Test("beside English days are ISO, hours have a point, and the Russian name is left to page 2")
  func english() throws {
    var answer = Samples.programme()
    answer.sheet?.theoryQuarters = 145
    let texts = try Self.texts(Self.pages(answer, .en)[0])
    #expect(
      Array(texts[0..<11]) == [
        "Медиаторлар мектебі", "School of Mediators", "СЕРТИФИКАТ · CERTIFICATE",
        "медиаторларды даярлау бағдарламасы бойынша оқудан өткені туралы",
        "of training under the mediator training programme", "№ 2026-000417-29",
        "Өтегенова Ұлжан Ғабитқызы", "Utegenova Ulzhan",
        "Осы сертификаттың иесі «Медиацияның жалпы курсы» бағдарламасы бойынша 72,25 академиялық сағат "
          + "көлемінде оқудан және аттестациядан өтті.",
        "The holder of this certificate completed the training programme “General Mediation Course” of "
          + "72.25 academic hours and passed its attestation.",
        "Академиялық сағат (теория + практика)",
      ])
    for text in [
      "72.25 (36.25 + 36)", "2026-02-03 – 2026-03-27", "24 April 2026", "мерзімсіз · no expiry",
      "М. О. · L. S.",
    ] { #expect(texts.contains(text), "\(text)") }
  }

  @Test("the School's certificate names its three instead of hours, and what entitles the School")
  func school() throws {
    let page = try Self.pages(Samples.school())[0]
    let texts = Self.texts(page)
    #expect(
      Array(texts[3..<21]) == [
        "Медиаторлар мектебінің сертификаты", "Сертификат Школы медиаторов", "№ 2026-000912-54",
        "Өтегенова Ұлжан Ғабитқызы", "Утегенова Улжан Габиткызы", "Utegenova Ulzhan",
        "Осы сертификаттың иесі медиаторларды даярлаудың барлық үш бағдарламасы бойынша оқудан және "
          + "аттестациядан өтті. Төменде аталған үш сертификаттың негізінде Мектептің қағидалары "
          + "бойынша берілді.",
        "Владелец настоящего сертификата прошёл обучение и аттестацию по всем трём программам "
          + "подготовки медиаторов. Выдан по правилам Школы на основании трёх сертификатов, названных "
          + "ниже.",
        "1-бағдарлама сертификаты · Программа 1", "№ 2026-000417-29",
        "2-бағдарлама сертификаты · Программа 2", "№ 2026-000655-07",
        "3-бағдарлама сертификаты · Программа 3", "№ 2026-000873-61",
        "Медиаторлар ұйымдарының тізілімінде", "В реестре организаций медиаторов", "тізілім № 7",
        "тізілім № 7",
      ])
    #expect(Self.blocks(page)[0].ink == .school)
    let title = try #require(Self.blocks(page).first { $0.text(0) == "СЕРТИФИКАТ" })
    #expect(title.ink == .school)
    #expect(title.role == .heading1)
  }

  @Test("a duplicate says so, which one it is and of which day, under the same number")
  func duplicate() throws {
    var answer = Samples.programme()
    answer.duplicate = .init()
    answer.duplicate?.copy = 2
    answer.duplicate?.madeOn = "2027-03-03"
    for (second, box) in [
      (
        CertificatePaper.Second.ru,
        ["ТЕЛНҰСҚА № 2 · ДУБЛИКАТ № 2", "2027 жылғы 3 наурызда берілді · выдан 03.03.2027"]
      ),
      (
        .en,
        ["ТЕЛНҰСҚА № 2 · DUPLICATE № 2", "2027 жылғы 3 наурызда берілді · made on 2027-03-03"]
      ),
    ] {
      let texts = try Self.texts(Self.pages(answer, second)[0])
      #expect(Array(texts[2..<4]) == box)
      #expect(texts.contains("№ 2026-000417-29"))
    }
  }

  @Test("beside English a box leaves the title less room")
  func boxedTitle() throws {
    for (second, boxed, size) in [
      (CertificatePaper.Second.ru, true, 32.0), (.en, true, 20), (.en, false, 23),
    ] {
      var answer = Samples.programme()
      if boxed { answer.sheet?.replaces = "2026-000400-11" }
      let title = try Self.blocks(Self.pages(answer, second)[0]).first { $0.role == .heading1 }
      #expect(title?.size == size)
    }
  }

  @Test("what was issued instead of another names that one; its duplicate says both")
  func replacement() throws {
    var answer = Samples.programme()
    answer.sheet?.replaces = "2026-000400-11"
    answer.sheet?.firstIssuedOn = "2025-01-09"
    let instead = ["№ 2026-000400-11 сертификаттың орнына", "взамен сертификата № 2026-000400-11"]
    let pages = try Self.pages(answer)
    #expect(Array(Self.texts(pages[0])[2..<5]) == ["ОРНЫНА БЕРІЛГЕН · ВЗАМЕН"] + instead)
    #expect(Self.texts(pages[1]).contains("2025-01-09"))
    answer.duplicate = .init()
    answer.duplicate?.copy = 1
    answer.duplicate?.madeOn = "2027-12-30"
    let texts = try Self.texts(Self.pages(answer)[0])
    #expect(
      Array(texts[2..<6])
        == [
          "ТЕЛНҰСҚА № 1 · ДУБЛИКАТ № 1",
          "2027 жылғы 30 желтоқсанда берілді · выдан 30.12.2027",
        ] + instead)
  }

  @Test(
    "what a certificate is no longer stands across the page, and is read first",
    arguments: [
      (BitimV1.Standing.revoked, "ҚАЙТАРЫП АЛЫНҒАН", "ОТОЗВАН", "REVOKED"),
      (.suspended, "ҚОЛДАНЫЛУЫ ТОҚТАТЫЛА ТҰРДЫ", "ДЕЙСТВИЕ ПРИОСТАНОВЛЕНО", "SUSPENDED"),
      (.replaced, "АУЫСТЫРЫЛҒАН", "ЗАМЕНЁН", "REPLACED"),
      (.expired, "МЕРЗІМІ ӨТКЕН", "СРОК ИСТЁК", "EXPIRED"),
    ])
  func watermark(standing: BitimV1.Standing, kk: String, ru: String, en: String) throws {
    var answer = Samples.programme()
    answer.status?.standing = standing
    for (second, other) in [(CertificatePaper.Second.ru, ru), (.en, en)] {
      let page = try Self.pages(answer, second)[0]
      let blocks = Self.blocks(page)
      #expect(blocks.prefix(2).map { $0.text(0) } == [kk, other])
      #expect(blocks.map(\.turned) == [-18, -18] + blocks.dropFirst(2).map { _ in nil })
    }
  }

  @Test(
    "what is valid, or will be, has nothing across the page",
    arguments: [
      BitimV1.Standing.valid, .notYetValid,
    ])
  func noWatermark(standing: BitimV1.Standing) throws {
    var answer = Samples.programme()
    answer.status?.standing = standing
    #expect(try Self.blocks(Self.pages(answer)[0]).allSatisfy { $0.turned == nil })
  }

  @Test("a certificate with an end says both days; one that begins later says from when")
  func validity() throws {
    var answer = Samples.programme()
    answer.sheet?.validFrom = "2026-05-01"
    #expect(try Self.texts(Self.pages(answer)[0]).contains("01.05.2026 –"))
    answer.sheet?.validUntil = "2031-04-30"
    #expect(try Self.texts(Self.pages(answer)[0]).contains("01.05.2026 – 30.04.2031"))
    #expect(try Self.texts(Self.pages(answer)[1]).contains("2026-05-01 – 2031-04-30"))
  }

  @Test("a name that is not there leaves no gap: the block stays around its middle")
  func names() throws {
    for (kk, ru, latin, shown) in [
      (("Ә", "Ұ", ""), nil, nil, ["Ә Ұ"]),
      (nil, ("Юн", "Е", "И"), nil, ["Юн Е И"]),
      (nil, nil, ("Garcia", "Lucia", ""), ["Garcia Lucia"]),
      (("Ә", "Ұ", ""), nil, ("A", "U", ""), ["Ә Ұ", "A U"]),
    ]
      as [(
        (String, String, String)?, (String, String, String)?, (String, String, String)?, [String]
      )]
    {
      var answer = Samples.programme()
      answer.sheet?.holder = Samples.names(kk: kk, ru: ru, latin: latin)
      let blocks = try Self.blocks(Self.pages(answer)[0])
      let start = try #require(blocks.firstIndex { $0.text(0) == shown[0] })
      #expect(blocks[start].role == .heading2)
      #expect(blocks[start..<start + shown.count].map { $0.text(0) } == shown)
      let last = blocks[start + shown.count - 1]
      #expect(abs((blocks[start].top + last.top + last.leading) / 2 - 87.4) < 0.000_1)
    }
  }

  @Test("the longest names shrink on one line, then take two")
  func longNames() throws {
    // 247 mm hold 72 letters of 0.48 em at 20 points, and 85 at 17.
    for (count, size, lines) in [(40, 27.0, 1), (72, 20, 1), (73, 17, 1), (90, 17, 2)] {
      var answer = Samples.programme()
      let half = String(repeating: "ә", count: count / 2)
      let rest = String(repeating: "ұ", count: count - count / 2 - 1)
      answer.sheet?.holder?.kk?.surname = half
      answer.sheet?.holder?.kk?.given = rest
      answer.sheet?.holder?.kk?.patronymic = ""
      let blocks = try Self.blocks(Self.pages(answer)[0])
      let name = try #require(blocks.first { $0.role == .heading2 })
      #expect(name.size == size, "\(count)")
      #expect(name.lines.count == lines, "\(count)")
    }
    var answer = Samples.programme()
    answer.sheet?.holder?.kk?.surname = String(repeating: "ә", count: 100)
    #expect(throws: PaperFault.tooLong(.holder)) { try Self.pages(answer) }
  }

  @Test("a text that was not frozen leaves nothing on the paper, not even an empty line")
  func absent() throws {
    var answer = Samples.programme()
    answer.sheet?.signatoryPost = nil
    answer.sheet?.trainedBy = nil
    answer.sheet?.place = ""
    for page in try Self.pages(answer) {
      for block in Self.blocks(page) {
        #expect(!block.lines.isEmpty)
        #expect(block.lines.indices.allSatisfy { !block.text($0).isEmpty })
      }
    }
    #expect(try !Self.texts(Self.pages(answer)[0]).contains("Оқытқан ұйым"))
  }

  @Test("texts are composed, and have one kind of hyphen and one kind of space")
  func plain() throws {
    // И and a breve; a hyphen that does not break; a narrow space; a line's end.
    #expect(CertificatePaper.plain("И\u{306}сы\u{2011}б\u{202F}в\u{A0}г\nд") == "Йсы-б в г д")
    #expect(CertificatePaper.plain("И\u{306}").unicodeScalars.count == 1)
  }

  @Test("a letter that the faces lack is refused by its field")
  func letter() throws {
    var answer = Samples.programme()
    answer.sheet?.place = "Ŋarabulaq"
    #expect(throws: PaperFault.letterMissing(.place, letter: "Ŋ", file: "PTF55F.ttf")) {
      try Self.pages(answer)
    }
  }

  @Test("a certificate of an old register is not printed here")
  func adopted() {
    for kind in [BitimV1.CertificateKind.adopted, .unspecified] {
      var answer = Samples.programme()
      answer.sheet?.kind = kind
      #expect(throws: PaperFault.notOurs) {
        try CertificatePaper(answer, second: .ru, address: "")
      }
    }
  }

  @Test("the supplement says it in three languages, and has no row for what is not given")
  func supplement() throws {
    let pages = try Self.pages(Samples.programme())
    #expect(pages.count == 2)
    #expect(
      Self.texts(pages[1]) == [
        "Сертификатқа қосымша", "Приложение к сертификату", "Supplement to the certificate",
        "№ 2026-000417-29 · Өтегенова Ұлжан Ғабитқызы · Утегенова Улжан Габиткызы · Utegenova Ulzhan",
        "Академиялық сағат (теория + практика)",
        "Академ. часов (теория + практика) · Academic hours", "72 (36 + 36)", "Оқыған мерзімі",
        "Период обучения · Training period", "2026-02-03 – 2026-03-27",
        "Аттестация: күні, хаттама №", "Аттестация: дата, № протокола · Attested, protocol",
        "2026-04-22, № 14", "Шешім күні; берілген күні", "Дата решения; выдачи · Decided; issued",
        "2026-04-24; 2026-04-24", "Қолданылу мерзімі", "2026-04-24 бастап, мерзімсіз",
        "Срок действия", "с 2026-04-24, бессрочно", "Validity", "from 2026-04-24, no expiry",
        "Оқу бағдарламасы, редакция", "Медиацияның жалпы курсы, 2025",
        "Программа обучения, редакция", "Общий курс медиации, 2025", "Programme, edition",
        "General Mediation Course, 2025", "Құқықтық негіз",
        "Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 "
          + "желтоқсандағы бұйрығы", "Правовая основа",
        "Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года",
        "Legal basis",
        "Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025",
        "Оқытқан ұйым", "Алматы қаласы, № 1 медиация орталығы", "Обучающая организация",
        "Центр медиации № 1, город Алматы", "Trained by", "Mediation Centre No. 1, Almaty",
        "Берген",
        "Медиаторлар мектебі", "Выдал", "Школа медиаторов", "Issuer", "School of Mediators",
        "Медиаторлар ұйымдарының тізілімінде", "тізілім № 7", "В реестре организаций медиаторов",
        "тізілім № 7", "Entitlement", "тізілім № 7", "Қол қойған",
        "Қасымов Дәурен Ерланұлы, Мектептің сертификаттаушысы", "Подписал",
        "Қасымов Дәурен Ерланұлы, Сертификатор Школы", "Signatory",
        "Қасымов Дәурен Ерланұлы, Certifier of the School",
        "№ 2026-000417-29 · Тексеру коды · Код проверки · Verification code: 7KQ2-M9XD-4TRA-0ZHC",
        "2 / 2",
      ])
    let school = try Self.texts(Self.pages(Samples.school())[1])
    #expect(school.contains("2026-000417-29, 2026-000655-07, 2026-000873-61"))
    #expect(!school.contains("Legal basis"))
  }

  @Test("a supplement too long for a page shrinks, and goes on on a third at its smallest")
  func longSupplement() throws {
    func pages(words: Int) throws -> [Page] {
      var answer = Samples.programme()
      let text = Array(repeating: "Алматы", count: words).joined(separator: " ")
      answer.sheet?.issuer?.en = text
      answer.sheet?.trainedBy?.en = text
      answer.sheet?.legalBasis?.en = text
      answer.sheet?.signatoryPost?.en = text
      return try Self.pages(answer)
    }
    let shrunk = try pages(words: 66)
    #expect(shrunk.count == 2)
    let value = try #require(Self.blocks(shrunk[1]).first { $0.text(0).hasPrefix("from 2026") })
    #expect(value.size < 8.5)
    let more = try pages(words: 92)
    #expect(more.count == 3)
    #expect(Self.texts(more[2]).last == "3 / 3")
    #expect(Self.texts(more[1]).last == "2 / 3")
  }
}

@Suite("Days and hours on paper")
struct PaperDatesTests {
  @Test("days are said as each language says them")
  func days() {
    #expect(PaperDates.words("2026-04-24", .kk) == "2026 жылғы 24 сәуір")
    #expect(PaperDates.words("2026-04-04", .ru) == "4 апреля 2026 года")
    #expect(PaperDates.words("2026-04-24", .en) == "24 April 2026")
    #expect(PaperDates.digits("2026-04-03", beside: .ru) == "03.04.2026")
    #expect(PaperDates.digits("2026-04-03", beside: .en) == "2026-04-03")
    #expect(PaperDates.words("", .kk) == "")
    #expect(PaperDates.digits("", beside: .ru) == "")
  }

  @Test("a Kazakh month on which something was made has the ending of its vowels and last sound")
  func locative() {
    let months = [
      "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда", "шілдеде", "тамызда",
      "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
    ]
    for (index, month) in months.enumerated() {
      let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
      #expect(PaperDates.onDay("2027-\(number)-09") == "2027 жылғы 9 \(month)")
    }
  }

  @Test("Russian hours are of one behind 1 and 21, not 11, and behind a fraction")
  func hours() {
    for (quarters, text) in [
      (4, "1 академического часа"), (44, "11 академических часов"), (84, "21 академического часа"),
      (288, "72 академических часов"), (290, "72,5 академического часа"),
      (444, "111 академических часов"), (524, "131 академического часа"),
    ] as [(Int32, String)] {
      #expect(PaperHours.russian(quarters).replacing("\u{A0}", with: " ") == text)
    }
    #expect(PaperHours.number(291, .en) == "72.75")
    #expect(PaperHours.number(289, .kk) == "72,25")
  }
}
