"""The files of ``deploy`` are ones that nginx, compose and systemd understand."""

import shutil
import subprocess
import sys

import pytest

from tests.scale.machines import DEPLOY, by_http, by_https, nginx


@pytest.mark.parametrize("entrance", ["http", "https"])
def test_nginx_understands_its_configuration(tmp_path, entrance):
    if nginx() is None or shutil.which("openssl") is None:
        pytest.skip("no nginx or no openssl: « make proxy » installs them")
    processes = [8501, 8502]
    whole = by_http(tmp_path, processes, 8080) if entrance == "http" else by_https(tmp_path, processes, 8080, 8443)
    said = subprocess.run([nginx(), "-t", "-p", tmp_path, "-c", whole], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    # From 1.25 on, nginx would have http2 on a line of its own, which 1.22 does not know
    warnings = [line for line in said.stderr.lower().splitlines() if "warn" in line and "listen ... http2" not in line]
    assert not warnings


def test_the_compose_file_obeys_the_schema_of_compose_files():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    said = subprocess.run([*command, DEPLOY / "compose.yaml"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_systemd_understands_the_units(tmp_path):
    """With programs and users of this machine in the place of those that only a deployed one has."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze")
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/nuages-publics/.venv/bin/", "/bin/")
        (tmp_path / unit.name).write_text(
            text.replace("/bin/python", "/bin/true").replace("/bin/streamlit", "/bin/true")
        )
    units = [tmp_path / "nuages-publics@8501.service", *tmp_path.glob("nuages-publics-update.*")]
    shutil.copy(tmp_path / "nuages-publics@.service", units[0])
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert not [line for line in said.stderr.splitlines() if "nuages-publics" in line], said.stderr


@pytest.mark.parametrize("unit", ["nuages-publics@.service", "nuages-publics-update.service"])
def test_systemd_finds_the_units_little_exposed(unit):
    """At most 2,0 of 10, as docs/deploy.md says."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", DEPLOY / "systemd" / unit]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Overall exposure level" in said.stdout
