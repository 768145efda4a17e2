import BitimProtocol
import BitimTestSupport
import Testing

@testable import BitimPaper

@Suite("A statement of attendance on paper (R-307)")
struct AttendancePageTests {
  private static func answer() -> BitimV1.GetCertificateResponse {
    var answer = Samples.programme()
    answer.sheet?.kind = .attendance
    answer.sheet?.programme = 4
    answer.sheet?.title = Samples.text(
      "Келіссөз өнері", "Искусство переговоров", "The art of negotiation")
    answer.sheet?.edition = "negotiation"
    answer.sheet?.theoryQuarters = 24
    answer.sheet?.practiceQuarters = 9
    for field in [\BitimV1.Sheet.attestedOn, \.protocolNumber] {
      answer.sheet?[keyPath: field] = ""
    }
    answer.sheet?.signatory = "Серікова Әлия"
    answer.sheet?.signatoryPost = Samples.text(
      "Мектептің тіркеушісі", "Регистратор Школы", "Registrar of the School")
    return answer
  }

  private static func pages(
    _ answer: BitimV1.GetCertificateResponse, _ second: CertificatePaper.Second = .ru,
    address: String = "https://verify.example/p"
  ) throws -> [Page] {
    let paper = try CertificatePaper(answer, second: second, address: address)
    return try paper.pages(TinyFont.typefaces(TinyFont(advance: 480)))
  }

  private static func blocks(_ page: Page) -> [TextBlock] {
    page.items.compactMap { item in
      if case .text(let block) = item { block } else { nil }
    }
  }

  private static func texts(_ page: Page) -> [String] {
    Self.blocks(page).map { block in
      block.lines.indices.map(block.text).joined(separator: " ")
        .split(separator: "\u{A0}").joined(separator: " ")
    }
  }

  private static let head = [
    "Медиаторлар мектебі", "Школа медиаторов", "School of Mediators",
    "Семинарға қатысқаны туралы анықтама", "Справка об участии в семинаре",
    "Statement of attendance at a seminar",
    "қатысты, аттестациясыз · участие без аттестации · attended, without attestation",
    "№ 2026-000417-29", "Қатысушы · Участник · Participant", "Өтегенова Ұлжан Ғабитқызы",
    "Утегенова Улжан Габиткызы", "Utegenova Ulzhan",
  ]

