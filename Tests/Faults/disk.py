"""A disk that is full, fails, or may not grow: refused or ended, and nothing acknowledged is lost."""
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from school import Line, Refused, Gone, School, Writer, counts, message, spelled


def fail(text):
    sys.exit(f"FAIL: {text}")


def expect_kept(school, writers, before, what):
    """Everything acknowledged is there, and the registry is whole."""
    problems, acts = school.check()
    if problems:
        fail(f"{what}: {problems[:3]}")
    there = counts(school.database)
    for kind in {k for w in writers for k in w.done}:
        acknowledged = sum(w.done.get(kind, 0) for w in writers)
        if there.get(kind, 0) - before.get(kind, 0) < acknowledged:
            fail(f"{what}: {kind}: {acknowledged} acknowledged, {there.get(kind, 0) - before.get(kind, 0)} there")
    kept = sum(sum(w.done.values()) for w in writers)
    if not kept:
        fail(f"{what}: no act was acknowledged, so nothing was tried")
    return kept


def writing(school, count=2):
    stopping = threading.Event()
    Writer.seats.clear()
    writers = [Writer(school, f"D{os.urandom(3).hex()}{n}", stopping) for n in range(count)]
    for writer in writers:
        writer.start()
    return stopping, writers


def expect_health(line, serves, what):
    """What takes changes says whether it serves; the rest serves whatever the disk has."""
    for service, expected in (("bitim.v1.PersonService", serves), ("bitim.v1.DueService", True)):
        answer = line.call("grpc.health.v1.Health", "Check", message("grpc.health.v1.HealthCheckRequest")(
            service=service), "grpc.health.v1.HealthCheckResponse")
        if answer.status != (1 if expected else 2):
            fail(f"{what}: health of {service} is {answer.status}")


def join(stopping, writers):
    stopping.set()
    for writer in writers:
        writer.join(60)
        if writer.failure:
            fail(f"a writer: {writer.failure}")


def full_disk():
    """Inside a mount of 8 MiB: writes are refused with DISK_FULL, reads go on, room brings it back."""
    school = School(pathlib.Path(os.environ["BITIM_SMALL_DISK"]) / "school").found()
    before = counts(school.database)
    school.serve()
    stopping, writers = writing(school)
    line = Line(school.socket)
    admin = school.token("admin")
    ballast = pathlib.Path(os.environ["BITIM_SMALL_DISK"]) / "ballast"
    while writers[0].done.get("certificate_revoked", 0) < 1:
        time.sleep(0.05)
    try:
        with open(ballast, "wb", buffering=0) as file:
            while file.write(bytes(65536)):
                pass
    except OSError:
        pass
    refused, began = None, time.monotonic()
    for number in range(400):
        request = message("bitim.v1.RegisterPersonRequest")()
        request.person.birth_date, request.person.evidence = "1985-03-04", "x" * 400
        request.person.names.latin.surname = "Omarov"
        request.person.names.latin.given = "N" + spelled(f"full-{number}", "abcdefghijklmnop")
        try:
            line.call("bitim.v1.PersonService", "RegisterPerson", request, "bitim.v1.RegisterPersonResponse", admin,
                      f"full-{number}")
        except Refused as error:
            refused = error
            if error.code == 8 and "disk is full" in str(error):
                break
        except Gone:
            time.sleep(0.2)
            said = (school.folder / "server.log").read_text().splitlines()[-3:]
            fail(f"full disk: the server ended with {school.process.poll()}: {said}")
    if not refused or refused.code != 8:
        fail(f"full disk: not refused with RESOURCE_EXHAUSTED but {refused}")
    expect_health(line, False, "full disk")
    # What fails a hundred times a second is one line in ten seconds.
    for number in range(50):
        try:
            line.call("bitim.v1.PersonService", "RegisterPerson", request, "bitim.v1.RegisterPersonResponse", admin,
                      f"still-{number}")
            fail("full disk: a change is taken")
        except Refused:
            pass
    told, seconds = len(school.logged("store")), time.monotonic() - began
    if not 1 <= told <= 1 + seconds / 10:
        fail(f"full disk: {told} lines in {seconds:.1f} s")
    school.expect_logged("disk-low", "warning")
    status = school.run("bitim", "admin", "status", "--profile", "admin", check=False)
    if status.returncode != 3 or "too little: make room" not in status.stdout:
        fail(f"full disk: admin status: {status.returncode} {status.stdout}{status.stderr}")
    for _ in range(20):
        line.call("bitim.v1.CertificateService", "VerifyCertificate",
                  message("bitim.v1.VerifyCertificateRequest")(number="1"), "bitim.v1.VerifyCertificateResponse")
    if school.process.poll() is not None:
        fail(f"full disk: the server ended: {(school.folder / 'server.log').read_text().splitlines()[-1]}")
    ballast.unlink(missing_ok=True)
    made = 0
    for number in range(200):
        try:
            request.person.names.latin.given = "N" + spelled(f"again-{number}", "abcdefghijklmnop")
            line.call("bitim.v1.PersonService", "RegisterPerson", request, "bitim.v1.RegisterPersonResponse", admin,
                      f"again-{number}")
            made += 1
            if made == 3:
                break
        except Refused:
            time.sleep(0.02)
        except Gone:
            time.sleep(0.2)
            said = (school.folder / "server.log").read_text().splitlines()[-3:]
            fail(f"full disk: the server ended with {school.process.poll()}: {said}")
    if made != 3:
        fail("full disk: does not recover when there is room again")
    expect_health(line, True, "room again")
    join(stopping, writers)
    school.stop()
    kept = expect_kept(school, writers, before, "full disk")
    (school.folder / "db-shm").unlink(missing_ok=True)
    try:
        with open(ballast, "wb", buffering=0) as file:
            while file.write(bytes(512)):
                pass
    except OSError:
        pass
    started = school.run("timeout", "20", "bitimd", "serve", "--database", "db", "--listen", f"unix://{school.socket}",
                         check=False)
    # Status 2 would say that no second start mends it, and a supervisor would try none.
    if started.returncode != 5 or "no room on its disk" not in started.stderr:
        fail(f"full disk: a start ended with {started.returncode}: {started.stderr}")
    ballast.unlink()
    if school.check()[0]:
        fail(f"full disk: after a start without room: {school.check()[0]}")
    print(f"ok   full disk: refused with RESOURCE_EXHAUSTED, reads go on, recovers by itself; {kept} acts kept; "
          "a start says that there is no room")


