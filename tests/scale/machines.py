"""Three processes of the observatory behind the proxy of ``deploy/nginx``, all on this machine."""

import os
import re
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
DEPLOY = ROOT / "deploy"
NGINX = DEPLOY / "nginx"
UNIT = DEPLOY / "systemd" / "nuages-publics@.service"
PATIENCE_SECONDS = 90
_ACCESS = 'log_format which "$upstream_addr $request_uri";\n    access_log access.log which;'


@dataclass
class Machines:
    """The processes by their address, those of the proxy, and where the proxy writes who answered.

    ``secure`` is the proxy by https, with ``certificate``; ``insecure`` is where it is reached by http all the same.
    """

    processes: dict[str, subprocess.Popen]
    proxy: str
    access_log: Path
    secure: str
    insecure: str
    certificate: Path
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
    """Start three processes, each with its own copy of the editions as on three machines, and the proxy both ways."""
    with ExitStack() as stack:
        *ports, plain, http, https = _free_ports(6)
        processes = {
            f"http://127.0.0.1:{port}": stack.enter_context(_process(port, settings, folder)) for port in ports
        }
        stack.enter_context(_proxy(by_http(folder / "nginx", ports, plain)))
        stack.enter_context(_proxy(by_https(folder / "nginx-tls", ports, http, https)))
        machines = Machines(
            processes,
            proxy=f"http://127.0.0.1:{plain}",
            access_log=folder / "nginx" / "access.log",
            secure=f"https://127.0.0.1:{https}",
            insecure=f"http://127.0.0.1:{http}",
            certificate=folder / "nginx-tls" / "nuages-publics" / "certificate.pem",
        )
        for address in (*processes, machines.proxy, machines.secure):
            wait_until(lambda address=address: _is_up(address, machines.certificate), f"{address} did not start")
        yield machines


def wait_until(is_so, otherwise: str) -> None:
    """Ask again and again until ``is_so()``."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, otherwise
        time.sleep(0.2)


def nginx() -> str | None:
    """Where nginx is."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def by_http(folder: Path, processes: list[int], http: int) -> Path:
    """``deploy/nginx`` with the entrance by http, on a port of a test."""
    here = {"listen 80;": f"listen 127.0.0.1:{http};", "listen [::]:80;\n": ""}
    return _configuration(folder, processes, {"plain.conf": "nuages-publics/entrance.conf"}, here)


def by_https(folder: Path, processes: list[int], http: int, https: int) -> Path:
    """``deploy/nginx`` with the entrance by https, on ports of a test, with a certificate that it signed itself."""
    here = {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen [::]:80;\n": "",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "listen [::]:443 ssl http2;\n": "",
        "https://$host$": f"https://$host:{https}$",
        "/var/www/letsencrypt": str(folder / "letsencrypt"),
    }
    files = {"tls.conf": "nuages-publics/entrance.conf", "to-https.conf": "conf.d/to-https.conf"}
    whole = _configuration(folder, processes, files, here)
    _sign(folder / "nuages-publics")
    return whole


def _configuration(folder: Path, processes: list[int], entrance: dict[str, str], here: dict[str, str]) -> Path:
    """The files of ``deploy/nginx`` where docs/deploy.md puts them, with ``here`` in the place of what it says."""
    here = {
        "/etc/nginx/nuages-publics": str(folder / "nuages-publics"),
        "/var/cache/nginx/nuages-publics": str(folder / "cache"),
        **here,
    }
    files = {
        "nuages-publics.conf": "conf.d/nuages-publics.conf",
        "forwarded.conf": "nuages-publics/forwarded.conf",
        **entrance,
    }
    texts = {place: (NGINX / name).read_text(encoding="utf-8") for name, place in files.items()}
    for ours, of_test in here.items():
        assert any(ours in text for text in texts.values()), f"{ours} is nowhere in deploy/nginx"
        texts = {place: text.replace(ours, of_test) for place, text in texts.items()}
    servers = "".join(f"server 127.0.0.1:{process} max_fails=1 fail_timeout=5s;\n" for process in processes)
    for place, text in {**texts, "nuages-publics/processes.conf": servers, "nginx.conf": _whole(folder)}.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    return folder / "nginx.conf"


def _whole(folder: Path) -> str:
    """What the distribution's own nginx.conf does, in ``folder``."""
    temporary = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy"))
    # Started as root it would read our folders as somebody else
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}worker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\ndaemon off;\n"
        f"events {{}}\nhttp {{\n    include /etc/nginx/mime.types;\n    {_ACCESS}\n"
        f"{temporary}    include {folder}/conf.d/*.conf;\n}}\n"
    )


def _sign(folder: Path) -> None:
    """Make the certificate of a site on this machine, signed by itself."""
    key = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split()
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    files = ["-keyout", folder / "certificate.key", "-out", folder / "certificate.pem"]
    subprocess.run(["openssl", *key, *name, *files], check=True, capture_output=True)


def unit_command(port: int) -> list[str]:
    """How the unit starts the process of a port, with the interpreter of the tests."""
    _, *arguments = re.search(r"^ExecStart=(.*)$", UNIT.read_text(encoding="utf-8"), re.M)[1].split()
    return [sys.executable, "-m", "streamlit", *(argument.replace("%i", str(port)) for argument in arguments)]


@contextmanager
def _process(port: int, settings: dict[str, str], folder: Path) -> Iterator[subprocess.Popen]:
    environment = {**os.environ, **settings, "NUAGES_MIRROR": str(folder / f"machine-{port}")}
    with (folder / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(unit_command(port), cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def _proxy(whole: Path) -> Iterator[subprocess.Popen]:
    server = subprocess.Popen([nginx(), "-p", whole.parent, "-c", whole], stderr=subprocess.DEVNULL)
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


def _is_up(address: str, certificate: Path) -> bool:
    try:
        return requests.get(f"{address}/_stcore/health", timeout=5, verify=certificate).ok
    except requests.RequestException:
        return False
