#!/usr/bin/env python3
"""Compares two descriptor sets, file by file, comments aside. Usage: same_descriptors.py ONE.pb OTHER.pb"""
import sys

from google.protobuf import descriptor_pb2


def files(path):
    with open(path, "rb") as file:
        found = descriptor_pb2.FileDescriptorSet.FromString(file.read()).file
    for file in found:
        file.ClearField("source_code_info")
        # The order in which map entries stand among nested messages is free.
        for message in file.message_type:
            nested = sorted(message.nested_type, key=lambda kind: kind.name)
            del message.nested_type[:]
            message.nested_type.extend(nested)
    # Those of protobuf itself are the compiler's own.
    return {file.name: file for file in found if not file.name.startswith("google/protobuf/")}


one, other = (files(path) for path in sys.argv[1:])
differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
for name in differ:
    print(f"FAIL {name}: differs")
print(f"descriptors: {len(one)} files compared, {len(differ)} differ")
sys.exit(1 if differ or not one else 0)
