"""What tests share: where the real files are."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from loaders import editions
from loaders.editions import Edition
from tests.tiny_edition import write as write_tiny_edition

# How long an example takes says how busy the machine is, not whether it is right
settings.register_profile("observatory", deadline=None)
settings.load_profile("observatory")

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
    """The edition of ``tests/tiny_edition``, written once."""
    return write_tiny_edition(tmp_path_factory.mktemp("tiny") / "edition")


@pytest.fixture
def store_of_the_tiny_edition(tiny_edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose current edition is the tiny one."""
    (tmp_path / tiny_edition.id).symlink_to(tiny_edition.folder)
    (tmp_path / editions.POINTER_NAME).write_text(tiny_edition.id + "\n", encoding="utf-8")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    return tmp_path
