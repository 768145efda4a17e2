#!/usr/bin/env python3
"""Makes the example files of this folder: a School's year with 36 centres and 400 trainees.

Everybody in them is invented; the IINs are synthetic and valid by their check digit. The output is
the same at every run.
"""
import csv
import pathlib
import random

HERE = pathlib.Path(__file__).parent
R = random.Random(20260202)

# (Kazakh, Russian, Latin) surnames in the masculine and feminine form, and given names.
SURNAMES = [
    ("Әбілов", "Абилов", "Abilov"), ("Әлімбаев", "Алимбаев", "Alimbayev"),
    ("Бекенов", "Бекенов", "Bekenov"), ("Ғабдуллин", "Габдуллин", "Gabdullin"),
    ("Досжанов", "Досжанов", "Doszhanov"), ("Есенов", "Есенов", "Yessenov"),
    ("Жүнісов", "Жунусов", "Zhunissov"), ("Ибрагимов", "Ибрагимов", "Ibragimov"),
    ("Қасымов", "Касымов", "Kassymov"), ("Құдайбергенов", "Кудайбергенов", "Kudaibergenov"),
    ("Мұратов", "Муратов", "Muratov"), ("Нұрланов", "Нурланов", "Nurlanov"),
    ("Өтегенов", "Утегенов", "Utegenov"), ("Рысқұлов", "Рыскулов", "Ryskulov"),
    ("Сәрсенов", "Сарсенов", "Sarsenov"), ("Тілеубаев", "Тлеубаев", "Tleubayev"),
    ("Үсенов", "Усенов", "Ussenov"), ("Хамитов", "Хамитов", "Khamitov"),
    ("Шәріпов", "Шарипов", "Sharipov"), ("Ысқақов", "Искаков", "Iskakov"),
]
MEN = [
    ("Әлихан", "Алихан", "Alikhan"), ("Бауыржан", "Бауыржан", "Bauyrzhan"),
    ("Ғалым", "Галым", "Galym"), ("Дәурен", "Даурен", "Dauren"),
    ("Ерлан", "Ерлан", "Yerlan"), ("Қайрат", "Кайрат", "Kairat"),
    ("Нұрсұлтан", "Нурсултан", "Nursultan"), ("Өмірбек", "Омирбек", "Omirbek"),
    ("Сәкен", "Сакен", "Saken"), ("Тимур", "Тимур", "Timur"),
]
WOMEN = [
    ("Әйгерім", "Айгерим", "Aigerim"), ("Гүлнәр", "Гульнар", "Gulnar"),
    ("Динара", "Динара", "Dinara"), ("Жібек", "Жибек", "Zhibek"),
    ("Қарлығаш", "Карлыгаш", "Karlygash"), ("Мәдина", "Мадина", "Madina"),
    ("Назгүл", "Назгуль", "Nazgul"), ("Сәуле", "Сауле", "Saule"),
    ("Ұлжан", "Улжан", "Ulzhan"), ("Шынар", "Шынар", "Shynar"),
]
# One trainer for each centre; nobody else bears these names.
TRAINERS = """
Айдарбеков Aidarbekov;Байтұрсынов Baitursynov;Дүйсенбин Duisenbin;Ермекбаев Yermekbayev
Жақсылықов Zhaksylykov;Зейнуллин Zeinullin;Иманғалиев Imangaliyev;Қапанов Kapanov
Көбеев Kobeyev;Лұқпанов Lukpanov;Мәмбетов Mambetov;Нәбиев Nabiyev;Омаров Omarov
Оразалин Orazalin;Өскенбаев Oskenbayev;Пірәлиев Piraliyev;Райымбеков Raiymbekov
Сағынтаев Sagintayev;Сейфуллин Seifullin;Сүлейменов Suleimenov;Тәжин Tazhin
Төлегенов Tolegenov;Тұрлыханов Turlykhanov;Уәлиханов Ualikhanov;Ұлықпанов Ulykpanov
Үмбетов Umbetov;Хасенов Khassenov;Шаймерденов Shaimerdenov;Шоқанов Shokanov
Шүленбаев Shulenbayev;Ыбыраев Ybyrayev;Ізбасаров Izbassarov;Бөкейханов Bokeikhanov
Дулатов Dulatov;Ғұмаров Gumarov;Әуезов Auezov
""".replace("\n", ";").strip(";").split(";")
REGIONS = [
    ("ALA", "Алматы қаласы", 6), ("AST", "Астана қаласы", 5), ("SHY", "Шымкент қаласы", 3),
    ("KAR", "Қарағанды облысы", 3), ("AKT", "Ақтөбе облысы", 2), ("ATY", "Атырау облысы", 2),
    ("MAN", "Маңғыстау облысы", 2), ("KOS", "Қостанай облысы", 2), ("PAV", "Павлодар облысы", 2),
    ("ORA", "Батыс Қазақстан облысы", 2), ("TAR", "Жамбыл облысы", 2), ("KYZ", "Қызылорда облысы", 2),
    ("PET", "Солтүстік Қазақстан облысы", 1), ("ABA", "Абай облысы", 1), ("TUR", "Түркістан облысы", 1),
]


