import BitimCrypto
package import BitimProtocol

/// The register of mediators as it is published (Law On Mediation, article 14(3) and 14(6)): names, legal address, a
/// contact, field, languages, whether a certificate is there, and a suspension, and nothing beyond (R-806).
///
/// A page in each of the two languages, which runs nothing and asks for nothing, and the same as CSV. The same facts
/// make the same octets.
package struct MediatorsPage: Sendable {
  /// The languages of the register.
  package static let tongues: [Tongue] = [.kk, .ru]

  /// The name of the list beside the pages.
  package static let list = "register.csv"

  /// A page's name.
  package static func file(_ tongue: Tongue) -> String {
    tongue == .ru ? "register-ru.html" : "register.html"
  }

  /// The numbers of entries that are left out, since their names are not there in both languages.
  package let nameless: [String]
  private let lines: [Line]
  private let school: BitimV1.Text

  /// How many mediators stand there.
  package var count: Int { self.lines.count }

  /// The register; who is excluded is not in it.
  package init(_ entries: [BitimV1.Entry], school: BitimV1.Text) {
    let standing = entries.filter { [.entered, .suspended].contains($0.standing) }
    self.lines = standing.compactMap(Line.init)
    self.nameless = standing.filter { Line($0) == nil }.map(\.number)
    self.school = school
  }

  /// An entry, as far as it is published.
  private struct Line {
    let number: String
    let kk: Side
    let ru: Side
    let contact: String
    let isCertified: Bool
    /// The first and the last day of a suspension; nil of who may act.
    let suspended: (from: String, until: String)?

    /// Nil where the names are not there in both languages.
    init?(_ entry: BitimV1.Entry) {
      let (names, published) = (entry.person?.names, entry.published)
      guard let kk = Side(names?.kk, published?.kk), let ru = Side(names?.ru, published?.ru) else {
        return nil
      }
      (self.number, self.kk, self.ru) = (entry.number, kk, ru)
      self.contact = published?.contact ?? ""
      self.isCertified = entry.hasCertificate
      self.suspended = entry.standing == .suspended ? (entry.since, entry.until) : nil
    }

    func side(_ tongue: Tongue) -> Side { tongue == .ru ? self.ru : self.kk }
  }

  /// What an entry says in one language.
  private struct Side {
    let name: String
    let text: BitimV1.EntryText

    init?(_ name: BitimV1.Name?, _ text: BitimV1.EntryText?) {
      guard let name else { return nil }
      self.name = [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }
        .joined(separator: " ")
      self.text = text ?? .init()
    }
  }

  /// The lines by name in the order of the alphabet.
  private func sorted(_ tongue: Tongue) -> [Line] {
    self.lines.map { (key: Self.key($0.side(tongue).name), line: $0) }
      .sorted {
        $0.key == $1.key
          ? $0.line.number < $1.line.number : $0.key.lexicographicallyPrecedes($1.key)
      }
      .map(\.line)
  }

  /// A name's place in the order of the Kazakh alphabet, of which the Russian is a part: by code Ә stands behind Я.
  private static func key(_ name: String) -> [Int] {
    name.lowercased().map { letter in
      Self.alphabet[letter] ?? (letter == " " ? -1 : Int(letter.unicodeScalars.first?.value ?? 0))
    }
  }

  private static let alphabet = Dictionary(
    uniqueKeysWithValues: zip("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", 0x400...))

  /// A page, changed last on a day.
  package func octets(_ tongue: Tongue, changedOn day: String) -> [UInt8] {
    let words = tongue == .ru ? Self.russian : Self.kazakh
    let other = tongue == .ru ? Self.kazakh : Self.russian
    let school = Markup.text(tongue == .ru ? self.school.ru : self.school.kk)
    let cards = self.sorted(tongue).map { self.card($0, tongue, words) }
    let list =
      cards.isEmpty
      ? "<p>\(words.nobody)</p>" : "<ul class=\"cards\">\n\(cards.joined(separator: "\n"))\n</ul>"
    return Array(
      """
      <!DOCTYPE html>
      <html lang="\(words.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(words.title)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <header><div class="bar"><b>\(school)</b>
      <nav><a href="\(Self.file(other.tongue))" lang="\(other.language)" \
      hreflang="\(other.language)">\(other.own)</a>
      <a href="\(Self.list)">CSV</a></nav></div></header>
      <main>
      <h1>\(words.title)</h1>
      <p class="quiet">\(words.count): \(self.count). \(words.changed): \
      <time datetime="\(day)">\(PaperDates.digits(day, beside: tongue))</time></p>
      \(list)
      </main>
      </body>
      </html>

      """.utf8)
  }

  /// The day that a page says it was changed on last; nil where it is none of these.
  package static func day(of page: [UInt8]) -> String? {
    let found = String(decoding: page, as: UTF8.self)
      .firstMatch(of: /<time datetime="([0-9-]{10})">/)
    return found.map { String($0.output.1) }
  }

  private func card(_ line: Line, _ tongue: Tongue, _ words: Words) -> String {
    let side = line.side(tongue)
    let days = line.suspended.map { days in
      [days.from, days.until].map { PaperDates.digits($0, beside: tongue) }
        .joined(separator: " – ")
    }
    let facts = [
      (words.address, side.text.address), (words.contact, line.contact),
      (words.field, side.text.field), (words.languages, side.text.languages),
      (words.certificate, line.isCertified ? words.present : words.absent),
    ].map { "<div><dt>\($0)</dt><dd>\(Markup.text($1))</dd></div>" }
    let mark = days.map { "<p class=\"off\">\(words.suspended): \($0)</p>" } ?? ""
    return "<li\(days == nil ? "" : " class=\"off\"")><h2>\(Markup.text(side.name))</h2>"
      + "\(mark)<dl>\(facts.joined())</dl></li>"
  }

  /// The columns of the list, as programs read them.
  package static let columns = [
    "name_kk", "name_ru", "address_kk", "address_ru", "contact", "field_kk", "field_ru",
    "languages_kk", "languages_ru", "certificate", "suspended_from", "suspended_until",
  ]

  /// The list: its columns, and behind them the mediators by their names in Kazakh.
  package var records: [[String]] {
    [Self.columns]
      + self.sorted(.kk).map { line in
        let (kk, ru) = (line.kk, line.ru)
        return [
          kk.name, ru.name, kk.text.address, ru.text.address, line.contact, kk.text.field,
          ru.text.field, kk.text.languages, ru.text.languages, line.isCertified ? "yes" : "no",
          line.suspended?.from ?? "", line.suspended?.until ?? "",
        ]
      }
  }

  /// What a page says in its language.
  private struct Words {
    let tongue: Tongue
    let language: String
    /// The language, in itself.
    let own: String
    let title: String
    let count: String
    let changed: String
    let address: String
    let contact: String
    let field: String
    let languages: String
    let certificate: String
    let present: String
    let absent: String
    let suspended: String
    let nobody: String
  }

  private static let kazakh = Words(
    tongue: .kk, language: "kk", own: "Қазақша", title: "Кәсіпқой медиаторлар тізілімі",
    count: "Тізілімдегі медиаторлар саны", changed: "Соңғы өзгеріс", address: "Заңды мекенжайы",
    contact: "Байланыс", field: "Медиация саласы", languages: "Медиация жүргізетін тілдері",
    certificate: "Оқудан өткені туралы сертификат", present: "бар", absent: "жоқ",
    suspended: "Қызметі тоқтатыла тұрды", nobody: "Тізілімде ешкім жоқ.")

  private static let russian = Words(
    tongue: .ru, language: "ru", own: "Русский", title: "Реестр профессиональных медиаторов",
    count: "Медиаторов в реестре", changed: "Последнее изменение", address: "Юридический адрес",
    contact: "Контакт", field: "Сфера медиации", languages: "Языки медиации",
    certificate: "Сертификат о прохождении обучения", present: "есть", absent: "нет",
    suspended: "Деятельность приостановлена", nobody: "В реестре никого нет.")

  /// Nothing runs, and nothing is fetched.
  private static let policy =
    "default-src 'none'; style-src 'sha256-\(Base64.text(SHA256.digest(Array(style.utf8))))'; "
    + "base-uri 'none'; form-action 'none'"

  /// As the page that verifies: colours of at least 7:1, targets of 44 px, one column where two have no room.
  private static let style = """

    *{box-sizing:border-box}
    body{margin:0;background:#fbfaf8;color:#111;
    font:17px/1.5 "PT Sans","Noto Sans",system-ui,sans-serif}
    header{background:#17395c;color:#fff}
    .bar,main{max-width:1080px;margin:0 auto;padding:0 20px}
    .bar{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;min-height:68px}
    .bar b{flex:1 1 auto}
    nav{display:flex;flex-wrap:wrap;gap:0 8px}
    nav a{display:flex;align-items:center;min-height:44px;padding:0 12px;color:#fff}
    main{padding-bottom:48px}
    h1{font-size:30px;line-height:1.2;margin:28px 0 8px}
    h2{font-size:21px;line-height:1.25;margin:0 0 8px;overflow-wrap:anywhere}
    .quiet{color:#333;margin:0 0 20px}
    .cards{list-style:none;margin:0;padding:0;display:grid;gap:16px;
    grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr))}
    .cards li{border:1px solid #bbb;border-radius:6px;padding:16px 20px;background:#fff}
    .cards li.off{border:3px solid #a3161f}
    p.off{margin:0 0 8px;color:#a3161f;font-weight:bold}
    dl{margin:0}
    dl div{display:grid;grid-template-columns:150px minmax(0,1fr);gap:0 12px;padding:4px 0}
    dt{color:#333;font-size:15px}
    dd{margin:0;overflow-wrap:anywhere}
    :focus-visible{outline:3px solid #c07a00;outline-offset:2px}
    @media (max-width:759px){
    h1{font-size:24px;margin:20px 0 8px}
    .bar{padding:10px 20px 6px}
    nav{flex-basis:100%}
    nav a:first-child{padding-left:0}
    dl div{grid-template-columns:minmax(0,1fr)}
    }
    @media print{
    header{background:#fff;color:#111}
    nav{display:none}
    .cards li{break-inside:avoid}
    }

    """
}
