"""``python -m loaders`` in a process of its own, on the declaration of sources that a test wrote.

Run as a module: ``python -m tests.faults.pipeline DECLARATION KILL -- VERB …``. ``KILL`` is ``no``, or ``stage:event``:
at that event of that stage the process kills itself as ``kill -9`` would, at once and with no clean-up; ``count:FILE``
kills nothing and writes how many events each stage has. Events are calls and returns of the functions of a stage, and
each file opened, renamed, made or removed meanwhile.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from inspect import isfunction, isgeneratorfunction
from pathlib import Path

STAGES = {
    "fetch": ("loaders.fetch", "loaders.download"),
    "read": ("loaders.read", "loaders.stage"),
    "clean": ("loaders.clean",),
    "classify": ("loaders.classify",),
    "publish": (
        "loaders.publish",
        "loaders.assemble",
        "loaders.assembly",
        "loaders.tables",
        "loaders.check",
        "loaders.counts",
        "loaders.workshop",
    ),
    "swap": ("loaders.swap",),
}
_SWAPPING = {"put_in_place", "put_in_store", "point_to"}
_FILE_EVENTS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "os.truncate"}


class Events:
    """Counts the events of each stage, and may be told at which to die."""

    def __init__(self, stage: str = "", number: int = 0) -> None:
        self.counted: Counter[str] = Counter()
        self._stages: list[str] = []
        self._deadly = stage
        self._number = number

    def happens(self) -> None:
        """One more event of the stage at work."""
        stage = self._stages[-1]
        if stage == self._deadly and self.counted[stage] == self._number:
            os.kill(os.getpid(), signal.SIGKILL)
        self.counted[stage] += 1

    def heard(self, event: str, _arguments: tuple) -> None:
        """An event of the interpreter; those of files count."""
        if self._stages and event in _FILE_EVENTS:
            self.happens()

    def told(self, function: Callable, stage: str) -> Callable:
        """``function``, whose calls and returns are events of ``stage``."""

        @wraps(function)
        def counted(*arguments, **named):
            self._stages.append(stage)
            self.happens()
            try:
                return function(*arguments, **named)
            finally:
                self.happens()
                self._stages.pop()

        return counted

    def listen(self) -> None:
        """Hear of every function of the loaders, wherever it was imported to."""
        sys.addaudithook(self.heard)
        modules = [module for name, module in list(sys.modules.items()) if name.startswith("loaders")]
        told: dict[Callable, Callable] = {}
        for module in modules:
            for name, value in list(vars(module).items()):
                stage = _stage(value)
                if stage and value not in told:
                    told[value] = self.told(value, stage)
                if stage:
                    setattr(module, name, told[value])


def _stage(value: object) -> str | None:
    if not isfunction(value) or isgeneratorfunction(getattr(value, "__wrapped__", value)):
        return None
    if value.__name__ in _SWAPPING:
        return "swap"
    return next((stage for stage, places in STAGES.items() if value.__module__.startswith(places)), None)


def main() -> None:
    """Run the command line of the loaders as told."""
    declaration, kill, _separator, *arguments = sys.argv[1:]
    from loaders import cli, sources, update

    assert update  # its modules are heard too
    sources.DECLARATION = Path(declaration)
    sys.argv = ["loaders", *arguments]
    what, _colon, which = kill.partition(":")
    events = Events(what, int(which)) if what in STAGES else Events()
    if what != "no":
        events.listen()
    try:
        cli.main()
    finally:
        if what == "count":
            Path(which).write_text(json.dumps(events.counted))


if __name__ == "__main__":
    main()
