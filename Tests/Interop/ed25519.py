"""OpenSSL, through Python's cryptography, and our verification on random keys, messages and flipped bits.

Usage: ed25519.py BENCH-CRYPTO COUNT

Half of the signatures are as OpenSSL made them. Of the other half one bit of key, signature or message is flipped,
and OpenSSL is asked again. (Where the two rules differ, small orders and forms that are not canonical, chance never
comes: vectors do.)
"""
import os
import random
import subprocess
import sys
import threading

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def holds(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def cases(count, seed):
    chance = random.Random(seed)
    for number in range(count):
        if number % 10 == 0:
            private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
            public = private.public_key().public_bytes_raw()
        message = chance.randbytes(chance.randrange(300))
        parts = [public, private.sign(message), message]
        if number % 2 == 0:
            yield parts, True
            continue
        part = chance.choice([0, 1, 1, 2]) if message else chance.choice([0, 1])
        flipped = bytearray(parts[part])
        bit = chance.randrange(8 * len(flipped))
        flipped[bit // 8] ^= 1 << bit % 8
        parts[part] = bytes(flipped)
        yield parts, holds(*parts)


def main():
    program, count = sys.argv[1], int(sys.argv[2])
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
    print(f"     seed {seed}", flush=True)
    verdicts = []
    with subprocess.Popen([program, "verdicts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        reader = threading.Thread(target=lambda: verdicts.extend(line == "1\n" for line in peer.stdout))
        reader.start()
        wanted = []
        for parts, verdict in cases(count, seed):
            wanted.append(verdict)
            peer.stdin.write("".join(part.hex() + "\n" for part in parts))
        peer.stdin.close()
        reader.join()
    assert len(verdicts) == count, f"{len(verdicts)} verdicts of {count}"
    wrong = [number for number in range(count) if verdicts[number] != wanted[number]]
    assert not wrong, f"seed {seed}: we differ from OpenSSL in {len(wrong)}, first number {wrong[0]}"
    assert sum(wanted) == (count + 1) // 2, "a signature with a flipped bit holds"


main()
