"""Prints what was measured against the machine's limits, as ratios of one interleaved run.

Usage: table.py [--rounds N] [--certificates N] [--growth]. Each figure is the median of N rounds (5 by
default), in which everything compared runs in turn; its spread stands beside it. The server is on one
core, the load on the other, unless a row says otherwise. --growth fills registries of 10^4 to 10^7.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import farm

SECONDS = 2


def tcp():
    return f"tcp://127.0.0.1:{farm.free_port()}"


def answer_octets(database):
    """How long verification's answer is in this registry: the echo's is as long."""
    import sqlite3
    with sqlite3.connect(database) as db:
        return db.execute("SELECT length(sheet) + 24 FROM verification LIMIT 1").fetchone()[0]


class Table:
    def __init__(self, rounds):
        self.rounds, self.samples = rounds, {}

    def add(self, name, value):
        self.samples.setdefault(name, []).append(value)

    def median(self, name):
        return statistics.median(self.samples[name])

    def ratio(self, row, what, above, below, ask, unit="x"):
        pairs = [a / b for a, b in zip(self.samples[above], self.samples[below])]
        bound = float(ask.lstrip("<>= ").rstrip("x"))
        middle = statistics.median(pairs)
        holds = middle <= bound if ask.startswith("<") else middle >= bound
        print(f"{row:>4}  {what:58} {middle:8.3f} ({min(pairs):.3f}..{max(pairs):.3f})  ask {ask:9} "
              f"{'holds' if holds else 'DOES NOT HOLD'}", flush=True)

    def figure(self, what, name, unit, digits=0):
        values = self.samples[name]
        print(f"      {what:58} {statistics.median(values):,.{digits}f} {unit} "
              f"({min(values):,.{digits}f}..{max(values):,.{digits}f})", flush=True)

    def bound(self, row, what, name, ask, digits=2, unit=""):
        middle, limit = self.median(name), float(ask.lstrip("<>= "))
        holds = middle <= limit if ask.startswith("<") else middle >= limit
        values = self.samples[name]
        print(f"{row:>4}  {what:58} {middle:8.{digits}f} ({min(values):.{digits}f}..{max(values):.{digits}f}) {unit} "
              f"ask {ask:9} {'holds' if holds else 'DOES NOT HOLD'}", flush=True)


def load(address, connections, depth, core=1, server=0, seconds=SECONDS, **more):
    words = ["--at", address, "--connections", connections, "--depth", depth, "--seconds", seconds, "--server", server]
    for name, value in more.items():
        words += ["--" + name.replace("_", "-"), value]
    done = farm.bench("load", *words, core=core)
    if done["refused"]:
        raise SystemExit(f"FAIL: {done['refused']} of {done['answered']} calls were refused")
    return done


def reading(table, database, certificates):
    octets = answer_octets(database)
    for _ in range(table.rounds):
        a = tcp()
        with farm.Server([farm.binaries / "bench", "echo", "--at", a, "--octets", octets], a, core=0) as s:
            table.add("echo 8x16", load(a, 8, 16, server=s.pid, certificates=certificates)["rate"])
            table.add("echo 64x1", load(a, 64, 1, server=s.pid, certificates=certificates)["rate"])
            table.add("echo 8x1 p99", load(a, 8, 1, server=s.pid, certificates=certificates)["p99_us"])
        a = tcp()
        with farm.Server([farm.binaries / "bench", "verify", "--at", a, "--database", database], a, core=0) as s:
            done = load(a, 8, 16, server=s.pid, certificates=certificates)
            table.add("c 8x16", done["rate"])
            table.add("c us", done["server_us"])
            table.add("c open p99", load(a, 16, 1, server=s.pid, certificates=certificates, rate=100_000)["p99_us"])
        a = tcp()
        with farm.bitimd(database, a, core=0) as s:
            done = load(a, 8, 16, server=s.pid, certificates=certificates)
            table.add("bitimd 8x16", done["rate"])
            table.add("bitimd us", done["server_us"])
            table.add("bitimd 64x1", load(a, 64, 1, server=s.pid, certificates=certificates)["rate"])
            table.add("bitimd 8x1 p99", load(a, 8, 1, server=s.pid, certificates=certificates)["p99_us"])
            table.add("bitimd open p99",
                      load(a, 16, 1, server=s.pid, certificates=certificates, rate=100_000)["p99_us"])
        table.add("raw 64", farm.bench("lookups", "--database", database, "--certificates", certificates, "--group", 64,
                                       "--seconds", SECONDS, core=0)["rate"])
        for loops in (1, 2):
            a = tcp()
            with farm.bitimd(database, a, loops=loops) as s:
                done = load(a, 8, 16, core="0,1", server=s.pid, certificates=certificates)
                table.add(f"{loops} loops", done["rate"])
        # What both would answer if neither processor ever waited: the load has its share of them, and the
        # quicker the server, the larger that is.
        table.add("2 loops at most", 2e6 / (done["server_us"] + done["client_share"] * 1e6 / done["rate"]))
    table.figure("verify 8x16, one core", "bitimd 8x16", "a second")
    table.figure("server CPU per verify, 8x16", "bitimd us", "us", 2)
    table.ratio(1, "verify 8x16 against C, one transaction a look-up", "bitimd 8x16", "c 8x16", ">= 1.35")
    table.ratio(2, "verify 8x16 against C echo of the same frames", "bitimd 8x16", "echo 8x16", ">= 0.09")
    table.ratio(2, "verify 64x1 against C echo of the same frames", "bitimd 64x1", "echo 64x1", ">= 0.50")
    table.ratio(3, "verify 8x16 against raw SQLite, 64 to a transaction", "bitimd 8x16", "raw 64", ">= 0.55")
    table.ratio(7, "server CPU per verify against C", "bitimd us", "c us", "<= 0.75")
    table.ratio(8, "two loops against one, load on the same cores", "2 loops", "1 loops", ">= 1.7")
    table.ratio("", "two loops against what server and load get of two processors", "2 loops", "2 loops at most", ">= 0.85")
    table.ratio(9, "p99 8x1 closed against C echo", "bitimd 8x1 p99", "echo 8x1 p99", "<= 2.1")
    table.ratio(10, "p99 open loop, 100,000 a second, against C", "bitimd open p99", "c open p99", "<= 1.0")


def writing(table, folder):
    base = farm.registry(folder / "w.db", 1_000, candidates=400_000)

    def fresh(name):
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(f"{folder}/{name}{suffix}").unlink(missing_ok=True)
        copy = shutil.copy(base, folder / name)
        # Or the server's first checkpoint would have to sync the whole copy.
        with open(copy, "rb+") as file:
            os.fsync(file.fileno())
        return copy

    shapes = ((1, 1), (8, 1), (64, 1), (64, 16))
    for _ in range(table.rounds):
        for group in (1_000, 1):
            a, first = tcp(), 0
            with farm.bitimd(fresh("x.db"), a, commit_group=group) as s:
                for connections, depth in shapes:
                    done = load(a, connections, depth, core="0,1", server=s.pid, call="attest",
                                token=farm.examiner, first=first)
                    first += done["asked"] + 10
                    table.add(f"attest {connections}x{depth} {group}", done["rate"])
                    table.add(f"attest {connections}x{depth} {group} p50", done["p50_us"])
        done = farm.bench("inserts", "--database", fresh("y.db"), "--group", 1, "--count", 3_000)
        table.add("raw 1 p50", done["commit_p50_us"])
        table.add("raw 1000", farm.bench("inserts", "--database", fresh("y.db"), "--group", 1_000, "--count",
                                         40_000)["rate"])
        a = tcp()
        with farm.bitimd(fresh("x.db"), a, loops=1) as s:
            def p99(at, first=None):
                """Verification's p99 at an address, beside 4,000 attestations a second if there is a first candidate."""
                if first is None:
                    return load(at, 8, 1, core="0,1", certificates=1_000, rate=1_000)["p99_us"]
                writer = subprocess.Popen([str(farm.binaries / "bench"), "load", "--at", a, "--call", "attest",
                                           "--connections", "16", "--depth", "1", "--seconds", "3.5", "--warmup", "0",
                                           "--rate", "4000", "--token", farm.examiner, "--first", str(first)],
                                          stdout=subprocess.DEVNULL)
                time.sleep(0.3)
                busy = load(at, 8, 1, core="0,1", certificates=1_000, rate=1_000)["p99_us"]
                writer.wait()
                return busy

            table.add("verify p99 quiet", p99(a))
            table.add("verify p99 beside writes", p99(a, 0))
            # The same of a server in C that shares nothing with the writes but the machine: what that alone costs.
            b = tcp()
            with farm.Server([farm.binaries / "bench", "verify", "--at", b, "--database", base], b):
                table.add("c p99 quiet", p99(b))
                table.add("c p99 beside writes", p99(b, 100_000))
            # Lists of 500 on the workers, as fast as they are answered.
            lister = subprocess.Popen([str(farm.binaries / "bench"), "load", "--at", a, "--call", "list",
                                       "--connections", "2", "--depth", "1", "--seconds", "3", "--warmup", "0",
                                       "--token", farm.examiner], stdout=subprocess.DEVNULL)
            time.sleep(0.3)
            table.add("verify p99 beside lists",
                      load(a, 8, 1, core="0,1", server=s.pid, certificates=1_000, rate=1_000)["p99_us"])
            lister.wait()
    table.figure("attest 64x16", "attest 64x16 1000", "a second")
    table.ratio(11, "verify p99 beside 4,000 attestations a second, against none", "verify p99 beside writes",
                "verify p99 quiet", "<= 2.0")
    table.ratio("", "the same of a C server that shares the machine alone", "c p99 beside writes", "c p99 quiet", "<= 2.0")
    table.ratio("", "ours beside writes against that C server beside them", "verify p99 beside writes",
                "c p99 beside writes", "<= 2.0")
    table.ratio("", "verify p99 beside two that list without pause, against none", "verify p99 beside lists",
                "verify p99 quiet", "<= 2.0")
    for shape, ask in (("64x16", ">= 12"), ("64x1", ">= 6"), ("8x1", ">= 2.3")):
        table.ratio(12, f"attest {shape} against one commit a call", f"attest {shape} 1000", f"attest {shape} 1", ask)
    table.ratio(13, "attest 64x16 against raw SQLite, 1,000 acts to a commit", "attest 64x16 1000", "raw 1000", ">= 0.50")
    table.ratio(15, "attest 1x1 against one commit a call", "attest 1x1 1000", "attest 1x1 1", ">= 0.9")
    table.ratio(15, "attest 1x1 p50 against a raw commit of one act", "attest 1x1 1000 p50", "raw 1 p50", "<= 2")


