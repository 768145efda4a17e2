/// What a partner is told on the sheet of instructions.
package struct PartnerSheet: Sendable {
  /// The languages of partners; the School's own are others.
  package enum Language: String, CaseIterable, Sendable {
    case en, es, bg

    var place: Int {
      switch self {
      case .en: 0
      case .es: 1
      case .bg: 2
      }
    }
  }

  package var partner: String
  package var code: String
  package var school: String
  /// Whom to write to.
  package var contact: String
  /// Where the page that verifies is; empty where there is none.
  package var page = ""
  /// What the partner types as the server; empty where the School tells it otherwise.
  package var address = ""
  /// What the partner's tokens are called, and their last days.
  package var tokens: [(name: String, until: String)] = []
  /// The agreement under which they work; nil where none was adopted yet.
  package var agreement: (number: String, until: String)?
  /// Whether they verify by the number alone.
  package var verifiesByNumber = true

  package init(partner: String, code: String, school: String, contact: String) {
    (self.partner, self.code, self.school, self.contact) = (partner, code, school, contact)
  }
}

/// The sheet of instructions for a new partner: who may verify, how, what each answer means, where the token is kept,
/// whom to write to.
extension OfficePage {
  package static func partner(
    _ sheet: PartnerSheet, in language: PartnerSheet.Language
  ) -> OfficePage {
    func say(_ text: [String]) -> String { text[language.place] }
    func table(
      _ caption: [String], _ titles: [([String], Kind)], _ rows: [[String]]
    ) -> Table {
      Table(
        caption: say(caption), columns: titles.map { Column(say($0.0), $0.1) },
        rows: rows.map { row in
          row.enumerated().map { Cell($1, isStrong: $0 == 0) }
        })
    }
    var page = OfficePage(
      tongue: .en, language: language.rawValue, way: .portrait, title: say(PartnerWords.title))
    page.facts =
      [
        (say(PartnerWords.partner), "\(sheet.partner) (\(sheet.code))"),
        (say(PartnerWords.school), sheet.school), (say(PartnerWords.contact), sheet.contact),
      ]
      + [sheet.agreement].compactMap { agreement in
        agreement.map {
          (say(PartnerWords.agreement), "\($0.number), \(say(PartnerWords.until)) \($0.until)")
        }
      }
      + sheet.tokens.map {
        (say(PartnerWords.token), "\($0.name), \(say(PartnerWords.until)) \($0.until)")
      }
    // What was not given has no row.
    var ways: [[String]] = []
    if !sheet.page.isEmpty {
      ways += [PartnerWords.phone, PartnerWords.page].map { way in
        way.map { say($0).replacing("{page}", with: sheet.page) }
      }
    }
    let server = sheet.address.isEmpty ? say(PartnerWords.addressTold) : sheet.address
    let program = sheet.verifiesByNumber ? PartnerWords.number : PartnerWords.numberAndCode
    ways += [PartnerWords.first, program].map { way in
      way.map { say($0).replacing("{address}", with: server) }
    }
    page.tables = [
      table(
        PartnerWords.who, [(PartnerWords.whoTitle, .words), (PartnerWords.needs, .words)],
        (sheet.verifiesByNumber ? PartnerWords.people : [PartnerWords.people[0]])
          .map { $0.map(say) }),
      // An address has no place at which words end.
      table(
        PartnerWords.how, [(PartnerWords.wayTitle, .word), (PartnerWords.todo, .text)], ways),
      table(
        PartnerWords.answers,
        [
          (PartnerWords.answerTitle, .words), (PartnerWords.meaning, .words),
          (PartnerWords.todo, .words),
        ], PartnerWords.verdicts.map { $0.map(say) }),
    ]
    page.sums = PartnerWords.care.map(say)
    return page
  }
}

/// What stands on the sheet, in English, Spanish and Bulgarian; the words of `verify.html`.
enum PartnerWords {
  static let title = [
    "How to verify a certificate of the School", "Cómo verificar un certificado de la Escuela",
    "Как се проверява сертификат на Школата",
  ]
  static let partner = ["Partner", "Entidad", "Партньор"]
  static let school = ["School", "Escuela", "Школа"]
  static let contact = ["Write to", "Escriba a", "Пишете на"]

