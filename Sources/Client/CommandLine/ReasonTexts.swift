/// What each reason of the server means and what to do, in three languages.
///
/// The codes are `Reason` of the server's domain; a test of the house compares the two lists.
enum ReasonTexts {
  static let table: [String: Trilingual] = Self.typed.merging(Self.named) { $1 }
    .merging(Self.training) { $1 }.merging(Self.certification) { $1 }
    .merging(Self.access) { $1 }

  /// What was typed or filled in.
  private static let typed: [String: Trilingual] = [
    "VALUE_MISSING": .init(
      "мән жоқ; толтырыңыз", "значения нет; заполните его", "there is no value; fill it in"),
    "NOT_A_DATE": .init(
      "күн емес; 2026-02-03 немесе 03.02.2026 түрінде жазыңыз",
      "не дата; напишите как 2026-02-03 или 03.02.2026",
      "not a date; write it as 2026-02-03 or 03.02.2026"),
    "NOT_A_TIME": .init(
      "уақыт емес; 09:00 түрінде, бір күннің ішінде жазыңыз",
      "не время; напишите как 09:00, в пределах одного дня",
      "not a time; write it as 09:00, within one day"),
    "NOT_IN_LIST": .init(
      "рұқсат етілген мәндердің бірі емес; анықтаманы қараңыз (--help)",
      "не из допустимых значений; смотрите справку (--help)",
      "not one of the values allowed; see --help"),
    "VALUE_OUT_OF_RANGE": .init(
      "{low} мен {high} аралығында болуы керек", "должно быть от {low} до {high}",
      "must be from {low} to {high}"),
    "TEXT_TOO_LONG": .init(
      "мәтін тым ұзын; ең көбі {limit}",
      "текст слишком длинный; не больше {limit}",
      "the text is too long; at most {limit}"),
    "CONTROL_CHARACTER": .init(
      "көрінбейтін таңба бар; мәтінді қайта теріңіз",
      "есть невидимый знак; наберите текст заново",
      "there is an invisible character; type the text again"),
    "LETTERS_LOST": .init(
      "сақтау кезінде әріптер жоғалған; файлды UTF-8 етіп қайта сақтап, атын құжаттан жазыңыз",
      "буквы потеряны при сохранении; сохраните файл в UTF-8 и впишите имя по документу",
      "letters were lost in saving; save the file as UTF-8 and type the name from the document"),
    "NAME_HAS_DIGITS": .init(
      "атта цифр болмайды; құжатқа қарап түзетіңіз",
      "в имени не бывает цифр; исправьте по документу",
      "a name has no digits; correct it from the document"),
    "NAME_IN_WRONG_SCRIPT": .init(
      "бұл бағанның жазуында емес (кирилл мен латын араласқан); қайта теріңіз",
      "не тем письмом (смешаны кириллица и латиница); наберите заново",
      "not in this column's script (Cyrillic and Latin are mixed); type it again"),
    "IIN_EXPONENT": .init(
      "кестелік бағдарлама ЖСН-ді санға айналдырған; бағанды мәтін етіп, 12 цифрын қайта теріңіз",
      "таблица превратила ИИН в число; сделайте столбец текстовым и наберите 12 цифр заново",
      "a spreadsheet turned the IIN into a number; make the column text and type the 12 digits again"
    ),
    "IIN_ZEROS_LOST": .init(
      "{digits} цифр: кестелік бағдарлама бастапқы нөлдерді жойған; бағанды мәтін етіп, нөлдерін жазыңыз",
      "{digits} цифр: таблица отбросила нули в начале; сделайте столбец текстовым и допишите нули",
      "{digits} digits: a spreadsheet dropped the leading zeros; make the column text and type them"
    ),
    "IIN_NOT_TWELVE_DIGITS": .init(
      "ЖСН он екі цифрдан тұрады; құжаттан көшіріңіз",
      "ИИН состоит из двенадцати цифр; перепишите с документа",
      "an IIN has twelve digits; copy it from the document"),
    "IIN_CHECK_DIGIT": .init(
      "ЖСН-нің бақылау цифры сәйкес емес; құжатпен салыстырыңыз",
      "контрольная цифра ИИН не сходится; сверьте с документом",
      "the IIN's check digit doesn't fit; compare it with the document"),
    "IDENTIFIER_MISSING": .init(
      "ЖСН де, құжат та жоқ; бірін көрсетіңіз", "нет ни ИИН, ни документа; укажите одно из них",
      "neither an IIN nor a document; give one of them"),
    "DATE_IN_FUTURE": .init(
      "бұл күн әлі келген жоқ; күнді тексеріңіз", "этот день ещё не наступил; проверьте дату",
      "that day has not come yet; check the date"),
    "DATES_REVERSED": .init(
      "соңы басынан бұрын; күндерді тексеріңіз", "конец раньше начала; проверьте даты",
      "the end is before the beginning; check the dates"),
    "NUMBER_MISTYPED": .init(
      "нөмір қате терілген (бақылау цифрлары сәйкес емес); қағаздан қайта көшіріңіз",
      "номер набран с ошибкой (контрольные цифры не сходятся); перепишите с бумаги",
      "the number is mistyped (its check digits don't fit); copy it from the paper again"),
    "TWICE_IN_FILE": .init(
      "файлда екі рет тұр ({line}); біреуін алып тастаңыз",
      "стоит в файле дважды ({line}); удалите одну из строк",
      "stands in the file twice ({line}); remove one"),
    "TOO_MANY_ROWS": .init(
      "жолдар тым көп, бір ретте ең көбі {limit}; файлды бөліңіз",
      "слишком много строк, за раз не больше {limit}; разделите файл",
      "too many rows, at most {limit} at once; split the file"),
  ]