  @Test("one upright page says in three languages what it is, and that it is no certificate")
  func whole() throws {
    let pages = try Self.pages(Self.answer())
    #expect(pages.map { [$0.width, $0.height] } == [[210, 297]])
    #expect(
      Self.texts(pages[0]) == Self.head + [
        "Семинар тақырыбы · Тема семинара · Subject", "Келіссөз өнері", "Искусство переговоров",
        "The art of negotiation", "Күні · Даты · Dates", "03.02.2026 – 27.03.2026",
        "Академиялық сағат (теория + практика) · Академических часов (теория + практика) · "
          + "Academic hours (theory + practice)", "8,25 (6 + 2,25)",
        "Өткізген · Провёл · Held by", "Алматы қаласы, № 1 медиация орталығы",
        "Центр медиации № 1, город Алматы", "Mediation Centre No. 1, Almaty",
        "Берілген күні мен жері · Дата и место выдачи · Date and place of issue",
        "2026 жылғы 24 сәуір · 24 апреля 2026 года · 24 April 2026", "Алматы қаласы",
        "Бұл анықтама медиаторларды даярлау бағдарламасы бойынша оқудан өткені туралы сертификат "
          + "емес және кәсіпқой медиатор болуға құқық бермейді. Аттестация өткізілген жоқ.",
        "Справка не является сертификатом о прохождении обучения по программе подготовки "
          + "медиаторов и не даёт права быть профессиональным медиатором. Аттестация не "
          + "проводилась.",
        "This is not a certificate of training under the mediator training programme and gives no "
          + "right to act as a professional mediator. There was no attestation.",
        "Мектептің тіркеушісі", "Регистратор Школы", "қолы · подпись", "Серікова Әлия",
        "Тексеру коды · Код проверки", "7KQ2-M9XD-4TRA-0ZHC",
        "Тексеру: камераны кодқа бағыттаңыз немесе нөмір мен кодты тексеру бетінде теріңіз.",
        "Проверка: наведите камеру на код или наберите номер и код на странице проверки.",
      ])
    let heads = Self.blocks(pages[0]).filter { $0.role != .paragraph }
    #expect(heads.map { $0.text(0) } == [Self.head[3], Self.head[9]])
    let codes = pages[0].items.compactMap { item in
      if case .code(let figure) = item { figure } else { nil }
    }
    #expect(codes.map(\.side) == [27])
  }

  @Test("nothing stands over the edge of the page, nor over what stands below it")
  func places() throws {
    for answer in [Self.answer(), Self.longest()] {
      let page = try Self.pages(answer)[0]
      let blocks = Self.blocks(page).filter { $0.turned == nil }
      for block in blocks {
        #expect(block.x >= 25 && block.x + block.width <= 185 + 0.01, "\(block.text(0))")
        #expect(block.top + block.leading * Double(block.lines.count) <= 290, "\(block.text(0))")
      }
      let warning = try #require(blocks.firstIndex { $0.text(0).hasPrefix("Бұл анықтама") })
      for block in blocks[..<warning] {
        #expect(block.top + block.leading * Double(block.lines.count) <= 199.01)
      }
      let foot = try #require(blocks.first { $0.text(0).hasPrefix("Мектептің тіркеушісі") })
      for block in blocks[warning..<warning + 3] {
        #expect(block.top + block.leading * Double(block.lines.count) <= foot.top)
      }
    }
  }

  private static func longest() -> BitimV1.GetCertificateResponse {
    var answer = Samples.longest()
    let short = Self.answer()
    answer.sheet?.kind = .attendance
    answer.sheet?.title = Samples.text(
      String(repeating: "Келіссөз өнері мен татуластыру ", count: 4),
      String(repeating: "Искусство переговоров и примирения ", count: 4),
      String(repeating: "The art of negotiation and settlement ", count: 4))
    answer.sheet?.signatoryPost = short.sheet?.signatoryPost
    answer.sheet?.trainedBy?.en = "Branch at Oskemen"
    return answer
  }

  @Test("what does not fit is refused, not cut")
  func long() throws {
    var answer = Self.longest()
    answer.sheet?.title?.kk = String(repeating: "Келіссөз өнері мен татуластыру ", count: 30)
    #expect(throws: PaperFault.tooLong(.title)) { try Self.pages(answer) }
  }

  @Test("a duplicate, a replacement and a suspension say so as on a certificate; one day is one")
  func others() throws {
    var answer = Self.answer()
    answer.sheet?.trainedUntil = "2026-02-03"
    answer.sheet?.replaces = "2026-000400-11"
    answer.duplicate = .init()
    answer.duplicate?.copy = 1
    answer.duplicate?.madeOn = "2027-03-03"
    answer.status?.standing = .suspended
    let texts = try Self.texts(Self.pages(answer, .en, address: "")[0])
    #expect(
      Array(texts[..<6]) == [
        "ҚОЛДАНЫЛУЫ ТОҚТАТЫЛА ТҰРДЫ", "SUSPENDED", "ТЕЛНҰСҚА № 1 · DUPLICATE № 1",
        "2027 жылғы 3 наурызда берілді · made on 2027-03-03", "№ 2026-000400-11 анықтаманың орнына",
        "in place of statement No. 2026-000400-11",
      ])
    #expect(texts.contains("2026-02-03"))
    #expect(texts.last == "7KQ2-M9XD-4TRA-0ZHC")
  }

  @Test("as a web page and as a PDF it is upright, and called a statement")
  func files() throws {
    let paper = try CertificatePaper(Self.answer(), second: .ru, address: "")
    let typefaces = try TinyFont.typefaces(TinyFont(advance: 480))
    let page = String(decoding: try paper.html(typefaces), as: UTF8.self)
    #expect(page.contains("@page{size:210mm 297mm;margin:0}"))
    #expect(page.contains("<meta name=\"viewport\" content=\"width=794\">"))
    #expect(page.contains("<title>Анықтама № 2026-000417-29 · Өтегенова Ұлжан Ғабитқызы</title>"))
    #expect(page.contains("viewBox=\"0 0 210 297\""))
    #expect(page.contains("width:210mm;height:297mm;overflow"))
    let pdf = String(decoding: try paper.pdf(typefaces), as: UTF8.self)
    #expect(pdf.contains("[0 0 595.28 841.89]"))
  }

  @Test("the page that verifies says it before all other lines, and the bookkeeper counts it apart")
  func told() throws {
    let name = try JSONText().text(try #require(Self.answer().sheet)).contains(
      "\"kind\":\"CERTIFICATE_KIND_ATTENDANCE\"")
    #expect(name)
    let first =
      "[\"attendance\", sheet.kind === \"CERTIFICATE_KIND_ATTENDANCE\" && say(\"attendanceText\"), "
    #expect(VerifyPage.script.contains("return [\n" + first))
    #expect(VerifyPage.words.contains("Attended a seminar, without attestation: no certificate"))
    var line = BitimV1.CertificateLine()
    (line.kind, line.programme, line.number) = (.attendance, 4, "2026-000001-16")
    let page = OfficePage.issued([line], of: .year(2026), in: .en)
    #expect(page.sums.first?.hasSuffix(": 1; Seminar – 1.") == true)
  }
}
