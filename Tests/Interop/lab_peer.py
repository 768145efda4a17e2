#!/usr/bin/env python3
"""A peer of lab.v1.Lab in Python, all four shapes, on a socket and Python's protobuf alone.

Usage: lab_peer.py client SOCKET DESCRIPTORS [--extended]   tries every call of a server
       lab_peer.py serve SOCKET DESCRIPTORS                 serves plain ttrpc, as a stock server would
"""
import socket
import struct
import sys
import threading
import time

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

REQUEST, RESPONSE, DATA, PING, GOAWAY, CANCEL, CREDIT = 1, 2, 3, 0xC1, 0xC2, 0xC3, 0xC4
RC, RO, ND, END = 1, 2, 4, 0x10


def messages(path):
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(open(path, "rb").read()).file:
        pool.Add(file)
    return lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


class Wire:
    def __init__(self, connection):
        self.connection = connection
        self.lock = threading.Lock()

    def read(self, count):
        octets = b""
        while len(octets) < count:
            more = self.connection.recv(count - len(octets))
            if not more:
                raise EOFError
            octets += more
        return octets

    def frame(self):
        length, stream, kind, flags = struct.unpack(">IIBB", self.read(10))
        return stream, kind, flags, self.read(length)

    def send(self, stream, kind, flags, data=b""):
        try:
            with self.lock:
                self.connection.sendall(struct.pack(">IIBB", len(data), stream, kind, flags) + data)
        except BrokenPipeError:
            # Who asked has gone; reading finds the end.
            pass


class Client:
    def __init__(self, path, message, extended):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(20)
        connection.connect(path)
        self.wire, self.message, self.stream, self.extended = Wire(connection), message, 1, extended
        if extended:
            hello = message("bitim.rpc.v1.Hello")(
                version=1, features=["cancel", "credit", "goaway", "ping", "trailers"], max_frame=4194304,
                max_streams=100, stream_window=262144, connection_window=1048576, agent="python")
            stream = self.open("bitim.rpc.v1.Connection", "Hello", hello, 0)
            kind, _, data = self.answer(stream)
            reply = message("bitim.rpc.v1.HelloReply").FromString(self.response(data).payload)
            assert kind == RESPONSE and "credit" in reply.features, reply

    def open(self, service, method, payload=None, flags=0, **more):
        envelope = self.message("ttrpc.Request")(service=service, method=method, **more)
        if payload is not None:
            envelope.payload = payload.SerializeToString()
        stream, self.stream = self.stream, self.stream + 2
        self.wire.send(stream, REQUEST, flags, envelope.SerializeToString())
        return stream

    def response(self, data):
        return self.message("ttrpc.Response").FromString(data)

    def answer(self, stream):
        """The next frame of a stream; gives credit for every message."""
        while True:
            on, kind, flags, data = self.wire.frame()
            if kind == PING and not flags & 1:
                self.wire.send(0, PING, 1, data)
            if on != stream or kind not in (RESPONSE, DATA):
                continue
            if kind == DATA and self.extended and not flags & ND:
                credit = struct.pack(">I", len(data) + 10)
                self.wire.send(stream, CREDIT, 0, credit)
                self.wire.send(0, CREDIT, 0, credit)
            return kind, flags, data

    def messages(self, stream, kind_of):
        """All messages of a stream and its status."""
        found = []
        while True:
            kind, flags, data = self.answer(stream)
            if kind == RESPONSE:
                return found, self.response(data)
            if not flags & ND:
                found.append(kind_of.FromString(data))
            if flags & RC:
                return found, None

    def unary(self, method, payload, **more):
        kind, _, data = self.answer(self.open("lab.v1.Lab", method, payload, **more))
        assert kind == RESPONSE
        return self.response(data)


def client(path, descriptors, extended):
    message = messages(descriptors)
    text, number = message("google.protobuf.StringValue"), message("google.protobuf.Int64Value")
    empty, span = message("google.protobuf.Empty"), message("google.protobuf.Duration")
    lab = Client(path, message, extended)

    def check(what, is_so):
        print(("ok  " if is_so else "FAIL"), what)
        if not is_so:
            sys.exit(1)

    check("Echo", text.FromString(lab.unary("Echo", text(value="Сәлем")).payload).value == "Сәлем")
    check("Nothing", lab.unary("Nothing", empty()).payload == b"")
    failed = lab.unary("Fail", text(value="9:not now"))
    check("Fail", (failed.status.code, failed.status.message) == (9, "not now"))
    detail = text()
    failed.status.details[0].Unpack(detail)
    check("a status's detail", detail.value == "detail of not now")
    began = time.monotonic()
    late = lab.unary("Sleep", span(seconds=5), timeout_nano=100_000_000)
    check("Sleep beyond the deadline, told on time", late.status.code == 4 and time.monotonic() - began < 2)
    pair = message("ttrpc.KeyValue")(key="k", value="v")
    meta = text.FromString(lab.unary("Meta", empty(), metadata=[pair, pair], timeout_nano=10**9).payload)
    check("Meta", meta.value == "deadline=true;k=v,v;")
    stream = lab.open("lab.v1.Lab", "Count", number(value=30_000), RC)
    found, end = lab.messages(stream, number)
    check("Count", [m.value for m in found] == list(range(30_000)) and (end is None) != extended)
    if extended:
        check("trailers", [(p.key, p.value) for p in end.trailers] == [("counted", "30000")])
    found, end = lab.messages(lab.open("lab.v1.Lab", "Count", number(value=-2), RC), number)
    check("Count, then fail", len(found) == 2 and end.status.code == 10)
    stream = lab.open("lab.v1.Lab", "Sum", None, RO | ND)
    for value in range(1, 101):
        lab.wire.send(stream, DATA, 0, number(value=value).SerializeToString())
    lab.wire.send(stream, DATA, RC | ND)
    check("Sum", number.FromString(lab.response(lab.answer(stream)[2]).payload).value == 5050)
    stream = lab.open("lab.v1.Lab", "Chat", None, RO)
    for said in ("a", "", "ә"):
        lab.wire.send(stream, DATA, 0, text(value=said).SerializeToString())
        check(f"Chat '{said}'", text.FromString(lab.answer(stream)[2]).value == "echo " + said)
    lab.wire.send(stream, DATA, RC | ND)
    check("Chat ends", lab.messages(stream, text)[0] == [])
    if extended:
        stream = lab.open("lab.v1.Lab", "Stall", None, RO | ND)
        lab.wire.send(stream, CANCEL, 0, struct.pack(">I", 0))
        check("CANCEL", lab.response(lab.answer(stream)[2]).status.code == 1)
    check("Missing", lab.unary("Missing", empty()).status.code == 12)


