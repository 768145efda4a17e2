"""Strangers and insiders who make the server hold, look and wait: others do not notice, and it stays small."""
import os
import pathlib
import resource
import socket
import struct
import sys
import threading
import time

from school import School, message

MEBIBYTES = 300
REQUEST, RESPONSE, DATA, CREDIT = 1, 2, 3, 0xC4


def fail(text):
    sys.exit(f"FAIL: {text}")


def frame(stream, kind, data=b"", flags=0):
    return struct.pack(">IIBB", len(data), stream, kind, flags) + data


def request(stream, service, method, payload=b"", token=None, key=None, flags=0):
    envelope = message("ttrpc.Request")(service=service, method=method, payload=payload)
    if token:
        envelope.metadata.add(key="authorization", value="Bearer " + token)
    if key:
        envelope.metadata.add(key="idempotency-key", value=key)
    return frame(stream, REQUEST, envelope.SerializeToString(), flags)


def verify(stream=1):
    return request(stream, "bitim.v1.CertificateService", "VerifyCertificate", b"\x0a\x01\x31")


class Peer:
    """A connection through a terminator, from an address of its own."""

    def __init__(self, school, network):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(school.socket)
        source = bytes.fromhex("20010db8") + struct.pack(">IQ", network, 1)
        self.socket.sendall(b"\r\n\r\n\x00\r\nQUIT\n\x21\x21" + struct.pack(">H", 36) + source + bytes(16) + bytes(4))

    def send(self, octets):
        """Sends what the server takes; false when it has closed, or takes no more."""
        try:
            self.socket.sendall(octets)
            return True
        except (TimeoutError, OSError):
            return False

    def read(self, count):
        """So many octets, fewer when the server has closed; MSG_WAITALL does not wait where there is a limit of time."""
        octets = b""
        while len(octets) < count:
            more = self.socket.recv(count - len(octets))
            if not more:
                break
            octets += more
        return octets

    def frame(self):
        """The next frame's header and data; nothing when the server has closed."""
        try:
            header = self.read(10)
            if len(header) < 10:
                return None
            length, stream, kind, flags = struct.unpack(">IIBB", header)
            return stream, kind, flags, self.read(length)
        except OSError:
            return None

    def known(self, token):
        self.send(request(1, "bitim.v1.AccessService", "WhoAmI", token=token))
        stream, _, _, data = self.frame()
        if message("ttrpc.Response").FromString(data).status.code:
            fail("a token in force is not known")
        return self

    def extended(self):
        hello = message("bitim.rpc.v1.Hello")(version=1, features=["cancel", "credit", "goaway"])
        self.send(request(1, "bitim.rpc.v1.Connection", "Hello", hello.SerializeToString()))
        self.frame()
        return self

    def close(self):
        self.socket.close()


def probe(school, limit_ms, what):
    """The longest that a fresh peer from an address of its own waits for a verification."""
    slowest = 0
    for number in range(20):
        began = time.monotonic()
        peer = Peer(school, 1_000_000 + number)
        peer.send(verify())
        if not peer.frame():
            fail(f"{what}: a fresh peer is not answered")
        slowest = max(slowest, (time.monotonic() - began) * 1e3)
        peer.close()
    if slowest > limit_ms:
        fail(f"{what}: a fresh peer waits {slowest:.0f} ms")
    return slowest


def peak(school):
    status = pathlib.Path(f"/proc/{school.process.pid}/status").read_text()
    return int(next(l for l in status.splitlines() if l.startswith("VmHWM")).split()[1]) >> 10


