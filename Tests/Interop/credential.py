"""A second reading of schema/CREDENTIAL.md, by Python's cryptography, pyld and openbadgeslib, and by no code of ours.

    credential.py judge FILE…                  each file holds, and a copy with any member changed does not
    credential.py standing WEB FILE,STANDING…  so it stands by the status lists of WEB/status
"""
import copy, hashlib, importlib.resources, json, os, sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from pyld import jsonld

import status

SUITES = {"vc": "eddsa-jcs-2022", "openbadge": "eddsa-rdfc-2022"}
# The contexts, whose meaning is theirs for ever only as long as these octets are.
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2":
        ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json":
        ("ob-v3p0-context-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
}


def loaded():
    documents = {}
    for address, (name, digest) in CONTEXTS.items():
        octets = (importlib.resources.files("openbadgeslib.ob3.contexts") / name).read_bytes()
        assert hashlib.sha256(octets).hexdigest() == digest, name
        documents[address] = json.loads(octets)
    return documents


DOCUMENTS = loaded()


def loader(address, _options=None):
    return {"contextUrl": None, "documentUrl": address, "document": DOCUMENTS[address],
            "contentType": "application/ld+json"}


def jcs(value):
    """RFC 8785 of what has texts, true and false alone, names of ASCII and no control character."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def canonical(form, value):
    if form == "vc":
        return jcs(value)
    return jsonld.normalize(value, {"algorithm": "URDNA2015", "format": "application/n-quads",
                                    "documentLoader": loader}).encode()


def read(text):
    """Form, key and document; an exception for what is none, or not signed so."""
    whole = json.loads(text)
    document = {name: value for name, value in whole.items() if name != "proof"}
    form = "openbadge" if isinstance(whole["proof"], list) else "vc"
    (proof,) = whole["proof"] if form == "openbadge" else (whole["proof"],)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    key = document["issuer"]["id"]
    assert document["@context"] == list(CONTEXTS)
    kinds = ["VerifiableCredential"] + (["OpenBadgeCredential"] if form == "openbadge" else [])
    assert document["type"] == kinds
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == (
        "DataIntegrityProof", SUITES[form], "assertionMethod")
    assert proof["verificationMethod"] == f"{key}#{key[8:]}"
    if form == "vc":
        assert proof["@context"] == document["@context"]
    octets = status.base58(key.removeprefix("did:key:z"), 34)
    assert octets[:2] == b"\xed\x01" and proof["proofValue"][0] == "z"
    message = b"".join(hashlib.sha256(canonical(form, part)).digest()
                       for part in ({**options, "@context": document["@context"]}, document))
    Ed25519PublicKey.from_public_bytes(octets[2:]).verify(status.base58(proof["proofValue"][1:], 64), message)
    assert document["id"].endswith(":" + document["credentialSubject"]["licenseNumber"])
    return form, key, document


def badge_holds(text):
    """What a verifier of Open Badges says."""
    try:
        OB3LdpVerifier().verify(text)
        return True
    except OB3VerificationError:
        return False


def refused(text):
    try:
        read(text)
    except (AssertionError, InvalidSignature, ValueError, KeyError, OverflowError, TypeError, AttributeError,
            jsonld.JsonLdError):
        return True
    return False


def judge(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    form, key, _ = read(text)
    whole = json.loads(text)
    assert text.encode() == jcs(whole) + b"\n", "another form than RFC 8785"
    is_badge = form == "openbadge"
    if is_badge:
        assert badge_holds(text), path
    changed = 0
    for way in status.leaves(whole):
        copied = copy.deepcopy(whole)
        at = copied
        for step in way[:-1]:
            at = at[step]
        old = at[way[-1]]
        middle = len(old) // 2 if isinstance(old, str) else 0
        at[way[-1]] = not old if isinstance(old, bool) else (
            old[:middle] + ("b" if old[middle] != "b" else "c") + old[middle + 1:])
        other = json.dumps(copied)
        assert refused(other), (path, way)
        assert not is_badge or not badge_holds(other), (path, way)
        changed += 1
    assert changed >= 35, changed
    # Another's key under the School's words, and a member that nobody signed.
    assert refused(json.dumps({**whole, "issuer": {**whole["issuer"], "id": "did:key:z6Mk" + "1" * 44}}))
    assert refused(json.dumps({**whole, "description": "x"}))
    return key


def standing(web, path, expected):
    """How the certificate stands by the lists that lie in a folder."""
    with open(path, encoding="utf-8") as file:
        _, key, document = read(file.read())
    entries = document["credentialStatus"]
    marks = {}
    for entry in entries if isinstance(entries, list) else [entries]:
        purpose = entry["statusPurpose"]
        year = document["credentialSubject"]["licenseNumber"][:4]
        with open(os.path.join(web, "status", f"{year}-{purpose}.json"), encoding="ascii") as file:
            text = file.read()
        at = status.instant(json.loads(text)["validFrom"])
        issuer, bits = status.read(text, entry["statusListCredential"], purpose, at)
        assert issuer == key and json.loads(text)["id"] == entry["statusListCredential"]
        place = int(entry["statusListIndex"])
        marks[purpose] = bool(bits[place // 8] & 0x80 >> place % 8)
    ended = {"valid": None, "suspended": "suspension"}.get(expected, "revocation")
    assert marks == {purpose: purpose == ended for purpose in marks}, (path, expected, marks)


if __name__ == "__main__":
    if sys.argv[1] == "judge":
        assert len({judge(path) for path in sys.argv[2:]}) == 1, "several keys"
    else:
        assert sys.argv[1] == "standing"
        for word in sys.argv[3:]:
            standing(sys.argv[2], *word.rsplit(",", 1))
