"""A figure that leaves the page carries its title, its source and our paper; as PNG too, in our own typefaces."""

import io

import polars as pl
import pytest
from PIL import Image

from charts.drawing.document import svg
from charts.drawing.picture import PREVIEW_PX, Caption, download, preview
from charts.drawing.raster import png
from charts.theme import DARK, LIGHT
from charts.verdicts import interval_by_key
from loaders.vocabulary import MINISTRIES
from tests.charts.drawing import figures, read
from tests.charts.frames import BY_MINISTRY

CAPTION = Caption(
    "Ce qu’achètent les ministères & <leurs> opérateurs, de l’étranger et d’ici, année après année",
    "Tout en mots.",
    ("Source : DECP · édition 2026-11-01", "22 novembre 2026 · https://exemple.fr/vue/ministeres?v=1&definition=ue"),
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def _image(svg_text: str, width: int) -> Image.Image:
    return Image.open(io.BytesIO(png(svg_text, width))).convert("RGB")


def _colour(written: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(written[1:]))


@THEMES
@pytest.mark.parametrize("name", ["interval", "by-year", "cases", "tile-map"])
def test_a_download_has_its_natural_height_and_says_where_it_comes_from(name, theme, tiny_edition):
    figure = figures.CHARTS[name](theme, tiny_edition)
    picture = download(figure, CAPTION, theme, 800)
    root = read.parsed(picture)
    said = "".join(root.itertext())
    assert all(part in said for credit in CAPTION.credits for part in credit.split(" · "))
    assert root.findtext("{*}title") == CAPTION.title
    assert root.findtext("{*}desc") == CAPTION.text
    image = _image(picture, 1600)
    _width, height = read.size(root)
    assert height > figure.layout.height
    assert image.size == (1600, round(2 * height))
    assert image.getpixel((3, 3)) == _colour(theme.paper)
    assert len(image.getcolors(1_000_000)) > 50


@THEMES
@pytest.mark.parametrize("name", ["interval", "by-year", "cases", "tile-map", "versions"])
def test_a_preview_is_exactly_as_large_as_links_show(name, theme, tiny_edition):
    picture = preview(figures.CHARTS[name](theme, tiny_edition), CAPTION, theme)
    image = _image(picture, PREVIEW_PX[0])
    assert image.size == PREVIEW_PX == (1200, 630)
    assert image.getpixel((1199, 629)) == _colour(theme.paper)
    middle = image.crop((48, 160, 1152, 560))
    assert len(middle.getcolors(1_000_000)) > 20


def test_a_figure_too_long_to_be_read_is_shown_from_its_beginning(tiny_edition):
    codes = pl.Series("ministry", list(MINISTRIES)[:14])
    many = pl.concat([BY_MINISTRY.filter(pl.col("total_cents") > 0).head(1)] * 14).with_columns(codes)
    long = preview(interval_by_key(many, MINISTRIES, LIGHT), CAPTION, LIGHT)
    whole = preview(figures.CHARTS["by-year"](LIGHT, tiny_edition), CAPTION, LIGHT)
    assert ("url(#fade)" in long, "url(#fade)" in whole) == (True, False)
    image = _image(long, 1200)
    assert image.size == PREVIEW_PX
    assert {image.getpixel((600, y)) for y in range(565, 580)} == {_colour(LIGHT.paper)}


def test_a_title_too_long_for_a_preview_ends_with_three_dots():
    figure = figures.CHARTS["interval"](LIGHT, None)
    caption = Caption("Un titre qui ne finit pas " * 12, "", ("Source",))
    lines = [span.text for span in read.parsed(preview(figure, caption, LIGHT)).iter("{*}tspan") if span.text]
    assert lines[1].endswith("…")
    assert lines[2] == "Source"


def test_a_preview_gives_each_credit_a_line_and_cuts_what_is_too_long():
    figure = figures.CHARTS["interval"](LIGHT, None)
    lines = _credit_lines(preview(figure, Caption("T", "", ("Filtres", "Source, édition", "x" * 200)), LIGHT))
    assert [text for text, _y in lines[:2]] == ["Filtres", "Source, édition"]
    assert lines[2][0].endswith("…")
    heights = [y for _text, y in lines]
    assert heights == sorted(set(heights))
    assert heights[-1] < PREVIEW_PX[1]


def _credit_lines(picture: str) -> list[tuple[str, float]]:
    spans = [span for span in read.parsed(picture).iter() if span.tag.endswith("tspan")]
    return [(span.text, float(span.get("y"))) for span in spans[-3:]]


def test_a_png_is_written_in_our_typefaces_with_the_narrow_space_of_french_amounts():
    def written(text: str, family: str = "'Source Sans 3',sans-serif") -> bytes:
        ground = '<rect width="100" height="30" fill="#fff"/>'
        said = f'<text x="0" y="20" font-family="{family}">{text}</text>'
        return png(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 30">{ground}{said}</svg>', 100)

    distinct = [written(text) for text in ("", "é", "€", "≥", "ł", "ab", "a\u202fb", "a b")]
    assert len(set(distinct)) == len(distinct)
    assert written("ab", "Newsreader,serif") not in distinct


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError, match="never closed"):
        png("<p>", 100)


def test_a_figure_alone_is_drawn_at_the_width_asked_for(tiny_edition):
    figure = figures.CHARTS["by-year"](LIGHT, tiny_edition)
    image = Image.open(io.BytesIO(png(svg(figure, 500), 1000)))
    assert image.size == (1000, 2 * figure.layout.height)