class Attack:
    """A server of its own, beside which an attack is made; it must stay small and answer all the while."""

    def __init__(self, school, name, *prefix):
        self.school, self.name, self.peers = school, name, []
        school.serve(*prefix, settings=["--terminators", os.getuid()])

    def peer(self, network):
        self.peers.append(Peer(self.school, network))
        return self.peers[-1]

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                slowest = probe(self.school, 500, self.name)
                held = peak(self.school)
                if held > MEBIBYTES:
                    fail(f"{self.name}: the server takes {held} MiB")
                print(f"ok   {self.name}: {held} MiB at most, a fresh peer waits {slowest:.0f} ms", flush=True)
        finally:
            for peer in self.peers:
                peer.close()
            if self.school.stop() != 0:
                fail(f"{self.name}: the server did not end well")


def flood(peer, octets, seconds):
    peer.socket.settimeout(0.5)
    end = time.monotonic() + seconds
    while time.monotonic() < end and peer.send(octets):
        pass


def credit(school):
    """Twenty addresses, each with all the streams it may have waiting, give credit an octet at a time."""
    with Attack(school, "credit an octet at a time from twenty addresses") as attack:
        token, peers = school.token("registrar"), []
        files = message("grpc.reflection.v1.ServerReflectionRequest")(
            file_containing_symbol="bitim.v1.CertificateService").SerializeToString()
        for network in range(20):
            peer = attack.peer(network).extended()
            peer.send(request(3, "bitim.v1.AccessService", "WhoAmI", token=token))
            peer.frame()
            # Each stream's answer waits: the window of the connection is used up by the first.
            for stream in range(5, 5 + 2 * 1_000, 2):
                peer.send(request(stream, "grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", flags=6)
                          + frame(stream, DATA, files))
            peers.append(peer)
        time.sleep(3)
        threads = [threading.Thread(target=flood, args=(p, frame(0, CREDIT, struct.pack(">I", 1)) * 4_000, 3))
                   for p in peers]
        for thread in threads:
            thread.start()
        probe(school, 500, attack.name)
        for thread in threads:
            thread.join()


def unfinished(school):
    """Frames of 4 MiB without their last octet: of strangers, then of whoever has a token."""
    body = struct.pack(">IIBB", 4 << 20, 3, REQUEST, 0) + bytes((4 << 20) - 1)
    for name, token in (("256 unfinished frames of 4 MiB from four /64s", None),
                        ("the same of whoever has a token", school.token("registrar"))):
        with Attack(school, name) as attack:
            for number in range(256):
                peer = attack.peer(number % 4)
                if token:
                    peer.known(token)
                peer.socket.settimeout(0.2)
                peer.send(body)
            probe(school, 500, name)


