"""PNG from our SVG, with our own typefaces and no other."""

import resvg_py

from charts.drawing import fonts

_FAMILIES = {"sans_serif_family": "Source Sans 3 ExtraLight", "serif_family": "Newsreader 16pt 16pt"}
"""What the files call themselves: our SVG names the families of the page, then any sans or serif."""


def png(svg: str, width: int) -> bytes:
    """``svg`` as a PNG of ``width`` px. Raises ValueError when it is no SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, skip_system_fonts=True, font_files=list(fonts.FILES), **_FAMILIES
        )
    )
