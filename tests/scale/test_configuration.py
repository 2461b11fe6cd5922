"""The files of ``deploy`` are ones that nginx, compose and systemd understand."""

import shutil
import subprocess
import sys

import pytest

from tests.scale.machines import ROOT, configuration, nginx

DEPLOY = ROOT / "deploy"


def test_nginx_understands_its_configuration(tmp_path):
    if nginx() is None:
        pytest.skip("no nginx: « make proxy » installs it")
    whole = configuration(8080, [8501, 8502], tmp_path)
    said = subprocess.run([nginx(), "-t", "-p", tmp_path, "-c", whole], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr.lower()


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
