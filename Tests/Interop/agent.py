"""OpenSSH's agent, and our client of it: what it signs holds for OpenSSL and ssh-keygen, and what fails is named.

Usage: agent.py TRUST-LAB
"""
import base64
import hashlib
import os
import signal
import struct
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

lab = sys.argv[1]


def string(octets):
    return struct.pack(">I", len(octets)) + octets


def run(*words, input=b"", **more):
    return subprocess.run(words, input=input, capture_output=True, **more)


class Agent:
    """An ssh-agent with a socket in a folder."""

    def __init__(self, folder, askpass):
        self.socket = f"{folder}/agent"
        self.environment = dict(os.environ, SSH_AUTH_SOCK=self.socket, SSH_ASKPASS=askpass,
                                SSH_ASKPASS_REQUIRE="force", DISPLAY=":0")
        self.process = subprocess.Popen(["ssh-agent", "-D", "-a", self.socket], stdout=subprocess.DEVNULL,
                                        env=self.environment)
        while self.run("ssh-add", "-l").returncode == 2:
            assert self.process.poll() is None, "ssh-agent ended"

    def run(self, *words):
        return run(*words, env=self.environment)

    def sign(self, key, message):
        said = run(lab, "agent-sign", self.socket, key, input=message)
        if said.returncode != 0:
            return said.stderr.decode().strip()
        return bytes.fromhex(said.stdout.decode())


def sshsig(sign, key, message):
    """An SSH signature file over `message`, as `ssh-keygen -Y sign` would write it."""
    space, digest = b"bitim", hashlib.sha512(message).digest()
    signed = b"SSHSIG" + string(space) + string(b"") + string(b"sha512") + string(digest)
    blob = string(b"ssh-ed25519") + string(key)
    file = b"SSHSIG" + struct.pack(">I", 1) + string(blob) + string(space) + string(b"") + string(b"sha512")
    file += string(string(b"ssh-ed25519") + string(sign(signed)))
    text = base64.encodebytes(file).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}-----END SSH SIGNATURE-----\n"


def main():
    with tempfile.TemporaryDirectory(prefix="bitim-agent.") as folder:
        askpass = f"{folder}/askpass"
        with open(askpass, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n[ \"$SSH_ASKPASS_PROMPT\" = confirm ] && exit 1\necho secret\n")
        os.chmod(askpass, 0o700)
        for kind, name in (("ed25519", "журнал"), ("rsa", "rsa"), ("ed25519", "asked")):
            done = run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", f"{folder}/{name}")
            assert done.returncode == 0, done.stderr
        with open(f"{folder}/журнал.pub", encoding="utf-8") as file:
            line = file.read()
        key = base64.b64decode(line.split()[1])[-32:]
        agent = Agent(folder, askpass)
        try:
            assert "holdsNoKey" not in agent.sign(key.hex(), b"x"), "a failure is shown as a sentence"
            assert agent.sign(key.hex(), b"x") == "the agent holds no key of Ed25519: it is locked, or empty"
            assert agent.run("ssh-add", f"{folder}/rsa", f"{folder}/журнал").returncode == 0
            listed = run(lab, "agent-keys", agent.socket).stdout.decode()
            assert listed == f"{key.hex()} журнал\n", listed

            for size in (0, 1, 127, 128, 5_000, 200_000):
                message = os.urandom(size)
                Ed25519PublicKey.from_public_bytes(key).verify(agent.sign(key.hex(), message), message)
            message = "Бітім".encode()
            with open(f"{folder}/sig", "w", encoding="utf-8") as file:
                file.write(sshsig(lambda octets: agent.sign(key.hex(), octets), key, message))
            with open(f"{folder}/signers", "w", encoding="utf-8") as file:
                file.write(f"school {line}")
            judge = ("ssh-keygen", "-Y", "verify", "-f", f"{folder}/signers", "-I", "school", "-n", "bitim", "-s",
                     f"{folder}/sig")
            assert run(*judge, input=message).returncode == 0, "ssh-keygen refuses the signature"
            assert run(*judge, input=message + b".").returncode != 0, "ssh-keygen takes a tampered message"

            with open(f"{folder}/asked.pub", encoding="utf-8") as file:
                asked = base64.b64decode(file.read().split()[1])[-32:]
            said = agent.sign(asked.hex(), b"x")
            assert said == "the agent does not hold the key that was asked for, but “журнал”", said
            assert agent.run("ssh-add", "-c", f"{folder}/asked").returncode == 0
            assert agent.sign(asked.hex(), b"x") == "the agent holds the key, and refuses to sign with it"

            assert agent.run("ssh-add", "-x").returncode == 0
            assert agent.sign(key.hex(), b"x") == "the agent holds no key of Ed25519: it is locked, or empty"
            assert agent.run("ssh-add", "-X").returncode == 0
            assert len(agent.sign(key.hex(), b"x")) == 64

            agent.process.send_signal(signal.SIGSTOP)
            assert agent.sign(key.hex(), b"x") == "the agent has not answered within 1000 ms"
            agent.process.send_signal(signal.SIGCONT)
        finally:
            agent.process.kill()
            agent.process.wait()
        said = agent.sign(key.hex(), b"x")
        assert said.startswith("the agent can't be reached: connect to unix://"), said
        assert said.endswith(": Connection refused"), said


main()