  /// What is named but not there, or there already.
  private static let named: [String: Trilingual] = [
    "PERSON_UNKNOWN": .init(
      "мұндай адам жоқ; `bitim person find` арқылы іздеңіз",
      "такого человека нет; найдите через `bitim person find`",
      "there is no such person; look with `bitim person find`"),
    "PERSON_AMBIGUOUS": .init(
      "{count} адамға сәйкес келеді ({some}); нөмірін жазыңыз",
      "подходит {count} человекам ({some}); укажите номер",
      "fits {count} people ({some}); give the number"),
    "COHORT_UNKNOWN": .init(
      "мұндай топ жоқ; `bitim cohort find` арқылы іздеңіз",
      "такой группы нет; найдите через `bitim cohort find`",
      "there is no such cohort; look with `bitim cohort find`"),
    "ORGANISATION_UNKNOWN": .init(
      "мұндай ұйым жоқ; `bitim admin organisation list` қараңыз",
      "такой организации нет; смотрите `bitim admin organisation list`",
      "there is no such organisation; see `bitim admin organisation list`"),
    "SESSION_UNKNOWN": .init(
      "мұндай сессия жоқ; `bitim cohort show` қараңыз",
      "такой сессии нет; смотрите `bitim cohort show`",
      "there is no such session; see `bitim cohort show`"),
    "EDITION_UNKNOWN": .init(
      "{programme}-бағдарламаның {day} күні қолданыстағы мұндай редакциясы жоқ",
      "у программы {programme} нет такой редакции, действующей на {day}",
      "programme {programme} has no such edition in force on {day}"),
    "CERTIFICATE_UNKNOWN": .init(
      "мұндай нөмірлі сертификат жоқ", "сертификата с таким номером нет",
      "there is no certificate with this number"),
    "TOKEN_UNKNOWN": .init(
      "қолданыста мұндай токен жоқ", "действующего токена с таким номером нет",
      "there is no such token in force"),
    "ROLE_UNKNOWN": .init(
      "бұл адамда ондай рөл жоқ", "у этого человека нет такой роли",
      "this person does not have that role"),
    "CODE_TAKEN": .init(
      "бұл код бос емес; басқасын таңдаңыз", "этот код занят; выберите другой",
      "this code is taken; choose another"),
    "IDENTIFIER_TAKEN": .init(
      "бұл құжатпен адам тіркелген: {person}", "с этим документом человек уже есть: {person}",
      "a person with this document is there already: {person}"),
    "SCHOOL_EXISTS": .init(
      "Мектеп біреу ғана және ол тіркелген", "Школа одна, и она уже есть",
      "there is one School, and it is there already"),
    "ALREADY_THERE": .init("бұл бұрыннан бар", "это уже есть", "it is there already"),
    "DIFFERS": .init(
      "тізілімде басқаша: {there}; ештеңе өзгертілмеді",
      "в реестре иначе: {there}; ничего не изменено",
      "the registry has {there}; nothing was changed"),
  ]

