#!/usr/bin/env python3
"""Asks a server what it serves, by Describe, and loads the answer into Python's pool, which refuses what does not
stand alone. Usage: described.py SOCKET SCHEMA.pb OUT.pb; OUT.pb is what was answered, for other judges."""
import sys

from google.protobuf import descriptor_pb2, descriptor_pool

from peer import Connection, messages

path, schema, out = sys.argv[1:]
message = messages(schema)
connection = Connection(path, message)
answer = connection.call(
    "bitim.rpc.v1.Connection", "Describe", message("bitim.rpc.v1.DescribeRequest")(), "bitim.rpc.v1.DescribeResponse")
octets = answer.SerializeToString()
with open(out, "wb") as file:
    file.write(octets)
pool = descriptor_pool.DescriptorPool()
files = descriptor_pb2.FileDescriptorSet.FromString(octets).file
for file in files:
    pool.Add(file)
options = pool.FindMessageTypeByName("google.protobuf.MethodOptions")
assert {field.number for field in pool.FindAllExtensions(options)} == {50001, 50002}
service = pool.FindServiceByName("bitim.v1.CertificateService")
assert "VerifyCertificate" in service.methods_by_name
for file in files:
    if file.package.startswith("bitim."):
        said = file.options
        assert said.go_package and said.java_package and said.csharp_namespace, file.name
print(f"described: {len(files)} files")
