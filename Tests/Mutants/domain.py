"""Switches off every refusal of the domain, one at a time, and asks that a test notices.

Domain and its tests are copied into a package of two targets. In the copy each way to refuse gets a number, and
`Mutant.on(n)` switches that one off; so the package is built once and its tests run once a number. What is tried:

    never      a condition of a guard always holds, a condition of an `if` that refuses never does, a rule is always met
    unbound    what a `let` of a guard asks for is there: the run ends where it is not
    not added  a refusal is not put into the list
    another    the refusal has another reason: a test must ask for the whole refusal
    reached    what is thrown and has no other reason: a test must come there

A mention of a reason that none of these covers is a failure too: nothing is left out in silence.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import TIMED_OUT, watched  # noqa: E402
from source import Edits, Source  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
REASONED = re.compile(r"(?:->|:)\s*\[?\s*Reason(?:\.[A-Z]\w*)?\s*\]?\s*\??\s*(?=\{)")
LISTS = re.compile(r"(?<![\w.])((?:self\.|Self\.)?\w+)\s*\.\s*append\s*\(")
TIMEOUT = 30

MUTANT = """import Glibc

/// Which refusal is switched off in this run.
public enum Mutant {
  public static let number: Int = {
    guard let text = unsafe getenv("BITIM_MUTANT") else { return 0 }
    return Int(unsafe String(cString: text)) ?? 0
  }()
  /// Whether this one is switched off.
  public static func on(_ number: Int) -> Bool { number == Self.number }
  /// Another value of a closed list.
  public static func other<Value: CaseIterable & Equatable>(_ number: Int, _ value: Value) -> Value {
    guard number == Self.number else { return value }
    for another in Value.allCases where another != value { return another }
    return value
  }
  /// What a guard asks for; the run ends if it isn't there.
  public static func bound<Value>(_ number: Int, _ value: Value?) -> Value? {
    if number == Self.number, value == nil { _exit(86) }
    return value
  }
  /// What is thrown; the run ends if it is.
  public static func reached<Failure: Error>(_ number: Int, _ failure: Failure) -> Failure {
    if number == Self.number { _exit(86) }
    return failure
  }
}
"""

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

SETTINGS

let package = Package(
  name: "bitim",
  targets: [
    .target(name: "BitimDomain", path: "Sources", swiftSettings: strict),
    .testTarget(
      name: "DomainTests", dependencies: ["BitimDomain"], path: "Tests", swiftSettings: strict),
  ]
)
"""


class Mutant:
    """One way to switch a refusal off."""

    def __init__(self, number, file, line, how, text):
        self.number, self.file, self.line, self.how, self.text = number, file, line, how, text

    def __str__(self):
        return f"{self.file}:{self.line}: {self.how}: {self.text}"


class Mutator:
    """Finds the refusals of files, and rewrites them with switches."""

    def __init__(self, sources):
        self.sources = sources
        self.mutants = []
        self.unhandled = []  # as mutants, without a number
        self.rewritten = {}
        self.reasons = set()
        self.takers = {"Refusal": ("", 0)}  # who takes a reason: its label, its place
        self.declared = set()  # whoever can be called
        for source in sources:
            self._learn(source)
        for source in sources:
            _File(self, source).rewrite()

    def _learn(self, source):
        """The words of `enum Reason`, and whatever has a parameter of that type."""
        for found in re.finditer(r"\benum Reason\b[^{]*(?=\{)", source.mask):
            body = source.mask[found.end() : source.pair[found.end()]]
            for line in re.findall(r"^\s*case ([^:\n]+)$", body, re.M):
                for word in line.split(","):
                    self.reasons.add(word.split("=")[0].strip().strip("`"))
        self.declared.update(re.findall(r"\b(?:func|struct|class|actor)\s+(\w+)", source.mask))
        for found in re.finditer(r"\b(?:func\s+(\w+)|init[?!]?)\s*(?:<[^>]*>\s*)?(?=\()", source.mask):
            start = found.end()
            name = found.group(1) or self._type(source, start)
            for index, (a, b) in enumerate(source.split(start + 1, source.pair[start], ",")):
                parameter = re.match(r"(\w+)(?:\s+\w+)?\s*:\s*Reason\b", source.mask[a:b])
                if parameter and name:
                    label = parameter.group(1)
                    self.takers[name] = ("" if label == "_" else label, index)
        for found in re.finditer(r"\blet (\w+)\s*:\s*Reason\b\??", source.mask):
            name = self._type(source, found.start())
            if name and name not in self.takers:
                self.takers[name] = (found.group(1), None)

    @staticmethod
    def _type(source, place):
        name = None
        for found in re.finditer(r"\b(?:struct|enum|class|extension)\s+([\w.]+)[^{]*(?=\{)", source.mask):
            if found.end() < place < source.pair.get(found.end(), 0):
                name = found.group(1).split(".")[-1]
        return name

    def new(self, source, how, start, end, text=None):
        mutant = Mutant(
            len(self.mutants) + 1, source.path, source.line(start), how, text or source.said(start, end))
        self.mutants.append(mutant)
        return mutant.number


