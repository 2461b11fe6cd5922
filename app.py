"""Table of contents: the pages (ui/sitemap.py, shown by ui/navigation.py) and what is served beside them."""

import streamlit as st
from starlette.middleware import Middleware

from web import crawlers, embedding, feeds, files, open_data, tables, twins
from web.api import service
from web.security import Security
from web.shell import Shell
from web.spoken import Spoken
from web.uncompressed import Uncompressed
from web.warm import warm

app = st.App(
    "ui/navigation.py",
    lifespan=warm,
    routes=[
        *twins.ROUTES,
        *files.ROUTES,
        *tables.ROUTES,
        *embedding.ROUTES,
        *feeds.ROUTES,
        *open_data.ROUTES,
        *service.ROUTES,
        *crawlers.ROUTES,
    ],
    middleware=[Middleware(Spoken), Middleware(Security), Middleware(Shell), Middleware(Uncompressed)],
)
