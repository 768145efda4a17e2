"""Peers that wait, dawdle, vanish, shout or never read: others do not notice, and nothing piles up."""
import pathlib
import resource
import socket
import struct
import sys
import time

from school import Line, School, message

CONNECTIONS = 10_000


def fail(text):
    sys.exit(f"FAIL: {text}")


def request(stream=1, payload=b"\x0a\x01\x31"):
    envelope = message("ttrpc.Request")(service="bitim.v1.CertificateService", method="VerifyCertificate",
                                        payload=payload).SerializeToString()
    return struct.pack(">IIBB", len(envelope), stream, 1, 0) + envelope


def connect(school):
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(20)
    made.connect(school.socket)
    return made


def anonymous_kib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(next(l for l in status.splitlines() if l.startswith("RssAnon")).split()[1])


def descriptors(pid):
    return len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))


def probe(school, limit_ms, what):
    slowest = 0
    for _ in range(20):
        began = time.monotonic()
        made = connect(school)
        made.sendall(request())
        if len(made.recv(4096)) < 10:
            fail(f"{what}: a fresh peer is not answered")
        slowest = max(slowest, (time.monotonic() - began) * 1e3)
        made.close()
    if slowest > limit_ms:
        fail(f"{what}: a fresh peer waits {slowest:.1f} ms")
    return slowest


def idle(school):
    probe(school, 1_000, "at first")
    before, open_before = anonymous_kib(school.process.pid), descriptors(school.process.pid)
    peers = []
    for _ in range(CONNECTIONS):
        made = connect(school)
        made.sendall(request())
        if len(made.recv(4096)) < 10:
            fail("idle: not answered")
        peers.append(made)
    kib = (anonymous_kib(school.process.pid) - before) / CONNECTIONS
    slowest = probe(school, 50, f"beside {CONNECTIONS} idle connections")
    if kib > 1:
        fail(f"idle: {kib:.2f} KiB a connection")
    for made in peers:
        made.close()
    settle(school, open_before, "idle")
    print(f"ok   {CONNECTIONS} idle connections: {kib:.2f} KiB each, a fresh peer answered in {slowest:.1f} ms at most")


def settle(school, count, what):
    for _ in range(500):
        if descriptors(school.process.pid) <= count + 8:
            return
        time.sleep(0.01)
    fail(f"{what}: {descriptors(school.process.pid)} descriptors, {count} before")


def hostile(school):
    """What can't be a frame is closed at once, whatever it would like to be."""
    hello = bytes.fromhex("16030100f8010000f40303") + bytes(200)
    for name, octets in {"HTTP": b"GET / HTTP/1.1\r\nHost: bitim\r\n\r\n", "a TLS hello": hello, "garbage": b"\xff" * 64,
                         "a length of 4 GiB": struct.pack(">IIBB", 0xFFFFFFFF, 1, 1, 0)}.items():
        made = connect(school)
        began = time.monotonic()
        made.sendall(octets)
        try:
            said = made.recv(4096)
        except ConnectionResetError:
            said = b""
        if said or time.monotonic() - began > 1:
            fail(f"{name}: answered {said[:20]} after {time.monotonic() - began:.1f} s")
    # A length is no memory: a thousand frames of 4 MiB are announced, none is sent.
    before = anonymous_kib(school.process.pid)
    peers = [connect(school) for _ in range(1_000)]
    for made in peers:
        made.sendall(struct.pack(">IIBB", 4 << 20, 1, 1, 0) + b"\x0a")
    probe(school, 50, "beside announced frames")
    grown = anonymous_kib(school.process.pid) - before
    if grown > 4_096:
        fail(f"announced frames: {grown} KiB for what nobody sent")
    for made in peers:
        made.close()
    print(f"ok   HTTP, TLS and garbage are closed at once; 1,000 frames of 4 MiB announced cost {grown} KiB")


def vanished(school):
    count = descriptors(school.process.pid)
    for _ in range(500):
        made = connect(school)
        made.sendall(request()[:20])
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        made.close()
    settle(school, count, "vanished peers")
    print("ok   500 peers that vanish in the middle of a frame leave nothing")


def burst(school):
    """A Unix socket whose backlog is full refuses at once: none of a thousand may meet that."""
    peers = [connect(school) for _ in range(1_000)]
    for number, made in enumerate(peers):
        made.sendall(request())
    for made in peers:
        if len(made.recv(4096)) < 10:
            fail("burst: not answered")
        made.close()
    print("ok   a burst of 1,000 connections: none refused")


def never_reads(school):
    """What a peer does not take is bounded, and the others do not wait."""
    before = anonymous_kib(school.process.pid)
    made = connect(school)
    made.setblocking(False)
    sent, stream, rest = 0, 1, b""
    began = time.monotonic()
    while time.monotonic() - began < 4:
        if not rest:
            rest = b"".join(request(stream + 2 * n) for n in range(200))
            stream += 400
        try:
            count = made.send(rest)
            sent += count
            rest = rest[count:]
        except BlockingIOError:
            time.sleep(0.01)
    slowest = probe(school, 50, "beside a peer that never reads")
    grown = anonymous_kib(school.process.pid) - before
    if grown > 24 << 10:
        fail(f"a peer that never reads costs {grown} KiB")
    made.close()
    print(f"ok   a peer that sent {sent >> 10} KiB and reads nothing costs {grown} KiB; others wait {slowest:.1f} ms")


def dawdlers(school):
    """Two hundred that never finish their first frame are closed after ten seconds; others do not notice."""
    peers = [connect(school) for _ in range(200)]
    began = time.monotonic()
    for made in peers:
        made.sendall(b"\x00\x00")
    while time.monotonic() - began < 9:
        probe(school, 50, "beside dawdlers")
        time.sleep(0.5)
    for made in peers:
        try:
            if made.recv(10):
                fail("dawdlers: answered")
        except ConnectionResetError:
            pass
    took = time.monotonic() - began
    if not 9 < took < 13:
        fail(f"dawdlers: closed after {took:.1f} s, not 10")
    print(f"ok   200 peers that dawdle over their first frame are closed after {took:.1f} s")


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < CONNECTIONS + 500:
        fail(f"{CONNECTIONS} connections need more descriptors than the {hard} this user may have")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    school = School().found()
    # The server is to raise its own limit: it is started with the usual 1,024.
    school.serve("bash", "-c", 'ulimit -S -n 1024; exec "$@"', "--")
    idle(school)
    hostile(school)
    vanished(school)
    burst(school)
    never_reads(school)
    dawdlers(school)
    if school.stop() != 0:
        fail("the server did not end well")
    problems, _ = school.check()
    if problems:
        fail(f"{problems}")
    school.remove()


if __name__ == "__main__":
    main()
