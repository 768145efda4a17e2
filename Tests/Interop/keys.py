"""The log's key is rotated as OPERATIONS.md says, by two persons at bitim and one at bitimd: cryptography verifies that
the new key signs the log, that the note which introduces it is signed by both, and that a note with anything changed is
signed by neither; KeyChain believes the one and not the other.

Usage: keys.py FOLDER-OF-PROGRAMS
"""
import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

programs = os.path.abspath(sys.argv[1])


def holds(note, vkey):
    """C2SP signed-note.md: whether the key has a line that holds."""
    name, number, key = vkey.split("+", 2)
    key = base64.b64decode(key, validate=True)
    assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == number
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        dash, who, signature = line.split(" ")
        blob = base64.b64decode(signature, validate=True)
        if (dash, who, blob[:4].hex()) != ("\u2014", name, number):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(blob[4:], (text + "\n").encode())
            return True
        except InvalidSignature:
            return False
    return False


def main():
    with tempfile.TemporaryDirectory(prefix="bitim-keys.") as folder:
        def run(program, *words, status=0, given=None):
            ended = subprocess.run([f"{programs}/{program}", *words], cwd=folder, capture_output=True, text=True,
                                   input=given)
            assert ended.returncode == status, f"{program} {words}: {ended.returncode} {ended.stderr}"
            return ended.stdout + ended.stderr

        def read(name):
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                return file.read()

        def serve():
            with open(f"{folder}/log", "ab") as log:
                server = subprocess.Popen([f"{programs}/bitimd", "serve", "--database", "db", "--listen",
                                           f"unix://{folder}/s"], cwd=folder, stderr=log)
            while subprocess.run([f"{programs}/bitim", "audit", "checkpoint", *access], cwd=folder,
                                 capture_output=True).returncode != 0:
                assert server.poll() is None, "bitimd ended"
            return server

        def bitim(*words, status=0, token="admin.token"):
            return run("bitim", *words, "--server", f"unix://{folder}/s", "--token-file", token, "--language", "en",
                       status=status)

        def approve(act):
            shown = bitim("proposal", "approve", act, status=1, token="certifier.token")
            digest = re.findall(r"[0-9a-f]{32}", shown)[-1]
            bitim("proposal", "approve", act, "--digest", digest, token="certifier.token")

        def proposed(text):
            return re.search(r"bitim proposal approve (\d+)", text).group(1)

        run("bitimd", "init", "--database", "db", "--name-kk", "Мектеп", "--name-ru", "Школа", "--name-en", "School",
            "--region", "Алматы", "--entitled-from", "2020-01-01", "--entitled-by", "7", "--administrator",
            "Әбенова Гүлнәр", "--born", "1980-05-02")
        access = ("--server", f"unix://{folder}/s", "--token-file", "admin.token")
        server = serve()
        try:
            with open(f"{folder}/appointments.csv", "w", encoding="utf-8") as file:
                file.write("person,role,organisation,file\nТұрсынова Қарлығаш,certifier,SCHOOL,certifier.token\n")
            bitim("person", "add", "--surname-kk", "Тұрсынова", "--given-kk", "Қарлығаш", "--surname-latin",
                  "Tursynova", "--given-latin", "Karlygash", "--birth-date", "1985-03-05", "--evidence", "төлқұжат")
            bitim("admin", "appoint", "appointments.csv", "--days", "30", "--tokens", ".")
            old = read("db-signing/log.vkey").splitlines()[0]
            approve(proposed(bitim("key", "add", "db-signing/log.vkey", "--use", "log", status=7)))
            made = run("bitimd", "key", "new", "--database", "db")
            new = re.search(r"^key +(\S+)$", made, re.M).group(1)
            approve(proposed(bitim("key", "add", new, "--use", "log", "--kept", "сейф № 2", status=7)))
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait() == 0
        server = serve()
        try:
            checkpoint = read("db-signing/checkpoint")
            assert holds(checkpoint, new) and not holds(checkpoint, old), "the new key does not sign"
            keys = [json.loads(line) for line in bitim("key", "list", "--output", "json").splitlines()]
            assert [key["key"] for key in keys] == [old, new]
            note = keys[1]["note"]
            assert keys[0]["note"] == "" and note == read(f"db-signing/checkpoint-key-{new.split('+')[1]}")
            assert holds(note, old) and holds(note, new), "cryptography refuses the note"
            log = old.split("+")[0]
            text = note.rpartition("\n\n")[0].split("\n")
            assert text == ["bitim key succession v1", log, new, "log", keys[1]["validFrom"]], text
            believed = run("trust-lab", "chain", log, old, given=note).splitlines()
            assert believed == [old, new], believed
            for line in range(len(text)):
                changed = list(text)
                changed[line] = changed[line][:-1] + ("8" if changed[line][-1] != "8" else "7")
                other = "\n".join(changed) + "\n\n" + note.rpartition("\n\n")[2]
                assert not holds(other, old) and not holds(other, new), f"line {line} may be changed"
                assert run("trust-lab", "chain", log, old, given=other).splitlines() == [old], line
            # Who knows the new key alone learns nothing of the old, and a key does not introduce itself.
            assert run("trust-lab", "chain", log, new, given=note).splitlines() == [new]

            retired = bitim("key", "retire", old.split("+")[1], "--ground", "rotated", status=7)
            approve(proposed(retired))
            bitim("key", "list", "--to", "school.pub")
            kept = read("school.pub").splitlines()
            assert kept[::2] == [old, new], kept
            names = [key.split("+")[0] for key in kept[1::2]]
            assert names == [log + "/certificates"] * 2, kept
            bitim("audit", "checkpoint", "--to", "note")
            bitim("audit", "verify", "--checkpoint", "note", "--trust", "school.pub")
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait() == 0
        assert holds(read("db-signing/checkpoint"), new)


main()