def unread(school):
    """Peers that ask what the server serves, and never read."""
    with Attack(school, "200 peers that ask Describe and never read") as attack:
        for number in range(200):
            peer = attack.peer(number // 50)
            peer.socket.settimeout(0.2)
            peer.send(b"".join(request(1 + 2 * n, "bitim.rpc.v1.Connection", "Describe") for n in range(100)))
        time.sleep(1)


def watches(school):
    """Twenty addresses ask for 20,000 watches on the health, and stay."""
    with Attack(school, "20,000 watches on the health") as attack:
        for number in range(1_280):
            peer = attack.peer(number // 64)
            peer.send(b"".join(request(1 + 2 * n, "grpc.health.v1.Health", "Watch", flags=1) for n in range(16)))
        first = [attack.peers[0].frame() for _ in range(32)]
        # Until the last are answered all are: what is measured then is what stays.
        last = [attack.peers[-1].frame() for _ in range(16)]
        if None in last or [f[1] for f in first if f].count(RESPONSE) != 16:
            fail(f"{attack.name}: those who came first stay")


def imports(school):
    """Rows of 3.9 MB: refused at the first, with the limit that was met."""
    with Attack(school, "150 rows of an import with 3.9 MB each") as attack:
        peer = attack.peer(0).known(school.token("registrar"))
        portion = message("bitim.v1.ImportTraineesRequest")(enrolled_on="2026-02-02")
        portion.rows.add(line=1, distinct_evidence="x" * 3_900_000)
        octets = portion.SerializeToString()
        peer.send(request(3, "bitim.v1.CohortService", "ImportTrainees", token=school.token("registrar"), key="import",
                          flags=6))
        said = []
        reader = threading.Thread(target=lambda: said.append(peer.frame()))
        reader.start()
        for _ in range(150):
            if not peer.send(frame(3, DATA, octets)):
                break
        reader.join()
        # And imports that go on for ever, of rows that take no octets: what is gathered is bounded over all.
        empty = message("bitim.v1.ImportTraineesRequest")()
        for _ in range(2_000):
            empty.rows.add()
        many = attack.peer(1).known(school.token("registrar"))
        for stream in range(3, 3 + 2 * 60, 2):
            many.send(request(stream, "bitim.v1.CohortService", "ImportTrainees", token=school.token("registrar"),
                              key=f"import-{stream}", flags=6))
            many.send(frame(stream, DATA, empty.SerializeToString()) * 10)
        time.sleep(3)
        status = message("ttrpc.Response").FromString(said[0][3]).status if said[0] and said[0][1] == RESPONSE else None
        if status is None or b"TOO_MANY_ROWS" not in status.SerializeToString():
            fail(f"{attack.name}: answered {str(said[0])[:100]}")


def descriptors(school):
    """Sixty-four descriptors: a hundred peers ask once and are silent; lists and strangers are served all the while."""
    with Attack(school, "64 descriptors, 100 silent peers", "bash", "-c", 'ulimit -n 64; exec "$@"', "--") as attack:
        token = school.token("registrar")
        known = attack.peer(0).known(token)
        for number in range(100):
            peer = attack.peer(number // 50)
            peer.send(verify())
            if not peer.frame():
                fail(f"{attack.name}: peer {number} is not answered")
            known.send(request(3 + 2 * number, "bitim.v1.CohortService", "ListCohorts", token=token))
            answer = known.frame()
            if not answer or message("ttrpc.Response").FromString(answer[3]).status.code:
                fail(f"{attack.name}: list {number} is answered {answer}")
        # Those who were silent for longest have gone, and the last are still there.
        first, last = attack.peers[1], attack.peers[-1]
        last.send(verify(3))
        if first.frame() or not last.frame():
            fail(f"{attack.name}: not the longest-silent went")
        # Whatever takes the last of them: the log says so.
        number = school.process.pid
        soft, hard = resource.prlimit(number, resource.RLIMIT_NOFILE)
        resource.prlimit(number, resource.RLIMIT_NOFILE, (len(os.listdir(f"/proc/{number}/fd")), hard))
        attack.peer(3)
        school.expect_logged("descriptors-spent", "warning")
        resource.prlimit(number, resource.RLIMIT_NOFILE, (soft, hard))
    done = school.run("bash", "-c", 'ulimit -n 40; exec bitimd serve --database db --listen unix://few', check=False)
    if done.returncode != 2 or "may open 40 files" not in done.stderr:
        fail(f"40 descriptors: {done.returncode} {done.stderr}")


def half_closed(school):
    """Whoever ends his sending has ended the connection: what runs gets no answer, and nothing stays."""
    with Attack(school, "200 peers that watch and end their sending") as attack:
        token = school.token("registrar")
        for number in range(200):
            peer = attack.peer(number // 50).known(token)
            peer.send(request(3, "grpc.health.v1.Health", "Watch", flags=1))
            if peer.frame()[1] != DATA:
                fail(f"{attack.name}: no watch")
            peer.socket.shutdown(socket.SHUT_WR)
            if peer.frame():
                fail(f"{attack.name}: answered after the end")


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    school = School().found()
    wanted = sys.argv[1:]
    for attack in (credit, unfinished, unread, watches, imports, descriptors, half_closed):
        if not wanted or attack.__name__ in wanted:
            attack(school)
    problems, _ = school.check()
    if problems:
        fail(f"{problems}")
    school.remove()


if __name__ == "__main__":
    main()
