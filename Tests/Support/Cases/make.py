#!/usr/bin/env python3
"""Makes `thirty-*.csv`: one messy list of thirty, as three programs save it. The same at every run."""
import pathlib
import random

HERE = pathlib.Path(__file__).parent
R = random.Random(30)
SURNAMES = [
    ("Әбілов", "Abilov"), ("Бекенов", "Bekenov"), ("Ғабдуллин", "Gabdullin"), ("Досжанов", "Doszhanov"),
    ("Есенов", "Yessenov"), ("Жүнісов", "Zhunissov"), ("Қасымов", "Kassymov"), ("Мұратов", "Muratov"),
    ("Нұрланов", "Nurlanov"), ("Өтегенов", "Utegenov"), ("Рысқұлов", "Ryskulov"), ("Сәрсенов", "Sarsenov"),
    ("Тілеубаев", "Tleubayev"), ("Үсенов", "Ussenov"), ("Шәріпов", "Sharipov"),
]
GIVEN = [
    ("Әлихан", "Alikhan", "Қайратұлы"), ("Бауыржан", "Bauyrzhan", "Серікұлы"),
    ("Ғалым", "Galym", "Ерланұлы"), ("Дәурен", "Dauren", ""), ("Нұрсұлтан", "Nursultan", "Маратұлы"),
]
WORDS = ["жоғары", "Высшее юридическое", "бакалавр", "магистр", "ЖОО", "В/о"]


def iin(day, serial):
    while True:
        body = f"{day[2:4]}{day[5:7]}{day[8:10]}{'5' if day >= '2000' else '3'}{serial:04}"
        digits = [int(c) for c in body]
        for weights in (range(1, 12), [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]):
            check = sum(d * w for d, w in zip(digits, weights)) % 11
            if check < 10:
                return body + str(check)
        serial += 1


def rows():
    for n in range(30):
        (surname, latin), (given, latin_given, patronymic) = SURNAMES[n % 15], GIVEN[n // 6]
        day = f"{1965 + n}-{1 + n % 12:02}-{1 + n % 27:02}"
        if n == 7:
            day = "2000-05-01"
        name = " ".join([surname, given, patronymic]).strip()
        number = iin(day, 3000 + R.randrange(900))
        if n == 3:
            name = name.upper()
        if n == 7:
            number = number.lstrip("0")
        if n == 11:
            name = name.replace("а", "a", 1)  # A Latin letter.
        if n == 19:
            name += " -"
        if n == 22:
            name = name.replace(" ", "\u00a0")
        typed = [f"{day[8:10]}.{day[5:7]}.{day[:4]}", day, day.replace("-", "/")][n % 3]
        cohort = {0: "X-01", 10: "T-01", 20: "T-03"}.get(n, "")
        yield [str(n + 1), cohort, name, latin, latin_given, typed, number, WORDS[n % 6],
               f"+7 701 000 00 {n:02}", ""]


def cell(text, separator):
    return '"' + text.replace('"', '""') + '"' if separator in text or "\n" in text else text


TITLES = ["№\nп/п", "Топ", "Т.А.Ә.\n(толық)", "Фамилия\nлатиницей", "Имя\nлатиницей", "Туған\nкүні",
          "ЖСН/ИИН", "Білімі", "Телефон", "Қолы"]
empty = [""] * 10
TABLE = [
    ["Медиаторларды даярлау курсының тыңдаушылары"] + [""] * 9,
    ["2026 жылғы қазан, Алматы"] + [""] * 9, empty, TITLES, [str(n + 1) for n in range(10)],
    *rows(),
    empty, ["Барлығы:", "", "30"] + [""] * 7, ["Орындаушы: Серікова Ә."] + [""] * 9,
]
for name, encoding, separator in [("utf8", "utf-8-sig", ";"), ("utf16", "utf-16", "\t"), ("kz1048", "kz1048", ";")]:
    text = "".join(separator.join(cell(c, separator) for c in row) + "\r\n" for row in TABLE)
    (HERE / f"thirty-{name}.csv").write_bytes(text.encode(encoding))
