"""Writes the credentials of Tests/Golden/credentials anew, by schema/CREDENTIAL.md, python3-cryptography and pyld.

    credential_golden.py FOLDER

The key is nobody's: its seed is 32 octets 42 (hexadecimal). `.nq` are the lines that are hashed of a badge. The folders
`clear`, `revoked` and `suspended` have status lists, in which the programme's certificate is so marked.
"""
import base64, gzip, hashlib, itertools, pathlib, sys, zlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import bundle_golden
import credential
import status
from status import did, to58

KEY = Ed25519PrivateKey.from_private_bytes(b"\x42" * 32)
LOG = "urn:bitim:c2f21ad3fcd91b4f03eeaae0ac4b3d2d"
CREATED = "2026-11-30T08:00:00.125Z"
LISTED = "2026-03-20T08:00:00.125Z"
LANGUAGES = ("kk", "ru", "en")


def texts(form, values):
    said = [(language, value) for language, value in zip(LANGUAGES, values) if value]
    if form == "vc":
        return [{"@language": language, "@value": value} for language, value in said]
    by = dict(said)
    return by.get("en") or by.get("kk") or by["ru"]


def document(form, number, achievement, title, description, criteria, version, holder, latin, school, start, end, lists,
             place):
    name = f"{LOG}:certificate:{number}"
    entries = [{"id": f"{name}#{purpose}", "type": "BitstringStatusListEntry", "statusPurpose": purpose,
                "statusListIndex": str(place), "statusListCredential": lists % purpose}
               for purpose in ("revocation", "suspension")]
    achieved = {"id": f"{LOG}:achievement:{achievement}", "type": ["Achievement"], "achievementType": "Certificate",
                "name": texts(form, title), "description": description,
                "criteria": {"id": f"{name}#criteria", "narrative": criteria}}
    if version:
        achieved["version"] = version
    whole = {"@context": list(credential.CONTEXTS), "id": name,
             "type": ["VerifiableCredential"] + ([] if form == "vc" else ["OpenBadgeCredential"]),
             "name": texts(form, title),
             "issuer": {"id": did(KEY), "type": ["Profile"], "name": texts(form, school)}, "validFrom": start,
             "credentialSubject": {
                 "id": f"{name}#holder", "type": ["AchievementSubject"], "name": holder,
                 "identifier": [{"type": "IdentityObject", "hashed": False, "identityType": "name",
                                 "identityHash": latin or holder}],
                 "licenseNumber": number, "achievement": achieved},
             "credentialStatus": entries if form == "vc" else entries[0]}
    if end:
        whole["validUntil"] = end
    return whole


def signed(form, unsigned):
    key = did(KEY)
    options = {"type": "DataIntegrityProof", "cryptosuite": credential.SUITES[form], "created": CREATED,
               "verificationMethod": f"{key}#{key[8:]}", "proofPurpose": "assertionMethod"}
    if form == "vc":
        options["@context"] = unsigned["@context"]
    message = b"".join(hashlib.sha256(credential.canonical(form, part)).digest()
                       for part in ({**options, "@context": unsigned["@context"]}, unsigned))
    proof = {**options, "proofValue": "z" + to58(KEY.sign(message))}
    return {**unsigned, "proof": proof if form == "vc" else [proof]}


def packed(octets):
    """A file of gzip of one block of fixed codes, with runs of the octet before: RFC 1951, 3.2.6."""
    bits = [1, 1, 0]

    def code(value, length):
        bits.extend(int(digit) for digit in format(value, f"0{length}b"))

    def literal(octet):
        code(*((0x30 + octet, 8) if octet < 144 else (0x190 + octet - 144, 9)))

    for octet, run in itertools.groupby(octets):
        literal(octet)
        left = len(list(run)) - 1
        while left:
            length = min(left, 258)
            left -= length
            if length < 3:
                for _ in range(length):
                    literal(octet)
                continue
            if length == 258:
                symbol, extra, count = 285, 0, 0
            elif length < 11:
                symbol, extra, count = 254 + length, 0, 0
            else:
                count = (length - 3).bit_length() - 3
                first = 3 + (4 << count)
                symbol, extra = 261 + 4 * count + ((length - first) >> count), (length - first) & ((1 << count) - 1)
            code(*((symbol - 256, 7) if symbol < 280 else (0xC0 + symbol - 280, 8)))
            bits.extend(extra >> place & 1 for place in range(count))
            code(0, 5)
    code(0, 7)
    bits.extend([0] * (-len(bits) % 8))
    body = bytes(sum(bit << place for place, bit in enumerate(bits[at:at + 8])) for at in range(0, len(bits), 8))
    file = (b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + zlib.crc32(octets).to_bytes(4, "little")
            + len(octets).to_bytes(4, "little"))
    assert gzip.decompress(file) == octets
    return file


def status_list(purpose, place):
    bits = bytearray(131_072)
    if place is not None:
        bits[place // 8] |= 0x80 >> place % 8
    name = f"https://mediators.example/status/2026-{purpose}.json"
    unsigned = status.document(name, purpose, did(KEY), LISTED, "2026-04-20T08:00:00.125Z", bytes(bits))
    encoded = base64.urlsafe_b64encode(packed(bytes(bits))).decode().rstrip("=")
    unsigned["credentialSubject"]["encodedList"] = "u" + encoded
    return status.canonical(status.signed(unsigned, KEY, LISTED)) + b"\n"


STORIES = {
    "programme": dict(
        number="2026-000417-29", achievement="programme:1",
        title=("Жалпы курс", "Общий курс", "General course of mediation"),
        description="Order 85 of 22 February 2023, \"general course\"",
        criteria="Trained by Almaty \\ Centre from 2026-02-02 to 2026-03-18: 24 academic hours of theory and 24.5 of "
                 "practice attended. Attestation passed on 2026-03-20, protocol № 14.",
        version="P1-2025", holder="Әбілова Айгерім Серікқызы", latin="Abilova Aigerim",
        school=("Медиаторлар мектебі", "Школа медиаторов", "School of Mediators"), start="2026-03-19T19:00:00Z",
        end="2099-03-19T19:00:00Z", lists="https://mediators.example/status/2026-%s.json", place=486325),
    "school": dict(
        number="2026-000418-13", achievement="school", title=("Мектеп сертификаты", "", ""),
        description="Мектеп сертификаты", criteria="All three programmes passed: certificates 2026-000417-29.",
        version=None, holder="Иванов Пётр", latin=None, school=("", "Школа медиаторов", ""),
        start="2026-03-19T19:00:00Z", end=None, lists=f"{LOG}:status:2026:%s", place=0),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for story, said in STORIES.items():
        for form in credential.SUITES:
            unsigned = document(form, **said)
            whole = signed(form, unsigned)
            (folder / f"{story}.{form}.json").write_bytes(credential.jcs(whole) + b"\n")
            if form == "openbadge":
                (folder / f"{story}.nq").write_bytes(credential.canonical(form, unsigned))
    (folder / "school.vkey").write_text(bundle_golden.vkey(LOG[4:].replace(":", "/") + "/certificates", KEY) + "\n")
    for story, marked in (("clear", None), ("revoked", "revocation"), ("suspended", "suspension")):
        (folder / story).mkdir(exist_ok=True)
        for purpose in ("revocation", "suspension"):
            place = STORIES["programme"]["place"] if purpose == marked else None
            (folder / story / f"2026-{purpose}.json").write_bytes(status_list(purpose, place))
