"""From a mark of a figure to the page that lists what it counts."""

from dataclasses import fields

from analysis.selection import Selection
from charts.behind import Behind
from ui import address
from ui.address import State


def state(shown: State, selection: Selection, what: Behind | None) -> State | None:
    """The state that lists what stands behind a mark drawn for ``selection``; None when nothing does."""
    if what is None:
        return None
    same_question = address.on_page(shown, what.page, sort="date", page_number=1, embed=False, chart="")
    drawn_for = {field.name: getattr(selection, field.name) for field in fields(selection)}
    return address.with_changes(same_question, **drawn_for | what.filters)
