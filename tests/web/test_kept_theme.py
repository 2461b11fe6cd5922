"""Sessions are told the same theme as Streamlit works out, without its being worked out each time."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from web import kept_theme

SECTIONS = ("theme", *(f"theme.{category.value}" for category in config.CustomThemeCategories))


@pytest.fixture
def count(monkeypatch):
    """How many times Streamlit works a section out, once its way is kept."""
    sections = []
    work_out = app_session._populate_theme_msg

    def counted(message, section="theme"):
        sections.append(section)
        work_out(message, section)

    monkeypatch.setattr(app_session, "_populate_theme_msg", counted)
    kept_theme.keep()
    return sections


def told(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message, section)
    return message


def test_every_section_says_the_same_as_streamlit_and_is_worked_out_once(count, monkeypatch):
    kept = {section: (told(section), told(section)) for section in SECTIONS}
    assert sorted(count) == sorted(SECTIONS)
    monkeypatch.undo()
    for section, (first, second) in kept.items():
        assert first == second == told(section)
    assert kept["theme"][0].font_faces
    assert kept["theme.dark"][0].background_color == "#171613"


def test_a_streamlit_that_works_it_out_elsewhere_is_left_alone(monkeypatch):
    monkeypatch.delattr(app_session, "_populate_theme_msg")
    kept_theme.keep()
    assert not hasattr(app_session, "_populate_theme_msg")