class _File:
    """The rewriting of one file."""

    def __init__(self, mutator, source):
        self.mutator, self.source, self.edits = mutator, source, Edits()
        self.heads = self._heads()
        self.headed = set()
        self.done = set()  # where a reason stands that a mutant covers

    def rewrite(self):
        self._throws()
        self._constructions()
        self._takers()
        self._reasoned()
        self._defaults()
        self._lists()
        self._findings()
        self._leftover()
        self.mutator.rewritten[self.source.path] = self.edits.applied(self.source.text)

    # Heads: `guard … else {`, `if … {`.

    def _heads(self):
        source, heads = self.source, {}
        for found in re.finditer(r"(?<![\w.`])(guard|if)\b", source.mask):
            word, start = found.group(1), found.end()
            for place in source.top(start, len(source.mask)):
                if word == "if" and source.mask[place] == "{":
                    heads[place] = (word, *source.trim(start, place))
                    break
                if word == "guard" and re.compile(r"(?<=[\s)}\]])else\s*\{").match(source.mask, place):
                    heads[source.mask.index("{", place)] = (word, *source.trim(start, place))
                    break
        return heads

    def _guarded(self, place):
        """Numbers the conditions that lead to a refusal."""
        block = self.source.block(place)
        if block in self.headed or block not in self.heads:
            return
        self.headed.add(block)
        word, start, end = self.heads[block]
        clauses = self.source.split(start, end, ",")
        (self._guard if word == "guard" else self._if)(start, end, clauses)

    def _guard(self, start, end, clauses):
        for a, b in clauses:
            if re.match(r"(let|var|case)\b", self.source.mask[a:b]):
                self._binding(a, b)
            else:
                for ground in self._grounds(a, b, "&&", "||"):
                    number = self.mutator.new(
                        self.source, "never", *ground, f"guard {self.source.said(*ground)}")
                    self._ternary(*ground, f"Mutant.on({number}) ? true :")

    def _binding(self, a, b):
        """A `let` of a guard: its value is needed, so that it can only be watched."""
        source = self.source
        if source.mask.startswith("case", a):
            return  # The throw itself has a mutant.
        found = re.match(r"(?:let|var)\s+(\w+)\s*(?::[^=]+)?(=?)\s*", source.mask[a:b])
        if not found:
            return
        number = self.mutator.new(source, "unbound", a, b, f"guard {source.said(a, b)}")
        if found.group(2):
            self.edits.wrap(a + found.end(), b, f"Mutant.bound({number}, ", ")")
        else:
            self.edits.wrap(b, b, f" = Mutant.bound({number}, {found.group(1)})", "")

    def _if(self, start, end, clauses):
        grounds = []
        for a, b in clauses:
            if not re.match(r"(let|var|case)\b", self.source.mask[a:b]):
                found = self._grounds(a, b, "||", "&&")
                grounds += found if len(found) > 1 or len(clauses) == 1 else []
        if len(grounds) < 2:
            number = self.mutator.new(
                self.source, "never", start, end, f"if {self.source.said(start, end)}")
            self.edits.wrap(start, end, f"!Mutant.on({number}), ", "")
        for ground in grounds if len(grounds) > 1 else []:
            number = self.mutator.new(self.source, "never", *ground, f"if {self.source.said(*ground)}")
            self._ternary(*ground, f"Mutant.on({number}) ? false :")

    def _grounds(self, start, end, own, other):
        """The parts of a condition each of which refuses by itself."""
        source = self.source
        start, end = source.unwrapped(start, end)
        if source.has(start, end, r"\?\s"):
            return [(start, end)]
        either = source.split(start, end, "||")
        if len(either) > 1:
            parts, joined = either, "||"
        else:
            parts, joined = source.split(start, end, "&&"), "&&"
        if len(parts) < 2:
            return [(start, end)]
        if joined == own:
            return [ground for part in parts for ground in self._grounds(*part, own, other)]
        deeper = [self._grounds(*part, own, other) for part in parts]
        deeper = [ground for grounds in deeper if len(grounds) > 1 for ground in grounds]
        return deeper or [(start, end)]

    def _ternary(self, start, end, before):
        """A condition with a switch before it; no closure, so that what it throws keeps its type."""
        attempt = re.match(r"try\s+", self.source.mask[start:end])
        if attempt:
            start += attempt.end()
        self.edits.wrap(start, end, f"({before} (", "))")

    # Refusals.

    def _throws(self):
        source = self.source
        for found in re.finditer(r"\bthrow\s+", source.mask):
            if re.match(r"(?:(?:self|Self)\.)?Refusal\s*\(|\.init\s*\(", source.mask[found.end() :]):
                self._guarded(found.start())
                continue  # The construction has a mutant of its own.
            end = self._end(found.end())
            self._guarded(found.start())
            number = self.mutator.new(source, "reached", found.start(), end)
            self.edits.wrap(found.end(), end, f"Mutant.reached({number}, ", ")")

    def _constructions(self):
        source = self.source
        for found in re.finditer(r"(?<![\w.])(?:throw\s+(\.init)|Refusal(?:\.init)?)\s*(?=\()", source.mask):
            start = found.end()
            arguments = source.split(start + 1, source.pair[start], ",")
            self._guarded(found.start())
            self._reason(*arguments[0], source.said(found.start(1) if found.group(1) else found.start(),
                                                    source.pair[start] + 1))

    def _takers(self):
        """Calls of what takes a reason: `require(day >= issued, or: .beforeIssue)`."""
        source = self.source
        for name, (label, index) in self.mutator.takers.items():
            if name == "Refusal":
                continue
            for found in re.finditer(rf"(?<!func )\b{name}\s*(?=\()", source.mask):
                start = found.end()
                for place, (a, b) in enumerate(source.split(start + 1, source.pair[start], ",")):
                    named = re.match(r"(\w+)\s*:\s*", source.mask[a:b])
                    if (named.group(1) if named else "") != label or (not label and place != index):
                        continue
                    self._guarded(found.start())
                    self._reason(
                        a + (named.end() if named else 0), b,
                        source.said(found.start(), source.pair[start] + 1), quiet=True)

    def _reason(self, start, end, said, quiet=False):
        """Numbers every reason that an expression may be."""
        source = self.source
        start, end = source.unwrapped(start, end)
        question = [p for p in source.top(start, end) if re.compile(r"\?\s").match(source.mask, p)]
        if question:
            colons = [p for p in source.top(question[0], end) if re.compile(r":\s").match(source.mask, p)]
            self._reason(question[0] + 1, colons[0], said, quiet)
            self._reason(colons[0] + 1, end, said, quiet)
            return
        start, end = source.trim(start, end)
        if source.mask[start:end] == "nil" or start in self.done:
            return
        if quiet and not re.match(r"(?:Reason)?\.\w+$", source.mask[start:end]):
            return  # A reason that is handed on: it has a mutant where it is named.
        self.done.add(start)
        number = self.mutator.new(source, "another", start, end, said)
        self.edits.wrap(start, end, f"Mutant.other({number}, ", ")")

    def _reasoned(self):
        """Functions and properties whose value is a reason."""
        source = self.source
        for found in REASONED.finditer(source.mask):
            start, stop = found.end(), source.pair[found.end()]
            for spot in re.finditer(r"\breturn\s+|:\s+(?=\.)|[\[,?]\s*(?=\.)|\{\s*(?=\.)", source.mask[start:stop]):
                begin = start + spot.end()
                end = self._end(begin)
                if spot.group().startswith("return"):
                    self._returned(begin, end, start)
                elif self._word(begin) in self.mutator.reasons and self._inside(begin, start):
                    self._guarded(begin)
                    self._reason(begin, begin + len(self._word(begin)) + 1, source.said(begin, end))

    def _defaults(self):
        """A parameter or a property that is a reason unless told otherwise."""
        for found in re.finditer(r":\s*Reason\b\??\s*=\s*(?=\.\w)", self.source.mask):
            begin = found.end()
            if self._word(begin) in self.mutator.reasons:
                self._reason(begin, begin + len(self._word(begin)) + 1, self.source.said(found.start(), begin) + " ."
                             + self._word(begin))

    def _returned(self, begin, end, start):
        source = self.source
        if not self._inside(begin, start):
            return
        if source.has(begin, end, r"\?\s") or re.match(r"\(*\.\w+\)*$|\(*Reason\.\w+\)*$", source.mask[begin:end]):
            self._guarded(begin)
            question = source.has(begin, end, r"\?\s")
            for part in self._leaves(begin, end) if question else [(begin, end)]:
                if re.match(r"(?:Reason)?\.\w+$", source.mask[slice(*part)]):
                    self._reason(*part, source.said(begin, end))

    def _leaves(self, start, end):
        source = self.source
        start, end = source.unwrapped(start, end)
        for place in source.top(start, end):
            if re.compile(r"\?\s").match(source.mask, place):
                for colon in source.top(place, end):
                    if re.compile(r":\s").match(source.mask, colon):
                        return self._leaves(place + 1, colon) + self._leaves(colon + 1, end)
        return [source.trim(start, end)]

    def _inside(self, place, start):
        """Whether a place is in the function that begins there, and in no pattern of a `case`."""
        line = self.source.mask[self.source.mask.rfind("\n", 0, place) + 1 : place]
        return self.source.pair[start] > place and not re.search(r"\bcase\b[^:]*$", line)

    def _word(self, place):
        found = re.match(r"\.(\w+)", self.source.mask[place:])
        return found.group(1) if found else None

    def _lists(self):
        """Refusals and findings that are gathered: one is left out."""
        source = self.source
        for found in LISTS.finditer(source.mask):
            start, close = found.end() - 1, source.pair[found.end() - 1]
            inner = source.mask[start:close]
            if not re.search(r"\b(?:Refusal|\w*Finding)\s*\(", inner) and not re.search(
                r"(?i)refusal|finding|reason", found.group(1)
            ):
                continue
            self._guarded(found.start())
            number = self.mutator.new(source, "not added", found.start(), close + 1)
            self.edits.wrap(found.start(), close + 1, f"if !Mutant.on({number}) {{ ", " }")

    def _findings(self):
        """Rules that explain themselves: one is always met."""
        source = self.source
        for found in re.finditer(r"\bisMet\s*:(?!\s*Bool\b)\s*", source.mask):
            call = source.call(found.start())
            if call is None:
                continue
            for a, b in source.split(call + 1, source.pair[call], ","):
                if a == found.start():
                    # A value that is handed on is decided elsewhere: a `var isMet` there.
                    number = self.mutator.new(source, "never", a, b)
                    self._ternary(found.end(), b, f"Mutant.on({number}) ? true :")

    def _leftover(self):
        """Reasons that stand where no rule of this file found them."""
        source = self.source
        # Of the words of the schema one may be called as a reason is.
        if str(source.path).endswith("Generated/Words.swift"):
            return
        for found in re.finditer(r"(?<![\w)\]?!}>])(?:Reason)?\.(\w+)\b(?!\s*[(.])", source.mask):
            if found.group(1) not in self.mutator.reasons or found.start() in self.done:
                continue
            before = source.mask[: found.start()].rstrip()
            line = before[before.rfind("\n") + 1 :]
            if before.endswith(("==", "!=", "~=")) or re.search(r"\bcase\b[^:]*$", line + " "):
                continue
            if self._pattern(found.start()) or self._elsewhere(found.start()):
                continue
            self.mutator.unhandled.append(
                Mutant(0, source.path, source.line(found.start()), "not understood",
                       source.said(source.starts[source.line(found.start()) - 1],
                                   (source.starts + [len(source.text)])[source.line(found.start())])))

    def _pattern(self, place):
        """Whether a place is in the patterns of a `case` of several lines."""
        before = self.source.mask[:place]
        case = max(before.rfind("case "), before.rfind("case\n"))
        return case >= 0 and not re.search(r"[:{};]", before[case:])

    def _elsewhere(self, place):
        """Whether a word only looks like a reason: who is called is known, and takes none."""
        call = self.source.call(place)
        name = re.search(r"(\w+)\s*$", self.source.mask[:call]) if call is not None else None
        if not name or name.group(1) in self.mutator.takers:
            return False
        return name.group(1) in self.mutator.declared or name.group(1).endswith("Finding")

    def _end(self, start):
        """Where the expression ends that begins there: at the end of its line, unless brackets or an operator go on."""
        source = self.source
        for place in source.top(start, len(source.mask)):
            character = source.mask[place]
            if character in ")]};":
                return source.trim(start, place)[1]
            if character == "\n":
                rest = source.mask[place:].lstrip()
                if not re.match(r"[?:.&|+*/<>=-]|!=", rest) and source.mask[:place].rstrip()[-1:] not in "?:,&|=(":
                    return source.trim(start, place)[1]
        return len(source.mask)


