#!/usr/bin/env python3
"""The first day on a bare Debian 12, and the days after: by hand, since it takes minutes and the network.

Usage, as root, with debootstrap installed: Tests/Interop/bare.py [ROOT]. ROOT is a bare Debian 12 that debootstrap
made (`debootstrap --variant=minbase bookworm ROOT`), and is left as it is; without it one is made.

Types what docs/FIRST-DAY.md says into a terminal there, line by line, and answers what is asked. Then, as
docs/OPERATIONS.md says: moves the registry to another bare root, brings one of 25 November forward, restarts the
server while thirty-six people work, and puts HAProxy and stunnel from examples/ in front. The programs are those that
scripts/release left.
"""
import gzip
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
project = here.parent.parent

PROGRAMS = ["bitim", "bitimd", "bitim-rpc"]

# What init asks and what is answered; whatever is final is approved.
ANSWERS = {
    "in Kazakh: ": "Медиаторлар мектебі",
    "in Russian: ": "Школа медиаторов",
    "in English: ": "School of Mediators",
    "Its region": "Алматы қаласы",
    "Entitled to train": "2020-01-15",
    "ministry's register: ": "Тізілім № 7",
    "patronymic: ": "Әбенова Гүлнәр Өмірқызы",
    "Born on": "1980-05-02",
    "yes or no: ": "yes",
}


class Root:
    """A bare root with a shell at a terminal in it; what the shell started ends with it."""

    def __init__(self, base, folder):
        self.path = folder
        subprocess.run(["cp", "-a", "--reflink=auto", f"{base}/.", folder], check=True)
        # Where this machine gets its packages and names from, the root does too.
        for name in ["etc/resolv.conf", "etc/apt/sources.list"]:
            if pathlib.Path("/", name).is_file():
                shutil.copyfile(f"/{name}", folder / name)
        for name in ["etc/apt/apt.conf.d", "etc/apt/sources.list.d", "etc/apt/keyrings"]:
            if pathlib.Path("/", name).is_dir():
                shutil.copytree(f"/{name}", folder / name, dirs_exist_ok=True)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(PS1="@$?@ ", PS2="", TERM="dumb", LANG="C.UTF-8", HOME="/root", BITIM_LANGUAGE="en",
                              DEBIAN_FRONTEND="noninteractive", PATH="/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            os.execvp("unshare", ["unshare", "--mount", "--pid", "--fork", "--kill-child", "chroot", str(folder),
                                  "/bin/sh", "-c", "mount -t proc proc /proc && exec bash --norc --noprofile"])
        self.read("@0@ ", 60)
        self.type("stty -echo")

    def read(self, until, seconds):
        """What the terminal shows up to its prompt; answers what is asked on the way."""
        shown, answered, end = "", 0, time.monotonic() + seconds
        while not re.search(until.replace("0", r"\d+") + "$", shown):
            left = end - time.monotonic()
            if left < 0 or not select.select([self.terminal], [], [], left)[0]:
                sys.exit(f"FAIL: nothing came within {seconds} s after: {shown[-400:]}")
            try:
                shown += os.read(self.terminal, 1 << 16).decode(errors="replace").replace("\r", "")
            except OSError:
                sys.exit(f"FAIL: the terminal ended after: {shown[-400:]}")
            for question, answer in ANSWERS.items():
                if question in shown[answered:] and shown.endswith(": "):
                    os.write(self.terminal, f"{answer}\n".encode())
                    answered = len(shown)
                    shown += answer + "\n"
        return shown

    def type(self, line, seconds=300, status=0):
        """Types a line, waits for the prompt; what was shown. Another exit status than asked ends everything."""
        print(f"$ {line}", flush=True)
        os.write(self.terminal, (line + "\n").encode())
        shown = self.read("@0@ ", seconds)
        text, found = re.match(r"(?s)(.*)@(\d+)@ $", shown).groups()
        lines = text.rstrip("\n").split("\n") if text else []
        for row in lines if len(lines) < 12 else lines[:5] + [f"… {len(lines) - 8} more lines …"] + lines[-3:]:
            print(f"  {row}", flush=True)
        if int(found) != status:
            sys.exit(f"FAIL: exit status {found}, and {status} was expected")
        return text

    def serve(self, unit="/etc/systemd/system/bitimd.service"):
        """Starts what the unit starts, as its user, in a root where no systemd runs."""
        text = (self.path / unit.lstrip("/")).read_text()
        command = re.search(r"^ExecStart=(.*)$", text, re.M)[1]
        self.type("install -d -o bitim -g bitim -m 0750 /run/bitim && rm -f /run/bitim/bitim.sock")
        self.type(f"runuser -u bitim -- {command} 2>>/var/log/bitimd.log & server=$!")
        self.type("until [ -S /run/bitim/bitim.sock ]; do kill -0 $server || exit; sleep 0.1; done", 60)

    def stop(self):
        # A bare root has no pkill.
        self.type("kill $(grep -lx bitimd /proc/[0-9]*/comm | cut -d/ -f3); wait $server; [ $? -lt 126 ]", 60)

    def end(self):
        os.write(self.terminal, b"exit\n")
        os.waitpid(self.pid, 0)