  static let who = ["Who may verify", "Quién puede verificar", "Кой може да проверява"]
  static let whoTitle = ["Who", "Quién", "Кой"]
  static let needs = ["Needs", "Necesita", "Нужно е"]
  static let people: [[[String]]] = [
    [
      ["Anybody who has the paper", "Quien tenga el papel", "Всеки, който има хартията"],
      [
        "Its number and its code; no account, no token.",
        "Su número y su código; ni cuenta ni token.",
        "Номерът и кодът ѝ; без регистрация и без токен.",
      ],
    ],
    [
      [
        "Your staff who verify papers that were handed in",
        "Su personal que verifica los papeles presentados",
        "Вашите служители, които проверяват подадени документи",
      ],
      [
        "The number, and your token. The token opens nothing else.",
        "El número y su token. El token no da acceso a nada más.",
        "Номерът и вашият токен. Токенът не отваря нищо друго.",
      ],
    ],
  ]

  static let how = ["How", "Cómo", "Как"]
  static let wayTitle = ["With", "Con", "С"]
  static let todo = ["What to do", "Qué hacer", "Какво да направите"]
  static let phone = [
    ["A phone", "Un teléfono", "Телефон"],
    [
      "Point the camera at the paper’s QR code. The address must begin with {page}: another page proves nothing.",
      "Apunte la cámara al código QR del papel. La dirección debe empezar por {page}: otra página no prueba nada.",
      "Насочете камерата към QR кода на хартията. Адресът трябва да започва с {page}: друга страница не доказва нищо.",
    ],
  ]
  static let page = [
    ["A browser", "Un navegador", "Браузър"],
    [
      "Open {page} and type number and code.", "Abra {page} y escriba el número y el código.",
      "Отворете {page} и въведете номера и кода.",
    ],
  ]
  static let first = [
    ["The program, once", "El programa, una vez", "Програмата, веднъж"],
    [
      "bitim login --server {address} --token-file FILE",
      "bitim login --server {address} --token-file ARCHIVO",
      "bitim login --server {address} --token-file ФАЙЛ",
    ],
  ]
  static let number = [
    ["The program", "El programa", "Програмата"],
    [
      "bitim verify NUMBER, or many at once: bitim verify --batch NUMBERS.csv --to ANSWERS.csv",
      "bitim verify NÚMERO, o muchos a la vez: bitim verify --batch NÚMEROS.csv --to RESPUESTAS.csv",
      "bitim verify НОМЕР, или много наведнъж: bitim verify --batch НОМЕРА.csv --to ОТГОВОРИ.csv",
    ],
  ]
  static let numberAndCode = [
    ["The program", "El programa", "Програмата"],
    [
      "bitim verify NUMBER CODE, or many at once: bitim verify --batch NUMBERS.csv --to ANSWERS.csv",
      "bitim verify NÚMERO CÓDIGO, o muchos a la vez: bitim verify --batch NÚMEROS.csv --to RESPUESTAS.csv",
      "bitim verify НОМЕР КОД, или много наведнъж: bitim verify --batch НОМЕРА.csv --to ОТГОВОРИ.csv",
    ],
  ]
  static let addressTold = [
    "ADDRESS (the School tells you)", "DIRECCIÓN (se la dice la Escuela)",
    "АДРЕС (казва ви го Школата)",
  ]

