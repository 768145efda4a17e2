"""The mutator of triggers, on a small trigger of each kind."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from triggers import Triggers  # noqa: E402


def read(text, everything=False):
    triggers = Triggers("rules.sql", text).read(everything)
    return [m.text for m in triggers.mutants], triggers


class TriggerMutants(unittest.TestCase):
    def test_one_ground_is_dropped(self):
        texts, triggers = read(
            "CREATE TRIGGER a BEFORE INSERT ON t WHEN new.x > 3 -- OR more\n"
            "BEGIN SELECT RAISE(ABORT, 'this OR that'); END;")
        self.assertEqual(["a"], texts)
        self.assertEqual("DROP TRIGGER a;", triggers.mutants[0].sql)

    def test_each_of_several_grounds(self):
        texts, triggers = read(
            "CREATE TRIGGER a BEFORE UPDATE ON t WHEN old.x = 'y' OR (new.b AND (new.c OR new.d))\n"
            "BEGIN SELECT RAISE(ABORT, 'no'); END;")
        self.assertEqual(["a: new.c", "a: new.d", "a: old.x = 'y'"], texts)
        self.assertIn("old.x = ''y'' OR (new.b AND (0 OR new.d))", triggers.mutants[0].sql)

    def test_what_is_denied_is_granted(self):
        _, triggers = read(
            "CREATE TRIGGER a BEFORE INSERT ON t WHEN NOT EXISTS (SELECT 1 FROM s WHERE s.x IS NULL OR s.x > new.x)\n"
            "BEGIN SELECT RAISE(ABORT, 'no'); END;")
        self.assertIn("WHERE 1 OR s.x > new.x", triggers.mutants[0].sql)

    def test_each_of_several_raises(self):
        texts, triggers = read(
            "CREATE TRIGGER a BEFORE INSERT ON t BEGIN\n  SELECT RAISE(ABORT, 'one') WHERE new.x;\n"
            "  SELECT CASE WHEN new.y THEN RAISE(ABORT, 'two') ELSE 0 END FROM s; END;")
        self.assertEqual(["a: RAISE(ABORT, 'one')", "a: RAISE(ABORT, 'two')"], texts)
        self.assertIn("WHEN new.y THEN 0 ELSE 0 END", triggers.mutants[1].sql)

    def test_each_of_several_statements(self):
        texts, triggers = read(
            "CREATE TRIGGER a AFTER INSERT ON t BEGIN INSERT INTO s VALUES (1); UPDATE u SET x = 1; END;")
        self.assertEqual(["a: INSERT INTO s VALUES (1);", "a: UPDATE u SET x = 1;"], texts)
        self.assertIn("BEGIN INSERT INTO s VALUES (1); SELECT 0; END'", triggers.mutants[1].sql)

    def test_what_is_generated_is_counted(self):
        text = (
            "CREATE TRIGGER t_stays_u BEFORE UPDATE ON t\nBEGIN SELECT RAISE(ABORT, 'no'); END;\n"
            "CREATE TRIGGER t_stays_i BEFORE INSERT ON t\nWHEN EXISTS (SELECT 1 FROM t WHERE id = new.id)\n"
            "BEGIN SELECT RAISE(ABORT, 'no'); END;\n"
            "CREATE TRIGGER u_stays_u BEFORE UPDATE ON u WHEN new.x > 1\nBEGIN SELECT RAISE(ABORT, 'no'); END;")
        texts, triggers = read(text)
        self.assertEqual(["u_stays_u"], texts)
        self.assertEqual(["t_stays_u", "t_stays_i"], triggers.generated)
        self.assertEqual(["t_stays_u", "t_stays_i", "u_stays_u"], read(text, everything=True)[0])


if __name__ == "__main__":
    unittest.main()
