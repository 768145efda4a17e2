"""The file at the path is the file that is open, and what lies there is a registry, or nothing is served.

Database and WAL are moved away, and others put in their place, under a server that takes changes: it ends with 74,
and each act that it acknowledged is in the file that the path names after it is put back. Files that are no registry
are refused, and not an octet of them changes.
"""
import os
import shutil
import sqlite3
import sys
import time

from disk import expect_kept, join, writing
from school import School, counts

MOVED = 74


def fail(text):
    sys.exit(f"FAIL: {text}")


def busy(writers):
    """Waits until a cohort has its certificates."""
    while writers[0].done.get("certificate_revoked", 0) < 1:
        if writers[0].failure:
            fail(f"a writer: {writers[0].failure}")
        time.sleep(0.02)


def moved(suffix, with_other):
    """A file goes, and perhaps another comes, while acts are acknowledged."""
    school = School().found()
    before = counts(school.database)
    school.serve()
    stopping, writers = writing(school)
    busy(writers)
    path, aside = f"{school.database}{suffix}", school.folder / "aside"
    os.rename(path, aside)
    if with_other:
        shutil.copy(aside, path)
    try:
        status = school.process.wait(20)
    except Exception:
        school.kill()
        fail(f"'db{suffix}' is gone, and the server goes on")
    join(stopping, writers)
    if status != MOVED:
        fail(f"'db{suffix}' is gone: ended with {status}")
    os.replace(aside, path)
    kept = expect_kept(school, writers, before, f"'db{suffix}' moved")
    print(f"'db{suffix}' {'replaced' if with_other else 'moved'} under the server: ended with {MOVED}, "
          f"{kept} acknowledged acts are there")
    school.remove()


def foreign():
    """What is no registry is refused, and left as it is."""
    school = School().found()
    other = school.folder / "other"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    (school.folder / "empty").write_bytes(b"")
    (school.folder / "noise").write_bytes(os.urandom(9000))
    commands = (("serve", "--listen", f"unix://{school.socket}"), ("check",), ("migrate",),
                ("restore", "--from", "db", "--burn", "0", "--give-up", "unknown"))
    for name in ("other", "empty", "noise"):
        path = school.folder / name
        octets = path.read_bytes()
        for command, *words in commands:
            done = school.run("timeout", "20", "bitimd", command, *words, "--database", name, check=False)
            # A registry that was destroyed looks like these; it is moved aside for its copy.
            if command == "restore" and name != "other":
                continue
            if done.returncode != 2 or name not in done.stderr or path.read_bytes() != octets:
                fail(f"{command} of '{name}': {done.returncode} {done.stderr}")
    print("an empty file, noise and another program's database are refused by serve, check and migrate")
    school.remove()


for suffix in ("", "-wal"):
    for with_other in (False, True):
        moved(suffix, with_other)
foreign()
