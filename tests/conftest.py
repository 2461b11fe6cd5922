"""What tests share: where the real files are."""

import os
from pathlib import Path

import pytest

from loaders.editions import Edition
from tests.tiny_edition import write as write_tiny_edition

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real published files that some tests read (``NUAGES_REAL_FILES``)."""
    folder = Path(os.environ.get("NUAGES_REAL_FILES", ROOT.parent / "shared" / "realdata"))
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder}: set NUAGES_REAL_FILES")
    return folder


@pytest.fixture(scope="session")
def tiny_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of ``tests/tiny_edition.py``, written once."""
    return write_tiny_edition(tmp_path_factory.mktemp("tiny") / "edition")
