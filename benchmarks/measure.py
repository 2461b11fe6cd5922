"""Run a task alone in a process and say what it cost."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property

from benchmarks.folder import ROOT


@dataclass(frozen=True)
class Cost:
    """What one task did and cost. ``load`` is the load average of the machine when it ended."""

    task: str
    times: float
    done: dict
    peak_bytes: int
    load: float

    @property
    def seconds(self) -> float:
        """From the call to the result, without the start of Python."""
        return self.done["seconds"]

    @cached_property
    def megabytes_per_second(self) -> float:
        """Bytes of the file by second."""
        return self.done["bytes"] / 1e6 / self.seconds


def run(task: str, times: float) -> Cost:
    """Run ``benchmarks.task`` in a process of its own; peak memory is what the system counted for it.

    Raises RuntimeError with what the process wrote when it fails.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.task", task, str(times)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    out, errors = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(errors)
    return Cost(task, times, json.loads(out.splitlines()[-1]), usage.ru_maxrss * 1024, os.getloadavg()[0])
