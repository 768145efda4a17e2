"""Power loss at every system call: nothing acknowledged is lost, nothing is half done.

The server is recorded under load (import, attestation, issue, revocation), then every state in which
the disk may be left is opened and asked for what had been answered by then. Two servers that break
the promise on purpose must be caught; and at any point of an upgrade the old registry or the new one is
in place, whole.
"""
import gzip
import os
import pathlib
import shutil
import sqlite3
import struct
import sys
import tempfile
import threading
import time

import replay
from school import School, Writer, message, root

SECONDS = 0.8
ENOUGH = 60
CALLS = 1_500
# How many acts the registry of an older program has.
ACTS = 86
STRACE = ["strace", "-f", "-y", "-xx", "-s", "4194304", "-qq", "-e", f"trace={replay.CALLS}", "-e", "signal=none"]


def frames(octets):
    """The whole frames in what a connection has sent so far; returns them and the rest."""
    found, at = [], 0
    while len(octets) - at >= 10:
        length, stream, kind, _ = struct.unpack(">IIBB", octets[at:at + 10])
        if len(octets) - at - 10 < length:
            break
        found.append((stream, kind, octets[at + 10:at + 10 + length]))
        at += 10 + length
    return found, octets[at:]


class Answers:
    """Which idempotency keys were answered with success, by what went over the sockets."""

    def __init__(self):
        self.asked, self.rest, self.acknowledged = {}, {}, set()

    def see(self, event):
        place = (event.name, event.descriptor, event.path)
        found, self.rest[place] = frames(self.rest.get(place, b"") + event.data)
        for stream, kind, data in found:
            if event.name == "recvfrom" and kind == 1:
                request = message("ttrpc.Request").FromString(data)
                keys = [pair.value for pair in request.metadata if pair.key == "idempotency-key"]
                if keys:
                    self.asked[event.path, stream] = keys[0]
            elif event.name == "sendto" and kind == 2:
                key = self.asked.pop((event.path, stream), None)
                if key and message("ttrpc.Response").FromString(data).status.code == 0:
                    self.acknowledged.add(key)


def record(school, defect=None):
    """Runs the server under load; returns what it did and the files as they were before."""
    files = {name: (school.folder / name).read_bytes() for name in ("db", "db-wal") if (school.folder / name).exists()}
    trace = school.folder / "trace"
    environment = {"BITIMD_DEFECT": defect} if defect else {}
    school.serve(*STRACE, "-o", str(trace), settings=["--loops", "2"], environment=environment)
    stopping = threading.Event()
    Writer.seats.clear()
    writers = [Writer(school, f"{defect or 'X'}{number}", stopping) for number in range(4)]
    for writer in writers:
        writer.start()
    time.sleep(SECONDS)
    # A machine that is busy with other things gets there later.
    latest = time.monotonic() + 10
    while sum(len(writer.done) for writer in writers) < ENOUGH and time.monotonic() < latest:
        time.sleep(0.05)
    stopping.set()
    # A real end of power, not a stop: what a stop would sync is not on the recording. (A server that
    # answers before it has anything to say leaves the writers confused; they are not asked.)
    for child in children(school.process.pid):
        os.kill(child, 9)
    school.process.wait(60)
    for writer in writers:
        writer.join(60)
    school.process = None
    return replay.events(trace), files


