"""The file at the path is the file that is open, and what lies there is a registry, or nothing is served.

Database and WAL are moved away, and others put in their place, under a server that takes changes: it ends with 74,
and each act that it acknowledged is in the file that the path names after it is put back. Files that are no registry
are refused, and not an octet of them changes.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import time

from disk import expect_kept, join, writing
from school import School, binaries, counts

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


def starts():
    """Inside a user namespace with mounts of its own: where a server can't start, it says place, reason, remedy."""
    school = School().found()
    folder = school.folder

    def said(*words, database="db", prefix=(), environment=None, status=2):
        command = [*prefix, str(binaries / "bitimd"), *words, "--database", database]
        done = subprocess.run(["timeout", "30", *map(str, command)], cwd=folder, capture_output=True, text=True,
                              env={**school.environment, **(environment or {})})
        if done.returncode != status:
            fail(f"{words} of '{database}': {done.returncode} {done.stdout}{done.stderr}")
        return "".join(line + "\n" for line in done.stderr.splitlines() if not line.startswith("{"))

    def expect(text, expected):
        if text != f"bitimd: {expected}\n":
            fail(f"said {text!r}, not {expected!r}")

    listen = ("--listen", f"unix://{folder}/other")
    # Somebody to whom modes apply, as they do not to root.
    modest = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    shut = folder / "shut"
    shut.mkdir()
    shutil.copy(folder / "db", shut / "db")
    (shut / "db").chmod(0o600)
    shut.chmod(0o500)
    expect(said("serve", *listen, database=f"{shut}/db", prefix=modest),
           f"{shut}: Permission denied; give the folder to this user.")
    shut.chmod(0)
    expect(said("serve", *listen, database=f"{shut}/db", prefix=modest),
           f"{shut}/db: Permission denied; work as the user whose folder it is.")
    shut.chmod(0o700)
    (shut / "db").chmod(0)
    for words in (("serve", *listen), ("check",), ("migrate",)):
        expect(said(*words, database=f"{shut}/db", prefix=modest),
               f"{shut}/db: Permission denied; work as the user whose file it is.")
    (shut / "db").chmod(0o600)
    (shut / "db.lock").touch(mode=0)
    (shut / "db.lock").chmod(0)
    expect(said("serve", *listen, database=f"{shut}/db", prefix=modest),
           f"{shut}/db.lock: Permission denied; work as the user whose file it is.")
    (shut / "db.lock").unlink()

    subprocess.run(["mount", "--bind", str(shut), str(shut)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(shut)], check=True)
    expect(said("serve", *listen, database=f"{shut}/db"),
           f"{shut}/db: Read-only file system; mount its disk to be written, or name another place.")
    subprocess.run(["umount", str(shut)], check=True)

    small = folder / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(small)], check=True)
    said_full = said("check", environment={"TMPDIR": str(small)}, status=5)
    if str(small) not in said_full or "TMPDIR" not in said_full or "there is no room" not in said_full:
        fail(f"a full TMPDIR: {said_full}")
    subprocess.run(["umount", str(small)], check=True)

    subprocess.run(["mount", "-t", "tmpfs", "none", str(small)], check=True)
    shutil.copy(folder / "db", small / "db")
    process = subprocess.Popen([str(binaries / "bitimd"), "serve", "--database", f"{small}/db", *listen],
                               cwd=folder, env=school.environment, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if '"event":"database-in-memory"' in line and '"level":"warning"' in line:
            break
    else:
        fail("a database in memory is served without a word")
    process.terminate()
    process.stderr.close()
    process.wait(30)
    subprocess.run(["umount", str(small)], check=True)
    print("a folder that is shut, read-only, full or in memory is named, with reason and remedy")
    school.remove()


if "BITIM_STARTS" in os.environ:
    starts()
    sys.exit()
subprocess.run(["unshare", "-Urm", sys.executable, __file__], env={**os.environ, "BITIM_STARTS": "1"}, check=True)
for suffix in ("", "-wal"):
    for with_other in (False, True):
        moved(suffix, with_other)
foreign()
