"""A School under load, for the tests of faults: writers that mix all acts, and what they were told.

Needs protobuf for Python and the schema compiled by protoc; `scripts/faults` provides both.
"""
import datetime
import hashlib
import json
import os
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

# Protobuf's compiled core crashes now and then when several threads make messages at once.
os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "Tests" / "Interop"))
from peer import messages  # noqa: E402

# What a test writes is for its owner alone, as what the programs write is: `serve` refuses another database.
os.umask(0o077)

binaries = pathlib.Path(os.environ.get("BITIM_BINARIES", root / ".build" / "debug"))
message = messages(os.environ["BITIM_SCHEMA"])


class Refused(Exception):
    """The server answered, and said no."""

    def __init__(self, code, text):
        super().__init__(f"{code} {text}")
        self.code = code


class Gone(Exception):
    """No answer came: whether the call was executed is not known."""


class Line:
    """A connection, made when it is needed and forgotten when it breaks."""

    def __init__(self, path, timeout=20):
        self.path, self.timeout, self.socket, self.stream = path, timeout, None, 1

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def call(self, service, method, request, response, token=None, key=None):
        envelope = message("ttrpc.Request")(service=service, method=method, payload=request.SerializeToString())
        if token:
            envelope.metadata.add(key="authorization", value="Bearer " + token)
        if key:
            envelope.metadata.add(key="idempotency-key", value=key)
        body = envelope.SerializeToString()
        try:
            if not self.socket:
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.settimeout(self.timeout)
                self.socket.connect(self.path)
                self.stream = 1
            self.socket.sendall(struct.pack(">IIBB", len(body), self.stream, 1, 0) + body)
            self.stream += 2
            length = struct.unpack(">I", self.read(10)[:4])[0]
            answer = message("ttrpc.Response").FromString(self.read(length))
        except OSError as error:
            self.close()
            raise Gone(str(error)) from error
        if answer.status.code:
            raise Refused(answer.status.code, answer.status.message)
        return message(response).FromString(answer.payload)

    def read(self, count):
        octets = b""
        while len(octets) < count:
            more = self.socket.recv(count - len(octets))
            if not more:
                raise ConnectionError("closed")
            octets += more
        return octets


class School:
    """A registry in a folder of its own, with the people it takes to certify somebody."""

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="bitim-faults-"))
        self.folder.mkdir(exist_ok=True)
        self.database = self.folder / "db"
        self.socket = str(self.folder / "s")
        self.process = None
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(self.folder / "config"), "BITIM_LANGUAGE": "en",
                            "SWIFT_BACKTRACE": "enable=no", "PATH": f"{binaries}:{os.environ['PATH']}"}

    def run(self, *words, check=True):
        done = subprocess.run([str(w) for w in words], cwd=self.folder, env=self.environment, capture_output=True,
                              text=True)
        if check and done.returncode != 0:
            raise SystemExit(f"FAIL: {' '.join(map(str, words))}: {done.stdout}{done.stderr}")
        return done

    def found(self):
        for name in ("centres", "staff", "appointments"):
            shutil.copy(root / "examples" / f"{name}.csv", self.folder)
        self.run("bitimd", "init", "--database", "db", "--name-kk", "Мектеп", "--name-ru", "Школа", "--name-en",
                 "School", "--region", "Алматы", "--entitled-from", "2020-01-01", "--entitled-by", "№ 7",
                 "--administrator", "Әбенова Гүлнәр", "--born", "1980-05-02")
        self.serve()
        self.run("bitim", "login", "--server", f"unix://{self.socket}", "--token-file", "admin.token", "--profile",
                 "admin")
        for words in (["organisation", "add", "centres.csv"], None,
                      ["partner", "add", "UGR", "--number", "7", "--signed", "2020-01-15", "--from", "2020-01-15",
                       "--until", "2099-12-31", "--purpose", "recognition", "--transfer", "94-V 16", "--scope",
                       "verify_number,verify_bulk,watch", "--calls", "10000000"], ["appoint", "appointments.csv", "--days", "90",
                                                                    "--tokens", "tokens"]):
            if words is None:
                self.run("bitim", "person", "add", "staff.csv", "--profile", "admin")
            else:
                self.run("bitim", "admin", *words, "--profile", "admin")
        self.stop()
        return self

    def token(self, name):
        path = self.folder / ("admin.token" if name == "admin" else f"tokens/{name}.token")
        return path.read_text().strip()

    def serve(self, *prefix, settings=(), environment=None, log=None, wait=True):
        """Starts the server; `prefix` is a program that runs it, as strace."""
        self.log = open(log or self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [*map(str, prefix), str(binaries / "bitimd"), "serve", "--database", "db", "--listen",
             f"unix://{self.socket}", "--token-calls", "1000000", "--token-changes", "10000000", "--token-mebibytes",
             "1000000", *map(str, settings)],
            cwd=self.folder, env={**self.environment, **(environment or {})}, stdout=self.log, stderr=self.log)
        if wait:
            self.wait()

    def wait(self):
        for _ in range(6000):
            if self.process.poll() is not None:
                return False
            try:
                with socket.socket(socket.AF_UNIX) as s:
                    s.connect(self.socket)
                return True
            except OSError:
                time.sleep(0.005)
        raise SystemExit("FAIL: the server does not listen")

    def stop(self):
        self.process.terminate()
        return self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait(60)

    def logged(self, event):
        """The lines of the server's log with this event."""
        lines = (self.folder / "server.log").read_text().splitlines()
        return [line for line in map(json.loads, filter(lambda text: text.startswith("{"), lines))
                if line["event"] == event]

    def expect_logged(self, event, level, **fields):
        """Waits for a line of an event, which the server may look at every fifteen seconds; returns it."""
        until = time.monotonic() + 40
        while time.monotonic() < until:
            for line in self.logged(event):
                if line["level"] == level and all(line.get(name) == value for name, value in fields.items()):
                    return line
            time.sleep(0.1)
        raise SystemExit(f"FAIL: the log has no {level} '{event}' with {fields}: {self.logged(event)}")

    def check(self):
        """`bitimd check`; what is wrong, and how many acts there are."""
        done = self.run("bitimd", "check", "--database", "db", check=False)
        acts = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("acts ")]
        problems = [line for line in done.stdout.splitlines() if line.startswith("problem")]
        if done.returncode != 0 and not problems:
            problems = [done.stderr.strip() or f"check ended with {done.returncode}"]
        return problems, acts[0] if acts else -1

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


