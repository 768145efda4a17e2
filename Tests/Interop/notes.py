"""Signed notes, checkpoints and proofs as C2SP and RFC 9162 have them, written a second time, judge ours.

Usage: notes.py TRUST-LAB
"""
import base64
import hashlib
import os
import random
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

lab = sys.argv[1]


def run(*words, input=b"", **more):
    return subprocess.run(words, input=input, capture_output=True, **more)


def key_id(name, key):
    return hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]


def vkey(name, key):
    return f"{name}+{key_id(name, key).hex()}+{base64.b64encode(bytes([1]) + key).decode()}"


def holds(note, name, key):
    """Whether `key` has signed the note by its name: C2SP signed-note.md, a second time."""
    text, _, lines = note.decode().rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        dash, who, signature = line.split(" ")
        assert dash == "\u2014"
        blob = base64.b64decode(signature, validate=True)
        if who == name and blob[:4] == key_id(name, key):
            try:
                Ed25519PublicKey.from_public_bytes(key).verify(blob[4:], text.encode())
                return True
            except InvalidSignature:
                return False
    return False


# RFC 9162, section 2.1, as it is written there.

def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    if len(leaves) == 0:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, complete):
    if m == len(leaves):
        return [] if complete else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], complete) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def proofs():
    leaves = [os.urandom(random.randrange(200)) for _ in range(70)]
    questions, answers = [f"leaf {leaf.hex()}" for leaf in leaves], []

    def ask(question, hashes):
        questions.append(question)
        answers.append(" ".join(hash.hex() for hash in hashes))

    for n in range(1, 71):
        ask(f"root {n}", [root(leaves[:n])])
        for m in random.sample(range(n), min(n, 9)):
            ask(f"inclusion {m} {n}", path(m, leaves[:n]))
            ask(f"consistency {m + 1} {n}", subproof(m + 1, leaves[:n], True))
    said = run(lab, "tree", input="\n".join(questions).encode()).stdout.decode().splitlines()
    assert said == answers, next((q, a, b) for q, a, b in zip(questions[70:], said, answers) if a != b)


def notes(folder):
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    name = "мектеп.kz/журнал"
    ours = run(lab, "vkey", name, public.hex()).stdout.decode().strip()
    assert ours == vkey(name, public), ours

    # A note of theirs is read; a tampered copy of it is not, whatever octet it is.
    checkpoint = f"{name}\n70\n{base64.b64encode(bytes(32)).decode()}\n"
    blob = key_id(name, public) + key.sign(checkpoint.encode())
    theirs = f"{checkpoint}\n\u2014 {name} {base64.b64encode(blob).decode()}\n".encode()
    other = vkey("other", Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    said = run(lab, "note-open", other, ours, input=theirs)
    assert said.stdout.decode() == f"{name}\n{checkpoint}", said
    assert b"unsigned" in run(lab, "note-open", other, input=theirs).stderr
    for at in random.sample(range(len(theirs)), 60):
        tampered = bytearray(theirs)
        tampered[at] ^= 1 << random.randrange(8)
        said = run(lab, "note-open", ours, input=bytes(tampered))
        assert said.returncode == 1 and not said.stdout, (at, bytes(tampered), said.stdout)

    # So with a proof in a file: C2SP tlog-proof.md.
    leaves = [os.urandom(random.randrange(200)) for _ in range(70)]
    at = random.randrange(70)
    checkpoint = f"{name}\n70\n{base64.b64encode(root(leaves)).decode()}\n"
    blob = key_id(name, public) + key.sign(checkpoint.encode())
    file = f"c2sp.org/tlog-proof@v1\nindex {at}\n"
    file += "".join(base64.b64encode(hash).decode() + "\n" for hash in path(at, leaves))
    file = f"{file}\n{checkpoint}\n\u2014 {name} {base64.b64encode(blob).decode()}\n".encode()
    said = run(lab, "proof-open", ours, leaves[at].hex(), input=file)
    assert said.stdout.decode() == checkpoint, said
    said = run(lab, "proof-open", ours, leaves[at - 1].hex(), input=file)
    assert b"notIncluded" in said.stderr, said
    for octet in random.sample(range(len(file)), 60):
        tampered = bytearray(file)
        tampered[octet] ^= 1 << random.randrange(8)
        said = run(lab, "proof-open", ours, leaves[at].hex(), input=bytes(tampered))
        assert said.returncode == 1 and not said.stdout, (octet, bytes(tampered), said.stdout)

    # A note of ours, signed by an agent, holds for them; a tampered copy does not.
    private = f"{folder}/key"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", private, check=True)
    socket = f"{folder}/agent"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    try:
        environment = dict(os.environ, SSH_AUTH_SOCK=socket)
        while run("ssh-add", "-l", env=environment).returncode == 2:
            assert agent.poll() is None, "ssh-agent ended"
        run("ssh-add", private, env=environment, check=True)
        with open(f"{private}.pub", encoding="utf-8") as file:
            public = base64.b64decode(file.read().split()[1])[-32:]
        note = run(lab, "note-sign", socket, vkey(name, public), input=checkpoint.encode(), check=True).stdout
    finally:
        agent.kill()
        agent.wait()
    assert note.startswith(checkpoint.encode() + b"\n\xe2\x80\x94 "), note
    assert holds(note, name, public), "our note does not hold"
    assert not holds(note.replace(b"\n70\n", b"\n71\n"), name, public), "the judge takes a tampered note"


def main():
    proofs()
    with tempfile.TemporaryDirectory(prefix="bitim-notes.") as folder:
        notes(folder)


main()