  /// Admission, classes and hours.
  private static let training: [String: Trilingual] = [
    "TOO_YOUNG": .init(
      "{day} күні {age} жасқа толмаған", "на {day} нет полных {age} лет",
      "is not yet {age} on {day}"),
    "EDUCATION_TOO_LOW": .init(
      "жоғары білім керек («Медиация туралы» Заңның 9-бабы)",
      "нужно высшее образование (статья 9 Закона «О медиации»)",
      "higher education is needed (Law On Mediation, article 9)"),
    "BARRED": .init(
      "{from} күнінен бері шектеу бар ({bar})", "с {from} действует запрет ({bar})",
      "is barred since {from} ({bar})"),
    "PROGRAMME_HELD": .init(
      "{programme}-бағдарламаның сертификаты бар",
      "сертификат программы {programme} уже есть",
      "holds a certificate of programme {programme} already"),
    "OTHER_BIRTH_DATE": .init(
      "тізілімде бұл нөмір туған күні басқа адамдікі ({person}); құжатты тексеріңіз",
      "в реестре этот номер у человека с другой датой рождения ({person}); сверьте документ",
      "in the registry this number belongs to {person}, born on another day; check the document"),
    "IDENTIFIERS_DISAGREE": .init(
      "құжаттар тізілімде екі түрлі адамдікі; тексеріңіз",
      "документы принадлежат в реестре двум людям; проверьте",
      "the documents belong to two people in the registry; check them"),
    "PREREQUISITE_MISSING": .init(
      "алдымен {programme}-бағдарламаның сертификаты керек",
      "сначала нужен сертификат программы {programme}",
      "a certificate of programme {programme} is needed first"),
    "GROUP_FULL": .init(
      "топта {limit} адам бар, орын жоқ; басқа топ ашыңыз",
      "в группе уже {limit}, мест нет; откройте другую группу",
      "the cohort has {limit} already; open another one"),
    "ENROLLED_AFTER_END": .init(
      "топ {ends} күні аяқталған; күнді тексеріңіз", "группа закончилась {ends}; проверьте дату",
      "the cohort ended on {ends}; check the date"),
    "NOT_ENTITLED_TO_TRAIN": .init(
      "ұйымның {day} күні оқытуға құқығы болмаған",
      "организация не имела права обучать на {day}",
      "the organisation was not entitled to train on {day}"),
    "NOT_ENROLLED": .init(
      "{cohort} тобына қабылданбаған; алдымен `bitim enrol`",
      "не зачислен в группу {cohort}; сначала `bitim enrol`",
      "is not enrolled in {cohort}; `bitim enrol` first"),
    "NOT_TRAINER_HERE": .init(
      "бұл топтың жаттықтырушысы емес", "не тренер этой группы",
      "is not a trainer of this cohort"),
    "TRAINER_NOT_ENTITLED": .init(
      "3-бағдарлама сертификаты да, дәлел де жоқ; --evidence көрсетіңіз",
      "нет ни сертификата программы 3, ни основания; укажите --evidence",
      "holds no certificate of programme 3; give --evidence"),
    "OUTSIDE_COHORT_DATES": .init(
      "топтың мерзімінен тыс ({from} – {until})", "вне срока группы ({from} – {until})",
      "outside the cohort's dates ({from} to {until})"),
    "BEFORE_ENROLMENT": .init(
      "тек {enrolled} күні қабылданған", "зачислен только {enrolled}",
      "was enrolled only on {enrolled}"),
    "HOURS_ABOVE_DAY_LIMIT": .init(
      "бір күнге тым көп: ең көбі {limit} академиялық сағат",
      "слишком много за день: не больше {limit} академических часов",
      "too much for one day: at most {limit} academic hours"),
    "HOURS_ABOVE_CLASS": .init(
      "{hours} сағат сабақтың уақытына сыймайды; ол {needed} дейін созылуы керек",
      "{hours} ч не помещаются в занятие; оно должно длиться до {needed}",
      "{hours} hours don't fit the class; it must last until {needed}"),
    "CLASSES_OVERLAP": .init(
      "басталуы {other} басқа сабақпен уақыты қабаттасады ({who})",
      "пересекается с другим занятием в {other} ({who})",
      "overlaps another class at {other} ({who})"),
    "TRAINER_EXAMINED": .init(
      "жаттықтырушы бұл тыңдаушыдан емтихан алған ({value})",
      "тренер экзаменовал этого слушателя ({value})",
      "the trainer examined this trainee ({value})"),
    "TRAINS_HIMSELF": .init(
      "ешкім өзін өзі оқытпайды", "никто не обучает сам себя", "nobody teaches himself"),
  ]

