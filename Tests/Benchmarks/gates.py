"""Measures counts that noise does not touch, each against its bound in gates.tsv."""
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

import farm
from farm import field, frame, received, varint

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


def credit(folder, streams, counts):
    """Instructions the connection's machine takes for one CREDIT frame beside so many streams that wait for it.

    Counted within the machine alone: what the streams themselves take differs from run to run by more than all
    the frames together.
    """
    program = folder / "bench-echo-credit"
    subprocess.run(["strip", "--strip-debug", "-o", program, farm.binaries / "bench-echo"], check=True)

    def request(stream, service, method, payload=b"", flags=0):
        return frame(stream, 1, field(1, service) + field(2, method) + field(3, payload), flags)

    def answered(peer, stream):
        """Reads until a call is answered; returns how many messages came before."""
        messages = 0
        while True:
            length, of, kind, _ = struct.unpack(">IIBB", received(peer, 10))
            received(peer, length)
            if kind == 2 and of == stream:
                return messages
            messages += kind == 3

    service, totals = b"bitim.v1.CertificateService", []
    for count in counts:
        path, out = f"{folder}/credit{count}", folder / f"callgrind.credit{count}"
        with farm.Server(["valgrind", "--tool=callgrind", "--collect-atstart=no",
                          "--toggle-collect=*extensionArrived*", f"--callgrind-out-file={out}", program,
                          f"unix://{path}"], f"unix://{path}"), socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(120)
            peer.connect(path)
            peer.sendall(request(1, b"bitim.rpc.v1.Connection", b"Hello",
                                 b"\x08\x01" + field(2, b"cancel") + field(2, b"credit")))
            answered(peer, 1)
            # Seventeen messages of 65,000 octets draw the connection's mebibyte some 56,000 below nothing.
            stream = 1
            for size in [65_000] * 17 + [100] * (streams - 17):
                stream += 2
                peer.sendall(request(stream, service, b"ExportCertificates", b"\x08" + varint(size), 1))
            messages = 0
            while messages < 17:
                stream += 2
                peer.sendall(request(stream, service, b"VerifyCertificate"))
                messages += answered(peer, stream)
            peer.sendall(frame(0, 0xC4, struct.pack(">I", 1)) * count + request(stream + 2, service,
                                                                             b"VerifyCertificate"))
            if answered(peer, stream + 2):
                sys.exit("FAIL: credit of one octet each let a message go: nothing waits any more")
        totals.append(int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M).group(1)))
    return (totals[1] - totals[0]) / (counts[1] - counts[0])


def syncs(folder, database, connections, first):
    """fdatasync calls on the WAL for one attestation, with so many callers that each wait for theirs."""
    copy = folder / f"w{connections}.db"
    shutil.copy(database, copy)
    address, trace = f"unix://{folder}/w{connections}", folder / f"trace{connections}"
    words = ["strace", "-f", "-qq", "-e", "trace=fdatasync", "-e", "signal=none", "-o", trace,
             farm.binaries / "bitimd", "serve", "--database", copy, "--listen", address, "--loops", 1,
             "--token-calls", 1_000_000, "--token-changes", 10_000_000, "--token-mebibytes", 1_000_000]
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

    def gate(name, measure):
        bound, unit = bounds()[name]
        value = measure()
        # What else a process does beside the work (a thread that waits by turning) adds to a count, and never takes
        # from it: the least of three is what the work takes. Work that costs too much is above the bound each time.
        for _ in range(2):
            if value <= bound:
                break
            print(f"once more: {name} {value:.3f} is above {bound:g}", flush=True)
            value = min(value, measure())
        verdict = "ok  " if value <= bound else "FAIL"
        print(f"{verdict} {name:10} {value:10.3f}  bound {bound:g}  {unit}", flush=True)
        if value > bound:
            wrong.append(name)

    certificates = 100_000
    database = farm.registry(folder / "v.db", certificates)

    # Nothing is signed: who signs works beside the others, on a thread of its own, and hashes every act once more.
    def serve(database):
        return ["serve", "--database", str(database), "--listen", "{address}", "--loops", "1", "--signer", "none",
                "--token-calls", "1000000", "--token-changes", "10000000", "--token-mebibytes", "1000000"]

    def verifying(_):
        return ["--certificates", certificates, "--distinct", certificates // 5]

    gate("verify", lambda: instructions(folder, "bitimd", serve(database), (20_000, 60_000), verifying))
    gate("framing", lambda: instructions(folder, "bench-echo", ["{address}"], (20_000, 60_000), verifying))
    gate("credit", lambda: credit(folder, 1_000, (10_000, 40_000)))
    candidates = farm.registry(folder / "a.db", 10, candidates=20_000)

    def attesting():
        # Each measurement has its own copy: an attestation is recorded once.
        acts = shutil.copy(candidates, folder / "acts.db")
        return instructions(folder, "bitimd", serve(acts), (1_024, 4_096), lambda before: [
            "--call", "attest", "--token", farm.examiner, "--first", before])

    gate("attest", attesting)
    for connections in (1, 8, 64):
        gate(f"sync-{connections}x1", lambda: syncs(folder, candidates, connections, 0))
    shutil.rmtree(folder)
    print(f"gates: {len(bounds()) - len(wrong)} passed, {len(wrong)} failed ({time.monotonic() - began:.0f} s)")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