def guide():
    """The lines that the guide says, each as it is typed."""
    text = (project / "docs/FIRST-DAY.md").read_text()
    block = "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))
    return block.replace("\\\n ", "").split("\n")


def give(root):
    """What a newcomer has: the three programs and examples/."""
    target = root.path / "root/bitim"
    target.mkdir()
    for name in PROGRAMS:
        subprocess.run(["strip", "-o", target / name, project / ".build/release" / name], check=True)
    shutil.copytree(project / "examples", target / "examples")
    root.type("cd /root/bitim")


def first_day(root):
    for line in guide():
        if line == "systemctl enable --now bitimd":
            root.serve()
        elif line.startswith("systemctl "):
            print(f"# {line}: no systemd runs here; scripts/interop has it judge the units")
        elif line.startswith("apt-get install"):
            root.type("apt-get update -q && " + line, 600)
        elif line.startswith("bitim certificate adopt"):
            # It waits for another person.
            root.type(line, status=7)
        else:
            root.type(line)
    text = (root.path / "root/bitim/examples/certificates.csv").read_text()
    number, code = text.split("\n")[1].split(",")[:2]
    return number, code


def verify(root, number, code):
    text = root.type(f"bitim verify {number} {code} --server unix:///run/bitim/bitim.sock")
    if not text.startswith("VALID"):
        sys.exit("FAIL: the certificate is not valid")


def move(old, new, number, code):
    """OPERATIONS, "Another machine": the files go, and the first day's checkpoint is held against them."""
    give(new)
    new.type("apt-get update -q && apt-get install -y libsqlite3-0 libstdc++6", 600)
    new.type("install bitim bitimd bitim-rpc /usr/local/bin")
    new.type("useradd --system --user-group --home-dir /var/lib/bitim bitim")
    new.type("install -d -o bitim -g bitim -m 0700 /var/lib/bitim")
    new.type("cp examples/bitimd.service /etc/systemd/system/")
    old.stop()
    for name in ["school.db", "school.db-wal"]:
        source = old.path / "var/lib/bitim" / name
        if source.exists():
            shutil.move(source, new.path / "var/lib/bitim" / name)
    shutil.move(old.path / "root/bitim/examples/first-day.checkpoint", new.path / "root/kept.checkpoint")
    shutil.copytree(old.path / "root/.config", new.path / "root/.config")
    new.type("chown bitim:bitim /var/lib/bitim/school.db*; chmod 0600 /var/lib/bitim/school.db*")
    new.type("cp /root/kept.checkpoint /tmp; runuser -u bitim -- bitimd check --database /var/lib/bitim/school.db "
             "--checkpoint /tmp/kept.checkpoint", 600)
    new.serve()
    verify(new, number, code)