def check_digit(digits):
    first = sum(d * w for d, w in zip(digits, range(1, 12))) % 11
    if first < 10:
        return first
    second = sum(d * w for d, w in zip(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])) % 11
    return second if second < 10 else None


def iin(year, month, day, woman, serial):
    while True:
        century = (4 if woman else 3) if year < 2000 else (6 if woman else 5)
        body = f"{year % 100:02}{month:02}{day:02}{century}{serial:04}"
        digit = check_digit([int(c) for c in body])
        if digit is not None:
            return body + str(digit)
        serial += 1


def write(name, header, rows, separator=","):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


centres = [f"{code}-{n:02}" for code, _, count in REGIONS for n in range(1, count + 1)]
region_of = {code: name for code, name, _ in REGIONS}
assert len(centres) == 36


def organisations():
    rows = [
        (c, "centre", f"{region_of[c[:3]]}, № {int(c[4:])} медиация орталығы",
         f"Центр медиации № {int(c[4:])}, {region_of[c[:3]]}",
         f"Mediation Centre No. {int(c[4:])}, {c[:3]}", region_of[c[:3]], "KAZ", "train",
         "2019-03-01", f"тізілім № {n + 10}")
        for n, c in enumerate(centres)
    ]
    rows.append(("UGR", "university", "Гранада университеті", "Университет Гранады",
                 "University of Granada", "Granada", "ESP", "", "", "", ))
    write("centres.csv", ["code", "kind", "name_kk", "name_ru", "name_en", "region", "country",
                          "activity", "valid_from", "basis"], rows)


def staff():
    header = ["surname_kk", "given_kk", "surname_latin", "given_latin", "birth_date", "evidence"]
    rows = []
    trainers = []
    for n, centre in enumerate(centres):
        kk, latin = TRAINERS[n].split()
        rows.append((kk, MEN[n % 10][0], latin, MEN[n % 10][2], f"19{60 + n % 20}-0{1 + n % 9}-1{n % 9}",
                     "жаттықтырушы сертификаты, 2018"))
        trainers.append(kk)
    people = [
        ("Серікова", "Әлия", "Serikova", "Aliya", "1988-04-12", "Мектеп қызметкері"),
        ("Ким", "Елена", "Kim", "Yelena", "1975-09-30", "емтихан алушы"),
        ("Байсейітова", "Сәуле", "Baiseitova", "Saule", "1979-01-25", "емтихан алушы"),
        ("Петров", "Иван", "Petrov", "Ivan", "1971-11-02", "емтихан алушы"),
        ("Садықова", "Дана", "Sadykova", "Dana", "1983-06-17", "сертификаттаушы"),
        ("Уәлиева", "Ботагөз", "Ualiyeva", "Botagoz", "1981-03-08", "сертификаттаушы"),
    ]
    rows += people
    rows.append(("", "", "García López", "Lucía", "1969-02-14",
                 "шақырылған сарапшы, Гранада университеті, 2026-01-10 хаты"))
    write("staff.csv", header, rows)
    write("appointments.csv", ["person", "role", "organisation", "file"], [
        ("Серікова Әлия", "registrar", "SCHOOL", "registrar.token"),
        ("Ким Елена", "examiner", "SCHOOL", "chair.token"),
        ("Байсейітова Сәуле", "examiner", "SCHOOL", "examiner.token"),
        ("García Lucía", "examiner", "SCHOOL", "expert.token"),
        ("Айдарбеков", "examiner", "SCHOOL", "taught.token"),
        ("Садықова Дана", "certifier", "SCHOOL", "certifier.token"),
        ("Уәлиева Ботагөз", "certifier", "SCHOOL", "second.token"),
        ("", "verifier", "UGR", "granada.token"),
    ])
    return trainers


def cohorts(trainers):
    rows = []
    for n in range(40):
        centre = centres[n % 36]
        code = f"P1-{centre}" if n < 36 else f"P1-{centre}-B"
        rows.append((code, 1, centre, "kk" if n % 3 else "ru", "in_person", "2026-02-02",
                     "2026-03-31", region_of[centre[:3]], trainers[n % 36], "3-бағдарлама, 2018"))
    rows.append(("P2-ALA-01", 2, "ALA-01", "kk", "blended", "2026-05-04", "2026-06-30",
                 "Алматы қаласы", trainers[1], "3-бағдарлама, 2018"))
    rows.append(("P3-ALA-01", 3, "ALA-01", "kk", "in_person", "2026-09-01", "2026-10-15",
                 "Алматы қаласы", trainers[2], "3-бағдарлама, 2018"))
    write("cohorts.csv", ["code", "programme", "organisation", "language", "form", "from",
                          "until", "place", "trainer", "evidence"], rows)
    return rows


