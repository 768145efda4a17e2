import BitimProtocol
import Foundation
import Testing

@testable import BitimPaper

@Suite("The register of mediators as it is published (R-806)")
struct MediatorsPageTests {
  private static func entry(
    _ serial: Int, kk: String, ru: String, _ change: (inout BitimV1.Entry) -> Void = { _ in }
  ) -> BitimV1.Entry {
    func name(_ text: String) -> BitimV1.Name {
      let parts = text.split(separator: " ").map(String.init)
      var name = BitimV1.Name()
      (name.surname, name.given) = (parts[0], parts[1])
      name.patronymic = parts.count > 2 ? parts[2] : ""
      return name
    }
    func text(_ address: String, _ field: String, _ languages: String) -> BitimV1.EntryText {
      var text = BitimV1.EntryText()
      (text.address, text.field, text.languages) = (address, field, languages)
      return text
    }
    var entry = BitimV1.Entry()
    (entry.number, entry.standing, entry.since) = ("M-2026-\(serial)", .entered, "2026-08-10")
    (entry.hasCertificate, entry.caseAct, entry.enteredOn) = (true, 431, "2026-08-10")
    var person = BitimV1.PersonLine()
    (person.id, person.displayId, person.birthYear) = (Int64(serial), "P-77-\(serial)", 1970)
    var names = BitimV1.Names()
    (names.kk, names.ru) = (name(kk), name(ru))
    person.names = names
    entry.person = person
    entry.published = .init()
    entry.published?.kk = text("Алматы, Абай даңғылы 1", "отбасылық", "қазақ, орыс")
    entry.published?.ru = text("Алматы, пр. Абая 1", "семейная", "казахский, русский")
    entry.published?.contact = "+7 701 000 00 00"
    change(&entry)
    return entry
  }

  private static let school: BitimV1.Text = {
    var text = BitimV1.Text()
    (text.kk, text.ru, text.en) = ("Медиаторлар мектебі", "Школа медиаторов", "School")
    return text
  }()

  /// Four who stand there, one of them suspended, one without a name in Russian; and one who is excluded.
  private static let entries = [
    Self.entry(1, kk: "Өтегенова Ұлжан Ғабитқызы", ru: "Утегенова Улжан Габиткызы"),
    Self.entry(2, kk: "Яковлев Иван", ru: "Яковлев Иван") { entry in
      (entry.standing, entry.since, entry.until) = (.suspended, "2026-11-22", "2027-05-21")
      entry.hasCertificate = false
      var mark = BitimV1.EntryMark()
      (mark.why, mark.caseAct) = ("кеш жазылды", 7_431)
      entry.marks = [mark]
    },
    Self.entry(3, kk: "Әбенова Сара", ru: "Абенова <Сара>"),
    Self.entry(4, kk: "Қасымов Ерлан", ru: "Касымов Ерлан") { $0.person?.names?.ru = nil },
    Self.entry(5, kk: "Бекова Айша", ru: "Бекова Айша") { $0.standing = .excluded },
  ]

  private static func page(_ tongue: Tongue, _ entries: [BitimV1.Entry] = Self.entries) -> String {
    String(
      decoding: MediatorsPage(entries, school: Self.school).octets(
        tongue, changedOn: "2026-11-30"), as: UTF8.self)
  }

