"""The observatory on a made-up edition: ``python -m benchmarks.serve_app <edition> <port> <store>``, to measure.

The observatory itself refuses such an edition, and has no way to be told otherwise. This process shows it by denying,
to itself alone, that the edition is made up.
"""

import os
import sys
from pathlib import Path

from streamlit.web import cli

from benchmarks.folder import ROOT
from loaders import editions
from loaders.editions import POINTER_NAME, Edition


def main(folder: str, port: str, store: str) -> None:
    """Serve ``folder`` on ``port`` of this machine until told to stop; ``store`` is an empty folder."""
    edition = Edition(Path(folder).resolve())
    Edition.is_synthetic = property(lambda _edition: False)
    (Path(store) / edition.id).symlink_to(edition.folder)
    (Path(store) / POINTER_NAME).write_text(edition.id + "\n", encoding="utf-8")
    os.environ["NUAGES_EDITIONS"] = store
    os.chdir(ROOT)
    assert editions.current().id == edition.id
    sys.argv = ["streamlit", "run", "app.py", "--server.port", port, "--server.address", "localhost"]
    cli.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