def standing(table, database):
    for _ in range(table.rounds):
        a = f"unix://{tempfile.mkdtemp()}/s"
        with farm.bitimd(database, a) as s:
            done = farm.bench("idle", "--at", a, "--connections", 10_000, "--server", s.pid)
            table.add("idle", done["kib_per_connection"])
            table.add("base", done["base_kib"] / 1024)
        table.add("start", first_answer(lambda a: farm.bitimd(database, a)))
        words = [farm.binaries / "bench", "verify", "--database", database, "--at"]
        table.add("start C", first_answer(lambda a: farm.Server([*words, a], a)))
    table.bound(17, "anonymous memory per idle connection", "idle", "<= 1", 2, "KiB")
    table.figure("anonymous memory with 10^6 certificates, at rest", "base", "MiB", 1)
    table.bound(19, "exec to first answer", "start", "<= 30", 1, "ms")
    table.figure("the same of a C server, and so of what measures", "start C", "ms", 1)


def first_answer(server):
    a = f"unix://{tempfile.mkdtemp()}/s"
    began = time.monotonic()
    with server(a):
        # The server is listening; one answer more is a look-up and its way.
        farm.bench("load", "--at", a, "--connections", 1, "--depth", 1, "--seconds", 1, "--warmup", 0, "--most", 1)
        return (time.monotonic() - began) * 1e3


