import BitimProtocol

/// Certificates as the registry answers them; names and numbers are made up.
enum Samples {
  /// A programme's certificate.
  static func programme() -> BitimV1.GetCertificateResponse {
    var sheet = BitimV1.Sheet()
    sheet.number = "2026-000417-29"
    sheet.kind = .programme
    sheet.programme = 1
    sheet.holder = Self.names(
      kk: ("Өтегенова", "Ұлжан", "Ғабитқызы"), ru: ("Утегенова", "Улжан", "Габиткызы"),
      latin: ("Utegenova", "Ulzhan", ""))
    sheet.title = Self.text(
      "Медиацияның жалпы курсы", "Общий курс медиации", "General Mediation Course")
    sheet.edition = "2025"
    sheet.legalBasis = Self.text(
      "Премьер-Министрдің орынбасары – Мәдениет және ақпарат министрінің 2025 жылғы 30 желтоқсандағы "
        + "бұйрығы",
      "Приказ Заместителя Премьер-Министра – Министра культуры и информации от 30 декабря 2025 года",
      "Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025"
    )
    (sheet.theoryQuarters, sheet.practiceQuarters) = (144, 144)
    (sheet.trainedFrom, sheet.trainedUntil) = ("2026-02-03", "2026-03-27")
    sheet.trainedBy = Self.text(
      "Алматы қаласы, № 1 медиация орталығы", "Центр медиации № 1, город Алматы",
      "Mediation Centre No. 1, Almaty")
    (sheet.attestedOn, sheet.protocolNumber) = ("2026-04-22", "№ 14")
    (sheet.decidedOn, sheet.issuedOn, sheet.validFrom) = ("2026-04-24", "2026-04-24", "2026-04-24")
    sheet.issuer = Self.text("Медиаторлар мектебі", "Школа медиаторов", "School of Mediators")
    (sheet.issuerEntitlement, sheet.place) = ("тізілім № 7", "Алматы қаласы")
    sheet.signatory = "Қасымов Дәурен Ерланұлы"
    sheet.signatoryPost = Self.text(
      "Мектептің сертификаттаушысы", "Сертификатор Школы", "Certifier of the School")
    var answer = BitimV1.GetCertificateResponse()
    answer.sheet = sheet
    answer.code = "7KQ2-M9XD-4TRA-0ZHC"
    answer.status = .init()
    answer.status?.standing = .valid
    return answer
  }

  /// The School's own.
  static func school() -> BitimV1.GetCertificateResponse {
    var answer = Self.programme()
    answer.sheet?.kind = .school
    answer.sheet?.programme = 0
    answer.sheet?.number = "2026-000912-54"
    answer.sheet?.title = Self.text(
      "Медиаторлар мектебінің сертификаты", "Сертификат Школы медиаторов",
      "Certificate of the School of Mediators")
    answer.sheet?.basedOn = ["2026-000417-29", "2026-000655-07", "2026-000873-61"]
    // What only a programme's certificate says.
    for field in [
      \BitimV1.Sheet.edition, \.trainedFrom, \.trainedUntil, \.attestedOn, \.protocolNumber,
    ] {
      answer.sheet?[keyPath: field] = ""
    }
    answer.sheet?.legalBasis = nil
    answer.sheet?.trainedBy = nil
    answer.sheet?.theoryQuarters = 0
    answer.sheet?.practiceQuarters = 0
    return answer
  }

  /// The longest texts that a sheet is made for.
  static func longest() -> BitimV1.GetCertificateResponse {
    var answer = Self.programme()
    answer.sheet?.holder = Self.names(
      kk: ("Тұңғышбаева-Қожахметова", "Мөлдірсұлтан", "Нұрғазытөлегенжанқызы"),
      ru: ("Тунгышбаева-Кожахметова", "Молдирсултан", "Нургазытолегенжанкызы"),
      latin: ("Tungyshbayeva-Kozhakhmetova", "Moldirsultan Nurgazytolegenzhankyzy", ""))
    answer.sheet?.issuer = Self.text(
      "«Медиаторлар мектебі» медиаторлардың өзін-өзі реттейтін ұйымының Шығыс Қазақстан облысы "
        + "бойынша аумақтық филиалы – орталығы",
      "Территориальный филиал – центр по Восточно-Казахстанской области саморегулируемой "
        + "организации медиаторов «Школа медиаторов»",
      "Territorial branch of the School of Mediators for the East Kazakhstan region")
    answer.sheet?.trainedBy = Self.text(
      "«Келісім және татуластыру» медиаторлар ұйымының Өскемен қаласындағы халықаралық медиация "
        + "және келіссөздер орталығы – филиалы",
      "Филиал – Международный центр медиации и переговоров организации медиаторов «Согласие и "
        + "примирение» в городе Усть-Каменогорске", "Branch at Öskemen")
    answer.sheet?.place = "Шығыс Қазақстан облысы, Өскемен қаласы"
    answer.sheet?.signatoryPost = Self.text(
      "Медиаторлар мектебінің сертификаттау жөніндегі директорының орынбасары",
      "Заместитель директора Школы медиаторов по сертификации", "Deputy director")
    answer.sheet?.signatory = "Тұңғышбаева-Қожахметова Мөлдірсұлтан Нұрғазытөлегенжанқызы"
    answer.sheet?.validUntil = "2031-04-23"
    answer.sheet?.theoryQuarters = 262
    answer.sheet?.practiceQuarters = 262
    answer.duplicate = .init()
    answer.duplicate?.copy = 1
    answer.duplicate?.madeOn = "2027-03-03"
    return answer
  }

  static func names(
    kk: (String, String, String)?, ru: (String, String, String)?, latin: (String, String, String)?
  ) -> BitimV1.Names {
    func name(_ parts: (String, String, String)?) -> BitimV1.Name? {
      parts.map { parts in
        var name = BitimV1.Name()
        (name.surname, name.given, name.patronymic) = parts
        return name
      }
    }
    var names = BitimV1.Names()
    (names.kk, names.ru, names.latin) = (name(kk), name(ru), name(latin))
    return names
  }

  static func text(_ kk: String, _ ru: String, _ en: String) -> BitimV1.Text {
    var text = BitimV1.Text()
    (text.kk, text.ru, text.en) = (kk, ru, en)
    return text
  }
}
