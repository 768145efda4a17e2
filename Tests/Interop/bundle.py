"""A second verifier of bundles, written from schema/BUNDLE.md alone, and a judge of ours.

    bundle.py verify FILE KEYFILE                says the answer and its checks
    bundle.py judge BITIM KEYFILE FILE...        ours and this one agree, of each file and of copies that were tampered with
"""
import base64
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DAY_MS = 86_400_000
KINDS = {
    "issued": {"certificates_issued", "certificates_adopted", "certificate_replaced", "approved"},
    "revoked": {"certificate_revoked", "mark_withdrawn", "approved"},
    "suspended": {"certificate_suspended", "certificate_reinstated", "approved"},
    "replaced": {"certificate_replaced", "approved"},
}


class Unreadable(Exception):
    pass


def need(holds):
    if not holds:
        raise Unreadable


def unb64(text, size=None):
    try:
        octets = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Unreadable from error
    need(base64.b64encode(octets).decode() == text and size in (None, len(octets)))
    return octets


def count(text):
    need(re.fullmatch("[1-9][0-9]{0,18}", text, re.ASCII) and int(text) < 2**63)
    return int(text)


def number(text):
    need(re.fullmatch("[0-9]{4}-[0-9]{6}-[0-9]{2}", text, re.ASCII))
    return text


def day(text):
    need(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII))
    try:
        datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable from error
    return text


def last_day(text, first):
    if text == "-":
        return None
    need(day(text) >= first)
    return text


def text_or_none(text):
    if text == "-":
        return None
    octets = text.encode()
    need(1 <= len(octets) <= 400 and octets[0] != 0x20 and octets[-1] != 0x20 and 0x7F not in octets)
    return text


def words(line, least, most):
    found = line.split(" ")
    need(least <= len(found) <= most)
    return found


class Note:
    def __init__(self, lines):
        need("" in lines)
        at = len(lines) - 1 - lines[::-1].index("")
        self.lines, signatures = lines[:at], lines[at + 1:]
        need(self.lines and 1 <= len(signatures) <= 100)
        self.signatures = []
        for line in signatures:
            need(line.startswith("— "))
            name, octets = words(line[2:], 2, 2)
            octets = unb64(octets)
            need(is_name(name) and len(octets) > 4)
            self.signatures.append((name, octets[:4], octets[4:]))

    def message(self):
        return "".join(line + "\n" for line in self.lines).encode()

    def by(self, keys):
        """The trusted keys that signed; None if one of them did not."""
        found = []
        for name, key_id, signature in self.signatures:
            for key in keys:
                if (key[0], key[1]) != (name, key_id) or key in found:
                    continue
                try:
                    key[2].verify(signature, self.message())
                except InvalidSignature:
                    return None
                found.append(key)
        return found

    def signers(self, keys):
        """The names of the trusted keys that signed; "forged" if one of them did not."""
        found = self.by(keys)
        return "forged" if found is None else [key[0] for key in found]


def is_name(name):
    return name != "" and "+" not in name and not any(c.isspace() for c in name)


def named(name, octets):
    """A key: its name, its id, what verifies, and its octets."""
    key_id = hashlib.sha256(name.encode() + b"\n" + octets).digest()[:4]
    return (name, key_id, Ed25519PublicKey.from_public_bytes(octets[1:]), octets)


def read_key(line):
    need(line.count("+") >= 2)
    name, said, octets = line.split("+", 2)
    octets = unb64(octets, 33)
    need(is_name(name) and octets[0] == 1)
    key = named(name, octets)
    need(key[1].hex() == said)
    return key


class Keys(list):
    """Those that are trusted; `bad` has the octets of those that nobody is to believe."""
    bad = frozenset()


def read_keys(path):
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    bad = frozenset(read_key(line[1:])[3] for line in lines if line.startswith("!"))
    keys = Keys(read_key(line) for line in lines if line != "" and line[0] not in "#!")
    keys[:] = [key for key in keys if key[3] not in bad]
    keys.bad = bad
    return keys


