#!/usr/bin/env python3
"""A partner's program: verifies a certificate with protobuf and sixty lines of framing.

It has nothing of ours but schema/: `protoc` compiles the schema to a descriptor set, Python's
protobuf makes the messages from it. Usage: peer.py SOCKET DESCRIPTORS NUMBER CODE [TOKEN]
"""
import socket
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


def messages(path):
    """The message classes of a descriptor set, by full name."""
    pool = descriptor_pool.DescriptorPool()
    files = descriptor_pb2.FileDescriptorSet.FromString(open(path, "rb").read())
    for file in files.file:
        pool.Add(file)
    # All at once: a class is not whole yet when another thread meets it half made.
    classes = {}

    def make(prefix, types):
        for kind in types:
            name = f"{prefix}.{kind.name}"
            classes[name] = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
            make(name, kind.nested_type)

    for file in files.file:
        make(file.package, file.message_type)
    return classes.__getitem__


class Connection:
    """ttrpc: ten octets of header, then an envelope."""

    def __init__(self, path, message):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(path)
        self.message = message
        self.stream = 1

    def read(self, count):
        octets = b""
        while len(octets) < count:
            more = self.socket.recv(count - len(octets))
            if not more:
                raise ConnectionError("the server closed the connection")
            octets += more
        return octets

    def call(self, service, method, request, response, token=None):
        envelope = self.message("ttrpc.Request")(
            service=service, method=method, payload=request.SerializeToString(), timeout_nano=10**10)
        if token:
            envelope.metadata.add(key="authorization", value="Bearer " + token)
        body = envelope.SerializeToString()
        self.socket.sendall(struct.pack(">IIBB", len(body), self.stream, 1, 0) + body)
        length, stream, kind, flags = struct.unpack(">IIBB", self.read(10))
        assert (stream, kind, flags) == (self.stream, 2, 0), (stream, kind, flags)
        self.stream += 2
        answer = self.message("ttrpc.Response").FromString(self.read(length))
        if answer.status.code:
            raise RuntimeError(f"{answer.status.code} {answer.status.message}")
        return self.message(response).FromString(answer.payload)


def main(path, descriptors, number, code, token=None):
    message = messages(descriptors)
    connection = Connection(path, message)
    request = message("bitim.v1.VerifyCertificateRequest")(number=number, code=code)
    answer = connection.call(
        "bitim.v1.CertificateService", "VerifyCertificate", request,
        "bitim.v1.VerifyCertificateResponse", token)
    print(json_format.MessageToJson(answer, indent=None, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
