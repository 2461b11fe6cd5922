"""Run a task alone in a process and say what it cost."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.folder import ROOT
from loaders.allocator import SETTINGS


@dataclass(frozen=True)
class Cost:
    """What one task did and cost. ``load`` is the load average of the machine when it ended."""

    task: str
    times: float
    done: dict
    load: float

    @property
    def seconds(self) -> float:
        """From the call to the result, without the start of Python."""
        return self.done["seconds"]

    @property
    def peak_bytes(self) -> int:
        """The most memory that the process had, mapped files included."""
        return self.done["peak_bytes"]

    @property
    def megabytes_per_second(self) -> float:
        """Bytes of the file by second."""
        return self.done["bytes"] / 1e6 / self.seconds


def run(task: str, times: float) -> Cost:
    """Run ``benchmarks.task`` in a process of its own, with the settings of memory of ``python -m loaders``.

    Raises RuntimeError with what the process wrote when it fails.
    """
    command = [sys.executable, "-m", "benchmarks.task", task, str(times)]
    environment = os.environ | SETTINGS
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if child.returncode:
        raise RuntimeError(child.stderr)
    return Cost(task, times, json.loads(child.stdout.splitlines()[-1]), os.getloadavg()[0])
