"""Where the same view is served in its other forms: without script, as a picture, as a file."""

from ui import address
from ui.address import State

HOME = "accueil"
"""The name of the first page where a name is needed."""


def twin(state: State, origin: str = "") -> str:
    """The page without script that shows ``state``."""
    return f"{origin}/vue/{_relative(state)}"


def picture(state: State, origin: str = "") -> str:
    """The picture of its chart for previews."""
    return f"{origin}/image/{state.page or HOME}.png?{_query(state)}"


def interactive(state: State, origin: str = "") -> str:
    """The interactive page that shows ``state``."""
    return f"{origin}/{_relative(state)}"


def page_named(name: str) -> str:
    """The path of the page called ``name`` in such an address."""
    return "" if name == HOME else name


def _relative(state: State) -> str:
    return address.link(state).removeprefix("./")


def _query(state: State) -> str:
    return address.link(state).split("?", 1)[1]