def introduced(notes, keys):
    """The keys that are trusted, and those that they introduce."""
    end = "/certificates"
    trusted = {(key[0], key[3]): key for key in keys}
    for log in sorted({key[0][:-len(end)] for key in keys if key[0].endswith(end) and key[0] != end}):
        found = True
        while found:
            found = False
            for note in notes:
                lines = note.lines
                if len(lines) != 5 or lines[0] != "bitim key succession v1" or lines[1] != log:
                    continue
                try:
                    key = read_key(lines[2])
                    day(lines[4])
                except Unreadable:
                    continue
                if key[0] != {"log": log, "certificates": log + end}.get(lines[3]):
                    continue
                elders = [one for one in trusted.values() if one[0] == log]
                if (key[0], key[3]) in trusted or key[3] in getattr(keys, "bad", ()):
                    continue
                signers = note.by(elders + [key])
                if signers is None or not any(one in elders for one in signers):
                    continue
                names = [key[0]] + ([log + end] if lines[3] == "log" else [])
                trusted.update({(name, key[3]): named(name, key[3]) for name in names})
                found = True
    return list(trusted.values())


def read_certificate(note):
    lines = note.lines
    need(len(lines) == 8 and lines[0] == "bitim.certificate/v1")
    need(re.fullmatch("(programme|adopted) [123]|school|attendance", lines[2]))
    issued, until = words(lines[6], 2, 2)
    need(text_or_none(lines[4]) is not None)
    text_or_none(lines[3]), text_or_none(lines[5])
    return {"number": number(lines[1]), "holder": lines[4], "issued": day(issued),
            "until": last_day(until, issued), "act": count(lines[7])}


def read_standing(note):
    lines = note.lines
    need(5 <= len(lines) <= 104 and lines[0] == "bitim.standing/v1")
    said_day, at = words(lines[2], 2, 2)
    size = count(lines[3])
    events = []
    for line in lines[4:]:
        said = words(line, 4, 5)
        kind, first = said[0], day(said[1])
        need(kind in KINDS and len(said) == (5 if kind == "replaced" else 4) and (kind == "issued") == (not events))
        if kind == "replaced":
            number(said[4])
        event = (kind, first, last_day(said[2], first), count(said[3]), said[4:])
        last = events[-1] if events else None
        is_next = last is None or last[3] < event[3]
        is_divided = (last is not None and (last[0], last[3], last[4]) == (kind, event[3], event[4])
                      and last[2] is not None and last[2] < first)
        need(event[3] <= size and (is_next or is_divided))
        events.append(event)
    return {"number": number(lines[1]), "day": day(said_day), "at": count(at), "size": size, "events": events}


def read_act(lines):
    form = r'\{"at":(0|[1-9][0-9]{0,17}),"commitment":"[0-9a-f]{64}","kind":"([a-z_]+)","seq":([1-9][0-9]{0,17}),"v":1\}'
    found = re.fullmatch(form, lines[0], re.ASCII)
    need(found and len(lines) <= 64)
    return {"leaf": lines[0], "kind": found[2], "seq": int(found[3]), "hashes": [unb64(line, 32) for line in lines[1:]]}


def read_checkpoint(note):
    need(len(note.lines) >= 3 and all(note.lines))
    return {"name": note.lines[0], "size": count(note.lines[1]), "root": unb64(note.lines[2], 32)}


class Bundle:
    def __init__(self, octets):
        need(len(octets) <= 1_000_000)
        try:
            text = octets.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable from error
        need(text.endswith("\n") and all(c >= 0x20 or c == 0x0A for c in octets))
        self.lines = text.split("\n")[:-1]
        need(self.lines[0] == "bitim.bundle/v1")
        self.at = 1
        self.certificate_note = Note(self.section("certificate"))
        self.certificate = read_certificate(self.certificate_note)
        self.standing_note = Note(self.section("standing"))
        self.standing = read_standing(self.standing_note)
        self.acts = []
        while self.is_at("act") and len(self.acts) < 100:
            self.acts.append(read_act(self.section("act")))
        self.checkpoint_note = Note(self.section("checkpoint"))
        self.checkpoint = read_checkpoint(self.checkpoint_note)
        self.key_notes = []
        while self.is_at("key") and len(self.key_notes) < 16:
            self.key_notes.append(Note(self.section("key")))
        need(self.at == len(self.lines))

    def is_at(self, name):
        return self.at < len(self.lines) and self.lines[self.at].startswith(name + " ")

    def section(self, name):
        need(self.is_at(name))
        lines = count(self.lines[self.at][len(name) + 1:])
        first = self.at + 1
        need(first + lines <= len(self.lines))
        self.at = first + lines
        return self.lines[first:self.at]


