"""A WAL cut at every octet, and bits flipped all over the database.

A cut WAL gives exactly what was committed before the cut. A flipped bit that changes what the
registry says is named by `bitimd check`.  Usage: octets.py [--full]
"""
import pathlib
import random
import sqlite3
import struct
import sys
import tempfile
import threading
import time

from school import Line, School, Writer, message


def fail(text):
    sys.exit(f"FAIL: {text}")


def settle(school):
    """Moves all of the WAL into the database, so that the next WAL begins with what comes next."""
    with sqlite3.connect(school.database) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def cut_wal(is_full):
    school = School().found()
    settle(school)
    school.serve()
    line = Line(school.socket)
    base = (school.folder / "db").read_bytes()
    for number in range(3):
        request = message("bitim.v1.RegisterPersonRequest")()
        request.person.birth_date, request.person.evidence = "1985-03-04", "cut"
        request.person.names.latin.surname, request.person.names.latin.given = "Omarov", "Nur" + "abc"[number]
        line.call("bitim.v1.PersonService", "RegisterPerson", request, "bitim.v1.RegisterPersonResponse",
                  school.token("admin"), f"cut-{number}")
    school.kill()
    wal = (school.folder / "db-wal").read_bytes()
    size = struct.unpack(">I", wal[8:12])[0]
    salt = wal[16:24]
    # The frames of this WAL's own time, up to the last that ends a commit.
    frames, commits = [], []
    at = 32
    while at + 24 + size <= len(wal) and wal[at + 8:at + 16] == salt:
        at += 24 + size
        frames.append(at)
        if struct.unpack(">I", wal[at - size - 20:at - size - 16])[0]:
            commits.append(at)
    whole = wal[:commits[-1]]
    folder = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None))

    def acts(count):
        (folder / "db").write_bytes(base)
        (folder / "db-wal").write_bytes(whole[:count])
        (folder / "db-shm").unlink(missing_ok=True)
        db = sqlite3.connect(folder / "db")
        try:
            return db.execute("SELECT size, (SELECT count(*) FROM act) FROM journal_head").fetchone()
        finally:
            db.close()

    expected = {0: acts(0)}
    for commit in commits:
        expected[commit] = acts(commit)
    if len({size for size, _ in expected.values()}) < 4:
        fail(f"WAL: three acts do not show in {expected}")
    last = 0
    tried = 0
    for count in range(len(whole) + 1):
        if count in expected:
            last = count
        # Around each frame's header every octet; within its page some, unless all are asked for.
        if not is_full and 64 < (count - 32) % (24 + size) < size and count % 53:
            continue
        tried += 1
        if acts(count) != expected[last]:
            fail(f"WAL cut at {count}: {acts(count)}, not {expected[last]}")
    print(f"ok   WAL cut at {tried} of {len(whole)} octets: exactly what was committed, each time")
    school.remove()


def content(path):
    """What the registry says, but for operation's own notes; None when SQLite can't read it."""
    rows = {}
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        db.text_factory = bytes
        names = [n.decode() for (n,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('token_use', 'schema_migration')")]
        rows["schema"] = db.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        for name in names:
            rows[name] = sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        db.close()
        return rows
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def flip(flips, seed):
    chance = random.Random(seed)
    school = School().found()
    school.serve()
    stopping = threading.Event()
    Writer.seats.clear()
    writer = Writer(school, "F", stopping)
    writer.start()
    while writer.done.get("certificate_revoked", 0) < 2 and not writer.failure:
        time.sleep(0.05)
    stopping.set()
    writer.join(60)
    school.stop()
    settle(school)
    original = school.database.read_bytes()
    said = content(school.database)
    changed = 0
    for number in range(flips):
        # Spread over the whole file, one to each stretch.
        at = (number * len(original) // flips) + chance.randrange(max(1, len(original) // flips))
        bit = chance.randrange(8)
        octets = bytearray(original)
        octets[at] ^= 1 << bit
        school.database.write_bytes(octets)
        for suffix in ("-wal", "-shm"):
            pathlib.Path(str(school.database) + suffix).unlink(missing_ok=True)
        if content(school.database) == said:
            continue
        changed += 1
        problems, _ = school.check()
        if not problems:
            fail(f"bit {bit} of octet {at} (page {at // 4096 + 1}, seed {seed}) changes content, and check says nothing")
    school.database.write_bytes(original)
    print(f"ok   {flips} bits flipped over {len(original)} octets: {changed} change what the registry says, "
          f"each is named (seed {seed})")
    school.remove()


if __name__ == "__main__":
    full = "--full" in sys.argv
    cut_wal(full)
    flip(4_000 if full else 250, int(time.time()))
