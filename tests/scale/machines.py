"""Three processes of the observatory behind the proxy of ``deploy/nginx``, all on this machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "deploy" / "nginx"
PATIENCE_SECONDS = 90
_ACCESS = 'log_format which "$upstream_addr $request_uri";\n    access_log access.log which;'


@dataclass
class Machines:
    """The processes by their address, the address of the proxy, and where the proxy writes who answered."""

    processes: dict[str, subprocess.Popen]
    proxy: str
    access_log: Path
    killed: list[str] = field(default_factory=list)

    @property
    def alive(self) -> list[str]:
        """The addresses of the processes that are left."""
        return [address for address in self.processes if address not in self.killed]

    def kill(self, address: str) -> None:
        """End a process as a failing machine does: without a word."""
        self.processes[address].send_signal(signal.SIGKILL)
        self.processes[address].wait()
        self.killed.append(address)

    def answering(self, path: str) -> str:
        """The process that answered the last request for ``path`` through the proxy."""
        lines = self.access_log.read_text(encoding="utf-8").splitlines()
        answered = [line.split()[-2] for line in lines if line.split()[-1].startswith(path)]
        return f"http://{answered[-1]}"


@contextmanager
def running(settings: dict[str, str], folder: Path) -> Iterator[Machines]:
    """Start three processes, each with its own copy of the editions as on three machines, and the proxy."""
    with ExitStack() as stack:
        ports = _free_ports(4)
        processes = {
            f"http://127.0.0.1:{port}": stack.enter_context(_process(port, settings, folder)) for port in ports[:3]
        }
        stack.enter_context(_proxy(ports[3], ports[:3], folder / "nginx"))
        for address in (*processes, f"http://127.0.0.1:{ports[3]}"):
            wait_until(lambda address=address: _is_up(address), f"{address} did not start")
        yield Machines(processes, f"http://127.0.0.1:{ports[3]}", folder / "nginx" / "access.log")


def wait_until(is_so, otherwise: str) -> None:
    """Ask again and again until ``is_so()``."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, otherwise
        time.sleep(0.2)


def nginx() -> str | None:
    """Where nginx is."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def configuration(port: int, processes: list[int], folder: Path) -> Path:
    """``deploy/nginx`` as it is, with the ports and the folders of a test."""
    (folder / "nuages-publics").mkdir(parents=True)
    servers = "".join(f"server 127.0.0.1:{process} max_fails=1 fail_timeout=5s;\n" for process in processes)
    (folder / "nuages-publics" / "processes.conf").write_text(servers)
    shutil.copy(NGINX / "forwarded.conf", folder / "nuages-publics")
    site = (NGINX / "nuages-publics.conf").read_text(encoding="utf-8")
    for ours, here in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "    listen [::]:80;\n": "",
        "/etc/nginx/nuages-publics": str(folder / "nuages-publics"),
        "/var/cache/nginx/nuages-publics": str(folder / "cache"),
    }.items():
        assert ours in site
        site = site.replace(ours, here)
    (folder / "site.conf").write_text(site)
    temporary = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy"))
    whole = folder / "nginx.conf"
    # Started as root it would read our folders as somebody else
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole.write_text(
        f"{user}worker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\ndaemon off;\n"
        f"events {{}}\nhttp {{\n    include /etc/nginx/mime.types;\n    {_ACCESS}\n"
        f"{temporary}    include {folder}/site.conf;\n}}\n"
    )
    return whole


@contextmanager
def _process(port: int, settings: dict[str, str], folder: Path) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, **settings, "NUAGES_MIRROR": str(folder / f"machine-{port}")}
    with (folder / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def _proxy(port: int, processes: list[int], folder: Path) -> Iterator[subprocess.Popen]:
    whole = configuration(port, processes, folder)
    server = subprocess.Popen([nginx(), "-p", str(folder), "-c", str(whole)], stderr=subprocess.DEVNULL)
    try:
        yield server
    finally:
        server.terminate()
        server.wait(timeout=15)


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _is_up(address: str) -> bool:
    try:
        return requests.get(f"{address}/_stcore/health", timeout=5).ok
    except requests.RequestException:
        return False
