"""A running bitimd has its journal signed by OpenSSH's agent: cryptography verifies the note over entries read from the
database, tampered notes are refused, no memory of the daemon holds the private seed, and its agent ends with it.

Usage: signing.py FOLDER-OF-PROGRAMS
"""
import base64
import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_ssh_private_key

programs = os.path.abspath(sys.argv[1])


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root(entries):
    """RFC 9162, section 2.1.1, as it is written there."""
    if len(entries) == 1:
        return leaf(entries[0])
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\1" + root(entries[:k]) + root(entries[k:])).digest()


def holds(note, vkey):
    """C2SP signed-note.md: whether the key has signed the note."""
    name, number, key = vkey.split("+", 2)
    key = base64.b64decode(key, validate=True)
    assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == number
    text, _, line = note.rpartition("\n\n")
    dash, who, signature = line.rstrip("\n").split(" ")
    blob = base64.b64decode(signature, validate=True)
    if (dash, who, blob[:4].hex()) != ("\u2014", name, number):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(blob[4:], (text + "\n").encode())
        return True
    except InvalidSignature:
        return False


def has(process, octets):
    """Whether a process has octets anywhere in its memory."""
    with open(f"/proc/{process}/maps", encoding="utf-8") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if "r" not in rights or "[v" in line:
                continue
            start, end = (int(number, 16) for number in span.split("-"))
            try:
                memory.seek(start)
                if octets in memory.read(end - start):
                    return True
            except (OSError, ValueError, OverflowError):
                continue
    return False


def main():
    with tempfile.TemporaryDirectory(prefix="bitim-sign.") as folder:
        def run(program, *words):
            return subprocess.run([f"{programs}/{program}", *words], cwd=folder, capture_output=True, text=True)

        made = run("bitimd", "init", "--database", "db", "--name-kk", "Мектеп", "--name-ru", "Школа", "--name-en",
                   "School", "--region", "Алматы", "--entitled-from", "2020-01-01", "--entitled-by", "7",
                   "--administrator", "Әбенова Гүлнәр", "--born", "1980-05-02")
        assert made.returncode == 0, made.stderr
        with open(f"{folder}/log", "wb") as log:
            server = subprocess.Popen([f"{programs}/bitimd", "serve", "--database", "db", "--listen",
                                       f"unix://{folder}/s"], cwd=folder, stderr=log)
        access = ("--server", f"unix://{folder}/s", "--token-file", "admin.token", "--language", "en")
        try:
            while run("bitim", "audit", "checkpoint", "--to", "note", *access).returncode != 0:
                assert server.poll() is None, "bitimd ended"
            assert run("bitim", "audit", "key", "--to", "key", *access).returncode == 0
            with open(f"{folder}/note", encoding="utf-8") as file:
                note = file.read()
            with open(f"{folder}/key", encoding="utf-8") as file:
                # The log has the first line, its certificates the second.
                vkey = file.readline().strip()
            assert holds(note, vkey), "cryptography refuses the note"

            with sqlite3.connect(f"{folder}/db") as database:
                entries = [row[0] for row in database.execute("SELECT octets FROM entry ORDER BY seq")]
            origin, size, said = note.splitlines()[:3]
            assert origin == vkey.split("+")[0] == "bitim/" + leaf(entries[0])[:16].hex()
            assert base64.b64decode(said) == root(entries[:int(size)]), "another root"

            verify = ("audit", "verify", "--checkpoint", "note", "--trust", "key", *access)
            assert run("bitim", *verify).returncode == 0
            changes = ((origin, origin[:-1] + "x"), (f"\n{size}\n", f"\n{int(size) + 1}\n"), (said, "A" + said[1:]))
            for old, new in changes:
                with open(f"{folder}/note", "w", encoding="utf-8") as file:
                    file.write(note.replace(old, new))
                assert run("bitim", *verify).returncode == 1, f"a note with {new} is taken"

            with open(f"{folder}/db-signing/log-key", "rb") as file:
                key = load_ssh_private_key(file.read(), None)
            seed = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
            assert has(server.pid, "bitim/".encode()), "the memory can't be read"
            assert not has(server.pid, seed), "the daemon's memory has the private seed"
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait()
        names = [name for name in os.listdir(f"{folder}/db-signing") if name.endswith(".sock")]
        for name in names:
            while True:
                with socket.socket(socket.AF_UNIX) as agent:
                    if agent.connect_ex(f"{folder}/db-signing/{name}") != 0:
                        break


main()