  /// Attestation and certificates.
  private static let certification: [String: Trilingual] = [
    "COMMISSION_TOO_SMALL": .init(
      "комиссияда әртүрлі кемінде {needed} адам болуы керек",
      "в комиссии должно быть не менее {needed} человек, без повторов",
      "a commission needs at least {needed} different people"),
    "COMMISSION_WITHOUT_CHAIR": .init(
      "комиссияда бір төраға болуы керек", "в комиссии должен быть один председатель",
      "a commission needs one chair"),
    "NOT_EXAMINER": .init(
      "емтихан алушы рөлі жоқ", "нет роли экзаменатора", "does not have the role of an examiner"),
    "NOT_IN_COMMISSION": .init(
      "сіз бұл сессияның комиссиясында емессіз", "вы не в комиссии этой сессии",
      "you are not in this session's commission"),
    "EXAMINER_TAUGHT_CANDIDATE": .init(
      "комиссия мүшесі {name} ({examiner}) үміткерді {day} күні оқытқан; комиссияға басқа адамды қойыңыз",
      "член комиссии {name} ({examiner}) обучал кандидата {day}; включите в комиссию другого человека",
      "{name} ({examiner}) of the commission taught the candidate on {day}; seat somebody else"),
    "EXAMINES_HIMSELF": .init(
      "үміткер комиссияда отыр", "кандидат сидит в комиссии", "the candidate sits in the commission"
    ),
    "HOURS_SHORT": .init(
      "сағат жетпейді ({kind}): {needed} орнына {got}",
      "не хватает часов ({kind}): {got} из {needed}",
      "hours are short ({kind}): {got} of {needed}"),
    "ATTEMPTS_USED": .init(
      "{limit} мүмкіндік түгел пайдаланылған", "все попытки ({limit}) использованы",
      "all {limit} attempts are used"),
    "ALREADY_PASSED": .init("аттестациядан өтіп қойған", "уже сдал", "has passed already"),
    "RESULT_PENDING": .init(
      "алдыңғы нәтиже әлі расталмаған; төраға растасын",
      "прошлый результат не подтверждён; пусть подтвердит председатель",
      "an earlier result is not confirmed yet; the chair must confirm it"),
    "SCORE_MISSING": .init("ұпай жоқ", "нет баллов", "there is no score"),
    "SCORE_NOT_ASKED": .init(
      "бұл жерде ұпай қойылмайды", "здесь баллы не ставятся", "no score is asked here"),
    "BEFORE_LAST_CLASS": .init(
      "сессия соңғы сабақтан ({last}) бұрын", "сессия раньше последнего занятия ({last})",
      "the session is before the last class ({last})"),
    "ALREADY_CONFIRMED": .init(
      "нәтиже расталған; енді оның күшін жоюға ғана болады",
      "результат подтверждён; его можно только аннулировать",
      "the result is confirmed; it can only be annulled"),
    "NOTHING_TO_CONFIRM": .init(
      "растайтын ештеңе жоқ", "подтверждать нечего", "there is nothing to confirm"),
    "CHAIR_RECORDS": .init(
      "төраға растайды, жазбайды; нәтижені комиссия мүшесі жазсын",
      "председатель подтверждает, а не записывает; пусть запишет член комиссии",
      "the chair confirms and does not record; a member must record"),
    "RESULTS_CHANGED": .init(
      "нәтижелер өзгерді; қайта қарап шығыңыз",
      "результаты изменились; просмотрите их снова",
      "the results have changed; look at them again"),
    "CERTIFICATE_STANDS": .init(
      "осы нәтиже бойынша {number} берілген; алдымен оны қайтарып алыңыз",
      "по этому результату выдан {number}; сначала отзовите его",
      "{number} rests on this result; revoke it first"),
    "SCORE_TWICE": .init(
      "ұпай екі рет берілген",
      "балл дан дважды",
      "a score is given twice"),
    "NOT_CHAIR": .init(
      "тек комиссия төрағасы растайды", "подтверждает только председатель комиссии",
      "only the chair of the commission confirms"),
    "CONFIRMS_OWN_RECORD": .init(
      "жазған адам өзі растамайды", "записавший не подтверждает сам",
      "who recorded does not confirm"),
    "NOT_YOUR_RECORD": .init(
      "нәтижені басқа адам жазған; түзетуді ол жасайды", "результат записал другой; исправляет он",
      "somebody else recorded the result and corrects it"),
    "RESULT_UNKNOWN": .init(
      "мұнда оның расталған нәтижесі жоқ", "подтверждённого результата здесь нет",
      "there is no confirmed result here"),
    "ANNULS_OWN_RESULT": .init(
      "нәтижені жазған да, растаған да адам оның күшін жоя алмайды",
      "ни записавший, ни подтвердивший не аннулирует",
      "neither recorder nor chair annuls a result"),
    "PREVIEW_OUTDATED": .init(
      "тізім өзгерді; қайта қарап шығыңыз", "список изменился; просмотрите его снова",
      "the list has changed; look at it again"),
    "NOTHING_TO_ISSUE": .init(
      "беретін сертификат жоқ", "выдавать нечего", "there is nothing to issue"),
    "DECIDES_OWN_TRAINEE": .init(
      "өзіңіз оқытқан адам туралы шешім қабылдай алмайсыз ({who})",
      "вы обучали этого человека и не можете принимать о нём решение ({who})",
      "you taught this person and may not decide ({who})"),
    "DECIDES_OWN_CANDIDATE": .init(
      "өзіңіз емтихан алған адам туралы шешім қабылдай алмайсыз ({who})",
      "вы экзаменовали этого человека и не можете принимать о нём решение ({who})",
      "you examined this person and may not decide ({who})"),
    "DECIDES_HIMSELF": .init(
      "өзіңіз туралы шешім қабылдамайсыз", "о себе не решают", "nobody decides on himself"),
    "NOT_ENTITLED_TO_ISSUE": .init(
      "Мектептің {day} күні сертификат беруге құқығы жоқ",
      "Школа не имеет права выдавать сертификаты на {day}",
      "the School is not entitled to issue on {day}"),
    "ALREADY_REVOKED": .init(
      "{since} күні қайтарып алынған; бірінші күн өзгермейді",
      "уже отозван {since}; первая дата остаётся",
      "was revoked on {since} already; the first date stands"),
    "REVOKED_BEFORE_ISSUE": .init(
      "берілген күнінен ({issued}) бұрын қайтарып алынбайды",
      "нельзя отозвать раньше выдачи ({issued})", "can't be revoked before its issue ({issued})"),
    "SERIALS_EXHAUSTED": .init(
      "{year} жылдың нөмірлері таусылды", "номера {year} года кончились",
      "the numbers of {year} are used up"),
  ]

