"""Takes every trigger with meaning out of the database, whole or in part, and asks that a test notices.

The tests that try plain SQL run once for all: they try each mutant of the file that `BITIM_TRIGGER_MUTANTS` names. For
one that they do not notice the tests that draw random facts run, with its SQL in `BITIM_TRIGGER_MUTANT`. A trigger that refuses on several grounds, by OR, by several RAISE or by several statements,
loses one at a time; another is dropped. Triggers that say the same of table after table are tried by one test over all
tables instead, and are only counted here: --all takes them too.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import sqlite3
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from domain import ROOT, allowed  # noqa: E402
from program import watched  # noqa: E402
from source import Source  # noqa: E402

ATTEMPTS = "PlainSQLTests"
# What the check says of a missing trigger is no rule of the field, and rows that stay have triggers that are generated.
SKIPPED = ["PlainSQLTests/tampered", "PlainSQLTests/kept"]
STORE_TESTS = ROOT / "Tests/StoreTests"
RULES = ROOT / "schema/registry/rules.sql"
KEY = r"\w+ = new\.\w+"
# Rows that never change, that are never deleted, keys that are there already, references.
GENERATED = [
    re.compile(r"\w+_stays_[udi] BEFORE (?:UPDATE|DELETE|INSERT) ON \w+ BEGIN"),
    re.compile(
        r"\w+_(?:stays_i|unique_\w+) BEFORE INSERT ON (\w+) WHEN EXISTS \(SELECT 1 FROM \1 "
        rf"WHERE {KEY}(?: AND {KEY})*\) BEGIN"),
    re.compile(
        r"\w+_refers BEFORE INSERT ON \w+ "
        rf"WHEN (?:(?: OR )?NOT EXISTS \(SELECT 1 FROM \w+ WHERE {KEY}\))+ BEGIN"),
]


def blanked(text):
    """SQL without comments and the insides of its strings, place by place."""
    return re.sub(
        r"--[^\n]*|'(?:[^']|'')*'",
        lambda m: m.group() if m.group() == "''" else
        ("'" + " " * (len(m.group()) - 2) + "'" if m.group()[0] == "'" else " " * len(m.group())), text)


class Mutant:
    """One trigger, or a part of one, that is taken out."""

    def __init__(self, file, line, name, table, part, text, sql):
        self.file, self.line, self.name, self.table = file, line, name, table
        self.part, self.text, self.sql = part, text, sql

    def __str__(self):
        return f"{self.file}:{self.line}: {self.text}"


class Triggers:
    """The triggers of a file, and what may be taken out of them."""

    def __init__(self, path, text):
        self.source = Source(path, text, blanked)
        self.mutants, self.generated, self.names = [], [], []

    def read(self, everything=False):
        source = self.source
        for found in re.finditer(r"\bCREATE TRIGGER (?:IF NOT EXISTS )?(\w+)", source.mask):
            name, start = found.group(1), found.start()
            end = source.mask.index("END;", start) + 4
            self.names.append(name)
            said = source.said(found.start(1), end)
            if any(shape.match(said) for shape in GENERATED):
                self.generated.append(name)
                if everything:
                    self._add(name, start, start, end, None)
                continue
            parts = self._parts(start, end)
            for a, b, instead in parts if len(parts) > 1 else [(start, end, None)]:
                self._add(name, a, start, end, None if instead is None else (a, b, instead))
        return self

    def _add(self, name, place, start, end, part):
        source = self.source
        sql = f"DROP TRIGGER {name};"
        text = name
        if part:
            a, b, instead = part
            # In its place: created anew it would come before all others of its table.
            mutated = (source.text[start:a] + instead + source.text[b:end].removesuffix(";")).replace("'", "''")
            sql = (f"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '{mutated}' "
                   f"WHERE type = 'trigger' AND name = '{name}'; "
                   "PRAGMA writable_schema = RESET;")
            text = f"{name}: {source.said(a, b)}"
        table = re.compile(r"\bON (\w+)").search(source.mask, start, end).group(1)
        self.mutants.append(Mutant(source.path, source.line(place), name, table, part, text, sql))

    def _parts(self, start, end):
        """Spans that can be taken out, each with what stands there instead."""
        source = self.source
        body = re.compile(r"\bBEGIN\b").search(source.mask, start, end).end()
        parts = []
        grounds = [
            (a, b, not odd) for a, b, odd in self._ors(start, end)
            if re.search(r"\w", source.mask[a:b])]
        inner = [g for g in grounds if not any(o != g and g[0] <= o[0] and o[1] <= g[1] for o in grounds)]
        for a, b, positive in inner:
            parts.append((a, b, "0" if positive else "1"))
        raises = [
            (m.start(), source.pair[m.end() - 1] + 1, "0")
            for m in re.compile(r"\bRAISE\s*\(").finditer(source.mask, start, end)]
        statements = source.split(body, end - 4, ";")
        changes = [
            (a, b + 1, "SELECT 0;") for a, b in statements
            if re.match(r"INSERT|UPDATE|DELETE", source.mask[a:b])]
        if len(raises) + len(changes) > 1:
            parts += raises + changes
        return parts

    def _ors(self, start, end, odd=False):
        """The operands of every OR, and whether an odd number of NOT stands before them."""
        source, found = self.source, []
        bounds = re.compile(r"\b(WHEN|THEN|ELSE|WHERE|ON|FROM|JOIN|SELECT|BEGIN|BY|SET|CASE|END)\b|[,;]")
        cuts, ors = [start], []
        for place in source.top(start, end):
            if source.mask[place].isalnum() and place > start and source.mask[place - 1].isalnum():
                continue
            match = bounds.match(source.mask, place, end)
            if match:
                cuts += [place, match.end()]
            elif re.compile(r"OR\b(?! REPLACE| UPDATE)").match(source.mask, place, end):
                cuts += [place, place + 2]
                ors.append(place)
            elif source.mask[place] == "(":
                before = source.mask[start:place].rstrip()
                negated = re.search(r"\bNOT(\s+EXISTS)?$", before)
                found += self._ors(place + 1, source.pair[place], odd != bool(negated))
        cuts.append(end)
        for place in ors:
            left = max(cut for cut in cuts if cut < place)
            right = min(cut for cut in cuts if cut > place + 2)
            found += [(*source.trim(left, place), odd), (*source.trim(place + 2, right), odd)]
        return list(dict.fromkeys(found))


def proven(path, mutants):
    """Each mutant is a change that a database takes: else a typing error would count as noticed."""
    # Tables first; the triggers that keep their rows behind them.
    before = sorted(
        (f for f in path.parent.glob("*.sql") if f.name != path.name), key=lambda f: (f.name == "kept.sql", f.name))
    scripts = [f.read_text() for f in before] + [path.read_text()]
    for mutant in mutants:
        database = sqlite3.connect(":memory:")
        for script in scripts:
            database.executescript(script)
        try:
            named = "SELECT count(*), max(sql) FROM sqlite_master WHERE type = 'trigger' AND name = ?"
            before_it = database.execute(named, (mutant.name,)).fetchone()
            database.executescript(mutant.sql)
            after = database.execute(named, (mutant.name,)).fetchone()
            if after == before_it or after[0] and not mutant.part:
                raise sqlite3.Error("nothing was changed")
            if mutant.part:
                # The database must read it, and read it as it was written.
                database.executescript(f"DROP TRIGGER {mutant.name}; {after[1]};")
        except sqlite3.Error as error:
            sys.exit(f"FAIL: {mutant}: can't be tried: {error}\n{mutant.sql}")
        database.close()


def agreeing():
    """The suites that try random facts on a table: each drops the triggers of all others, so that no other can notice."""
    suites = {}
    for file in sorted(STORE_TESTS.glob("*AgreeTests.swift")):
        for found in re.finditer(r"RuleRows\(of: \[([^\]]*)\]", file.read_text()):
            for table in re.findall(r'"(\w+)"', found.group(1)):
                suites.setdefault(table, []).append(file.stem)
    return suites


def attempted(program, listed_mutants, folder, skipped):
    """Which of the pairs of SQL and table the attempts with plain SQL notice, all in one run."""
    listed = pathlib.Path(folder) / "mutants.json"
    listed.write_text(json.dumps([{"sql": sql, "table": table} for sql, table in listed_mutants]))
    failed, said = watched(
        program, [ATTEMPTS], skipped, timeout=1_200, TMPDIR=folder, BITIM_TRIGGER_MUTANTS=str(listed))
    if failed:
        print(said)
        sys.exit("FAIL: the tests that try plain SQL are not green")
    return {int(number) for number in re.findall(r"trigger mutant (\d+) noticed", said)}


def drawn(program, mutant, folder, suites):
    """Whether one of the suites that draw random facts fails with a mutant."""
    return any(
        watched(program, [suite], TMPDIR=folder, BITIM_TRIGGER_MUTANT=mutant.sql)[0]
        for suite in suites.get(mutant.table, []))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", type=pathlib.Path, nargs="?", default=RULES)
    parser.add_argument("--all", action="store_true", help="the generated ones too")
    parser.add_argument("--only", default="", help="only those whose file, line or text has this")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    arguments = parser.parse_args()
    began = time.monotonic()
    path = arguments.rules.resolve()
    name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
    triggers = Triggers(name, path.read_text()).read(arguments.all)
    mutants = [m for m in triggers.mutants if arguments.only in str(m)]
    if arguments.list:
        for mutant in mutants:
            print(mutant)
        print("generated:", ", ".join(triggers.generated))
        return
    proven(path, mutants)
    allow = allowed(pathlib.Path(__file__).parent / "allowed.tsv")
    allow = {row for row in allow if row[0] == name}
    programs = list((ROOT / ".build/debug").glob("*.xctest"))
    if len(programs) != 1:
        sys.exit(f"FAIL: build the tests first (scripts/test): {programs}")
    # In memory: a disk would be waited for a hundred times.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bm-", dir=memory) as folder:
        suites = agreeing()
        every = sorted({suite for named in suites.values() for suite in named})
        failed, said = watched(programs[0], every, TMPDIR=folder)
        if failed or not re.search(r"Test run with [1-9]\d* tests", said):
            print(said)
            sys.exit("FAIL: the tests that draw random facts are not green without a mutant")
        # The first is none, and the second a trigger that the attempts hold: else nothing could be believed of them.
        listed = [("", ""), ("DROP TRIGGER certificate_stays_u;", "")] + [(m.sql, m.table) for m in mutants]
        seen = attempted(programs[0], listed, folder, SKIPPED[:1] if arguments.all else SKIPPED)
        if seen & {0, 1} != {1}:
            sys.exit("FAIL: the tests do not try the SQL of BITIM_TRIGGER_MUTANTS")
        by_attempts = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(
                lambda pair: pair[0] in seen or drawn(programs[0], pair[1], folder, suites), enumerate(mutants, 2)))
    survivors = [m for m, seen in zip(mutants, results) if not seen]
    unexcused = [m for m in survivors if (m.file, m.text) not in allow]
    for mutant in unexcused:
        print(f"survived: {mutant}")
    stale = set() if arguments.only else allow - {(m.file, m.text) for m in survivors}
    for file, text in sorted(stale):
        print(f"allowed.tsv: {file}: {text}: is noticed, or is no longer there")
    print(f"triggers: {len(results)} tried, {len(unexcused)} survived, {len(survivors) - len(unexcused)} allowed, "
          f"{time.monotonic() - began:.1f} s ({by_attempts - began:.1f} s for the {len(seen) - 1} that attempts notice; "
          f"{len(triggers.generated)} generated of {len(triggers.names)} are tried by one test over all tables)")
    sys.exit(1 if unexcused or stale or not results else 0)


if __name__ == "__main__":
    main()
