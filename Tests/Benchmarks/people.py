"""Makes people with names as Kazakhstan has them, and queries made by rule from the names of some.

Usage: people.py COUNT FOLDER writes people.csv, as `bitim person add` takes it, and queries.tsv. The same people and
queries come each time; fewer people are the first of more. Names of fathers make patronymics and surnames.
"""
import csv
import pathlib
import random
import sys

MEN = """Абай Абзал Адай Айбек Айдар Айдос Айтқали Алмас Амангелді Арман Арнұр Асан Асқар Асхат Ахмет Әділ Әділет Әлихан
Әмір Бақыт Бақытжан Батыр Бауыржан Бекзат Берік Болат Ғабит Ғалым Ғани Дархан Дәулет Дидар Досжан Думан Ерболат Ерғали
Ерлан Ермек Еркін Ержан Есен Жақсылық Жандос Жарас Жасұлан Жомарт Жұмабай Заңғар Ибраһим Ілияс Кеңес Көктем Қабдолла Қайрат
Қайсар Қанат Қасым Қуаныш Құрман Мақсат Манас Марат Медет Мейрам Мұрат Мұхтар Мырза Назар Нариман Нұрбол Нұржан Нұрлан Олжас
Оразалы Өмірзақ Өтеген Рахат Рашид Рүстем Сағат Саян Сапар Сәбит Сейіт Серік Сұлтан Талғат Тимур Төлеген Тілеген Ұлан Үміт
Хамит Шалқар Шерхан Шыңғыс Ырысбек""".split()
WOMEN = """Айгерім Айгүл Айжан Айнұр Айым Ақбота Ақмарал Алма Алтын Анар Арай Аружан Асель Әйгерім Әлия Әсем Баян Бибігүл Ботагөз
Ғалия Гауһар Гүлжан Гүлмира Гүлнәр Гүлсім Дана Дариға Дәмелі Диана Динара Жадыра Жанар Жансая Жұлдыз Зарина Зейнеп Зере Индира
Инкар Камила Кәмшат Қарлығаш Қымбат Ләззат Ләйла Мадина Майра Мақпал Мәдина Меруерт Мөлдір Назгүл Назым Нұргүл Нұрсұлу Перизат
Раушан Роза Сабина Салтанат Самал Сандуғаш Сәуле Сәния Толқын Тоғжан Ұлбосын Ұлжан Үміт Фариза Хадиша Шолпан Шынар Ырысты
Іңкәр""".split()
RUSSIAN = dict(zip("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноууxиАГКНОУУХИ")) | {"һ": "х"}
LATIN = dict(zip("абвгдезиклмнопрстуфыэәғқңөұүіёй", "abvgdeziklmnoprstufyeagknouuiey")) | {
    "ж": "zh", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}


def russian(word):
    return "".join(RUSSIAN.get(letter, letter) for letter in word)


def latin(word):
    return "".join(LATIN.get(letter, letter) for letter in word.lower()).title()


def soft(name):
    return name[-1] in "йьі"


def people(count):
    """Numbered people: names in Kazakh, who has names in which scripts, and a day of birth."""
    draw, seen = random.Random(20261129), set()
    while len(seen) < count:
        woman = draw.random() < 0.6
        father, ancestor = draw.choice(MEN), draw.choice(MEN)
        stem = ancestor.rstrip("йіы")
        surname = stem + ("ев" if soft(ancestor) else "ов") + ("а" if woman else "")
        given = draw.choice(WOMEN if woman else MEN)
        patronymic = father + ("қызы" if woman else "ұлы")
        born = f"{draw.randint(1955, 2001)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        scripts = draw.choice(["kk latin", "ru latin", "kk ru", "latin", "kk ru latin"])
        one = (surname, given, patronymic, born)
        if one not in seen:
            seen.add(one)
            yield {"names": (surname, given, patronymic), "born": born, "scripts": scripts.split()}


given_out = set()


def iin(born):
    """Twelve digits that nobody else has, the last of which checks the others."""
    first = f"{born[2:4]}{born[5:7]}{born[8:10]}"
    for serial in range(100_000):
        digits = [int(letter) for letter in f"{first}{serial:05}"]
        if tuple(digits) in given_out:
            continue
        given_out.add(tuple(digits))
        for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
            check = sum(map(int.__mul__, digits, weights)) % 11
            if check < 10:
                return "".join(map(str, digits)) + str(check)
    raise ValueError(born)


def written(one, script):
    return [{"kk": str, "ru": russian, "latin": latin}[script](name) for name in one["names"]]


def slip(word, kind, draw):
    """A word with one mistake."""
    at = draw.randrange(1, len(word) - 1)
    if kind == "left out":
        return word[:at] + word[at + 1:]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "swapped":
        while word[at] == word[at - 1]:
            at = draw.randrange(1, len(word) - 1)
        return word[:at - 1] + word[at] + word[at - 1] + word[at + 1:]
    other = draw.choice([letter for letter in "аеонклртви" if letter != word[at]])
    return word[:at] + (LATIN[other] if word.isascii() else other) + word[at + 1:]


def other_latin(word):
    """As those write who follow neither passports nor one rule."""
    for usual, other in (("kh", "h"), ("zh", "j"), ("k", "q"), ("ya", "ia"), ("yu", "iu")):
        word = word.replace(usual, other).replace(usual.title(), other.title())
    return word


def queries(some):
    """A rule, what it makes of somebody's names, and who that is: each rule is applied to twenty."""
    draw = random.Random(7)
    rules = ["beginnings", "other script", "other latin", "left out", "doubled", "swapped", "changed", "in russian letters",
             "mistake and birth", "two mistakes"]
    for number, one in enumerate(some):
        rule = rules[number % len(rules)]
        script = one["scripts"][0]
        surname, given, patronymic = written(one, script)
        if rule == "beginnings":
            query = f"{given[:5]} {surname[:4]} {patronymic[:4]}"
        elif rule == "other script":
            query = " ".join(written(one, "ru" if script == "latin" else "latin"))
        elif rule == "other latin":
            query = " ".join(map(other_latin, written(one, "latin")))
        elif rule == "in russian letters":
            query = " ".join(written(one, "ru"))
        elif rule == "mistake and birth":
            query = f"{slip(surname, 'left out', draw)} {one['born']}"
        elif rule == "two mistakes":
            query = f"{slip(surname, 'changed', draw)} {slip(given, 'swapped', draw)} {patronymic}"
        else:
            query = f"{slip(surname, rule, draw)} {given} {patronymic}"
        yield rule, query, one


def main():
    count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    parts = [f"{part}_{script}" for script in ("kk", "ru", "latin") for part in ("surname", "given", "patronymic")]
    some = []
    with open(folder / "people.csv", "w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([*parts, "birth_date", "iin"])
        for number, one in enumerate(people(count)):
            one["iin"] = iin(one["born"])
            if number < 200:
                some.append(one)
            names = sum([written(one, script) if script in one["scripts"] else ["", "", ""]
                         for script in ("kk", "ru", "latin")], [])
            lines.writerow([*names, one["born"], one["iin"]])
    with open(folder / "queries.tsv", "w") as file:
        for rule, query, one in queries(some):
            file.write(f"{rule}\t{query}\t{one['iin']}\n")


if __name__ == "__main__":
    main()