DOCUMENT = 2


def spelled(text, letters):
    """A text in sixteen letters: names have no digits, and nobody may look like somebody else."""
    return "".join(letters[int(digit, 16)] for digit in text.encode().hex())


def person(surname, name):
    """Somebody like nobody else: neither names, birth date nor number are near another's."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    born = datetime.date(1960, 1, 1) + datetime.timedelta(days=int(digest[:8], 16) % 14_000)
    made = message("bitim.v1.Person")(birth_date=born.isoformat(), education=2)
    made.names.latin.surname, made.names.latin.given = surname, "A" + spelled(name, "abcdefghijklmnop")
    made.names.kk.surname, made.names.kk.given = "Өтегенова", "Ұ" + spelled(name, "абвгдежзиклмнопр")
    made.identifiers.add(kind=DOCUMENT, country="UZB", document_type="passport",
                         number=digest[8:20].upper())
    return made


class Writer(threading.Thread):
    """Takes cohorts from opening to certificates, one act after another, each until it is answered.

    A call that got no answer is made again with its key when the server is back: so each act is made
    exactly once, or the counts at the end are wrong.
    """

    seats = {}
    asking = threading.Lock()

    def __init__(self, school, name, stopping):
        super().__init__(daemon=True)
        self.school, self.label, self.stopping = school, name, stopping
        self.line = Line(school.socket)
        self.done = {}
        self.repeats = 0
        self.failure = None
        self.running = None

    def run(self):
        try:
            number = 0
            while not self.stopping.is_set():
                number += 1
                self.cohort(f"{self.label}-{number}")
        except Stopped:
            pass
        except Exception as error:  # told to whoever joins
            self.failure = error

    def act(self, kind, token, service, method, request, response):
        key = f"{self.label}-{random.getrandbits(64):x}"
        self.running = kind
        while True:
            try:
                answer = self.line.call(f"bitim.v1.{service}", method, request, f"bitim.v1.{response}", token, key)
                break
            except Refused as refused:
                if refused.code not in (8, 14):
                    raise RuntimeError(f"{method}: {refused}") from refused
                if self.stopping.is_set():
                    raise Stopped() from None
                time.sleep(0.01)
            except Gone:
                self.repeats += 1
                if self.stopping.is_set():
                    raise Stopped() from None
                time.sleep(0.005)
        self.running = None
        # A call that only looks is no act.
        if kind is not None:
            self.done[kind] = self.done.get(kind, 0) + 1
        return answer

    def read(self, token, service, method, request, response):
        while True:
            try:
                return self.line.call(f"bitim.v1.{service}", method, request, f"bitim.v1.{response}", token)
            except Gone:
                if self.stopping.is_set():
                    raise Stopped() from None
                time.sleep(0.005)

    def people(self):
        """The ids of the commission, asked once for all writers."""
        with Writer.asking:
            if not Writer.seats:
                found = [self.read(self.school.token("registrar"), "PersonService", "FindPeople",
                                   message("bitim.v1.FindPeopleRequest")(query=name, page_size=2), "FindPeopleResponse")
                         for name in ("Ким Елена", "Байсейітова", "García")]
                Writer.seats.update((answer.people[0].id, None) for answer in found)
            return list(Writer.seats)

    def cohort(self, code):
        m, registrar = message, self.school.token("registrar")
        chair, examiner, member = self.people()
        teacher = self.act("person_registered", registrar, "PersonService", "RegisterPerson",
                           m("bitim.v1.RegisterPersonRequest")(person=person("Trainer", code)),
                           "RegisterPersonResponse").person.id
        opened = m("bitim.v1.OpenCohortRequest")()
        opened.cohort.code, opened.cohort.programme, opened.cohort.organisation = code, 1, "ALA-01"
        opened.cohort.language, opened.cohort.form = 1, 1
        opened.cohort.starts_on, opened.cohort.ends_on, opened.cohort.place = "2026-02-02", "2026-03-31", "Алматы"
        self.act("cohort_opened", registrar, "CohortService", "OpenCohort", opened, "OpenCohortResponse")
        self.act("trainer_assigned", registrar, "CohortService", "AssignTrainer",
                 m("bitim.v1.AssignTrainerRequest")(cohort=code, person_id=teacher, evidence="3-бағдарлама"),
                 "AssignTrainerResponse")
        intake = m("bitim.v1.EnrolTraineesRequest")(enrolled_on="2026-02-02")
        for index in range(3):
            intake.rows.add(line=index + 2, cohort=code).person.CopyFrom(
                person(f"Trainee{'ABC'[index]}", f"{code}-{index}"))
        enrolled = self.act("trainees_enrolled", registrar, "CohortService", "EnrolTrainees", intake,
                            "EnrolTraineesResponse")
        assert enrolled.recorded, enrolled
        hours = m("bitim.v1.RecordHoursRequest")()
        for day in range(8):
            hours.rows.add(line=day + 1, cohort=code, held_on=f"2026-02-{day + 3:02}", starts_at="09:00",
                           theory_quarters=36 * (day < 4), practice_quarters=36 * (day >= 4),
                           trainer=self.display(teacher))
        recorded = self.act("hours_recorded", registrar, "CohortService", "RecordHours", hours, "RecordHoursResponse")
        assert recorded.recorded, recorded
        session = m("bitim.v1.OpenSessionRequest")()
        session.session.code, session.session.cohort = f"S-{code}", code
        session.session.held_on, session.session.protocol_number = "2026-03-20", f"№ {code}"
        for who, seat in ((chair, 1), (examiner, 2), (member, 2)):
            session.session.commission.add(person_id=who, seat=seat)
        self.act("session_opened", registrar, "AttestationService", "OpenSession", session, "OpenSessionResponse")
        shown = self.read(registrar, "CohortService", "GetCohort", m("bitim.v1.GetCohortRequest")(code=code),
                          "GetCohortResponse")
        results = m("bitim.v1.RecordResultsRequest")(session=f"S-{code}")
        for index, trainee in enumerate(shown.trainees):
            row = results.rows.add(line=index + 2, candidate=trainee.person.display_id)
            for component in (1, 2, 3):
                row.scores.add(component=component, points=80)
        marked = self.act("results_recorded", self.school.token("examiner"), "AttestationService", "RecordResults",
                          results, "RecordResultsResponse")
        assert marked.passed == 3, marked
        seen = self.read(self.school.token("chair"), "AttestationService", "GetSession",
                         m("bitim.v1.GetSessionRequest")(code=f"S-{code}"), "GetSessionResponse")
        self.act("results_confirmed", self.school.token("chair"), "AttestationService", "ConfirmResults",
                 m("bitim.v1.ConfirmResultsRequest")(session=f"S-{code}", results_digest=seen.results_digest),
                 "ConfirmResultsResponse")
        certifier = self.school.token("certifier")
        preview = self.read(certifier, "CertificateService", "PreviewIssue",
                            m("bitim.v1.PreviewIssueRequest")(cohort=code), "PreviewIssueResponse")
        issued = self.act("certificates_issued", certifier, "CertificateService", "IssueCertificates",
                          m("bitim.v1.IssueCertificatesRequest")(cohort=code, preview_digest=preview.digest),
                          "IssueCertificatesResponse")
        assert len(issued.issued) == 3, issued
        revocation = m("bitim.v1.RevokeCertificateRequest")(
            number=issued.issued[0].number, reason=1, validate_only=True,
            held_on=time.strftime("%Y-%m-%d", time.gmtime(time.time() + 18000)))
        look = self.act(None, certifier, "CertificateService", "RevokeCertificate", revocation,
                        "MarkResponse")
        revocation.validate_only, revocation.shown_digest = False, look.shown_digest
        self.act("certificate_revoked", certifier, "CertificateService", "RevokeCertificate", revocation,
                 "MarkResponse")

    @staticmethod
    def display(number):
        return f"P-{number}-{98 - number % 97 * 100 % 97:02}"


class Stopped(Exception):
    """The writer was told to stop while it waited for a server that is gone."""


def counts(database):
    """How many acts of each kind the journal has."""
    import json
    import sqlite3
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        found = {}
        for (octets,) in db.execute("SELECT octets FROM entry"):
            kind = json.loads(octets)["kind"]
            found[kind] = found.get(kind, 0) + 1
        return found
