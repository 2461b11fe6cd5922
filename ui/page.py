"""A page in the browser: its address is read, its edition opened, then it is drawn."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urlsplit

import streamlit as st

from charts import theme as chart_theme
from charts.theme import Theme
from language import use
from loaders.editions import UnknownEdition
from ui import editions, markup, state
from ui.address import State
from ui.citation import Cited
from ui.screen import WIDTH_PX, Screen
from ui.view import View

# More pages at once than cores would only share them, and all would wait as long as the slowest
_FEW_AT_ONCE = BoundedSemaphore(os.cpu_count() or 2)
STYLE = Path(__file__).parent / "static" / "observatory.css"


def show(path: str, draw: Callable[[View], None], cited: Callable[[State], Cited] | None = None) -> None:
    """Show the page at ``path`` as ``draw`` draws it, between its notices and its footer."""
    asked, notices = state.read(path)
    use(asked.language)
    st.html(_style(_theme()))
    try:
        edition, gone = editions.opened(asked.edition)
    except UnknownEdition as nothing:
        st.error(str(nothing))
        st.stop()
    state.forget_widgets()
    state.write(asked)
    view = Screen(asked, edition, _theme(), _origin(), cited(asked) if cited else None)
    with _FEW_AT_ONCE, st.container(horizontal_alignment="center"), st.container(width=WIDTH_PX, gap="medium"):
        view.framed(draw, [sentence for sentence in (*(notice.sentence() for notice in notices), gone) if sentence])
    state.follow()


@cache
def _style(theme: Theme) -> str:
    return f"<style>{STYLE.read_text(encoding='utf-8')}</style>{markup.verdict_marks(theme)}"


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _theme() -> Theme:
    return chart_theme.DARK if st.context.theme.type == "dark" else chart_theme.LIGHT
