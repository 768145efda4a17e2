"""What the measuring scripts share: registries to measure, servers, tokens."""
import hashlib, json, os, pathlib, shutil, signal, struct, subprocess, sys, tempfile, time, zlib

root = pathlib.Path(__file__).resolve().parents[2]
binaries = root / os.environ.get("BITIM_BUILD", ".build") / "release"
_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _base62(number, width):
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, 62)
        digits = _alphabet[rest] + digits
    return digits


def token(seed):
    """A token in the registry's form, the same for the same seed."""
    secret = hashlib.sha256(seed.encode()).digest()
    body = "bitim_live_" + _base62(int.from_bytes(secret, "big"), 43)
    return body + _base62(zlib.crc32(body.encode()), 6)


examiner, partner = token("examiner"), token("partner")


def varint(value):
    octets = b""
    while value > 127:
        octets, value = octets + bytes([value & 127 | 128]), value >> 7
    return octets + bytes([value])


def field(number, octets):
    """A field of a message: a text, octets or another message."""
    return varint(number << 3 | 2) + varint(len(octets)) + octets


def frame(stream, kind, data, flags=0):
    return struct.pack(">IIBB", len(data), stream, kind, flags) + data


def received(peer, count):
    # A socket with a time limit gives what is there, MSG_WAITALL or not.
    octets = b""
    while len(octets) < count:
        octets += peer.recv(count - len(octets)) or sys.exit("FAIL: the server hung up")
    return octets


def run(*words, **options):
    return subprocess.run([str(w) for w in words], check=True, capture_output=True, text=True, **options).stdout


def bench(*words, core=None):
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    done = subprocess.run([*pinned, str(binaries / "bench"), *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"FAIL: bench {' '.join(map(str, words))}: {done.stderr or done.stdout}")
    return json.loads(done.stdout) if done.stdout else None


def registry(path, certificates, sheet="full", candidates=0):
    """A registry of so many certificates, made once and kept."""
    path = pathlib.Path(path)
    mark = path.with_suffix(".made")
    wanted = f"{certificates} {sheet} {candidates}"
    if mark.exists() and mark.read_text() == wanted:
        return path
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    token_file = path.with_suffix(".token")
    token_file.unlink(missing_ok=True)
    run(binaries / "bitimd", "init", "--database", path, "--name-kk", "Мектеп", "--name-ru", "Школа", "--name-en",
        "School", "--region", "Алматы", "--entitled-from", "2020-01-01", "--entitled-by", "№ 7", "--administrator",
        "Әбенова Гүлнәр", "--born", "1980-05-02", "--token-file", token_file)
    bench("fill", "--database", path, "--certificates", certificates, "--sheet", sheet, "--candidates", candidates,
          "--token-hash", hashlib.sha256(examiner.encode()).hexdigest(),
          "--partner-hash", hashlib.sha256(partner.encode()).hexdigest())
    mark.write_text(wanted)
    return path


class Server:
    """A program that listens, for as long as a `with` block lasts."""

    def __init__(self, words, address, core=None, environment=None):
        self.words = [*(["taskset", "-c", str(core)] if core is not None else []), *map(str, words)]
        self.address = address
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.words, stdout=self.log, stderr=self.log, env=self.environment)
        while not self.answers():
            if self.process.poll() is not None:
                self.log.seek(0)
                raise SystemExit(f"FAIL: {' '.join(self.words)}: {self.log.read().decode()}")
            time.sleep(0.002)
        self.ready = time.monotonic() - self.started
        return self

    def answers(self):
        import socket
        try:
            if self.address.startswith("unix://"):
                with socket.socket(socket.AF_UNIX) as s:
                    s.connect(self.address[7:])
            else:
                with socket.socket() as s:
                    s.connect(("127.0.0.1", int(self.address.rsplit(":", 1)[1])))
            return True
        except OSError:
            return False

    @property
    def pid(self):
        return self.process.pid

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)


def bitimd(database, address, core=None, loops=1, **settings):
    words = [binaries / "bitimd", "serve", "--database", database, "--listen", address, "--loops", loops,
             "--token-calls", 1_000_000, "--token-changes", 10_000_000, "--token-mebibytes", 1_000_000]
    for name, value in settings.items():
        words += ["--" + name.replace("_", "-"), value]
    return Server(words, address, core)


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
