"""Writes the bundles of Tests/Golden/bundles anew, by schema/BUNDLE.md and python3-cryptography.

    bundle_golden.py FOLDER

The keys are nobody's: their seeds are the 32 octets 42 and 43 (hexadecimal), the second introduced by the first. The
log has 600 acts, which nobody made.
"""
import base64
import hashlib
import json
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = Ed25519PrivateKey.from_private_bytes(b"\x42" * 32)
NEXT = Ed25519PrivateKey.from_private_bytes(b"\x43" * 32)
AT = 1732890645123  # 2024-11-29T14:30:45.123Z
NUMBER = "2024-000417-94"
# What the acts of the stories were; all others are of other kinds.
KINDS = {17: "certificates_issued", 260: "certificate_suspended", 300: "certificate_reinstated",
         511: "certificate_revoked", 600: "approved"}


def b64(octets):
    return base64.b64encode(octets).decode()


def entry(number):
    commitment = hashlib.sha256(b"act %d" % number).hexdigest()
    kind = KINDS.get(number, "hours_recorded")
    said = {"at": 1711000000000 + 3_600_000 * number, "commitment": commitment, "kind": kind, "seq": number, "v": 1}
    return json.dumps(said, separators=(",", ":"))


def leaf(text):
    return hashlib.sha256(b"\0" + text.encode()).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def split(count):
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node(root(hashes[:k]), root(hashes[k:]))


def proof(index, hashes):
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return proof(index, hashes[:k]) + [root(hashes[k:])]
    return proof(index - k, hashes[k:]) + [root(hashes[:k])]


ENTRIES = [entry(number) for number in range(1, 601)]
LEAVES = [leaf(text) for text in ENTRIES]
LOG = "bitim/" + LEAVES[0][:16].hex()


def public(key):
    return b"\1" + key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name, key=KEY):
    return hashlib.sha256(name.encode() + b"\n" + public(key)).digest()[:4]


def vkey(name, key=KEY):
    return f"{name}+{key_id(name, key).hex()}+{b64(public(key))}"


def line(text, name, key=KEY):
    return f"— {name} {b64(key_id(name, key) + key.sign(text.encode()))}\n"


def note(text, name, key=KEY):
    return text + "\n" + line(text, name, key)


def section(name, text):
    return f"{name} {text.count(chr(10))}\n{text}"


def certificate(until="-", subject="programme 1", specialisation="-"):
    return (f"bitim.certificate/v1\n{NUMBER}\n{subject}\n{specialisation}\nӘбілова Айгерім Серікқызы\n"
            f"Abilova Aigerim\n2024-03-20 {until}\n17\n")


def bundle(events, size=600, key_notes=(), key=KEY, **said):
    name = LOG + "/certificates"
    standing = f"bitim.standing/v1\n{NUMBER}\n2024-11-29 {AT}\n{size}\n" + "".join(e + "\n" for e in events)
    file = "bitim.bundle/v1\n" + section("certificate", note(certificate(**said), name, key))
    file += section("standing", note(standing, name, key))
    for event in events:
        number = int(event.split(" ")[3])
        hashes = proof(number - 1, LEAVES[:size])
        file += section("act", "".join(line + "\n" for line in [ENTRIES[number - 1]] + [b64(h) for h in hashes]))
    checkpoint = f"{LOG}\n{size}\n{b64(root(LEAVES[:size]))}\n"
    file += section("checkpoint", note(checkpoint, LOG, key))
    return file + "".join(section("key", text) for text in key_notes)


SUCCESSION = f"bitim key succession v1\n{LOG}\n{vkey(LOG, NEXT)}\nlog\n2024-10-15\n"
ISSUED = "issued 2024-03-20 - 17"
FILES = {
    "school.vkey": f"{vkey(LOG)}\n{vkey(LOG + '/certificates')}\n",
    # The second key is a thief's.
    "disbelieving.vkey": f"{vkey(LOG)}\n{vkey(LOG + '/certificates')}\n!{vkey(LOG, NEXT)}\n",
    "valid.bitim": bundle([ISSUED]),
    "reinstated.bitim": bundle(
        ["issued 2024-03-20 2027-03-19 17", "suspended 2024-10-01 2024-11-05 300"], until="2027-03-19"),
    "suspended.bitim": bundle([ISSUED, "suspended 2024-10-01 - 260"], size=299),
    "revoked.bitim": bundle([ISSUED, "suspended 2024-10-01 2024-11-05 300", "revoked 2024-11-20 - 511"], size=513),
    "stayed.bitim": bundle(
        [ISSUED, "revoked 2024-11-20 2024-11-27 511", "revoked 2024-12-15 - 511"], size=513),
    "replaced.bitim": bundle([ISSUED, "replaced 2024-11-25 - 600 2024-000901-97"]),
    "expired.bitim": bundle(["issued 2024-03-20 2024-11-28 17"], until="2024-11-28", subject="school"),
    "keys.bitim": bundle(
        [ISSUED], key_notes=[note("nobody reads this\n", LOG)], specialisation="отбасылық дауларда"),
    # The first key is retired: who has pinned it alone learns the second by the note, which both have signed.
    "rotated.bitim": bundle(
        [ISSUED], key_notes=[note(SUCCESSION, LOG) + line(SUCCESSION, LOG, NEXT)], key=NEXT),
    # A note that the first key has not signed introduces nobody.
    "self-introduced.bitim": bundle([ISSUED], key_notes=[note(SUCCESSION, LOG, NEXT)], key=NEXT),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")
