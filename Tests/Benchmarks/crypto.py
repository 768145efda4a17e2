"""What hashing and verifying cost beside OpenSSL in the same run: a table of microseconds and ratios.

Usage: crypto.py BENCH-CRYPTO
"""
import re
import subprocess
import sys

# RFC 8032, section 7.1, TEST 3, over a message as short as a checkpoint's hash would be.
THREE = """fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025
6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027\
beceea1ec40a
af82
"""


def ours(program):
    said = subprocess.run([program, "speed"], input=THREE, capture_output=True, text=True, check=True).stdout
    return {name: float(number) for name, number in (line.split() for line in said.splitlines())}


def openssl():
    """Microseconds of the same by `openssl speed`."""
    def speed(*words):
        run = subprocess.run(["openssl", "speed", "-mr", "-seconds", "2", *words], capture_output=True, text=True,
                             check=True)
        return run.stdout
    # +F6:number:bits:name:signatures a second:verifications a second
    rate = float(re.search(r"^\+F6:\d+:253:[^:]*:[^:]*:([\d.]+)", speed("ed25519"), re.M)[1])
    times = {"verify": 1e6 / rate}
    for hash in ("sha256", "sha512"):
        rate = float(re.search(rf"^\+F:\d+:{hash}:([\d.]+)", speed("-bytes", "16384", hash), re.M)[1])
        times[f"{hash}_16k"] = 1e6 * 16_384 / rate
    return times


def main():
    mine, theirs = ours(sys.argv[1]), openssl()
    print(f"{'':32}{'bitim':>10}{'OpenSSL':>10}{'ratio':>8}")
    for name, what, other in (
        ("verify", "Ed25519, key read each time, µs", "verify"),
        ("verify_again", "Ed25519, key kept, µs", "verify"),
        ("sha256_16k", "SHA-256 of 16 KiB, µs", "sha256_16k"),
        ("sha512_16k", "SHA-512 of 16 KiB, µs", "sha512_16k"),
    ):
        print(f"{what:32}{mine[name]:10.1f}{theirs[other]:10.1f}{mine[name] / theirs[other]:8.2f}")


main()
