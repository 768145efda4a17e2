"""A second reading of schema/STATUS.md, by Python's cryptography, gzip and hmac, and of no code of ours.

    status.py judge DATABASE WEB NUMBER,CODE,STANDING…    what `bitim publish` wrote of these certificates into WEB holds,
                                                         and a copy with any member changed does not
"""
import base64, copy, datetime, gzip, hashlib, hmac, json, os, sqlite3, sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def canonical(value):
    """RFC 8785 of what has texts of ASCII alone."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    assert text.isascii() and "\\u" not in text
    return text.encode()


def base58(text, count):
    number = 0
    for digit in text:
        number = number * 58 + DIGITS.index(digit)
    return number.to_bytes(count, "big")


def to58(octets):
    number, text = int.from_bytes(octets, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = DIGITS[digit] + text
    return "1" * (len(octets) - len(octets.lstrip(b"\0"))) + text


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def document(name, purpose, key, start, end, bits):
    """A list without its proof."""
    encoded = "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")
    return {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": name, "issuer": key,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"], "validFrom": start, "validUntil": end,
            "credentialSubject": {"id": name + "#list", "type": "BitstringStatusList", "statusPurpose": purpose,
                                  "encodedList": encoded}}


def did(private):
    raw = private.public_key().public_bytes_raw()
    return "did:key:z" + to58(b"\xed\x01" + raw)


def signed(unsigned, private, created):
    """The list with a proof of eddsa-jcs-2022."""
    key = did(private)
    options = {"@context": unsigned["@context"], "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022",
               "created": created, "verificationMethod": key + "#" + key[8:], "proofPurpose": "assertionMethod"}
    message = hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsigned)).digest()
    return {**unsigned, "proof": {**options, "proofValue": "z" + to58(private.sign(message))}}


def read(text, name, purpose, at):
    """Key and bits of a list; an exception for what is none, or not signed so."""
    whole = json.loads(text)
    proof = whole.pop("proof")
    value = proof.pop("proofValue")
    subject, key = whole["credentialSubject"], whole["issuer"]
    assert whole["@context"][0] == "https://www.w3.org/ns/credentials/v2" and proof["@context"] == whole["@context"]
    assert {"VerifiableCredential", "BitstringStatusListCredential"} <= set(whole["type"])
    assert whole["id"].endswith(name), whole["id"]
    assert subject["type"] == "BitstringStatusList" and subject["statusPurpose"] == purpose
    assert subject["id"] == whole["id"] + "#list"
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == (
        "DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod")
    assert key.startswith("did:key:z6Mk") and proof["verificationMethod"] == key + "#" + key[8:]
    assert instant(whole["validFrom"]) <= at < instant(whole["validUntil"])
    octets = base58(key[9:], 34)
    assert octets[:2] == b"\xed\x01" and value[0] == "z"
    message = hashlib.sha256(canonical(proof)).digest() + hashlib.sha256(canonical(whole)).digest()
    Ed25519PublicKey.from_public_bytes(octets[2:]).verify(base58(value[1:], 64), message)
    encoded = subject["encodedList"]
    assert encoded[0] == "u" and "=" not in encoded
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(bits) == 131_072
    return key, bits


def places(database, year):
    """The place of a serial, by the journal's first salt."""
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    (salt,) = rows.execute("SELECT salt FROM act WHERE seq = 1").fetchone()
    rows.close()
    key = hmac.new(salt, b"bitim.status/v1\n%d\n" % year, hashlib.sha256).digest()

    def place(serial):
        left, right = serial >> 10, serial & 1023
        for turn in range(10):
            code = hmac.new(key, bytes([turn, right >> 8, right & 255]), hashlib.sha256).digest()
            left, right = right, left ^ ((code[0] << 8 | code[1]) & 1023)
        return left << 10 | right
    return place


def leaves(value, path=()):
    """The way to each text of a value."""
    if isinstance(value, dict):
        for name in value:
            yield from leaves(value[name], path + (name,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from leaves(value[index], path + (index,))
    else:
        yield path


def refused(text, name, purpose, at):
    try:
        read(text, name, purpose, at)
    except (AssertionError, InvalidSignature, ValueError, KeyError, OverflowError, EOFError):
        return True
    return False


def judge(database, web, papers):
    now = datetime.datetime.now(datetime.timezone.utc)
    year = int(papers[0][0][:4])
    place = places(database, year)
    lists = {}
    for purpose in ("revocation", "suspension"):
        name = f"{year}-{purpose}.json"
        with open(os.path.join(web, "status", name), encoding="ascii") as file:
            text = file.read()
        ends = f"/{name}" if f"/{name}" in text else f":status:{year}:{purpose}"
        key, bits = read(text, ends, purpose, now)
        lists[purpose] = (key, bits)
        whole = json.loads(text)
        changed = 0
        for path in leaves(whole):
            copied = copy.deepcopy(whole)
            at = copied
            for step in path[:-1]:
                at = at[step]
            old = at[path[-1]]
            # Another text of the same form: one sign in its middle is another.
            middle = len(old) // 2
            at[path[-1]] = old[:middle] + ("b" if old[middle] != "b" else "c") + old[middle + 1:]
            assert refused(json.dumps(copied), ends, purpose, now), path
            changed += 1
        assert changed == 18, changed
        # A bit set by who has no key, and a list that passes for the other or for another year's.
        forged = copy.deepcopy(whole)
        clean = document("x", purpose, "x", "x", "x", bytes(131_072))["credentialSubject"]["encodedList"]
        if forged["credentialSubject"]["encodedList"] != clean:
            forged["credentialSubject"]["encodedList"] = clean
            assert refused(json.dumps(forged), ends, purpose, now)
        assert refused(text, ends, "revocation" if purpose == "suspension" else "suspension", now)
        assert refused(text, ends.replace(str(year), str(year + 1)), purpose, now)
        assert refused(text, ends, purpose, now + datetime.timedelta(days=31, minutes=1))
    assert lists["revocation"][0] == lists["suspension"][0]
    marked = {"revocation": set(), "suspension": set()}
    for number, code, standing in papers:
        index = place(int(number[5:11]))
        digest = hashlib.sha256(f"{number}:{code}".encode()).hexdigest()
        with open(os.path.join(web, "answers", digest + ".json"), encoding="utf-8") as file:
            entries = json.load(file)["credentialStatus"]
        assert [entry["statusListIndex"] for entry in entries] == [str(index)] * 2, entries
        if standing != "valid":
            marked["suspension" if standing == "suspended" else "revocation"].add(index)
    for purpose, (_, bits) in lists.items():
        found = {8 * at + bit for at, octet in enumerate(bits) if octet for bit in range(8) if octet << bit & 0x80}
        assert found == marked[purpose], (purpose, found, marked[purpose])


if __name__ == "__main__":
    assert sys.argv[1] == "judge"
    judge(sys.argv[2], sys.argv[3], [tuple(word.split(",")) for word in sys.argv[4:]])
