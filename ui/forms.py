"""Where the same view is served in its other forms: without script, as a picture, as a package, to be embedded."""

from ui import address
from ui.address import State, with_changes

HOME = "accueil"
"""The name of the first page where an address needs one."""


def twin(state: State, origin: str = "") -> str:
    """The page without script that shows ``state``."""
    return f"{origin}/vue/{_relative(state)}"


def shared(state: State, origin: str = "") -> str:
    """The same with every default written out: what is shared and cited."""
    return f"{origin}/vue{address.shared_link(state, '')}"


def interactive(state: State, origin: str = "") -> str:
    """The interactive page that shows ``state``."""
    return f"{origin}/{_relative(state)}"


def preview(state: State, origin: str = "") -> str:
    """The picture of its chart for link previews."""
    return f"{origin}/image/{_file(state)}.png?{_query(with_changes(state, embed=False))}"


def chart(state: State, name: str, extension: str, origin: str = "") -> str:
    """The chart called ``name`` as a file: ``png``, ``svg``, ``csv`` or ``zip``, the package that cites it."""
    alone = with_changes(state, chart=name, embed=False)
    return f"{origin}/graphique/{_file(state)}.{extension}?{_query(alone, explicit=True)}"


def table(state: State, name: str, extension: str, origin: str = "") -> str:
    """The rows of the table called ``name`` as a file: ``csv``, ``xlsx`` or ``parquet``."""
    return f"{origin}/tableau/{_file(state)}/{name}.{extension}?{_query(_whole(state), explicit=True)}"


def narrow(state: State, name: str, appearance: str, origin: str = "") -> str:
    """The chart called ``name`` drawn for a phone; ``appearance`` as ``web.appearance`` writes it."""
    alone = with_changes(state, chart=name, embed=False)
    return f"{origin}/figure/{_file(state)}.svg?{_query(alone)}{appearance}"


def embedding(state: State, name: str, origin: str = "") -> str:
    """The page that gives the code to embed the chart called ``name``."""
    return f"{origin}/integrer/{_file(state)}?{_query(with_changes(state, chart=name, embed=False), explicit=True)}"


def embedded(state: State, name: str, origin: str = "") -> str:
    """The chart called ``name`` alone, without script: what an embedding page shows."""
    return twin(with_changes(state, chart=name, embed=True), origin)


def path_of(file: str) -> str:
    """The path of the page that such an address calls ``file``."""
    return "" if file == HOME else file


def _whole(state: State) -> State:
    return with_changes(state, chart="", embed=False)


def _file(state: State) -> str:
    return state.page or HOME


def _relative(state: State) -> str:
    return address.link(state).removeprefix("./")


def _query(state: State, explicit: bool = False) -> str:
    return address.link(state, explicit).split("?", 1)[1]