class Served:
    """One connection of a stock-like server: plain ttrpc, a thread a call."""

    def __init__(self, connection, message):
        self.wire, self.message, self.inboxes = Wire(connection), message, {}
        self.text, self.number = message("google.protobuf.StringValue"), message("google.protobuf.Int64Value")

    def run(self):
        try:
            while True:
                stream, kind, flags, data = self.wire.frame()
                if kind == REQUEST:
                    request = self.message("ttrpc.Request").FromString(data)
                    self.inboxes[stream] = []
                    call = getattr(self, request.method, None)
                    if request.service != "lab.v1.Lab" or call is None:
                        self.end(stream, code=12, text=f"method {request.method}")
                    elif request.method in ("Sum", "Chat", "Stall"):
                        self.inboxes[stream] = call(stream)
                        next(self.inboxes[stream])
                    else:
                        threading.Thread(target=call, args=(stream, request), daemon=True).start()
                elif kind == DATA and self.inboxes.get(stream):
                    try:
                        if not flags & ND:
                            self.inboxes[stream].send(data)
                        if flags & RC:
                            self.inboxes[stream].send(None)
                    except StopIteration:
                        self.inboxes[stream] = None
        except (EOFError, OSError):
            pass

    def end(self, stream, payload=b"", code=0, text="", details=()):
        response = self.message("ttrpc.Response")(payload=payload)
        if code:
            response.status.code, response.status.message = code, text
            for detail in details:
                response.status.details.add().Pack(detail)
        self.wire.send(stream, RESPONSE, 0, response.SerializeToString())

    def Echo(self, stream, request):
        self.end(stream, self.text.FromString(request.payload).SerializeToString())

    def Nothing(self, stream, request):
        self.end(stream)

    def Fail(self, stream, request):
        code, said = self.text.FromString(request.payload).value.split(":", 1)
        self.end(stream, code=int(code), text=said, details=[self.text(value="detail of " + said)])

    def Sleep(self, stream, request):
        span = self.message("google.protobuf.Duration").FromString(request.payload)
        time.sleep(span.seconds + span.nanos / 1e9)
        self.end(stream)

    def meta(self, request):
        found = {}
        for pair in request.metadata:
            found.setdefault(pair.key, []).append(pair.value)
        said = "deadline=true;" if request.timeout_nano else "deadline=none;"
        return self.text(value=said + "".join(f"{k}={','.join(found[k])};" for k in sorted(found)))

    def Meta(self, stream, request):
        self.end(stream, self.meta(request).SerializeToString())

    def MetaStream(self, stream, request):
        self.wire.send(stream, DATA, 0, self.meta(request).SerializeToString())
        self.wire.send(stream, DATA, RC | ND)

    def Big(self, stream, request):
        count = self.number.FromString(request.payload).value
        # As older Go servers: whatever the length.
        self.end(stream, self.message("google.protobuf.BytesValue")(value=bytes(count)).SerializeToString())

    def Count(self, stream, request):
        count = self.number.FromString(request.payload).value
        for value in range(abs(count)):
            self.wire.send(stream, DATA, 0, self.number(value=value).SerializeToString())
        if count < 0:
            self.end(stream, code=10, text="asked to fail")
        else:
            self.wire.send(stream, DATA, RC | ND)

    def Sum(self, stream):
        total = 0
        while (data := (yield)) is not None:
            total += self.number.FromString(data).value
        self.end(stream, self.number(value=total).SerializeToString())

    def Chat(self, stream):
        while (data := (yield)) is not None:
            said = self.text.FromString(data).value
            if said == "bye":
                break
            self.wire.send(stream, DATA, 0, self.text(value="echo " + said).SerializeToString())
        self.wire.send(stream, DATA, RC | ND)

    def Stall(self, stream):
        while True:
            yield


def serve(path, descriptors):
    message = messages(descriptors)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(100)
    print("listening", flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=Served(connection, message).run, daemon=True).start()


if __name__ == "__main__":
    if sys.argv[1] == "client":
        client(sys.argv[2], sys.argv[3], "--extended" in sys.argv)
    else:
        serve(sys.argv[2], sys.argv[3])
