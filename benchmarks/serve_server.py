"""A server in a process of its own, started for one measure and stopped after it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from benchmarks.folder import ROOT
from loaders.editions import Edition

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A server that runs: where, since when (``time.perf_counter``), in which process."""

    port: int
    started: float
    process: psutil.Process

    @property
    def host(self) -> str:
        """Its host and port."""
        return f"localhost:{self.port}"

    @property
    def memory_mb(self) -> float:
        """Resident memory of the process, in MB."""
        return self.process.memory_info().rss / 1e6

    @property
    def mapped_mb(self) -> float:
        """What of it are pages of files, in MB, which all processes share and the system takes back when it needs."""
        return self.process.memory_info().shared / 1e6

    @property
    def cpu_seconds(self) -> float:
        """Processor time that it has used."""
        spent = self.process.cpu_times()
        return spent.user + spent.system


@contextmanager
def observatory(edition: Edition) -> Iterator[Server]:
    """The observatory on ``edition``."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-store-") as store,
        _started(["-m", "benchmarks.serve_app", str(edition.folder), "{port}", store]) as server,
    ):
        yield server


@contextmanager
def plain_streamlit(edition: Edition) -> Iterator[Server]:
    """The usual way on the same awards, in a folder without our configuration."""
    options = ["--server.port", "{port}", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    script = str(ROOT / "benchmarks" / "serve_reference.py")
    table = str(edition.table_path("awards").resolve())
    with _started(["-m", "streamlit", "run", *options, script, "--", table], ROOT / "benchmarks") as server:
        yield server


@contextmanager
def _started(command: list[str], folder: object = ROOT) -> Iterator[Server]:
    port = _free_port()
    started = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, *(part.format(port=port) for part in command)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", running)
        yield Server(port, started, psutil.Process(running.pid))
    finally:
        running.terminate()
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, running: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            raise RuntimeError(f"the server stopped with code {running.returncode}")
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the server did not start")
