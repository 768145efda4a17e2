"""Disk states after a power loss, from a recording of a process's system calls.

A disk that loses power keeps what was synced, and of what was written since any part: nothing, all,
some writes and not others, some sectors of a write. Each state is a database and its WAL as the next
start would find them.
"""
import random
import re

SECTOR = 512
CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,sendto,recvfrom,unlink,unlinkat,rename,renameat,renameat2,link,linkat"


class Event:
    """A system call in the order in which calls ended; answers count from where they began."""

    def __init__(self, name, path, data=b"", offset=0, descriptor=None, target=None):
        self.name, self.path, self.data, self.offset, self.descriptor = name, path, data, offset, descriptor
        self.target = target


def _octets(text):
    return bytes.fromhex(text.replace("\\x", ""))


_call = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>)?(.*)$")


def events(recording):
    """The calls of a recording made by strace -f -y -xx."""
    begun, found = {}, []
    for line in open(recording, encoding="latin-1"):
        match = _call.match(line.rstrip("\n"))
        if not match:
            continue
        thread, resumed, rest = match.groups()
        if resumed:
            rest = begun.pop(thread, "") + rest
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest[: -len("<unfinished ...>")]
            # What is sent may arrive at once: an answer counts from here.
            if begun[thread].startswith("sendto("):
                event = parse(begun[thread] + ") = 0")
                if event:
                    found.append(event)
            continue
        if resumed == "sendto":
            continue
        event = parse(rest)
        if event:
            found.append(event)
    return found


def parse(text):
    match = re.match(r"(\w+)\((.*)\) += (-?\d+)", text)
    if not match or match.group(3).startswith("-"):
        return None
    name, arguments, result = match.group(1), match.group(2), int(match.group(3))
    place = re.match(r"(\d+)<([^>]*)>", arguments)
    descriptor, path = (int(place.group(1)), place.group(2)) if place else (None, None)
    if path and "\\x" in path:
        path = _octets(path).decode("utf-8", "replace")
    if name in ("pwrite64", "write", "sendto", "recvfrom"):
        data = re.search(r'"((?:\\x[0-9a-f]{2})*)"', arguments)
        octets = _octets(data.group(1)) if data else b""
        offset = 0
        if name == "pwrite64":
            offset = int(arguments.rsplit(",", 1)[1])
            octets = octets[:result]
        if name == "recvfrom":
            octets = octets[:result]
        return Event(name, path, octets, offset, descriptor)
    if name == "ftruncate":
        return Event(name, path, offset=int(arguments.rsplit(",", 1)[1]))
    if name in ("fsync", "fdatasync"):
        return Event(name, path)
    if name in ("unlink", "unlinkat"):
        target = re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)
        return Event("unlink", _octets(target[-1]).decode() if target else None)
    if name in ("rename", "renameat", "renameat2", "link", "linkat"):
        names = [_octets(found).decode() for found in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]
        return Event("link" if name.startswith("link") else "rename", names[0], target=names[1])
    return None


class Disk:
    """Files with what is synced of them and what was written since, and the names they bear.

    A file's name is there when it is made. Names that are given later, by link and rename, hold once their
    folder is synced; until then any number of them, in their order, may be on the disk.
    """

    def __init__(self, files):
        self.synced = {name: bytearray(octets) for name, octets in files.items()}
        self.waiting = {name: [] for name in files}
        # A file is told by the name that it had first.
        self.names = {name: name for name in files}
        self.given = []

    def view(self, count=None):
        """Which file each name is, with so many of the names given since the folder was synced; all by default."""
        names = dict(self.names)
        for event, old, new in self.given[:count]:
            names[new] = names[old]
            if event == "rename":
                del names[old]
        return names

    def apply(self, event, name, target=None):
        if event.name in ("link", "rename"):
            self.given.append((event.name, name, target))
            return
        if event.name == "unlink":
            file = self.view().get(name)
            self.names.pop(name, None)
            if file not in self.view().values():
                self.synced.pop(file, None)
                self.waiting.pop(file, None)
            return
        file = self.view().get(name)
        if file is None:
            file = self.names[name] = name if name not in self.synced else f"{name} again"
        if event.name in ("fsync", "fdatasync"):
            for change in self.waiting.get(file, []):
                put(self.synced.setdefault(file, bytearray()), change)
            self.waiting[file] = []
        else:
            self.synced.setdefault(file, bytearray())
            self.waiting.setdefault(file, []).append(event)

    def sync_names(self):
        """The folder was synced: the names given so far hold."""
        self.names, self.given = self.view(), []

    def states(self, seed):
        """What may be on the disk now: nothing unsynced, all of it, two mixtures; each with more names."""
        for kind, files in self.contents(seed):
            for count in range(len(self.given) + 1):
                yield kind, {name: files[file] for name, file in self.view(count).items() if file in files}

    def contents(self, seed):
        yield "nothing", {name: bytes(octets) for name, octets in self.synced.items()}
        if not any(self.waiting.values()):
            return
        whole = {}
        for name, octets in self.synced.items():
            copy = bytearray(octets)
            for change in self.waiting.get(name, []):
                put(copy, change)
            whole[name] = bytes(copy)
        yield "all", whole
        for kind in ("some", "torn"):
            chance = random.Random(f"{seed} {kind}")
            mixed = {}
            for name, octets in self.synced.items():
                copy = bytearray(octets)
                for change in self.waiting.get(name, []):
                    if chance.random() < 0.5:
                        put(copy, change)
                    elif kind == "torn" and change.name != "ftruncate":
                        keep = chance.randrange(0, len(change.data) // SECTOR + 1) * SECTOR
                        put(copy, Event("pwrite64", name, change.data[:keep], change.offset))
                mixed[name] = bytes(copy)
            yield kind, mixed


def put(octets, change):
    if change.name == "ftruncate":
        if change.offset < len(octets):
            del octets[change.offset:]
        else:
            octets.extend(bytes(change.offset - len(octets)))
        return
    end = change.offset + len(change.data)
    if len(octets) < end:
        octets.extend(bytes(end - len(octets)))
    octets[change.offset:end] = change.data
