"""A long mixed load of all roles with restarts: memory, descriptors, WAL and latency must stay flat.

Usage: soak.py MINUTES. Two writers take cohorts from intake to certificates, two partners verify, an
office lists, a second copy follows; every tenth of the time the server is stopped or killed and
started again. Samples go to standard output, the verdict to its end.
"""
import pathlib
import statistics
import subprocess
import sys
import threading
import time

from school import Gone, Line, Refused, School, Writer, binaries, counts, message

PAUSE = 0.15
# The writer moves the WAL into the database from 64 MiB on; a commit may go beyond.
WAL_MAX_MIB = 72
# The writer keeps up to 64 MiB of pages, which fill as the registry grows; all else is some 16 MiB.
MEMORY_MAX_MIB = 96


class Paced(Writer):
    """A writer at the pace of an office, not of a benchmark."""

    def act(self, *words):
        time.sleep(PAUSE)
        return super().act(*words)


class Reader(threading.Thread):
    """Asks one thing over and over, and notes how long each answer took."""

    def __init__(self, school, ask, pause, stopping):
        super().__init__(daemon=True)
        self.school, self.ask, self.pause, self.stopping = school, ask, pause, stopping
        self.line, self.times, self.answers, self.failure = Line(school.socket), [], 0, None

    def run(self):
        while not self.stopping.is_set():
            began = time.monotonic()
            try:
                self.ask(self.line)
                self.times.append(time.monotonic() - began)
                self.answers += 1
            except Gone:
                pass
            except Refused as refused:
                self.failure = refused
                return
            time.sleep(self.pause)


def verify(line):
    line.call("bitim.v1.CertificateService", "VerifyCertificate",
              message("bitim.v1.VerifyCertificateRequest")(number="2026-000001-16", code="0000-0000-0000-0000"),
              "bitim.v1.VerifyCertificateResponse")


def sample(school, readers):
    pid = school.process.pid
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    kib = int(next(l for l in status.splitlines() if l.startswith("RssAnon")).split()[1])
    descriptors = len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))
    wal = pathlib.Path(str(school.database) + "-wal").stat().st_size
    times = []
    for reader in readers:
        times += reader.times
        reader.times = []
    times.sort()
    p99 = times[int(len(times) * 0.99)] * 1e3 if times else 0
    return {"kib": kib, "descriptors": descriptors, "wal_mib": wal / 2**20, "p99_ms": p99, "verified": len(times)}


def main(minutes):
    school = School().found()
    before = counts(school.database)
    stopping = threading.Event()
    school.serve()
    registrar = school.token("registrar")

    def cohorts(line):
        line.call("bitim.v1.CohortService", "ListCohorts", message("bitim.v1.ListCohortsRequest")(page_size=500),
                  "bitim.v1.ListCohortsResponse", registrar)

    writers = [Paced(school, f"K{n}", stopping) for n in range(2)]
    partners = [Reader(school, verify, 0.01, stopping) for _ in range(2)]
    office = Reader(school, cohorts, 1.0, stopping)
    for thread in [*writers, *partners, office]:
        thread.start()
    follower = subprocess.Popen(
        [str(binaries / "bitim"), "admin", "backup", "--follow", "copy", "--profile", "admin"], cwd=school.folder,
        env=school.environment, stdout=subprocess.DEVNULL, stderr=open(school.folder / "follow.log", "w"))
    generations, samples, began = 10, [], time.monotonic()
    every = minutes * 60 / generations / 10
    for generation in range(generations):
        for number in range(10):
            time.sleep(every)
            # The last sample of a generation is of a server of the same age as in every other.
            taken = sample(school, partners)
            samples.append((generation, number, taken))
            print(f"{(time.monotonic() - began) / 60:6.1f} min  memory {taken['kib']:6} KiB  descriptors "
                  f"{taken['descriptors']:3}  WAL {taken['wal_mib']:5.1f} MiB  verify p99 {taken['p99_ms']:6.2f} ms "
                  f"({taken['verified']})", flush=True)
            for thread in [*writers, *partners, office]:
                if thread.failure:
                    sys.exit(f"FAIL: {thread.failure}")
        if generation < generations - 1:
            (school.kill if generation % 2 else school.stop)()
            school.serve()
    stopping.set()
    for thread in [*writers, *partners, office]:
        thread.join(60)
    follower.terminate()
    follower.wait(30)
    school.run(str(binaries / "bitim"), "admin", "backup", "--follow", "copy", "--once", "--profile", "admin")
    school.stop()
    problems, acts = school.check()
    there = counts(school.database)
    wrong = [kind for w in [0] for kind in {k for x in writers for k in x.done}
             if sum(x.done.get(kind, 0) for x in writers) != there.get(kind, 0) - before.get(kind, 0)]
    old = [taken for generation, number, taken in samples if number == 9]
    first, last = old[: generations // 2], old[generations // 2:]

    def flat(name, share):
        a, b = (statistics.median(x[name] for x in half) for half in (first, last))
        return f"{name} {a:.1f} -> {b:.1f}", b <= a * share + 0.5

    verdicts = [flat("descriptors", 1.1), flat("p99_ms", 1.5)]
    most = max(taken["kib"] for *_, taken in samples) / 1024
    widest = max(taken["wal_mib"] for *_, taken in samples)
    print(f"soak: {minutes} minutes, {acts} acts, {sum(p.answers for p in partners)} verifications, "
          f"{generations - 1} restarts; " + ", ".join(text for text, _ in verdicts) + f", memory at most {most:.1f} MiB, WAL at most {widest:.1f} MiB")
    if problems or wrong or not all(is_flat for _, is_flat in verdicts) or widest > WAL_MAX_MIB or most > MEMORY_MAX_MIB:
        sys.exit(f"FAIL: soak: {problems[:3]} {wrong} {verdicts}")
    print("ok   soak: memory, descriptors, WAL and latency are flat; check is clean; each act is there once")
    school.remove()


if __name__ == "__main__":
    main(float(sys.argv[1]))