def trainees(cohorts):
    people = []
    for n in range(400):
        woman = n % 2 == 0
        kk, ru, latin = SURNAMES[n // 20]
        given = (WOMEN if woman else MEN)[(n // 2) % 10]
        father = MEN[(n // 10) % 10]
        ending = ("қызы", "кызы") if woman else ("ұлы", "улы")
        year, month, day = 1970 + n % 28, 1 + n % 12, 1 + n % 28
        people.append([
            cohorts[n // 10][0],
            kk + ("а" if woman else ""), given[0], father[0] + ending[0] if n % 7 else "",
            ru + ("а" if woman else ""), given[1], father[1] + ending[1] if n % 7 else "",
            latin + ("a" if woman else ""), given[2],
            f"{day:02}.{month:02}.{year}" if n % 2 else f"{year}-{month:02}-{day:02}",
            iin(year, month, day, woman, 1000 + n), "жоғары" if n % 3 else "higher", "", "", "",
        ])
    # A trainee from abroad without an IIN: passport instead.
    people[17][1:7] = ["", "", "", "", "", ""]
    people[17][7:9] = ["Müller", "Jürgen"]
    people[17][10] = ""
    people[17][12:15] = ["DEU", "passport", "C01X00T47"]
    return people


HEADER = ["Топ", "Тегі", "Аты", "Әкесінің аты", "Фамилия", "Имя", "Отчество", "surname_latin",
          "given_latin", "Туған күні", "ЖСН", "Білімі", "document_country", "document_type",
          "document_number"]


def broken(people):
    """The list as it came from the office: what spreadsheets and hurry do to it."""
    rows = [list(row) for row in people]
    rows[2][10] = "9,91231E+11"
    rows[11][10] = rows[11][10][2:]
    rows[23][1] = "?бдуллин"
    rows[31][2] = "Мәдин\ufffd"
    rows[44][10] = rows[44][10][:10] + str((int(rows[44][10][10]) + 5) % 10) + rows[44][10][11]
    digits = list(rows[45][10])
    digits[3] = str((int(digits[3]) + 1) % 10)
    rows[45][10] = "".join(digits)
    rows[58][9] = "31.02.1980"
    rows[67][9] = "2004-05-01"
    rows[80][7] = "Ысқақов"
    rows[99] = list(rows[98])
    rows[120][0] = "P1-XXX-01"
    rows[133][11] = "орта"
    return rows


def hours(cohort_rows):
    """Every class of the 40 general cohorts but the last two days of the first: hours short."""
    header = ["cohort", "date", "start", "theory", "practice", "trainer"]
    rows, rest = [], []
    days = ["2026-02-03", "2026-02-05", "2026-02-10", "2026-02-12",
            "2026-02-17", "2026-02-19", "2026-02-24", "2026-02-26"]
    for row in cohort_rows[:40]:
        # A second cohort of a centre meets in the weeks after, with the same trainer.
        late = row[0].endswith("-B")
        for n, day in enumerate(days):
            day = "2026-03-" + day[-2:] if late else day
            line = (row[0], day, "09:00", 9 if n < 4 else "", "" if n < 4 else 9, row[8])
            (rest if row[0] == "P1-ALA-01" and n >= 6 else rows).append(line)
    write("hours.csv", header, rows, ";")
    write("hours-made-up.csv", header, rest)
    later = []
    for code, first, count in (("P2-ALA-01", "2026-05-", 6), ("P3-ALA-01", "2026-09-", 4)):
        trainer = next(row[8] for row in cohort_rows if row[0] == code)
        total = 25 if code.startswith("P2") else 16
        for kind in ("theory", "practice"):
            left = total
            base = 5 if kind == "theory" else 15
            for n in range(count // 2):
                hours = min(9, left) if n < count // 2 - 1 else left
                left -= hours
                later.append((code, f"{first}{base + n:02}", "09:00",
                              hours if kind == "theory" else "",
                              hours if kind == "practice" else "", trainer))
    for code in ("P2", "P3"):
        write(f"hours-{code.lower()}.csv", header, [row for row in later if row[0].startswith(code)])


def results(people):
    header = ["iin", "test", "role_play", "interview", "absent"]
    first = [p for p in people if p[0] == "P1-ALA-01"]
    rows = []
    for n, person in enumerate(first):
        scores = (80 - n, 75 + n, 90) if n != 3 else (41, 72, 65)
        rows.append((person[10], *scores, "") if n != 7 else (person[10], "", "", "", "иә"))
    write("results.csv", header, rows)
    write("retake.csv", header, [(first[3][10], 77, 80, 81, ""), (first[7][10], 66, 91, 70, "")])
    write("results-later.csv", header, [(p[10], 88, 84, 92, "") for p in first[:3]])


def later_intake(people):
    """Three of the first cohort go on to the second and third programmes."""
    rows = []
    for person in people[:3]:
        rows.append(["P2-ALA-01"] + person[1:])
    write("intake-p2.csv", HEADER, rows)
    write("intake-p3.csv", HEADER, [["P3-ALA-01"] + row[1:] for row in rows])


organisations()
cohort_rows = cohorts(staff())
everybody = trainees(cohort_rows)
write("intake-as-received.csv", HEADER, broken(everybody), ";")
write("intake.csv", HEADER, everybody, ";")
hours(cohort_rows)
results(everybody)
later_intake(everybody)
