"""Asks a registry of many people who is meant: 200 queries made by rule from true names (people.py).

Usage: find.py [COUNT], 200,000 people unless told otherwise; some twenty minutes, of which registering takes most.
Prints how many were among the first five, rule by rule, and how long the server took for each.
"""
import pathlib
import socket
import statistics
import struct
import sys
import tempfile
import time

import farm
import people
from farm import field, frame, received, varint


class Peer:
    """A plain peer: one call after the other on one connection."""

    def __init__(self, path, token):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.token, self.stream = token, -1

    def send(self, method, payload):
        self.stream += 2
        pair = field(1, b"authorization") + field(2, b"Bearer " + self.token.encode())
        key = field(1, b"idempotency-key") + field(2, f"find-{self.stream:032}".encode())
        body = (field(1, b"bitim.v1.PersonService") + field(2, method) + field(3, payload) + field(5, pair)
                + (field(5, key) if method == b"RegisterPerson" else b""))
        self.socket.sendall(frame(self.stream, 1, body))

    def answer(self, doubles=False):
        """Fields of the answer's message, by number; a refusal ends the program, but for that of a possible double."""
        length, _, _, _ = struct.unpack(">IIBB", received(self.socket, 10))
        envelope = fields(received(self.socket, length))
        status = fields(envelope.get(1, [b""])[0])
        if status.get(1, [0])[0]:
            if doubles and b"POSSIBLE_DOUBLE" in status[3][0]:
                return None
            sys.exit(f"FAIL: {status}")
        return fields(envelope.get(2, [b""])[0])


def fields(octets):
    found, at = {}, 0

    def number():
        nonlocal at
        value, shift = 0, 0
        while True:
            octet = octets[at]
            at, value, shift = at + 1, value | (octet & 127) << shift, shift + 7
            if octet < 128:
                return value

    while at < len(octets):
        key = number()
        if key & 7 == 0:
            value = number()
        else:
            length = number()
            value, at = octets[at:at + length], at + length
        found.setdefault(key >> 3, []).append(value)
    return found


def name(parts):
    return b"".join(field(index + 1, part.encode()) for index, part in enumerate(parts) if part)


def registration(one):
    names = b"".join(field(index + 1, name(people.written(one, script)))
                     for index, script in enumerate(("kk", "ru", "latin")) if script in one["scripts"])
    identifier = varint(1 << 3) + varint(1) + field(2, one["iin"].encode())
    return field(1, field(2, names) + field(3, one["born"].encode()) + field(4, identifier))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bitim-find-"))
    database = farm.registry(folder / "f.db", 1)
    address = f"unix://{folder}/f"
    with farm.bitimd(database, address, signer="none"):
        peer = Peer(f"{folder}/f", farm.examiner)
        everybody = list(people.people(count))
        for one in everybody:
            one["iin"] = people.iin(one["born"])
        began, waiting, there = time.monotonic(), 0, 0
        for number, one in enumerate(everybody):
            peer.send(b"RegisterPerson", registration(one))
            waiting += 1
            if waiting == 64 or number + 1 == count:
                # Namesakes born on one day are told apart by a registrar; here they are left out.
                there += sum(peer.answer(doubles=number >= 200 + 64) is not None for _ in range(waiting))
                waiting = 0
            if number % 10_000 == 9_999:
                print(f"{number + 1:,} people, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        took, right = {}, {}
        for rule, query, one in people.queries(everybody[:200]):
            # What for: field 280 is 1, enrolment.
            purpose = varint(280 << 3) + varint(1)
            peer.send(b"FindPeople", field(1, one["iin"].encode()) + purpose)
            meant = fields(peer.answer()[1][0])[1][0]
            began = time.monotonic()
            peer.send(b"FindPeople", field(1, query.encode()) + purpose)
            answer = peer.answer()
            took.setdefault(rule, []).append((time.monotonic() - began) * 1_000)
            first = [fields(line)[1][0] for line in (answer.get(1, []) + answer.get(3, []))[:5]]
            right.setdefault(rule, []).append(meant in first)
            if meant not in first:
                print(f"not among the first five: {rule}: {query}", flush=True)
        for rule, times in took.items():
            print(f"{rule:20} {sum(right[rule]):3} of {len(times):3}   median {statistics.median(times):6.2f} ms,"
                  f" at most {max(times):6.2f} ms")
        every = sum(right.values(), [])
        print(f"{sum(every)} of {len(every)} among the first five of {there:,} people; at most "
              f"{max(max(times) for times in took.values()):.2f} ms")


if __name__ == "__main__":
    main()
