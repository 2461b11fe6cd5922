"""What the files of ``deploy`` name is there: files, ports, settings, routes, programs."""

import re
import shlex
import subprocess
import sys
from itertools import chain

import pytest
import yaml

import app
from tests.scale.machines import DEPLOY, NGINX, ROOT

GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
IMAGE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "systemd" / "nuages-publics@.service").read_text(encoding="utf-8")
UPDATE = (DEPLOY / "systemd" / "nuages-publics-update.service").read_text(encoding="utf-8")
SITE = (NGINX / "nuages-publics.conf").read_text(encoding="utf-8")
ALL = {path: path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()}


def test_every_file_that_is_named_is_there():
    named = set(re.findall(r"deploy/[\w@./-]*\w", GUIDE))
    mounted = {
        f"deploy/{volume.split(':')[0]}" for volume in COMPOSE["services"]["proxy"]["volumes"] if volume[0] == "."
    }
    copied = set(re.findall(r"^COPY (\S+) ", IMAGE, re.M))
    assert len(named) > 5
    assert [name for name in named | mounted | copied if not (ROOT / name).exists()] == []


def test_measures_that_the_guide_sizes_by_are_there():
    sizing = GUIDE.split("### Dimensionner")[1].split("\n## ")[0]
    rows = [row.split("|")[3] for row in sizing.splitlines() if row.startswith("| **")]
    measured = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert len(rows) == 5
    for row in rows:
        labels = re.findall(r"`([^`]+)`", row)
        assert labels
        assert [label for label in labels if label not in measured] == []


def test_every_file_that_nginx_includes_is_put_there_by_the_guide_and_by_compose():
    """But the certificate, which each site has of its own."""
    texts = "".join(text for path, text in ALL.items() if path.parent == NGINX)
    included = set(re.findall(r"include (/etc/nginx/nuages-publics/\S+);", texts))
    mounted = {volume.split(":")[1] for volume in COMPOSE["services"]["proxy"]["volumes"]}
    assert included
    assert included <= mounted
    assert [path for path in included if path.rsplit("/", 1)[1] not in GUIDE] == []


def test_settings_that_are_given_are_read_and_those_that_are_read_are_explained():
    given = {name for text in ALL.values() for name in re.findall(r"NUAGES_[A-Z_]+", text)}
    rooms = (ROOT / room for room in ("loaders", "analysis", "web", "ui"))
    sources = (path.read_text(encoding="utf-8") for path in chain.from_iterable(room.rglob("*.py") for room in rooms))
    read = {name for source in sources for name in re.findall(r'environ\.get\("(NUAGES_\w+)"', source)}
    assert given <= read
    assert read <= set(re.findall(r"NUAGES_[A-Z_]+", GUIDE))


def test_ports_agree():
    of_units = re.findall(
        r"nuages-publics@(\d+)", GUIDE.split("## Une machine, avec systemd")[1].split("install -d")[1]
    )
    assert re.findall(r"127\.0\.0\.1:(\d+)", (NGINX / "processes.conf").read_text()) == of_units[:3]
    inside = re.search(r"^EXPOSE (\d+)$", IMAGE, re.M)[1]
    processes = [name for name in COMPOSE["services"] if name.startswith("app-")]
    named = re.findall(r"^server (\S+):(\d+)", (NGINX / "processes.compose.conf").read_text(), re.M)
    assert named == [(name, inside) for name in processes]
    assert f'"--server.port", "{inside}"' in IMAGE
    assert f"http://127.0.0.1:{inside}/_stcore/health" in IMAGE


def test_the_image_starts_the_program_as_the_unit_does():
    """The unit's own command is what `make scale` starts."""
    command = re.search(r"^CMD (\[.*\])$", IMAGE, re.M)[1]
    assert yaml.safe_load(command) == ["streamlit", *_command(UNIT, "8501")[1:-4], *_listening("0.0.0.0", "8501")]
    assert _command(UNIT, "8501")[-4:] == _listening("127.0.0.1", "8501")
    assert " ".join(_command(UPDATE)[1:]) in COMPOSE["services"]["update"]["command"][-1]


def test_the_nightly_command_is_one_that_exists():
    arguments = _command(UPDATE)[1:]
    said = subprocess.run([sys.executable, *arguments, "--help"], cwd=ROOT, capture_output=True, check=False)
    assert said.returncode == 0, said.stderr


def test_all_that_is_drawn_once_for_everybody_is_kept_by_nginx():
    """A folder that nginx does not know would be neither kept nor limited; a file of the root is the page's equal."""
    rooms = re.findall(r"\*(\w+)\.ROUTES", (ROOT / "app.py").read_text(encoding="utf-8"))
    paths = [route.path.strip("/").split("/") for room in rooms for route in getattr(app, room).ROUTES]
    served = {folder for folder, *rest in paths if rest or "." not in folder}
    assert len(rooms) > 5
    (kept,) = re.findall(r"location ~ \^/\(([\w|]+)\)/ \{\n\s+limit_req", SITE)
    assert set(kept.split("|")) == served


@pytest.mark.parametrize("unit", [UNIT, UPDATE])
def test_units_write_nowhere_but_where_they_say(unit):
    """``StateDirectory`` makes and opens /var/lib/nuages-publics; everything else is read-only."""
    assert "ProtectSystem=strict" in unit
    assert "StateDirectory=nuages-publics\n" in unit
    written = re.findall(r"^Environment=NUAGES_\w+=(\S+)$", unit, re.M)
    assert written
    assert [path for path in written if not path.startswith("/var/lib/nuages-publics/")] == []


def _command(unit: str, instance: str = "") -> list[str]:
    return shlex.split(re.search(r"^ExecStart=(.*)$", unit, re.M)[1].replace("%i", instance))


def _listening(address: str, port: str) -> list[str]:
    return ["--server.address", address, "--server.port", port]