def injected(what, inject, files, expected, prefix=("strace",)):
    """Errors of the disk at some call: the process ends with 74, and what was answered is there."""
    school = School().found()
    before = counts(school.database)
    paths = [word for name in files for word in ("-P", str(school.folder / name))]
    school.serve(*prefix, "-f", "-qq", "-o", "/dev/null", *paths, "-e", f"trace={inject.split(':')[0]}",
                 "-e", f"inject={inject}", "-e", "signal=none")
    stopping, writers = writing(school)
    if expected is None:
        time.sleep(1.5)
        if school.process.poll() is not None:
            fail(f"{what}: the server ended with {school.process.returncode}")
        join(stopping, writers)
        for child in pathlib.Path(f"/proc/{school.process.pid}/task/{school.process.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGTERM)
        school.process.wait(60)
    else:
        try:
            # A checkpoint comes after 64 MiB of WAL: half a minute of a slow machine.
            school.process.wait(120)
        except subprocess.TimeoutExpired:
            fail(f"{what}: the server goes on")
        stopping.set()
        if school.process.returncode != expected:
            fail(f"{what}: ended with {school.process.returncode}, not {expected}")
        last = (school.folder / "server.log").read_text().splitlines()[-1]
        if '"event":"store"' not in last and '"event":"read"' not in last:
            fail(f"{what}: the last line does not say why: {last}")
        join(stopping, writers)
    kept = expect_kept(school, writers, before, what)
    school.remove()
    print(f"ok   {what}: {'ended with 74' if expected else 'goes on'}; {kept} acts kept")


def file_size():
    """RLIMIT_FSIZE: an error to handle, never a death by signal; nothing acknowledged is lost."""
    school = School().found()
    before = counts(school.database)
    # The WAL is kept between runs, and may be the longer of the two.
    size = max((school.folder / name).stat().st_size for name in ("db", "db-wal")) // 1024 + 700
    school.serve("bash", "-c", f'ulimit -f {size}; exec "$@"', "--")
    stopping, writers = writing(school)
    try:
        school.process.wait(30)
    except subprocess.TimeoutExpired:
        fail("file size: the server goes on although nothing can be written")
    stopping.set()
    if school.process.returncode != 74:
        fail(f"file size: ended with {school.process.returncode}, not 74")
    join(stopping, writers)
    kept = expect_kept(school, writers, before, "file size")
    school.remove()
    print(f"ok   a file that may not grow: ended with 74; {kept} acts kept")


def main():
    if "BITIM_SMALL_DISK" in os.environ:
        full_disk()
        return
    inner = subprocess.run(
        ["unshare", "-Urm", "bash", "-c",
         'set -e; dir=$(mktemp -d); mount -t tmpfs -o size=8m none "$dir"; BITIM_SMALL_DISK="$dir" "$0" "$1"',
         sys.executable, __file__])
    if inner.returncode != 0:
        sys.exit(inner.returncode)
    wal, both = ["db-wal"], ["db", "db-wal"]
    injected("EIO at the 40th sync of the WAL", "fdatasync:error=EIO:when=40", wal, 74)
    injected("EIO at the 300th write of the WAL", "pwrite64:error=EIO:when=300", wal, 74)
    injected("EIO at a checkpoint's sync of the database", "fdatasync:error=EIO:when=1+", ["db"], 74)
    # An act takes some forty writes: one more often than that would let none through.
    injected("ENOSPC at every 100th write", "pwrite64:error=ENOSPC:when=100+100", wal, None)
    injected("EINTR at every third write", "pwrite64:error=EINTR:when=3+3", both, None)
    file_size()


if __name__ == "__main__":
    main()