  /// Access and calls.
  private static let access: [String: Trilingual] = [
    "NOT_AUTHENTICATED": .init(
      "сервер токенді танымайды; `bitim login` арқылы кіріңіз",
      "сервер не узнаёт токен; войдите через `bitim login`",
      "the server does not know the token; use `bitim login`"),
    "TOKEN_EXPIRED": .init(
      "токеннің мерзімі өтті; әкімшіден жаңасын сұраңыз",
      "срок токена истёк; попросите новый у администратора",
      "the token has expired; ask the administrator for a new one"),
    "NOT_ALLOWED": .init(
      "рөліңіз бұған рұқсат бермейді; керегі: {roles}",
      "ваша роль этого не позволяет; нужна: {roles}",
      "your role does not allow this; needed: {roles}"),
    "ROLE_ONLY_AT_SCHOOL": .init(
      "бұл рөл тек Мектептің өзінде беріледі",
      "эта роль даётся только в самой Школе",
      "this role is given at the School alone"),
    "NOT_YOUR_ORGANISATION": .init(
      "бұл басқа ұйымға тиесілі", "это относится к другой организации",
      "this belongs to another organisation"),
    "ROLES_INCOMPATIBLE": .init(
      "әкімші оқытпайды, емтихан алмайды және сертификат бермейді",
      "администратор не обучает, не экзаменует и не выдаёт",
      "an administrator can neither teach, attest nor issue"),
    "ROLE_NOT_GRANTED": .init(
      "бұл рөл берілмеген; алдымен `bitim admin role give`",
      "такая роль не дана; сначала `bitim admin role give`",
      "this role was not given; `bitim admin role give` first"),
    "LAST_ADMINISTRATOR": .init(
      "соңғы әкімшінің рөлі алынбайды", "роль последнего администратора снять нельзя",
      "the last administrator's role can't be taken"),
    "CODE_NEEDED": .init(
      "токенсіз тексеруге қағаздағы код та керек", "без токена нужен и код с бумаги",
      "without a token the code on the paper is needed too"),
    "IDEMPOTENCY_KEY_MISSING": .init(
      "шақыруда қайталау кілті жоқ", "в вызове нет ключа повтора",
      "the call has no idempotency key"),
    "IDEMPOTENCY_KEY_REUSED": .init(
      "бұл кілтпен басқа сұрау жасалған", "под этим ключом был другой запрос",
      "another request was made under this key"),
    "PAGE_TOKEN_FOREIGN": .init(
      "бет белгісі басқа сұраудан", "метка страницы от другого запроса",
      "the page token is of another query"),
    "BUSY": .init(
      "сервер бос емес; сәл күтіп қайталаңыз", "сервер занят; повторите чуть позже",
      "the server is busy; repeat in a moment"),
    "OUTCOME_UNKNOWN": .init(
      "жауап уақытында келмеді; сол пәрменді қайталаңыз",
      "ответ не пришёл вовремя; повторите команду",
      "no answer came in time; repeat the command"),
    "DISK_FULL": .init(
      "сервердің дискісі толған; әкімшіге айтыңыз", "диск сервера полон; скажите администратору",
      "the server's disk is full; tell the administrator"),
    "TOO_MANY_CALLS": .init(
      "тым көп сұрау; {after_ms} мс күтіп қайталаңыз",
      "слишком много запросов; повторите через {after_ms} мс",
      "too many calls; repeat after {after_ms} ms"),
    "CUT_OFF": .init(
      "жауап тым ұзақ дайындалды; азырақ сұраңыз", "ответ готовился слишком долго; просите меньше",
      "the answer took too long to make; ask for less at once"),
    "BACKUP_FAILED": .init(
      "көшірме жасалмады: {what}", "копия не сделана: {what}", "the copy could not be made: {what}"),
    "BACKUP_UNDER_WAY": .init(
      "көшірме жасалып жатыр; сәл күтіңіз", "копия уже делается; подождите",
      "a backup is under way; wait a moment"),
    "DRAINING": .init(
      "сервер тоқтап жатыр; сәл күтіп қайталаңыз", "сервер останавливается; повторите чуть позже",
      "the server is stopping; repeat in a moment"),
  ]
}
