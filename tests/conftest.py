"""What tests share: where the real files are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real published files that some tests read (``NUAGES_REAL_FILES``)."""
    folder = Path(os.environ.get("NUAGES_REAL_FILES", ROOT.parent / "shared" / "realdata"))
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder}: set NUAGES_REAL_FILES")
    return folder
