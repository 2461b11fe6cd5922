"""The script that Streamlit runs at each view: the menu in the reader's language, then the page asked for."""

from pathlib import Path

import streamlit as st

from language import gettext as _
from language import use
from ui import sitemap, state

HERE = Path(__file__).parent

use(state.language_asked())
pages = [
    st.Page(
        HERE.parent / "pages" / f"{page.file}.py",
        title=_(page.title),
        url_path=page.path or page.file,
        default=not page.path,
        visibility="visible" if page.in_menu else "hidden",
    )
    for page in sitemap.PAGES
]
chosen = st.navigation(pages, position="top")
st.set_page_config(
    page_title=f"{chosen.title} · {_('Nuages publics')}",
    page_icon=str(HERE / "static" / "icon.png"),
    layout="wide",
)
chosen.run()
