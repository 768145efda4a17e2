"""The mutator of the domain, on a small piece of Swift of each kind."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from domain import Mutator  # noqa: E402
from source import Source, masked  # noqa: E402

REASONS = """
enum Reason: String, CaseIterable {
  case early = "EARLY"
  case late, `repeat`
}
"""


def mutate(text):
    mutator = Mutator([Source("Reason.swift", REASONS), Source("A.swift", text)])
    return (mutator.rewritten["A.swift"], [(m.how, m.text) for m in mutator.mutants], mutator.unhandled)


class DomainMutants(unittest.TestCase):
    maxDiff = None

    def expect(self, text, rewritten, mutants):
        self.assertEqual((rewritten, mutants, []), mutate(text))

    def test_guard_has_a_mutant_for_each_clause(self):
        self.expect(
            "guard day >= first, list.contains { $0 == day } && isOpen else { throw Refusal(.early) }",
            "guard (Mutant.on(1) ? true : (day >= first)), (Mutant.on(2) ? true : (list.contains { $0 == day })) && "
            "(Mutant.on(3) ? true : (isOpen)) else { throw Refusal(Mutant.other(4, .early)) }",
            [("never", "guard day >= first"), ("never", "guard list.contains { $0 == day }"),
             ("never", "guard isOpen"), ("another", "Refusal(.early)")])

    def test_guard_of_either_stays_one(self):
        self.expect(
            "guard a || b else { throw Refusal(.early) }",
            "guard (Mutant.on(1) ? true : (a || b)) else { throw Refusal(Mutant.other(2, .early)) }",
            [("never", "guard a || b"), ("another", "Refusal(.early)")])

    def test_guard_with_a_binding_watches_it(self):
        self.expect(
            "guard let points = scores[rule], let day, points < 3 else {\n  throw Refusal(.late, [\"a\": \"}\"])\n}",
            "guard let points = Mutant.bound(1, scores[rule]), let day = Mutant.bound(2, day), "
            "(Mutant.on(3) ? true : (points < 3)) else {\n  throw Refusal(Mutant.other(4, .late), [\"a\": \"}\"])\n}",
            [("unbound", "guard let points = scores[rule]"), ("unbound", "guard let day"),
             ("never", "guard points < 3"), ("another", 'Refusal(.late, ["a": "}"])')])

    def test_guard_that_tries_keeps_what_it_throws(self):
        self.expect(
            "guard try isOpen(day) else { throw Refusal(.late) }",
            "guard try (Mutant.on(1) ? true : (isOpen(day))) else { throw Refusal(Mutant.other(2, .late)) }",
            [("never", "guard try isOpen(day)"), ("another", "Refusal(.late)")])

    def test_if_is_switched_off_as_a_whole(self):
        self.expect(
            "if let until, until < from { throw Refusal(.late) }",
            "if !Mutant.on(1), let until, until < from { throw Refusal(Mutant.other(2, .late)) }",
            [("never", "if let until, until < from"), ("another", "Refusal(.late)")])

    def test_if_of_either_has_a_mutant_for_each(self):
        self.expect(
            "if x == 1 || (y && z) { throw Refusal(.late) } else if w { throw Refusal(.early) }",
            "if (Mutant.on(1) ? false : (x == 1)) || ((Mutant.on(2) ? false : (y && z))) "
            "{ throw Refusal(Mutant.other(4, .late)) } "
            "else if !Mutant.on(3), w { throw Refusal(Mutant.other(5, .early)) }",
            [("never", "if x == 1"), ("never", "if y && z"), ("never", "if w"),
             ("another", "Refusal(.late)"), ("another", "Refusal(.early)")])

    def test_list_style(self):
        self.expect(
            "for bar in bars where bar.holds {\n  refusals.append(Refusal(.early))\n}",
            "for bar in bars where bar.holds {\n"
            "  if !Mutant.on(2) { refusals.append(Refusal(Mutant.other(1, .early))) }\n}",
            [("another", "Refusal(.early)"), ("not added", "refusals.append(Refusal(.early))")])

    def test_returned_refusals(self):
        self.expect(
            "func f() -> Refusal? {\n  if x { return Refusal(.early) }\n  return y ? Refusal(.late) : nil\n}",
            "func f() -> Refusal? {\n  if !Mutant.on(1), x { return Refusal(Mutant.other(2, .early)) }\n"
            "  return y ? Refusal(Mutant.other(3, .late)) : nil\n}",
            [("never", "if x"), ("another", "Refusal(.early)"), ("another", "Refusal(.late)")])

    def test_reason_of_two(self):
        self.expect(
            "throw Refusal(isOld ? .early : .late, column: a)",
            "throw Refusal(isOld ? Mutant.other(1, .early) : Mutant.other(2, .late), column: a)",
            [("another", "Refusal(isOld ? .early : .late, column: a)")] * 2)

    def test_functions_that_give_a_reason(self):
        self.expect(
            "func f() -> Reason? {\n  if a { return .early }\n  switch b {\n  case .x where c: return .late\n"
            "  default: break\n  }\n  return d ? .repeat : nil\n}",
            "func f() -> Reason? {\n  if !Mutant.on(1), a { return Mutant.other(2, .early) }\n  switch b {\n"
            "  case .x where c: return Mutant.other(3, .late)\n"
            "  default: break\n  }\n  return d ? Mutant.other(4, .repeat) : nil\n}",
            [("never", "if a"), ("another", ".early"), ("another", ".late"), ("another", "d ? .repeat : nil")])

    def test_reasons_without_return(self):
        self.expect(
            "var reason: Reason {\n  switch self {\n  case .young: .early\n  case .old: .late\n  }\n}",
            "var reason: Reason {\n  switch self {\n  case .young: Mutant.other(1, .early)\n"
            "  case .old: Mutant.other(2, .late)\n  }\n}",
            [("another", ".early"), ("another", ".late")])

    def test_whoever_takes_a_reason(self):
        text = ("func need(_ met: Bool, or reason: Reason) throws(Refusal) {\n"
                "  guard met else { throw Refusal(reason) }\n}\n"
                "try need(a < b, or: .late)")
        rewritten, mutants, unhandled = mutate(text)
        self.assertIn("try need(a < b, or: Mutant.other(3, .late))", rewritten)
        self.assertEqual([], unhandled)
        self.assertEqual(("another", "need(a < b, or: .late)"), mutants[2])

    def test_a_reason_by_default(self):
        self.expect(
            "init(else changed: Reason = .late) {}", "init(else changed: Reason = Mutant.other(1, .late)) {}",
            [("another", ": Reason = .late")])

    def test_other_errors_must_be_reached(self):
        self.expect(
            "if n > 3 { throw .tooLong(by: n) }\nthrow Mistyped()",
            "if !Mutant.on(1), n > 3 { throw Mutant.reached(2, .tooLong(by: n)) }\nthrow Mutant.reached(3, Mistyped())",
            [("never", "if n > 3"), ("reached", "throw .tooLong(by: n)"), ("reached", "throw Mistyped()")])

    def test_findings(self):
        self.expect(
            "findings.append(\n  RuleFinding(.age, isMet: a.b { $0 }, [:]))",
            "if !Mutant.on(1) { findings.append(\n"
            "  RuleFinding(.age, isMet: (Mutant.on(2) ? true : (a.b { $0 })), [:])) }",
            [("not added", "findings.append( RuleFinding(.age, isMet: a.b { $0 }, [:]))"),
             ("never", "isMet: a.b { $0 }")])

    def test_what_is_not_understood_is_told(self):
        _, mutants, unhandled = mutate("let table = [1: .early, 2: Reason.late]\nif r == .late, case .early = q {}")
        self.assertEqual([], mutants)
        self.assertEqual(["A.swift:1: not understood: let table = [1: .early, 2: Reason.late]"] * 2,
                         [str(m) for m in unhandled])

    def test_words_in_strings_and_comments_are_not_code(self):
        text = 'let a = "throw Refusal(.early) \\(b("}")) {" // throw Refusal(.late)\n/* guard /* x */ else { */'
        self.assertEqual((text, [], []), mutate(text))
        self.assertEqual(len(text), len(masked(text)))


if __name__ == "__main__":
    unittest.main()
