/// Every text a person sees, by name; what reasons of the server mean is in ``ReasonTexts``.
///
/// A test finds a text that lacks a language.
enum Text: CaseIterable {
  case fileCohortDiffers, fileThere, personThere, profileMissing, factVerdict, factAsOf
  case usageOptionBesideFile, usageUnknownOption, usageValueMissing, usageOptionTwice,
    usageOptionNeeded,
    usageWordNeeded, usageWordTooMany, usageCommandUnknown, usageValueNotInList, usageHours,
    usageNotNumber, usageAddress, usageOneOf, loginNeeded, loginDone, profileName,
    profileUnreadable, profileUnwritable, fileUnreadable, fileOpenToOthers, fileNotUTF8,
    fileQuote, fileFieldCount, fileEmpty, fileColumnUnknown, fileColumnTwice, fileColumnNeeded,
    failureUnreachable, failureDeadline, failureMalformed, failureInternal, nothingFound,
    moreFound, ambiguous, chooseOne, rowsSent, rowsDry, rowsRefused, rowsDone, rowsNothing,
    columnLine,
    columnColumn, columnValue, columnProblem, columnNumber, columnName,
    columnBorn, columnState, columnTheory, columnPractice, columnEnrolled, columnCode,
    columnKind, columnProgramme, columnEdition, columnFrom, columnUntil, columnOrganisation,
    columnRegion, columnIssued, columnStanding, columnRole, columnExpires, columnLastUsed,
    columnGroup, columnAttempts, columnDate, columnResults, columnConfirmed, columnResult,
    columnScores, columnRule, columnMet, columnEvidence, columnBasis, columnCohort,
    columnToken, yes, no, basisLaw, basisReported, basisSchool, attestRecorded, attestConfirmed,
    attestAnnulled, attestExplain,
    attestAsk, attestSaved,
    attestAskAgain, attestNobody, outcomePassed, outcomeFailed, outcomeAbsent, stateEnrolled,
    statePassed, stateFailed, stateCertified, whyYes, whyNo, whyHas, ruleAge, ruleEducation,
    ruleNoBar, rulePrerequisite, ruleCentreEntitled, ruleHoursTheory, ruleHoursPractice,
    ruleAttestation, ruleLatinName, ruleProgrammeHeld, evidenceAge, evidenceHours,
    evidenceHoursMet, evidencePassed, evidenceUnconfirmed, evidenceExhausted, evidenceFailed,
    evidenceNone, evidenceNotEnrolled, evidenceProgramme, previewTotal, previewReady,
    issueNeedsApproval, issueDone, issueNothing, verifyValid, verifyNotValid, verifyUnknown,
    verifyMistyped, verifyAsOf, verifyCompare, standingValid, standingRevoked, standingExpired,
    standingNotYetValid, reasonFraud, reasonError, reasonAttestationAnnulled, reasonMisconduct,
    reasonHolderRequest, factHolder, factHolderLatin, factTitle, factHours, factTrained,
    factTrainedBy, factAttested, factDecided, factIssued, factValidFrom, factValidUntil,
    factIssuer, factEntitlement, factPlace, factSignatory, factLegalBasis, factBasedOn,
    factStanding, factPerson, factFormerNames, factIdentifiers,
    factCertificates, factRoles, factSize, factRoot, certificateRevoked, personAdded,
    personRenamed, personBarred, cohortOpened, cohortTrainer, cohortSession, fileProgress,
    fileDone, fileStopped, roleGiven, roleTaken, tokenMade, tokenLost, tokenRevoked,
    reportGaps, reportTotal, unitDefault, usageCopyPlace, factFile, factOctets, factActs,
    factWaiting, factDatabase, factWAL, factCopyLag, copyBegins, copyWhole, copyDiffers,
    copyDamaged, copyUnwritable, checkpointKept, verifyRestored, copyNone

  /// The text in three languages.
  var columns: Trilingual {
    Self.table[self] ?? Trilingual("", "", "")
  }

