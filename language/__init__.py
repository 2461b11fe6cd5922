"""Words and formats in French and English; knows neither Streamlit nor the data."""

from language.catalogue import LANGUAGES, current, gettext, mark, speaking, use, use_environment

__all__ = ["LANGUAGES", "current", "gettext", "mark", "speaking", "use", "use_environment"]