def children(pid):
    return [int(p) for p in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def judge(state, acknowledged, folder):
    """What is wrong with a state; empty when nothing is."""
    for name in ("db", "db-wal", "db-shm"):
        (folder / name).unlink(missing_ok=True)
    for name, octets in state.items():
        (folder / name).write_bytes(octets)
    db = sqlite3.connect(folder / "db")
    try:
        there = {key for (key,) in db.execute("SELECT key FROM answer")}
        lost = acknowledged - there
        if lost:
            return f"{len(lost)} acknowledged lost"
        size, entries, acts = db.execute(
            "SELECT size, (SELECT coalesce(max(seq), 0) FROM entry), (SELECT count(*) FROM act) FROM journal_head"
        ).fetchone()
        if not size == entries == acts:
            return f"half done: head {size}, entries {entries}, acts {acts}"
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return "not whole"
    except sqlite3.DatabaseError as error:
        return f"unreadable: {error}"
    finally:
        db.close()
    return ""


def examine(recording, files, most, every=5):
    """Replays a recording's first calls; returns how many points and states there were, and what was wrong.

    After an answer or a sync the state that kept nothing unsynced is the one that can be wrong; between
    writes every fifth call is looked at in four states.
    """
    disk, answers, wrong = replay.Disk(files), Answers(), []
    folder = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    points = states = 0
    for number, event in enumerate(recording):
        if points == most:
            break
        if event.name in ("sendto", "recvfrom"):
            answers.see(event)
            if event.name == "recvfrom":
                continue
        else:
            name = pathlib.Path(event.path or "").name
            if name not in ("db", "db-wal", "db-journal"):
                continue
            disk.apply(event, name)
        points += 1
        is_write = event.name in ("pwrite64", "write", "ftruncate")
        if is_write and points % every:
            continue
        for kind, state in disk.states(number):
            if not is_write and kind != "nothing":
                break
            states += 1
            said = judge(state, answers.acknowledged, folder)
            if said:
                wrong.append(f"after call {number} ({event.name}), {kind} of the unsynced there: {said}")
    shutil.rmtree(folder)
    return points, states, len(answers.acknowledged), wrong


def standing(folder):
    """Which registry is in place, the old or the new; how it fails to be whole, otherwise."""
    try:
        with sqlite3.connect(folder / "db") as db:
            schema = [name for (name,) in db.execute("SELECT name FROM schema_migration ORDER BY name")]
            size, entries, acts = db.execute(
                "SELECT size, (SELECT max(seq) FROM entry), (SELECT count(*) FROM act) FROM journal_head").fetchone()
            rules = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'entry_follows'").fetchone()[0]
            if not size == entries == acts == ACTS or rules != 1 or db.execute(
                    "PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return f"head {size}, entries {entries}, acts {acts}, of {schema}"
    except sqlite3.DatabaseError as error:
        return f"unreadable: {error}"
    finally:
        db.close()
    if schema == ["m0001_registry", "m0002_programmes", "m0003_invariants"]:
        return "old"
    return "new" if len(schema) == 1 and schema[0].startswith("registry-") else f"schema {schema}"


def upgrade(every):
    """`bitimd migrate` of an older program's registry, cut off anywhere: the old one or the new one is in place,
    whole, and a second run finishes. After every so many states it is run."""
    school = School()
    trace = school.folder / "trace"
    old = gzip.decompress((root / "Tests/Support/Registries/78cea9d.db.gz").read_bytes())
    (school.folder / "db").write_bytes(old)
    school.run(*STRACE, "-o", trace, "bitimd", "migrate", "--database", "db")
    disk, states, seen = replay.Disk({"db": old}), 0, {}
    folder = school.folder / "state"
    folder.mkdir()
    for number, event in enumerate(replay.events(trace)):
        if event.name in ("sendto", "recvfrom"):
            continue
        path = pathlib.Path(event.path or "")
        if event.name in ("fsync", "fdatasync") and path == school.folder:
            disk.sync_names()
        elif not path.name.startswith("db") or path.name.endswith((".lock", "-shm")):
            continue
        else:
            disk.apply(event, path.name, pathlib.Path(event.target or "").name)
        for kind, state in disk.states(number):
            states += 1
            for name in folder.iterdir():
                name.unlink()
            made = {}
            for file, octets in state.items():
                # Two names of one file are that here, too.
                if id(octets) in made:
                    os.link(made[id(octets)], folder / file)
                else:
                    (folder / file).write_bytes(octets)
                    made[id(octets)] = folder / file
            said = standing(folder)
            if said not in ("old", "new"):
                sys.exit(f"FAIL: upgrade, call {number} ({event.name}), {kind}: {said}; {sorted(state)}")
            seen[said] = seen.get(said, 0) + 1
            if states % every == 0 or event.name in ("link", "rename"):
                school.run("bitimd", "migrate", "--database", folder / "db")
                problems = school.run("bitimd", "check", "--database", folder / "db").stdout
                assert problems.endswith("clean\n"), problems
    school.remove()
    if min(seen.get("old", 0), seen.get("new", 0)) < 1:
        sys.exit(f"FAIL: upgrade: both registries should have been seen in place: {seen}")
    return states


def main():
    began = time.monotonic()
    school = School().found()
    keep = {name: (school.folder / name).read_bytes() for name in ("db", "db-wal") if (school.folder / name).exists()}

    def again():
        for name in ("db", "db-wal", "db-shm"):
            (school.folder / name).unlink(missing_ok=True)
        for name, octets in keep.items():
            (school.folder / name).write_bytes(octets)

    recording, files = record(school)
    if "-v" in sys.argv:
        print(len(recording), "calls recorded", time.monotonic() - began)
    points, states, acknowledged, wrong = examine(recording, files, CALLS)
    if "-v" in sys.argv:
        print(points, states, acknowledged, time.monotonic() - began)
    if wrong or acknowledged < 40:
        sys.exit(f"FAIL: power loss: {len(wrong)} of {states} states, {acknowledged} acknowledged: {wrong[:3]}")
    print(f"ok   power loss: {points} calls, {states} disk states, {acknowledged} acts acknowledged: 0 violations")
    for defect in ("syncs-less", "answers-early"):
        again()
        recording, files = record(school, defect)
        _, states, _, wrong = examine(recording, files, CALLS // 3, every=50)
        if not wrong:
            sys.exit(f"FAIL: power loss: a server that {defect} was not caught in {states} states")
        print(f"ok   power loss: a server that {defect} is caught ({len(wrong)} of {states} states)")
    print(f"ok   power loss: the old registry or the new one is in place, whole, in {upgrade(100)} disk states of an upgrade")
    school.remove()


if __name__ == "__main__":
    main()
