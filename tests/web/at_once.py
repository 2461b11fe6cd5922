"""How many of a work are done at once."""

import time


class AtOnce:
    """Stands in for a work of a moment: how often it was done, and by how many at once at most."""

    def __init__(self) -> None:
        self.done = 0
        self.most = 0
        self._at_work: list[object] = []

    def __call__(self, *_arguments: object) -> bytes:
        turn = object()
        self._at_work.append(turn)
        self.most = max(self.most, len(self._at_work))
        time.sleep(0.02)
        self._at_work.remove(turn)
        self.done += 1
        return b"work"
