#!/usr/bin/env python3
"""Compares our generator's descriptors with protoc's. Usage: descriptors.py SCHEMA OURS.swift THEIRS.pb"""
import base64
import re
import sys

from google.protobuf import descriptor_pb2

ours_text = open(sys.argv[1], encoding="utf-8").read()
theirs = descriptor_pb2.FileDescriptorSet.FromString(open(sys.argv[2], "rb").read())
ours = {}
for name, text in re.findall(r"// (\S+\.proto)\n\s+\"([A-Za-z0-9+/=]*)\"", ours_text):
    ours[name] = descriptor_pb2.FileDescriptorProto.FromString(base64.b64decode(text))
failed = 0
compared = 0
for file in theirs.file:
    mine = ours.get(file.name)
    if mine is None:
        print(f"FAIL {file.name}: not among ours")
        failed += 1
        continue
    compared += 1
    # Of source information ours has comments alone, and none of what is reserved.
    said = {tuple(at.path): at.leading_comments.split() for at in file.source_code_info.location}
    wanted = {path: words for path, words in said.items() if words and path != (12,)
              and not (len(path) % 2 and path[-1] in (9, 10))}
    told = {tuple(at.path): at.leading_comments.split() for at in mine.source_code_info.location}
    if file.name.startswith("bitim/") and told != wanted:
        print(f"FAIL {file.name}: other comments than protoc's:", {p for p in told.keys() | wanted.keys() if told.get(p) != wanted.get(p)})
        failed += 1
    mine.ClearField("source_code_info")
    file.ClearField("source_code_info")
    # The order in which map entries stand among nested messages is free.
    for message in list(mine.message_type) + list(file.message_type):
        nested = sorted(message.nested_type, key=lambda m: m.name)
        del message.nested_type[:]
        message.nested_type.extend(nested)
    if mine != file:
        print(f"FAIL {file.name}: differs from protoc's")
        print(mine, file)
        failed += 1
print(f"descriptors: {compared} files compared, {failed} differ")
sys.exit(1 if failed or not compared else 0)
