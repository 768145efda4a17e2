"""Runs the tests with a mutant."""

import os
import subprocess
import threading

TIMED_OUT = "timed out"


def watched(program, suites=(), skipped=(), timeout=300, **environment):
    """Whether tests fail, and what they said: they are ended at the first issue, since one is enough.

    A crash is a failure, and so is a run that takes longer than `timeout` seconds.
    """
    command = [str(program), "--testing-library", "swift-testing"]
    for suite in suites:
        command += ["--filter", suite]
    for skip in skipped:
        command += ["--skip", skip]
    with subprocess.Popen(
            command, env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **environment}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        late = threading.Event()
        alarm = threading.Timer(timeout, lambda: (late.set(), process.kill()))
        alarm.start()
        told = []
        try:
            for line in process.stdout:
                told.append(line)
                if " recorded an issue" in line:
                    process.kill()
                    break
        finally:
            alarm.cancel()
    return process.returncode != 0, TIMED_OUT if late.is_set() else "".join(told)