def growth(table, folder):
    sizes = (10_000, 100_000, 1_000_000, 10_000_000)
    databases = {size: farm.registry(folder / f"g{size}.db", size, sheet="minimal") for size in sizes}
    for _ in range(table.rounds):
        for size in sizes:
            a = tcp()
            with farm.bitimd(databases[size], a, core=0) as s:
                done = load(a, 8, 16, server=s.pid, certificates=size, distinct=min(size, 200_000))
                table.add(f"growth {size}", done["server_us"])
            table.add(f"start {size}", first_answer(lambda a: farm.bitimd(databases[size], a)))
    for size in sizes:
        table.figure(f"server CPU per verify, {size:,} certificates, minimal sheet", f"growth {size}", "us", 2)
    table.ratio(20, "CPU per verify, 10^7 against 10^4", "growth 10000000", "growth 10000", "<= 2.6")
    table.ratio(20, "CPU per verify, 10^7 against 10^5", "growth 10000000", "growth 100000", "<= 2.2")
    table.ratio(19, "exec to first answer, 10^7 against 10^4", "start 10000000", "start 10000", "<= 1.3")


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--certificates", type=int, default=1_000_000)
    words.add_argument("--growth", action="store_true")
    words.add_argument("--folder", default=None, help="where registries are kept between runs")
    words = words.parse_args()
    folder = pathlib.Path(words.folder or tempfile.mkdtemp(prefix="bitim-bench-"))
    folder.mkdir(exist_ok=True)
    table = Table(words.rounds)
    print(f"{words.rounds} rounds, {words.certificates:,} certificates, {os.cpu_count()} cores, load average "
          f"{os.getloadavg()[0]:.1f}", flush=True)
    database = farm.registry(folder / "v.db", words.certificates)
    reading(table, database, words.certificates)
    standing(table, database)
    writing(table, folder)
    if words.growth:
        growth(table, folder)
    if not words.folder:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
