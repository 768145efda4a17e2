"""Measures counts that noise does not touch, each against its bound in gates.tsv."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import farm

here = pathlib.Path(__file__).resolve().parent


def bounds():
    rows = [line.split("\t") for line in (here / "gates.tsv").read_text().splitlines() if not line.startswith("#")]
    return {name: (float(bound), unit) for name, bound, unit in rows}


def instructions(folder, name, words, counts, load):
    """Instructions the server takes for one call more: two runs' difference, without what starting costs.

    `load` gives the words for the load, told how many calls came before.
    """
    # Callgrind can't read the debugging information that Swift writes.
    program = folder / name
    subprocess.run(["strip", "--strip-debug", "-o", program, farm.binaries / name], check=True)
    totals, before = [], 0
    for count in counts:
        address, out = f"unix://{folder}/s{count}", folder / f"callgrind.{count}"
        server = farm.Server(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program,
                              *(word.format(address=address) for word in words)], address)
        with server:
            done = farm.bench("load", "--at", address, "--connections", 8, "--depth", 16,
                              "--seconds", 100, "--warmup", 0, "--most", count, *load(before))
            if done["refused"]:
                sys.exit(f"FAIL: {done['refused']} of {count} calls refused")
            before += done["asked"] + 10
        totals.append(int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M).group(1)))
    return (totals[1] - totals[0]) / (counts[1] - counts[0])


def syncs(folder, database, connections, first):
    """fdatasync calls on the WAL for one attestation, with so many callers that each wait for theirs."""
    copy = folder / f"w{connections}.db"
    shutil.copy(database, copy)
    address, trace = f"unix://{folder}/w{connections}", folder / f"trace{connections}"
    words = ["strace", "-f", "-qq", "-e", "trace=fdatasync", "-e", "signal=none", "-o", trace,
             farm.binaries / "bitimd", "serve", "--database", copy, "--listen", address, "--loops", 1,
             "--token-calls", 1_000_000]
    with farm.Server(words, address) as server:
        done = farm.bench("load", "--at", address, "--call", "attest", "--connections", connections, "--depth", 1,
                          "--seconds", 100, "--warmup", 0, "--most", 200 * connections if connections > 1 else 400,
                          "--token", farm.examiner, "--first", first)
        if done["refused"]:
            sys.exit(f"FAIL: {done['refused']} attestations refused")
        # The tracer passes the signal on to nobody: the server is told itself.
        for child in pathlib.Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
            subprocess.run(["kill", child], check=True)
        server.process.wait(40)
    calls = sum(1 for line in trace.read_text().splitlines() if "fdatasync(" in line)
    # Starting, noting the token's use each minute and the last checkpoint sync a few times too.
    return max(0, calls - 16) / done["asked"]


def main():
    began = time.monotonic()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bitim-gates-"))
    wrong = []

    def gate(name, value):
        bound, unit = bounds()[name]
        verdict = "ok  " if value <= bound else "FAIL"
        print(f"{verdict} {name:10} {value:10.3f}  bound {bound:g}  {unit}", flush=True)
        if value > bound:
            wrong.append(name)

    certificates = 100_000
    database = farm.registry(folder / "v.db", certificates)

    def serve(database):
        return ["serve", "--database", str(database), "--listen", "{address}", "--loops", "1",
                "--token-calls", "1000000"]

    def verifying(_):
        return ["--certificates", certificates, "--distinct", certificates // 5]

    gate("verify", instructions(folder, "bitimd", serve(database), (20_000, 60_000), verifying))
    gate("framing", instructions(folder, "bench-echo", ["{address}"], (20_000, 60_000), verifying))
    database = farm.registry(folder / "a.db", 10, candidates=20_000)
    acts = shutil.copy(database, folder / "acts.db")
    gate("attest", instructions(folder, "bitimd", serve(acts), (1_024, 4_096), lambda before: [
        "--call", "attest", "--token", farm.examiner, "--first", before]))
    for connections in (1, 8, 64):
        gate(f"sync-{connections}x1", syncs(folder, database, connections, 0))
    shutil.rmtree(folder)
    print(f"gates: {len(bounds()) - len(wrong)} passed, {len(wrong)} failed ({time.monotonic() - began:.0f} s)")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