  /// What a reader sees, a line each.
  private static func told(_ page: String) -> [String] {
    page.replacing(/<(head|style)>[\s\S]*<\/\1>/, with: "")
      .replacing(/<\/dt>/, with: ": ").replacing(/<\/(a|b|h1|h2|p|div|li)>/, with: "\n")
      .replacing(/<[^>]*>/, with: "")
      .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  @Test("a page in Kazakh has what R-806 names, by the alphabet, and nothing else")
  func kazakh() {
    let page = Self.page(.kk)
    #expect(page.contains("<html lang=\"kk\">"))
    #expect(
      Array(Self.told(page).prefix(5)) == [
        "Медиаторлар мектебі", "Русский", "CSV", "Кәсіпқой медиаторлар тізілімі",
        "Тізілімдегі медиаторлар саны: 3. Соңғы өзгеріс: 30.11.2026",
      ])
    let facts = [
      "Заңды мекенжайы: Алматы, Абай даңғылы 1", "Байланыс: +7 701 000 00 00",
      "Медиация саласы: отбасылық", "Медиация жүргізетін тілдері: қазақ, орыс",
    ]
    #expect(
      Array(Self.told(page).suffix(19)) == ["Әбенова Сара"] + facts
        + ["Оқудан өткені туралы сертификат: бар", "Өтегенова Ұлжан Ғабитқызы"] + facts
        + [
          "Оқудан өткені туралы сертификат: бар", "Яковлев Иван",
          "Қызметі тоқтатыла тұрды: 22.11.2026 – 21.05.2027",
        ] + facts + ["Оқудан өткені туралы сертификат: жоқ"])
    for other in ["M-2026", "P-77", "1970", "кеш жазылды", "7431", "431", "Бекова", "Қасымов"] {
      #expect(!page.contains(other), "\(other)")
    }
  }

  @Test("a page in Russian leads to the other; what a name has of markup is text")
  func russian() {
    let page = Self.page(.ru)
    #expect(page.contains("<html lang=\"ru\">"))
    #expect(page.contains("<a href=\"register.html\" lang=\"kk\" hreflang=\"kk\">Қазақша</a>"))
    #expect(page.contains("<h2>Абенова &lt;Сара&gt;</h2>"))
    #expect(page.contains("Деятельность приостановлена: 22.11.2026 – 21.05.2027"))
    #expect(page.contains("<time datetime=\"2026-11-30\">30.11.2026</time>"))
    #expect(!page.contains("<script"))
    #expect(page.contains("content=\"default-src 'none'; style-src 'sha256-"))
    // An accent behind the quotation mark is one character with it.
    #expect(Markup.text("\"\u{301}<\u{338}") == "&quot;\u{301}&lt;\u{338}")
  }

  @Test(
    "the list has the same in both languages, by the names in Kazakh; who lacks one is left out and told"
  )
  func list() {
    let register = MediatorsPage(Self.entries, school: Self.school)
    let texts = ["+7 701 000 00 00", "отбасылық", "семейная", "қазақ, орыс", "казахский, русский"]
    let addresses = ["Алматы, Абай даңғылы 1", "Алматы, пр. Абая 1"]
    #expect(
      register.records == [
        [
          "name_kk", "name_ru", "address_kk", "address_ru", "contact", "field_kk", "field_ru",
          "languages_kk", "languages_ru", "certificate", "suspended_from", "suspended_until",
        ],
        ["Әбенова Сара", "Абенова <Сара>"] + addresses + texts + ["yes", "", ""],
        ["Өтегенова Ұлжан Ғабитқызы", "Утегенова Улжан Габиткызы"] + addresses + texts
          + ["yes", "", ""],
        ["Яковлев Иван", "Яковлев Иван"] + addresses + texts + ["no", "2026-11-22", "2027-05-21"],
      ])
    #expect(register.count == 3)
    #expect(register.nameless == ["M-2026-4"])
  }

  @Test(
    "the same facts in whatever order make the same octets; of equal names the older stands first")
  func same() {
    let twins = [
      Self.entry(7, kk: "Әбенова Сара", ru: "Абенова Сара") { $0.published?.contact = "7" },
      Self.entry(6, kk: "Әбенова Сара", ru: "Абенова Сара") { $0.published?.contact = "6" },
    ]
    #expect(Self.page(.kk, twins) == Self.page(.kk, twins.reversed()))
    #expect(
      MediatorsPage(twins, school: Self.school).records.dropFirst().map { $0[4] } == ["6", "7"])
    #expect(Self.page(.kk, []).contains("<p>Тізілімде ешкім жоқ.</p>"))
    #expect(
      MediatorsPage.day(of: Array(Self.page(.ru).utf8)) == "2026-11-30")
    #expect(MediatorsPage.day(of: Array("<html>".utf8)) == nil)
  }
}
