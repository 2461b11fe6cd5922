"""Where made-up files and what is built from them live: never under data/."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


def folder() -> Path:
    """The folder of made-up files (``NUAGES_BENCHMARKS``, by default ``var/benchmarks``), made when it is absent."""
    place = Path(os.environ.get("NUAGES_BENCHMARKS", ROOT / "var" / "benchmarks"))
    place.mkdir(parents=True, exist_ok=True)
    return place