  static let answers = [
    "What each answer means", "Qué significa cada respuesta", "Какво значи всеки отговор",
  ]
  static let answerTitle = ["Answer", "Respuesta", "Отговор"]
  static let meaning = ["Meaning", "Significado", "Значение"]
  static let verdicts: [[[String]]] = [
    [
      ["VALID", "VÁLIDO (VALID)", "ВАЛИДЕН (VALID)"],
      [
        "The School issued it, and it is in force at the instant that is shown.",
        "La Escuela lo expidió y está en vigor en el instante que se muestra.",
        "Школата го е издала и той е в сила към показания момент.",
      ],
      [
        "Compare every line with the paper. One that differs: keep the paper, write to us.",
        "Compare cada línea con el papel. Si alguna difiere, conserve el papel y escríbanos.",
        "Сверете всеки ред с хартията. Ако някой се различава, задръжте хартията и ни пишете.",
      ],
    ],
    [
      [
        "NOT VALID: revoked", "NO VÁLIDO: revocado (NOT VALID: revoked)",
        "НЕВАЛИДЕН: отнет (NOT VALID: revoked)",
      ],
      [
        "It was taken back for good.", "Se retiró definitivamente.", "Отнет е окончателно.",
      ],
      [
        "Do not rely on it. In doubt, ask us.", "No se fíe de él. En caso de duda, pregúntenos.",
        "Не разчитайте на него. При съмнение ни попитайте.",
      ],
    ],
    [
      [
        "NOT VALID: suspended", "NO VÁLIDO: suspendido (NOT VALID: suspended)",
        "НЕВАЛИДЕН: спрян временно (NOT VALID: suspended)",
      ],
      [
        "It has no effect now, and may have it again.",
        "Ahora no tiene efecto; puede volver a tenerlo.",
        "Сега няма действие и може отново да има.",
      ],
      [
        "Verify it again later, or ask us.", "Verifíquelo de nuevo más tarde o pregúntenos.",
        "Проверете го отново по-късно или ни попитайте.",
      ],
    ],
    [
      [
        "NOT VALID: replaced", "NO VÁLIDO: sustituido (NOT VALID: replaced)",
        "НЕВАЛИДЕН: заменен (NOT VALID: replaced)",
      ],
      [
        "Another certificate was issued instead; its number is shown.",
        "En su lugar se expidió otro certificado; se muestra su número.",
        "Вместо него е издаден друг сертификат; номерът му се показва.",
      ],
      [
        "Ask the holder for that one.", "Pídaselo al titular.", "Поискайте от притежателя него.",
      ],
    ],
    [
      [
        "NOT VALID: expired, not yet valid",
        "NO VÁLIDO: caducado, todavía no es válido (NOT VALID: expired, not yet valid)",
        "НЕВАЛИДЕН: изтекъл, още не е валиден (NOT VALID: expired, not yet valid)",
      ],
      [
        "The day lies outside its time.", "El día queda fuera de su plazo.",
        "Денят е извън срока му.",
      ],
      [
        "Ask the holder for a newer one, or verify it again from the day that is shown.",
        "Pida al titular uno más reciente o verifíquelo de nuevo a partir del día que se muestra.",
        "Поискайте от притежателя по-нов или го проверете отново от показания ден.",
      ],
    ],
    [
      ["UNKNOWN", "DESCONOCIDO (UNKNOWN)", "НЕИЗВЕСТЕН (UNKNOWN)"],
      [
        "There is no such number, or the code is another. Unknown does not mean not valid.",
        "No existe ese número, o el código es otro. Desconocido no significa no válido.",
        "Няма такъв номер или кодът е друг. «Неизвестен» не значи «невалиден».",
      ],
      [
        "Copy both from the paper again. Still unknown: ask us, with a copy of the paper.",
        "Copie ambos otra vez del papel. Si sigue desconocido, pregúntenos con una copia del papel.",
        "Препишете отново и двете от хартията. Ако пак е неизвестен, попитайте ни с копие от нея.",
      ],
    ],
    [
      ["MISTYPED", "MAL ESCRITO (MISTYPED)", "СГРЕШЕН (MISTYPED)"],
      [
        "The number’s check digits don’t fit: nothing was looked up.",
        "Los dígitos de control del número no coinciden: no se ha buscado nada.",
        "Контролните цифри на номера не съвпадат: нищо не е търсено.",
      ],
      [
        "Copy all 12 digits from the paper again.", "Copie otra vez los 12 dígitos del papel.",
        "Препишете отново всичките 12 цифри от хартията.",
      ],
    ],
  ]

  static let agreement = ["Agreement", "Convenio", "Споразумение"]
  static let token = ["Your token", "Su token", "Вашият токен"]
  static let until = ["until", "hasta el", "до"]
  static let care = [
    [
      "Keep the token in a file that only those who verify can read. Never send it by mail, and print it nowhere.",
      "Guarde el token en un archivo que solo puedan leer quienes verifican. No lo envíe por correo ni lo imprima.",
      "Пазете токена във файл, който могат да четат само проверяващите. Не го пращайте по пощата и не го печатайте.",
    ],
    [
      "In its last 14 days the program says when it ends: ask us in time for another.",
      "En sus últimos 14 días el programa avisa de cuándo termina: pídanos otro a tiempo.",
      "През последните му 14 дни програмата казва кога изтича: поискайте ни навреме друг.",
    ],
    [
      "It is your organisation’s. If it was seen by others, or somebody who knew it leaves, write to us the same day: "
        + "we end it at once and give you another.",
      "Es de su entidad. Si otros lo han visto, o se va alguien que lo conocía, escríbanos ese mismo día: lo anulamos "
        + "en el acto y le damos otro.",
      "Той е на вашата организация. Ако са го видели други или напуска човек, който го е знаел, пишете ни същия ден: "
        + "веднага го прекратяваме и ви даваме друг.",
    ],
  ]
}