def is_included(leaf, index, size, hashes, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for p in hashes:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = hashlib.sha256(b"\1" + p + r).digest()
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            r = hashlib.sha256(b"\1" + r + p).digest()
        fn >>= 1
        sn >>= 1
    return sn == 0 and r == root


def state(standing, on):
    for kind in ("revoked", "suspended", "replaced"):
        if any(e[0] == kind and e[1] <= on and (e[2] is None or on <= e[2]) for e in standing["events"]):
            return kind
    issued = standing["events"][0]
    if issued[2] is not None and on > issued[2]:
        return "expired"
    return "not yet valid" if on < issued[1] else "valid"


def verify(octets, keys, at, today, most=30):
    """The answer, and the verdict of each check."""
    bundle = Bundle(octets)
    keys = introduced(bundle.key_notes, keys)
    certificate, standing, checkpoint = bundle.certificate, bundle.standing, bundle.checkpoint
    of_certificates = [key for key in keys if key[0].endswith("/certificates") and key[0] != "/certificates"]
    def signed(note, among):
        signers = note.signers(among)
        return (False, None) if signers == "forged" else (True, signers) if signers else (None, None)

    checks = {}
    checks["certificate"], signers = signed(bundle.certificate_note, of_certificates)
    name = signers[0] if signers else None
    checks["standing"], signers = signed(bundle.standing_note, of_certificates)
    if signers and name:
        issued = standing["events"][0]
        checks["standing"] = (
            signers[0] == name and standing["number"] == certificate["number"] and issued[3] == certificate["act"]
            and issued[2] == certificate["until"] and issued[1] >= certificate["issued"])
    checks["checkpoint"], signers = signed(bundle.checkpoint_note, keys)
    if signers:
        checks["checkpoint"] = (
            checkpoint["name"] in signers and checkpoint["size"] == standing["size"]
            and (name is None or name == checkpoint["name"] + "/certificates"))
    checks["acts"] = None
    if checks["standing"] and checks["checkpoint"]:
        events = standing["events"]
        checks["acts"] = len(bundle.acts) == len(events) and all(
            act["seq"] == event[3] and act["kind"] in KINDS[event[0]]
            and is_included(act["leaf"].encode(), act["seq"] - 1, checkpoint["size"], act["hashes"], checkpoint["root"])
            for act, event in zip(bundle.acts, events))
    told = all(checks.values())
    failed = False in checks.values()
    days = max(0, at - standing["at"]) // DAY_MS
    checks["age"] = True if told and days <= most and at > standing["at"] - DAY_MS else None
    on = max(today, standing["day"])
    stands = state(standing, on)
    checks["state"] = (stands == "valid") if told else None
    if failed:
        answer = "NotValid"
    elif not told:
        answer = "Unknown"
    elif stands in ("revoked", "replaced", "expired", "not yet valid"):
        answer = "NotValid"
    elif checks["age"] is None:
        answer = "Unknown"
    else:
        answer = "NotValid" if stands == "suspended" else "Valid"
    return answer, checks


WORDS = {True: "holds", False: "fails", None: "unknown"}


def theirs(octets, keys, most):
    try:
        answer, checks = verify(octets, keys, int(time.time() * 1000), datetime.date.today().isoformat(), most)
    except Unreadable:
        return "", {}
    return answer, {name: WORDS[holds] for name, holds in checks.items()}


def ours(bitim, files, keyfile, most):
    command = [bitim, "verify", "--offline", *files, "--trust", keyfile, "--output", "json", "--max-age", str(most)]
    out = subprocess.run(command, capture_output=True, text=True).stdout
    answers = [json.loads(line) for line in out.splitlines()]
    return [(a["verdict"], {c["check"]: c["verdict"] for c in a["checks"]}) for a in answers]


def tampered(octets):
    """Copies with one thing changed that matters, each under what that is."""
    text = octets.decode()
    lines = text.split("\n")

    def line(at, new):
        return "\n".join(lines[:at] + [new] + lines[at + 1:])

    heads = {name: next(i for i, l in enumerate(lines) if l.startswith(name + " "))
             for name in ("certificate", "standing", "act", "checkpoint")}
    c, s, a, p = (heads[n] for n in ("certificate", "standing", "act", "checkpoint"))
    copies = {
        "number": text.replace(lines[c + 2], "2026-000418-26"),
        "subject": line(c + 3, "adopted 2"),
        "specialisation": line(c + 4, "отбасы"),
        "holder": line(c + 5, "Әлиев Қанат"),
        "holder in Latin letters": line(c + 6, "Aliyev Kanat"),
        "days": line(c + 7, "2020-01-01 -"),
        "act of issue": line(c + 8, "1"),
        "certificate's signature": line(c + 10, lines[c + 10][:-6] + "AAAA" + lines[c + 10][-2:]),
        "certificate's signer": line(c + 10, lines[c + 10].replace("/certificates", "")),
        "number in the standing": line(s + 2, "2026-000418-26"),
        "instant": line(s + 3, lines[s + 3].split(" ")[0] + " 4000000000000"),
        "day": line(s + 3, "2020-01-01 " + lines[s + 3].split(" ")[1]),
        "size": line(s + 4, str(int(lines[s + 4]) + 1)),
        "event": line(s + 5, lines[s + 5].replace("issued 20", "issued 19")),
        "entry's instant": line(a + 1, lines[a + 1].replace('"at":1', '"at":2')),
        "commitment": line(a + 1, re.sub('"commitment":"....', '"commitment":"0000', lines[a + 1])),
        "kind": line(a + 1, lines[a + 1].replace("certificates_issued", "approved")),
        "entry's number": line(a + 1, re.sub('"seq":[0-9]+', '"seq":1', lines[a + 1])),
        "hash": line(a + 2, "A" * 43 + "="),
        "log's name": line(p + 1, lines[p + 1][:-1] + ("0" if lines[p + 1][-1] != "0" else "1")),
        "checkpoint's size": line(p + 2, str(int(lines[p + 2]) + 1)),
        "root": line(p + 3, "A" * 43 + "="),
        "heading": line(c, "certificate 11"),
        "an octet more": text + "\n",
        "an octet less": text[:-1],
    }
    events = int(lines[s].split(" ")[1]) - 6
    if events > 1:
        # Whoever carries the file cuts off what stands against the certificate, with its act.
        acts = [i for i, l in enumerate(lines) if l.startswith("act ")]
        cut = lines[:s] + [f"standing {events + 5}"] + lines[s + 1:s + 4 + events] + lines[s + 5 + events:acts[-1]]
        copies["event cut off"] = "\n".join(cut + lines[p:])
    return {name: copy.encode() for name, copy in copies.items()}


def judge(bitim, keyfile, files):
    keys = read_keys(keyfile)
    others = [keys[0]]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        bare = folder / "log.vkey"
        bare.write_text(pathlib.Path(keyfile).read_text().split("\n")[0] + "\n")
        told = copies = 0
        for file in files:
            octets = pathlib.Path(file).read_bytes()
            for most in (0, 30, 36_500):
                for path, trusted in ((keyfile, keys), (bare, others)):
                    mine, (its,) = theirs(octets, trusted, most), ours(bitim, [file], path, most)
                    assert mine == its and mine[0], (file, most, mine, its)
                    assert trusted is keys or mine[0] == "Unknown", (file, mine)
                    told += 1
            paths = []
            for index, (what, copy) in enumerate(tampered(octets).items()):
                assert copy != octets, (file, what)
                path = folder / f"{index}.bitim"
                path.write_bytes(copy)
                paths.append((what, path, copy))
            answers = ours(bitim, [str(p) for _, p, _ in paths], keyfile, 36_500)
            for (what, _, copy), its in zip(paths, answers, strict=True):
                mine = theirs(copy, keys, 36_500)
                assert mine == its, (file, what, mine, its)
                assert "fails" in its[1].values() or "unknown" in its[1].values() or its[0] == "", (file, what, its)
                assert its[0] != "Valid", (file, what, its)
                copies += 1
    print(f"{told} answers and {copies} tampered copies: both verifiers agree")


if __name__ == "__main__":
    if sys.argv[1] == "verify":
        answer, checks = theirs(pathlib.Path(sys.argv[2]).read_bytes(), read_keys(sys.argv[3]), 30)
        print(answer or "unreadable", checks)
    else:
        judge(sys.argv[2], sys.argv[3], sys.argv[4:])