def under_load(root, number, code):
    """Thirty-six open a session each, all at once, and say it again when they got no answer; the server is restarted
    twice meanwhile."""
    root.type("""session() { for _ in $(seq 40); do bitim cohort session $1 --session S-$1 --date 2026-03-21 """
              """--protocol "$1" --chair 'Ким Елена' --member Байсейітова --member García >>/tmp/load.log 2>&1 """
              """&& break; sleep 0.2; done; }""")
    root.type('export BITIM_PROFILE=registrar; codes=$(grep -o "^P1[^,]*" examples/cohorts.csv); '
              "(for n in $codes; do session $n & done; wait) & load=$!")
    for _ in range(2):
        root.stop()
        root.serve()
    root.type("wait $load; sort /tmp/load.log | uniq -c", 120)
    root.type("for n in $codes; do bitim attest S-$n --show >/dev/null || exit; done")
    verify(root, number, code)


def upgrade(root):
    """OPERATIONS, "Upgrade", of a registry that the program of 25 November made; and the way back."""
    with gzip.open(project / "Tests/Support/Registries/dad938a.db.gz") as packed:
        old = packed.read()
    folder = root.path / "var/lib/bitim/old"
    folder.mkdir()
    (folder / "school.db").write_bytes(old)
    root.type("chown -R bitim:bitim /var/lib/bitim/old && chmod 0700 /var/lib/bitim/old "
              "&& chmod 0600 /var/lib/bitim/old/school.db && cd /var/lib/bitim/old")
    for command in ["migrate --plan", "migrate", "check"]:
        root.type(f"runuser -u bitim -- bitimd {command} --database school.db", 600)
    root.type("runuser -u bitim -- bitimd serve --database school.db --listen unix://old.sock 2>>/var/log/old.log & "
              "old=$!")
    root.type("until [ -S old.sock ]; do kill -0 $old || exit; sleep 0.1; done", 60)
    before = list(folder.glob("school.db.before-*"))
    if len(before) != 1 or before[0].read_bytes() != old:
        sys.exit("FAIL: the old registry is not kept as it was")
    root.type("kill $old; wait $old; cd /root/bitim", status=0)


def front(root):
    """HAProxy and stunnel of Debian 12 with the configurations of examples/."""
    target = root.path / "root/bitim/Tests/Interop"
    target.mkdir(parents=True)
    shutil.copy(here / "front.sh", target)
    root.type("apt-get install -y haproxy stunnel4 openssl python3 util-linux", 900)
    root.type("unset BITIM_PROFILE; BIN=/usr/local/bin PYTHON=/usr/bin/python3 bash Tests/Interop/front.sh", 300)


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bitim-bare-") as folder:
        folder = pathlib.Path(folder)
        base = sys.argv[1] if len(sys.argv) > 1 else folder / "base"
        if len(sys.argv) < 2:
            if not shutil.which("debootstrap"):
                sys.exit("FAIL: apt-get install debootstrap")
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", base], check=True, stdout=subprocess.DEVNULL)
        if not all((project / ".build/release" / name).exists() for name in PROGRAMS):
            sys.exit("FAIL: there are no programs; run scripts/release first")
        (folder / "one").mkdir()
        (folder / "two").mkdir()
        one, two = Root(base, folder / "one"), Root(base, folder / "two")
        give(one)
        number, code = first_day(one)
        print(f"== from nothing to the first certificate in {time.monotonic() - began:.0f} s")
        move(one, two, number, code)
        one.end()
        under_load(two, number, code)
        upgrade(two)
        front(two)
        two.stop()
        two.type("runuser -u bitim -- bitimd check --database /var/lib/bitim/school.db", 600)
        two.end()
    print(f"bare: the first day, a move, an upgrade, restarts and both terminators in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
