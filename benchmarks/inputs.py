"""The made-up files and the edition, each made once for every size and kept."""

import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.folder import folder
from benchmarks.generate import write_json, write_tabular
from benchmarks.generate.official_json import NATIONAL_BYTES
from benchmarks.generate.tabular import NATIONAL_CONTRACTS
from loaders.build import Plan, build
from loaders.editions import MANIFEST_NAME, SYNTHETIC, Edition
from loaders.sources import LocalFile, Source

TITLE = "Données inventées pour mesurer"


def tabular_file(times: float = 1) -> Path:
    """The national tabular file, ``times`` as many contracts (1.8 M at 1)."""
    return _once(f"tabular-{times:g}.parquet", lambda path: write_tabular(path, int(NATIONAL_CONTRACTS * times)))


def json_file(times: float = 1, with_nan: bool = False) -> Path:
    """A JSON file of the 2022 schema, ``times`` 1 GB; ``with_nan``: strict readers refuse it."""
    name = f"decp-2022-{times:g}{'-nan' if with_nan else ''}.json"
    return _once(name, lambda path: write_json(path, int(NATIONAL_BYTES * times), with_nan))


def plan(path: Path) -> Plan:
    """What to build from a made-up file: its kind keeps the edition from ever being shown."""
    return Plan([LocalFile(path, Source(id="synthetic", title=TITLE))], kind=SYNTHETIC)


def national_edition(times: float = 1) -> Edition:
    """The edition that the loaders make of ``tabular_file(times)``, built when it is not there.

    Its folder is outside data/ and its manifest says ``synthetic``: ``editions.current`` and ``publish`` refuse it.
    """
    out = _edition_folder(times)
    return Edition(out) if (out / MANIFEST_NAME).is_file() else build_edition(times)


def build_edition(times: float = 1) -> Edition:
    """That edition built anew, in the place of the former one."""
    out = _edition_folder(times)
    shutil.rmtree(out, ignore_errors=True)
    return build(plan(tabular_file(times)), out, lambda *_: None)


def _edition_folder(times: float) -> Path:
    return folder() / f"edition-{times:g}"


def _once(name: str, write: Callable[[Path], object]) -> Path:
    path = folder() / name
    if not path.is_file():
        unfinished = path.with_name(f"{name}.part")
        write(unfinished)
        unfinished.replace(path)
    return path