def read(folder):
    """The Swift files under a folder, by their paths from the root."""
    files = sorted(folder.rglob("*.swift"))
    return [Source(str(f.relative_to(ROOT) if f.is_relative_to(ROOT) else f), f.read_text()) for f in files]


def allowed(path):
    """What may survive: file, text and why, each line of the list."""
    lines = path.read_text().splitlines() if path.exists() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows:
        if len(row) != 3 or not row[2].strip():
            sys.exit(f"FAIL: {path.name}: a file, a text and why are needed: {row}")
    return {(row[0], row[1]) for row in rows}


def build(mutator, domain, tests, package):
    """Builds the copy with all its switches; gives the program that runs the tests."""
    # The project's own settings; but a switch may leave something that the compiler warns of.
    settings = re.search(r"^let strict: \[SwiftSetting\] = \[.*?^\]$", (ROOT / "Package.swift").read_text(), re.M | re.S)
    settings = re.sub(r".*treatAllWarnings.*\n", "", settings.group())
    (package / "Package.swift").write_text(PACKAGE.replace("SETTINGS", settings))
    (package / "Sources").mkdir(parents=True)
    (package / "Sources" / "Mutant.swift").write_text(MUTANT)
    for source in mutator.sources:
        target = package / "Sources" / (ROOT / source.path).relative_to(domain)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(mutator.rewritten[source.path])
    shutil.copytree(tests, package / "Tests")
    made = subprocess.run(
        ["swift", "build", "--build-tests", "-j", "2", "--package-path", str(package)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if made.returncode:
        said = re.search(r"^.*error:.*", made.stdout, re.M | re.S)
        print(said.group() if said else made.stdout)
        sys.exit("FAIL: the copy of Domain with its switches does not build")
    programs = list((package / ".build" / "debug").glob("*.xctest"))
    if len(programs) != 1:
        sys.exit(f"FAIL: one program of tests was expected: {programs}")
    return programs[0]


def noticed(program, mutant, near):
    """Whether a test fails by a mutant, and what was said.

    The file of tests that noticed the last one of the same source is asked first: most are noticed there, in a
    quarter of the time that all tests take. Where it is silent all are asked.
    """
    asked = {"timeout": TIMEOUT, "BITIM_MUTANT": str(mutant.number)}
    if mutant.file in near:
        failed, said = watched(program, [re.escape(near[mutant.file])], **asked)
        if failed:
            return failed, said
    failed, said = watched(program, **asked)
    found = re.search(r" recorded an issue .*?\bat (\w+Tests\.swift):\d+", said)
    if found:
        near[mutant.file] = found.group(1)
    return failed, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domain", type=pathlib.Path, default=ROOT / "Sources/Server/Domain")
    parser.add_argument("--tests", type=pathlib.Path, default=ROOT / "Tests/DomainTests")
    parser.add_argument("--only", default="", help="only those whose file, line or text has this")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    arguments = parser.parse_args()
    began = time.monotonic()
    mutator = Mutator(read(arguments.domain.resolve()))
    allow = {row for row in allowed(pathlib.Path(__file__).parent / "allowed.tsv") if row[0].endswith(".swift")}
    # What the generator writes is held by its own tests.
    mutants = [m for m in mutator.mutants if "/Generated/" not in m.file and arguments.only in str(m)]
    if arguments.list:
        for mutant in mutants + mutator.unhandled:
            print(mutant.number, mutant)
        return
    unhandled = [m for m in mutator.unhandled if (m.file, m.text) not in allow]
    for mutant in unhandled:
        print(mutant)
    with tempfile.TemporaryDirectory(prefix="bitim-mutants-") as folder:
        program = build(mutator, arguments.domain.resolve(), arguments.tests.resolve(), pathlib.Path(folder))
        built = time.monotonic()
        failed, said = watched(program)
        if failed or re.search(r"\b0 tests", said):
            print(said)
            sys.exit("FAIL: the tests of Domain are not green without a mutant")
        near = {}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda m: noticed(program, m, near), mutants))
    for mutant, (_, said) in zip(mutants, results):
        if said == TIMED_OUT:
            print(f"noticed after {TIMEOUT} s: {mutant}")
    survivors = [m for m, (seen, _) in zip(mutants, results) if not seen]
    unexcused = [m for m in survivors if (m.file, m.text) not in allow]
    for mutant in unexcused:
        print(f"survived: {mutant}")
    tried = {(m.file, m.text) for m in survivors + mutator.unhandled}
    stale = set() if arguments.only else allow - tried
    for file, text in sorted(stale):
        print(f"allowed.tsv: {file}: {text}: is noticed, or is no longer there")
    seconds = time.monotonic() - began
    print(f"domain: {len(results)} tried, {len(unexcused)} survived, {len(survivors) - len(unexcused)} allowed, "
          f"{seconds:.1f} s ({built - began:.1f} s to build)")
    sys.exit(1 if unexcused or unhandled or stale or not results else 0)


if __name__ == "__main__":
    main()
