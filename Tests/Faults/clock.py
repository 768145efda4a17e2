"""A wall clock that is wrong dates nothing: it leaps ahead, is forgotten by no restart, is behind, comes right.

After each, what is refused is refused as CLOCK_DOUBTFUL, a repeat gets its first answer, reads go on and say so, and no
act is dated by it.
"""
import os
import pathlib
import subprocess
import sys
import time

from school import Line, Refused, School, message, person

DAY = 86_400


def fail(text):
    sys.exit(f"FAIL: {text}")


class Clocked:
    """A School whose server has a wall clock that the test turns."""

    def __init__(self):
        self.school = School().found()
        library = self.school.folder / "wallclock.so"
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(library), str(pathlib.Path(__file__).parent / "wallclock.c"),
                        "-ldl"], check=True)
        self.turned = self.school.folder / "turned"
        self.environment = {"LD_PRELOAD": str(library), "WALL_CLOCK": str(self.turned)}
        self.line = Line(self.school.socket)

    def turn(self, seconds):
        new = self.school.folder / "turned.new"
        new.write_text(str(seconds))
        os.replace(new, self.turned)

    def serve(self, *settings):
        self.school.serve(settings=settings, environment=self.environment)

    def restart(self, *settings):
        self.line.close()
        self.school.stop()
        self.serve(*settings)

    def change(self, key):
        """Registers somebody; what was refused, or nothing."""
        request = message("bitim.v1.RegisterPersonRequest")(person=person("Trainee", key))
        try:
            self.line.call("bitim.v1.PersonService", "RegisterPerson", request, "bitim.v1.RegisterPersonResponse",
                           self.school.token("registrar"), key)
        except Refused as refused:
            return str(refused)
        return None

    def expect(self, key, is_doubtful, what):
        said = self.change(key)
        if bool(said and "clock is doubtful" in said) != is_doubtful or said and not is_doubtful:
            fail(f"{what}: a change: {said}")
        # A number that nobody has, under a code that nobody was given.
        request = message("bitim.v1.VerifyCertificateRequest")(number="2026-000002-13", code="0000000000000000")
        answer = self.line.call("bitim.v1.CertificateService", "VerifyCertificate", request,
                                "bitim.v1.VerifyCertificateResponse")
        if answer.clock_doubtful != is_doubtful:
            fail(f"{what}: verification says clock_doubtful = {answer.clock_doubtful}")
        print(f"{what}: {'refused, and said' if is_doubtful else 'taken'}")


    def refuses(self, token):
        """Whether a token is not in force."""
        try:
            self.line.call("bitim.v1.AccessService", "WhoAmI", message("bitim.v1.WhoAmIRequest")(),
                           "bitim.v1.WhoAmIResponse", token)
        except Refused as refused:
            return refused.code == 16
        return False


def main():
    test = Clocked()
    test.turn(0)
    test.serve()
    test.expect("a", False, "a right clock")
    test.school.run("bitim", "admin", "token", "make", "Әбенова Гүлнәр", "--role", "administrator", "--organisation", "SCHOOL",
                    "--name", "қысқа", "--days", "1", "--file", "short.token", "--profile", "admin")
    short = (test.school.folder / "short.token").read_text().strip()
    if test.refuses(short):
        fail("a token of a day is not taken on its day")
    test.turn(40 * DAY)
    test.expect("b", True, "leapt ahead by forty days")
    # A token of a day has ended by that clock, and the log says so.
    if not test.refuses(short):
        fail("a token of a day is taken after forty")
    test.school.expect_logged("token-expired", "warning", address="this machine")
    if test.change("a") is not None:
        fail("a repeat is not answered")
    test.restart()
    test.expect("c", True, "and after a restart")
    test.school.expect_logged("clock-doubtful", "error")
    test.turn(0)
    time.sleep(0.1)
    test.restart()
    test.expect("c", False, "turned back")
    test.turn(-30 * DAY)
    test.restart()
    test.expect("d", True, "a month behind at the start")
    # As the network sets a machine right that has no battery.
    test.turn(0)
    test.expect("d", False, "set right under the server")
    test.school.expect_logged("clock-right", "info")
    test.turn(40 * DAY)
    test.restart("--trust-clock")
    test.expect("e", False, "ahead, and trusted")
    test.restart()
    test.expect("f", False, "and believed from then on")
    if test.school.stop() != 0:
        fail("the server did not end well")
    problems, _ = test.school.check()
    if problems:
        fail(f"{problems[:3]}")
    test.school.remove()


main()
