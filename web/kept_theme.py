"""The theme of the pages, worked out once.

Streamlit reads it from its configuration again at each view, option by option: a sixth of the processor time of a view
whose answers are known. What it says never changes while the server runs.
"""

from collections.abc import Callable
from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_WORKED_OUT = "_populate_theme_msg"


def keep() -> None:
    """From now on sessions are told the theme as it was worked out for the first of them.

    Called once, when the server starts. A Streamlit that works the theme out elsewhere is left alone.
    """
    work_out = getattr(app_session, _WORKED_OUT, None)
    if work_out is not None:
        setattr(app_session, _WORKED_OUT, _kept(work_out))


def _kept(work_out: Callable[..., None]) -> Callable[..., None]:
    @cache
    def theme(section: str) -> CustomThemeConfig:
        said = CustomThemeConfig()
        work_out(said, section)
        return said

    def tell(message: CustomThemeConfig, section: str = "theme") -> None:
        message.MergeFrom(theme(section))

    return tell