  private static let table: [Text: Trilingual] = [
    .usageOptionBesideFile: .init(
      "{option} файлмен бірге берілмейді: оны файлдың бағаны айтады",
      "{option} не даётся вместе с файлом: это говорит его столбец",
      "{option} is not given beside a file: a column of the file says it"),
    .fileCohortDiffers: .init(
      "{file}, {line}-жол: топ {cohort}, ал --cohort {option}; біреуін түзетіңіз",
      "{file}, строка {line}: группа {cohort}, а --cohort {option}; исправьте одно",
      "{file}, line {line}: the cohort is {cohort}, but --cohort says {option}; correct one"),
    .fileThere: .init(
      "{file}: бұрыннан бар; басқа файлды атаңыз",
      "{file}: уже есть; назовите другой файл",
      "{file}: is there already; name another file"),
    .personThere: .init(
      "{line}-жол: {name} бұрыннан бар, {number}",
      "строка {line}: {name} уже есть, {number}",
      "line {line}: {name} is there already, {number}"),
    .profileMissing: .init(
      "{name}: мұндай профиль жоқ; `bitim login --profile {name} …`",
      "{name}: такого профиля нет; `bitim login --profile {name} …`",
      "{name}: there is no such profile; `bitim login --profile {name} …`"),
    .factVerdict: .init(
      "Қорытынды",
      "Вывод",
      "Verdict"),
    .usageCopyPlace: .init(
      "{value}: қалта немесе ssh://ХОСТ/ҚАЛТА керек", "{value}: нужна папка или ssh://ХОСТ/ПАПКА",
      "{value}: a folder or ssh://HOST/FOLDER is needed"),
    .factFile: .init("Файл", "Файл", "File"),
    .factOctets: .init("Октеттер", "Октеты", "Octets"),
    .factActs: .init("Әрекеттер", "Действия", "Acts"),
    .factWaiting: .init("Кезекте", "В очереди", "Waiting"),
    .factDatabase: .init("Дерекқор, октет", "База, октетов", "Database, octets"),
    .factWAL: .init("WAL, октет", "WAL, октетов", "WAL, octets"),
    .factCopyLag: .init("Екінші көшірме артта", "Вторая копия отстаёт", "Second copy behind"),
    .copyNone: .init(
      "сервер іске қосылғалы ешкім жүргізбейді", "с запуска сервера никто не ведёт",
      "nobody follows since the server started"),
    .copyBegins: .init(
      "екінші көшірмеде {acts} әрекет бар; жалғастыру…",
      "во второй копии {acts} действий; продолжаем…",
      "the second copy has {acts} acts; following …"),
    .copyWhole: .init(
      "екінші көшірме толық: {acts} әрекет", "вторая копия полна: {acts} действий",
      "the second copy is whole: {acts} acts"),
    .copyDiffers: .init(
      "екінші көшірме басқа тізілімдікі немесе осы тізілімнің қалпына келтірілгенге дейінгісі; "
        + "жаңа қалта алыңыз",
      "вторая копия от другого реестра или от этого до восстановления; возьмите новую папку",
      "the second copy is of another registry, or of this one before it was restored; "
        + "take a new folder"),
    .copyDamaged: .init(
      "екінші көшірме {octet}-октеттен бастап бүлінген; жаңа қалта алыңыз",
      "вторая копия повреждена с октета {octet}; возьмите новую папку",
      "the second copy is damaged from octet {octet} on; take a new folder"),
    .copyUnwritable: .init(
      "екінші көшірмеге жазылмады: {what}", "во вторую копию не записать: {what}",
      "the second copy can't be written: {what}"),
    .checkpointKept: .init(
      "бақылау нүктесі сақталды: {file}", "контрольная точка сохранена: {file}",
      "checkpoint kept: {file}"),
    .factAsOf: .init(
      "Жағдайы",
      "По состоянию на",
      "As of"),
    .usageUnknownOption: .init(
      "{option}: мұндай параметр жоқ; --help қараңыз",
      "{option}: такого параметра нет; смотрите --help",
      "{option}: there is no such option; see --help"),
    .usageValueMissing: .init(
      "{option}: мәні жоқ",
      "{option}: нет значения",
      "{option}: its value is missing"),
    .usageOptionTwice: .init(
      "{option}: екі рет берілген",
      "{option}: дан дважды",
      "{option}: is given twice"),
    .usageOptionNeeded: .init(
      "{option} керек; --help қараңыз",
      "нужен {option}; смотрите --help",
      "{option} is needed; see --help"),
    .usageWordNeeded: .init(
      "{what} керек; --help қараңыз",
      "нужно: {what}; смотрите --help",
      "{what} is needed; see --help"),
    .usageWordTooMany: .init(
      "артық сөз: {word}; --help қараңыз",
      "лишнее слово: {word}; смотрите --help",
      "one word too many: {word}; see --help"),
    .usageCommandUnknown: .init(
      "{word}: мұндай пәрмен жоқ; `bitim --help` қараңыз",
      "{word}: такой команды нет; смотрите `bitim --help`",
      "{word}: there is no such command; see `bitim --help`"),
    .usageValueNotInList: .init(
      "{option}: '{value}' жарамайды; мыналардың бірін жазыңыз: {list}",
      "{option}: не '{value}', а одно из: {list}",
      "{option}: not '{value}' but one of: {list}"),
    .usageHours: .init(
      "{option}: '{value}' сағат емес; 4 немесе 1.25 деп жазыңыз",
      "{option}: '{value}' не часы; напишите 4 или 1.25",
      "{option}: '{value}' is not hours; write 4 or 1.25"),
    .usageNotNumber: .init(
      "{option}: '{value}' бүтін сан емес",
      "{option}: '{value}' не целое число",
      "{option}: '{value}' is not a whole number"),
    .usageAddress: .init(
      "'{value}' мекенжай емес; unix://ЖОЛ немесе tcp://ХОСТ:ПОРТ",
      "'{value}' не адрес; unix://ПУТЬ или tcp://ХОСТ:ПОРТ",
      "'{value}' is not an address; unix://PATH or tcp://HOST:PORT"),
    .usageOneOf: .init(
      "біреуін ғана беріңіз: {list}",
      "дайте ровно одно из: {list}",
      "give exactly one of: {list}"),
    .loginNeeded: .init(
      "сервер белгісіз; алдымен `bitim login --server … --token-file …`",
      "сервер неизвестен; сначала выполните `bitim login --server … --token-file …`",
      "no server is known; `bitim login --server … --token-file …` first"),
    .loginDone: .init(
      "{name}: {file} ішіне сақталды",
      "{name}: сохранено в {file}",
      "{name}: kept in {file}"),
    .profileName: .init(
      "'{name}': профиль атында тек әріп, цифр және сызықша",
      "'{name}': в имени профиля только буквы, цифры и дефис",
      "'{name}': a profile's name has letters, digits and dashes only"),
    .profileUnreadable: .init(
      "{file}: оқылмайды; `bitim login` қайталаңыз",
      "{file}: не читается; повторите `bitim login`",
      "{file}: can't be read; `bitim login` again"),
    .profileUnwritable: .init(
      "{file}: жазылмайды",
      "{file}: не записывается",
      "{file}: can't be written"),
    .fileUnreadable: .init(
      "{file}: оқылмайды",
      "{file}: не читается",
      "{file}: can't be read"),
    .fileOpenToOthers: .init(
      "{file}: басқалар оқи алады, ал ішінде құпия бар; chmod 600 {file}",
      "{file}: доступен другим, а в нём секрет; chmod 600 {file}",
      "{file}: others can read it, and it holds a secret; chmod 600 {file}"),
    .fileNotUTF8: .init(
      "{file}, {line}-жол: UTF-8 емес; «CSV UTF-8» етіп қайта сақтаңыз",
      "{file}, строка {line}: не UTF-8; сохраните как «CSV UTF-8»",
      "{file}, line {line}: not UTF-8; save it again as \"CSV UTF-8\""),
    .fileQuote: .init(
      "{file}, {line}-жол: тырнақша жабылмаған немесе артық",
      "{file}, строка {line}: кавычка не закрыта или лишняя",
      "{file}, line {line}: a quotation mark is not closed, or one too many"),
    .fileFieldCount: .init(
      "{file}, {line}-жол: {expected} орнына {found} өріс",
      "{file}, строка {line}: {found} полей вместо {expected}",
      "{file}, line {line}: {found} fields instead of {expected}"),
    .fileEmpty: .init(
      "{file}: жолдар жоқ",
      "{file}: нет строк",
      "{file}: there are no rows"),
    .fileColumnUnknown: .init(
      "{file}: «{column}» бағаны белгісіз; аты --help ішінде, немесе «note» деп атаңыз",
      "{file}: столбец «{column}» неизвестен; имена в --help, или назовите его «note»",
      "{file}: column \"{column}\" is not known; names are in --help, or call it \"note\""),
    .fileColumnTwice: .init(
      "{file}: «{column}» бағаны екі рет",
      "{file}: столбец «{column}» дважды",
      "{file}: column \"{column}\" stands twice"),
    .fileColumnNeeded: .init(
      "{file}: «{column}» бағаны керек",
      "{file}: нужен столбец «{column}»",
      "{file}: column \"{column}\" is needed"),
    .failureUnreachable: .init(
      "серверге қосылу мүмкін емес: {what}",
      "сервер недоступен: {what}",
      "the server can't be reached: {what}"),
    .failureDeadline: .init(
      "жауап уақытында келмеді; сол пәрменді қайталауға болады",
      "ответ не пришёл вовремя; команду можно повторить",
      "no answer came in time; the command may be repeated"),
    .failureMalformed: .init(
      "сервер түсініксіз жауап берді: {what}",
      "сервер ответил непонятно: {what}",
      "the server's answer can't be understood: {what}"),
    .failureInternal: .init(
      "сервердің өз қатесі ({what}); әкімшіге айтыңыз",
      "ошибка сервера ({what}); скажите администратору",
      "the server's own error ({what}); tell the administrator"),
    .nothingFound: .init(
      "ештеңе табылмады",
      "ничего не найдено",
      "nothing was found"),
    .rowsSent: .init(
      "серверге жіберілді: {count} / {total} жол",
      "отправлено на сервер: {count} из {total} строк",
      "sent to the server: {count} of {total} rows"),
    .moreFound: .init(
      "тағы бар; сұрауды нақтылаңыз",
      "есть ещё; уточните запрос",
      "there are more; say it more exactly"),
    .ambiguous: .init(
      "«{text}» бірнеше адамға сәйкес; нөмірін жазыңыз:",
      "«{text}» подходит нескольким; укажите номер:",
      "\"{text}\" fits several people; give the number:"),
    .chooseOne: .init(
      "Қайсысы? (1–{count}, бос = ешқайсысы) ",
      "Кто именно? (1–{count}, пусто = никто) ",
      "Which one? (1 to {count}, empty for none) "),
    .rowsDry: .init(
      "тексерілді, ештеңе жазылған жоқ: {added} жаңа, {unchanged} сол күйінде, {differs} өзгеше, {refused} қате",
      "проверено, ничего не записано: новых {added}, без изменений {unchanged}, отличаются {differs}, с ошибкой {refused}",
      "checked, nothing recorded: {added} new, {unchanged} equal, {differs} different, {refused} wrong"
    ),
    .rowsRefused: .init(
      "ештеңе жазылған жоқ: {refused} жолда қате бар; түзетіп, файлды қайта беріңіз",
      "ничего не записано: ошибки в строках: {refused}; исправьте и повторите файл",
      "nothing was recorded: {refused} rows are wrong; correct them and give the file again"),
    .rowsDone: .init(
      "жазылды: {added} жаңа, {unchanged} сол күйінде, {differs} өзгеше",
      "записано: новых {added}, без изменений {unchanged}, отличаются {differs}",
      "recorded: {added} new, {unchanged} equal, {differs} different"),
    .rowsNothing: .init(
      "жасайтын ештеңе жоқ: барлық {unchanged} жол тізілімде бар",
      "делать нечего: все строки ({unchanged}) уже в реестре",
      "nothing to do: all {unchanged} rows are in the registry"),
    .columnLine: .init(
      "Жол",
      "Строка",
      "Line"),
    .columnColumn: .init(
      "Баған",
      "Столбец",
      "Column"),
    .columnValue: .init(
      "Мән",
      "Значение",
      "Value"),
    .columnProblem: .init(
      "Не дұрыс емес және не істеу керек",
      "Что не так и что делать",
      "What is wrong, and what to do"),
    .columnNumber: .init(
      "Нөмірі",
      "Номер",
      "Number"),
    .columnName: .init(
      "Аты-жөні",
      "ФИО",
      "Name"),
    .columnBorn: .init(
      "Туған жылы",
      "Год рождения",
      "Born"),
    .columnState: .init(
      "Күйі",
      "Состояние",
      "State"),
    .columnTheory: .init(
      "Теория",
      "Теория",
      "Theory"),
    .columnPractice: .init(
      "Практика",
      "Практика",
      "Practice"),
    .columnEnrolled: .init(
      "Қабылданды",
      "Зачислен",
      "Enrolled"),
    .columnCode: .init(
      "Код",
      "Код",
      "Code"),
    .columnKind: .init(
      "Түрі",
      "Вид",
      "Kind"),
    .columnProgramme: .init(
      "Бағдарлама",
      "Программа",
      "Programme"),
    .columnEdition: .init(
      "Редакция",
      "Редакция",
      "Edition"),
    .columnFrom: .init(
      "Басы",
      "С",
      "From"),
    .columnUntil: .init(
      "Соңы",
      "По",
      "Until"),
    .columnOrganisation: .init(
      "Ұйым",
      "Организация",
      "Organisation"),
    .columnRegion: .init(
      "Аймақ",
      "Регион",
      "Region"),
    .columnIssued: .init(
      "Берілді",
      "Выдан",
      "Issued"),
    .columnStanding: .init(
      "Күші",
      "Статус",
      "Standing"),
    .columnRole: .init(
      "Рөл",
      "Роль",
      "Role"),
    .columnExpires: .init(
      "Мерзімінің соңы",
      "Действует до",
      "Expires"),
    .columnLastUsed: .init(
      "Соңғы қолдану",
      "Последнее использование",
      "Last used"),
    .columnGroup: .init(
      "Топ шегі",
      "Предел группы",
      "Group limit"),
    .columnAttempts: .init(
      "Мүмкіндік",
      "Попыток",
      "Attempts"),
    .columnDate: .init(
      "Күні",
      "Дата",
      "Date"),
    .columnResults: .init(
      "Нәтижелер",
      "Результатов",
      "Results"),
    .columnConfirmed: .init(
      "Расталды",
      "Подтверждено",
      "Confirmed"),
    .columnResult: .init(
      "Нәтиже",
      "Результат",
      "Result"),
    .columnScores: .init(
      "Ұпайлар",
      "Баллы",
      "Scores"),
    .columnRule: .init(
      "Шарт",
      "Правило",
      "Rule"),
    .columnMet: .init(
      "Орындалды",
      "Выполнено",
      "Met"),
    .columnEvidence: .init(
      "Дәлел немесе жетіспейтіні",
      "Основание или чего не хватает",
      "Evidence, or what is missing"),
    .columnBasis: .init(
      "Негізі",
      "Источник",
      "Source"),
    .columnCohort: .init(
      "Топ",
      "Группа",
      "Cohort"),
    .columnToken: .init(
      "Токен",
      "Токен",
      "Token"),
    .yes: .init(
      "иә",
      "да",
      "yes"),
    .no: .init(
      "ЖОҚ",
      "НЕТ",
      "NO"),
    .basisLaw: .init(
      "заң",
      "закон",
      "law"),
    .basisReported: .init(
      "баспасөз мәліметі",
      "по сообщениям",
      "reported"),
    .basisSchool: .init(
      "Мектептің ережесі",
      "правило Школы",
      "School's default"),
    .attestRecorded: .init(
      "жазылды: {passed} өтті, {failed} өтпеді, {absent} келмеді. Төраға растағанша есептелмейді: bitim attest {session} --confirm",
      "записано: сдали {passed}, не сдали {failed}, не явились {absent}. Не считается, пока не подтвердит председатель: bitim attest {session} --confirm",
      "recorded: {passed} passed, {failed} failed, {absent} absent. Counts once the chair confirms: bitim attest {session} --confirm"
    ),
    .attestConfirmed: .init(
      "{count} нәтиже расталды",
      "подтверждено результатов: {count}",
      "results confirmed: {count}"),
    .attestAnnulled: .init(
      "нәтиженің күші жойылды",
      "результат аннулирован",
      "the result is annulled"),
    .attestExplain: .init(
      "Әр үміткерге тест, рөлдік ойын, әңгімелесу ұпайын жазыңыз (мысалы 80 75 90); «-» келмеді, бос = кейін",
      "Для каждого кандидата: тест, ролевая игра, собеседование (например 80 75 90); «-» неявка, пусто = позже",
      "For each candidate: test, role-play, interview (as 80 75 90); \"-\" absent, empty for later"),
    .attestAsk: .init("{name}: ", "{name}: ", "{name}: "),
    .attestSaved: .init(
      "жазылмады; терген ұпайларыңыз {file} ішінде: bitim attest {session} {file}",
      "не записано; набранные баллы в {file}: bitim attest {session} {file}",
      "not recorded; what you typed is in {file}: bitim attest {session} {file}"),
    .attestAskAgain: .init(
      "үш сан керек, 0–100",
      "нужны три числа от 0 до 100",
      "three numbers from 0 to 100 are needed"),
    .attestNobody: .init(
      "жазатын ештеңе жоқ",
      "записывать нечего",
      "there is nothing to record"),
    .outcomePassed: .init(
      "өтті",
      "сдал",
      "passed"),
    .outcomeFailed: .init(
      "өтпеді",
      "не сдал",
      "failed"),
    .outcomeAbsent: .init(
      "келмеді",
      "не явился",
      "absent"),
    .stateEnrolled: .init(
      "оқуда",
      "обучается",
      "in training"),
    .statePassed: .init(
      "аттестациядан өтті",
      "сдал",
      "passed"),
    .stateFailed: .init(
      "аттестациядан өтпеді",
      "не сдал",
      "failed"),
    .stateCertified: .init(
      "сертификат алды",
      "сертифицирован",
      "certified"),
    .whyYes: .init(
      "{name}: барлық шарт орындалған",
      "{name}: все условия выполнены",
      "{name}: every rule is met"),
    .whyNo: .init(
      "{name}: {count} шарт орындалмаған",
      "{name}: не выполнено условий: {count}",
      "{name}: rules not met: {count}"),
    .whyHas: .init(
      "{name}: сертификаты бар: {number}",
      "{name}: сертификат уже есть: {number}",
      "{name}: holds a certificate already: {number}"),
    .ruleAge: .init(
      "Жасы",
      "Возраст",
      "Age"),
    .ruleEducation: .init(
      "Жоғары білім",
      "Высшее образование",
      "Higher education"),
    .ruleNoBar: .init(
      "Шектеудің болмауы",
      "Отсутствие запретов",
      "No bar"),
    .rulePrerequisite: .init(
      "Алдыңғы бағдарлама",
      "Предыдущая программа",
      "Earlier programme"),
    .ruleCentreEntitled: .init(
      "Орталықтың құқығы",
      "Право центра обучать",
      "Centre entitled"),
    .ruleHoursTheory: .init(
      "Теория сағаттары",
      "Часы теории",
      "Hours of theory"),
    .ruleHoursPractice: .init(
      "Практика сағаттары",
      "Часы практики",
      "Hours of practice"),
    .ruleAttestation: .init(
      "Аттестация",
      "Аттестация",
      "Attestation"),
    .ruleLatinName: .init(
      "Төлқұжаттағы латынша аты",
      "Имя латиницей по паспорту",
      "Latin name as in the passport"),
    .ruleProgrammeHeld: .init(
      "{programme}-бағдарлама сертификаты",
      "Сертификат программы {programme}",
      "Certificate of programme {programme}"),
    .evidenceAge: .init(
      "{day} күні {age} жаста (керегі {needed})",
      "на {day} лет: {age} (нужно {needed})",
      "{age} on {day} ({needed} needed)"),
    .evidenceHours: .init(
      "{got} / {needed}; жетпейді: {short}",
      "{got} из {needed}; не хватает {short}",
      "{got} of {needed}; short by {short}"),
    .evidenceHoursMet: .init(
      "{got} / {needed}",
      "{got} из {needed}",
      "{got} of {needed}"),
    .evidencePassed: .init(
      "{day}, {protocol} хаттама",
      "{day}, протокол {protocol}",
      "{day}, protocol {protocol}"),
    .evidenceUnconfirmed: .init(
      "нәтиже бар, төраға растамаған",
      "результат есть, председатель не подтвердил",
      "recorded, not confirmed by the chair"),
    .evidenceExhausted: .init(
      "{limit} мүмкіндік түгел пайдаланылған",
      "все попытки ({limit}) использованы",
      "all {limit} attempts are used"),
    .evidenceFailed: .init(
      "өтпеген; пайдаланылған мүмкіндік: {attempts} / {limit}",
      "не сдал; использовано попыток {attempts} из {limit}",
      "failed; {attempts} of {limit} attempts used"),
    .evidenceNone: .init(
      "әлі тапсырмаған",
      "ещё не сдавал",
      "not taken yet"),
    .evidenceNotEnrolled: .init(
      "бұл бағдарламаға қабылданбаған",
      "не зачислен на эту программу",
      "not enrolled in this programme"),
    .evidenceProgramme: .init(
      "{programme}-бағдарлама",
      "программа {programme}",
      "programme {programme}"),
    .previewTotal: .init(
      "{ready} адамға сертификат беруге болады, {missing} әзір емес, {done} алған",
      "готовы {ready}, не готовы {missing}, уже выданы {done}",
      "{ready} may be certified, {missing} not yet, {done} have one already"),
    .previewReady: .init(
      "беруге болады",
      "готов",
      "may be certified"),
    .issueNeedsApproval: .init(
      "бекіту үшін --approve қосыңыз",
      "чтобы утвердить, добавьте --approve",
      "add --approve to decide and issue"),
    .issueDone: .init(
      "{count} сертификат берілді",
      "выдано сертификатов: {count}",
      "certificates issued: {count}"),
    .issueNothing: .init(
      "0 жаңа сертификат: барлығы берілген немесе әзір емес",
      "0 новых сертификатов: все выданы или не готовы",
      "0 new certificates: all are issued or not ready"),
    .verifyValid: .init(
      "ЖАРАМДЫ",
      "ДЕЙСТВИТЕЛЕН",
      "VALID"),
    .verifyNotValid: .init(
      "ЖАРАМСЫЗ",
      "НЕДЕЙСТВИТЕЛЕН",
      "NOT VALID"),
    .verifyUnknown: .init(
      "БЕЛГІСІЗ: мұндай нөмірі мен коды бар сертификат жоқ",
      "НЕИЗВЕСТЕН: такого номера с таким кодом нет",
      "UNKNOWN: there is no such number with this code"),
    .verifyRestored: .init(
      "Бұл нөмір берілген болуы мүмкін: жазбалар {instant} дейін қалпына келтірілді; Мектептен сұраңыз",
      "Этот номер мог быть выдан: записи восстановлены до {instant}; спросите Школу",
      "This number may have been given out: records are restored to {instant}; ask the School"),
    .verifyMistyped: .init(
      "ҚАТЕ ТЕРІЛГЕН: бақылау цифрлары сәйкес емес; нөмірді қағаздан қайта көшіріңіз",
      "ОШИБКА НАБОРА: контрольные цифры не сходятся; перепишите номер с бумаги",
      "MISTYPED: the check digits don't fit; copy the number from the paper again"),
    .verifyAsOf: .init(
      "{instant} жағдайы бойынша",
      "по состоянию на {instant}",
      "as of {instant}"),
    .verifyCompare: .init(
      "Қағаздағы әр жолды осымен салыстырыңыз.",
      "Сверьте с бумагой каждую строку.",
      "Compare every line with the paper."),
    .standingValid: .init(
      "күшінде",
      "действует",
      "valid"),
    .standingRevoked: .init(
      "{since} қайтарып алынған ({reason})",
      "отозван с {since} ({reason})",
      "revoked since {since} ({reason})"),
    .standingExpired: .init(
      "мерзімі өткен",
      "срок истёк",
      "expired"),
    .standingNotYetValid: .init(
      "әлі күшіне енбеген",
      "ещё не действует",
      "not yet valid"),
    .reasonFraud: .init(
      "алдау",
      "обман",
      "fraud"),
    .reasonError: .init(
      "қате берілген",
      "выдан по ошибке",
      "issued in error"),
    .reasonAttestationAnnulled: .init(
      "аттестация нәтижесінің күші жойылған",
      "аттестация аннулирована",
      "attestation annulled"),
    .reasonMisconduct: .init(
      "тәртіп бұзу",
      "нарушение правил",
      "misconduct"),
    .reasonHolderRequest: .init(
      "иесінің өтініші",
      "просьба владельца",
      "holder's request"),
    .factHolder: .init(
      "Иесі",
      "Владелец",
      "Holder"),
    .factHolderLatin: .init(
      "Иесі (латынша)",
      "Владелец (латиницей)",
      "Holder (Latin)"),
    .factTitle: .init(
      "Атауы",
      "Название",
      "Title"),
    .factHours: .init(
      "Сағат (теория + практика)",
      "Часов (теория + практика)",
      "Hours (theory + practice)"),
    .factTrained: .init(
      "Оқыған мерзімі",
      "Обучение",
      "Trained"),
    .factTrainedBy: .init(
      "Оқытқан",
      "Обучил",
      "Trained by"),
    .factAttested: .init(
      "Аттестация",
      "Аттестация",
      "Attested"),
    .factDecided: .init(
      "Шешім",
      "Решение",
      "Decided"),
    .factIssued: .init(
      "Берілді",
      "Выдан",
      "Issued"),
    .factValidFrom: .init(
      "Күшіне енетін күні",
      "Действует с",
      "Valid from"),
    .factValidUntil: .init(
      "Қолданылу мерзімінің соңы",
      "Действует по",
      "Valid until"),
    .factIssuer: .init(
      "Берген",
      "Выдал",
      "Issuer"),
    .factEntitlement: .init(
      "Берушінің құқығы",
      "Право выдавать",
      "Entitlement"),
    .factPlace: .init(
      "Орны",
      "Место",
      "Place"),
    .factSignatory: .init(
      "Қол қойған",
      "Подписал",
      "Signatory"),
    .factLegalBasis: .init(
      "Құқықтық негіз",
      "Правовая основа",
      "Legal basis"),
    .factBasedOn: .init(
      "Негіздері",
      "На основании",
      "Based on"),
    .factStanding: .init(
      "Күші",
      "Статус",
      "Standing"),
    .factPerson: .init(
      "Адам",
      "Человек",
      "Person"),
    .factFormerNames: .init(
      "Бұрынғы аттары",
      "Прежние имена",
      "Former names"),
    .factIdentifiers: .init(
      "Құжаттары",
      "Документы",
      "Identifiers"),
    .factCertificates: .init(
      "Сертификаттары",
      "Сертификаты",
      "Certificates"),
    .factRoles: .init(
      "Рөлдері",
      "Роли",
      "Roles"),
    .factSize: .init(
      "Жазбалар",
      "Записей",
      "Entries"),
    .factRoot: .init(
      "Түбір",
      "Корень",
      "Root"),
    .certificateRevoked: .init(
      "{number} қайтарып алынды",
      "{number} отозван",
      "{number} is revoked"),
    .personAdded: .init(
      "{number} {name}",
      "{number} {name}",
      "{number} {name}"),
    .personRenamed: .init(
      "{number} енді {name}",
      "{number} теперь {name}",
      "{number} is now {name}"),
    .personBarred: .init(
      "{number}: шектеу жазылды",
      "{number}: запрет записан",
      "{number}: the bar is recorded"),
    .cohortOpened: .init(
      "{code}: {programme}-бағдарлама, {edition} редакциясы",
      "{code}: программа {programme}, редакция {edition}",
      "{code}: programme {programme}, edition {edition}"),
    .cohortTrainer: .init(
      "{code}: жаттықтырушы {name}",
      "{code}: тренер {name}",
      "{code}: trainer {name}"),
    .cohortSession: .init(
      "{code}: сессия ашылды",
      "{code}: сессия открыта",
      "{code}: the session is open"),
    .fileProgress: .init(
      "{done}/{total}",
      "{done}/{total}",
      "{done}/{total}"),
    .fileDone: .init(
      "{file}: {added} жаңа, {skipped} бұрыннан бар",
      "{file}: новых {added}, уже есть {skipped}",
      "{file}: {added} new, {skipped} there already"),
    .fileStopped: .init(
      "{file}, {line}-жол: {what}. Бұған дейінгілер жазылды; түзетіп, файлды қайта беріңіз",
      "{file}, строка {line}: {what}. Предыдущие записаны; исправьте и повторите файл",
      "{file}, line {line}: {what}. Those before are recorded; correct it and give the file again"),
    .roleGiven: .init(
      "{name}: {role} рөлі берілді",
      "{name}: роль {role} дана",
      "{name}: has the role {role}"),
    .roleTaken: .init(
      "{name}: {role} рөлі алып тасталды",
      "{name}: роль {role} отнята",
      "{name}: no longer has the role {role}"),
    .tokenMade: .init(
      "токен №{id} {file} ішінде (0600), {days} күнге. Басқа ешқайда көрсетілмейді",
      "токен №{id} в {file} (0600) на {days} дней. Больше нигде не показывается",
      "token {id} is in {file} (0600) for {days} days. It is shown nowhere else"),
    .tokenLost: .init(
      "бұл пәрмен орындалып қойған, бірақ токен бір рет қана көрсетіледі; №{id} токенін қайтарып алып, жаңасын жасаңыз",
      "команда уже выполнена, но токен показывается один раз; отзовите №{id} и сделайте новый",
      "the command was done already, but a token is shown once; revoke {id} and make another"),
    .tokenRevoked: .init(
      "токен №{id} қайтарып алынды",
      "токен №{id} отозван",
      "token {id} is revoked"),
    .reportGaps: .init(
      "{year}: жоқ нөмірлер: {serials}",
      "{year}: пропущенные номера: {serials}",
      "{year}: missing serials: {serials}"),
    .reportTotal: .init(
      "{year}: {count} сертификат, қатар толық",
      "{year}: сертификатов {count}, ряд без пропусков",
      "{year}: {count} certificates, the series has no gap"),
    .unitDefault: .init(
      "(Мектептің ережесі, заң емес)",
      "(правило Школы, не закон)",
      "(School's default, not law)"),
  ]
}
