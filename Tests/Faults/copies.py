"""A backup under the registry's name, and a fork of it: no number is given out twice.

A tired administrator copies yesterday's backup over a broken database, or restores what another
server made of a copy. Neither is served nor taken; restored, what was given out since is burned.
"""
import os
import shutil
import sqlite3
import sys
import threading
import time

from school import School, Writer


def fail(text):
    sys.exit(f"FAIL: {text}")


def numbers(database):
    """The numbers of all certificates."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return {number for (number,) in db.execute("SELECT number FROM certificate")}
    finally:
        db.close()


def write(school, label, cohorts):
    """Certifies so many cohorts of three."""
    Writer.seats.clear()
    stopping = threading.Event()
    writer = Writer(school, label, stopping)
    writer.start()
    while writer.done.get("certificate_revoked", 0) < cohorts and not writer.failure:
        time.sleep(0.02)
    stopping.set()
    writer.join(60)
    if writer.failure:
        fail(f"a writer: {writer.failure}")


def remove(database):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(f"{database}{suffix}"):
            os.unlink(f"{database}{suffix}")


def refused(school):
    """What `serve` said, which must not have begun; what serves after ten seconds is ended."""
    school.serve(wait=False, log=school.folder / "refused.log")
    try:
        status = school.process.wait(10)
    except Exception:
        school.kill()
        fail("a backup is served")
    said = (school.folder / "refused.log").read_text()
    if status != 2 or "bitimd restore" not in said:
        fail(f"serve of a backup: {status} {said}")


def main():
    school = School().found()
    school.serve()
    write(school, "Y", 1)
    school.run("bitim", "admin", "backup", "--profile", "admin")
    write(school, "L", 2)
    school.stop()
    backup, = (school.folder / "backups").glob("*.db")
    lost = numbers(school.database) - numbers(backup)
    if len(lost) < 6:
        fail(f"only {len(lost)} certificates after the backup: nothing was tried")
    remove(school.database)
    shutil.copy(backup, school.database)
    refused(school)
    # Two servers went on from one backup: the second is no copy of the first.
    words = ("bitimd", "restore", "--from", backup, "--give-up", "unknown")
    school.run(*words, "--burn", "0", "--database", "fork")
    school.run(*words, "--burn", str(len(lost)), "--database", "db")
    before = school.database.read_bytes()
    for word in ("0", "1", "unknown"):
        fork = school.run("bitimd", "restore", "--from", "fork", "--burn", "0", "--give-up", word, "--database", "db",
                          check=False)
        if fork.returncode != 2 or "another history" not in fork.stderr:
            fail(f"a fork is taken with --give-up {word}: {fork.returncode} {fork.stdout}{fork.stderr}")
    if school.database.read_bytes() != before:
        fail("a refused restoration changed the database")
    school.serve()
    write(school, "N", 2)
    school.stop()
    new = numbers(school.database) - numbers(backup)
    problems, _ = school.check()
    if problems or len(new) < 6 or new & lost:
        fail(f"{problems[:3]}; {len(new)} new numbers, given out twice: {sorted(new & lost)}")
    print(f"ok   a backup under the registry's name is not served, a fork is not taken; of {len(lost)} numbers that "
          f"were lost none came again among {len(new)}")
    school.remove()


if __name__ == "__main__":
    main()
