"""Prints a year's papers: 4,200 certificates as PDF into one ZIP file, by `bitim certificate sheet`.

Usage: sheets.py [COUNT]. Wants scripts/release bitim bitimd bench. Prints the time of the whole command, connection and
calls included, and what that is a sheet; the ZIP is read again by Python's zipfile.
"""
import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

import farm


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4_200
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bitim-sheets-"))
    database = farm.registry(folder / "s.db", count)
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        # A sheet begins with its number: a tag, a length, fourteen digits and dashes.
        numbers = [row[0][2:16].decode() for row in opened.execute("SELECT sheet FROM verification ORDER BY number")]
    token = folder / "token"
    token.touch(0o600)
    token.write_text(farm.examiner + "\n")
    address, out = f"unix://{folder}/s", folder / "2026.zip"
    with farm.bitimd(database, address, signer="none"):
        began = time.monotonic()
        done = subprocess.run(
            [farm.binaries / "bitim", "certificate", "sheet", *numbers, "--zip", out, "--page", "https://verify.example/",
             "--server", address, "--token-file", token, "--output", "csv"], capture_output=True, text=True)
        took = time.monotonic() - began
    if done.returncode:
        sys.exit(f"FAIL: {done.stderr[-400:]}")
    with zipfile.ZipFile(out) as zipped:
        broken, names = zipped.testzip(), zipped.namelist()
    if broken or len(names) != count:
        sys.exit(f"FAIL: {len(names)} members of {count}; broken: {broken}")
    size = out.stat().st_size
    print(f"{count:,} sheets in {took:.1f} s, {took / count * 1_000:.2f} ms each; {size / 1e6:.1f} MB of ZIP")


if __name__ == "__main__":
    main()
