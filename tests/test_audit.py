"""The audit of libraries fails on what is vulnerable, and never calls checked what was not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
VULNERABLE = {"name": "holed", "version": "1.0", "vulns": [{"id": "PYSEC-0000-1"}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found"}


def audited(libraries: list[dict] | None, *options: str) -> tuple[int, str]:
    """How the audit of what pip-audit found ends, and what it says; None when pip-audit gave no answer."""
    answer = "" if libraries is None else json.dumps({"dependencies": libraries, "fixes": []})
    said = subprocess.run([sys.executable, AUDIT, *options], input=answer, capture_output=True, text=True, check=False)
    return said.returncode, said.stdout


@pytest.mark.parametrize("options", [[], ["--accept-unchecked"]])
def test_a_known_vulnerability_is_named_and_fails_whatever_is_accepted(options):
    status, said = audited([SOUND, VULNERABLE, UNKNOWN], *options)
    assert status == 1
    assert "VULNERABLE: holed 1.0: PYSEC-0000-1" in said


@pytest.mark.parametrize(("libraries", "number"), [([SOUND, UNKNOWN], "1 of 2"), (None, "all of the")])
def test_what_could_not_be_checked_is_said_and_fails_unless_accepted(libraries, number):
    for options, expected in (([], 1), (["--accept-unchecked"], 0)):
        status, said = audited(libraries, *options)
        assert status == expected
        assert f"NOT AUDITED: {number} libraries" in said


def test_libraries_that_were_all_checked_and_are_sound_pass():
    assert audited([SOUND]) == (0, "audited: 1 libraries, 0 with known vulnerabilities\n")
