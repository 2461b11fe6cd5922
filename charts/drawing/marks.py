"""The marks of a figure in px: bars, cells and points, each a link where something stands behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from charts.drawing import bars, cells, fonts, points
from charts.drawing.attributes import get, needed
from charts.drawing.bars import Bar, Layout
from charts.drawing.hover import words
from charts.drawing.markup import element, escaped, paint, rectangle, whole
from charts.drawing.patterns import Patterns
from charts.drawing.scales import Scale
from charts.drawing.texts import Text, read

_HALO_PX = 3
_LEAST_PX = 0.05
_CELL_BASE_LINE = 0.35


@dataclass(frozen=True)
class Marks:
    """Draws the traces of a figure on its two scales."""

    x: Scale
    y: Scale
    size: float
    colour: str
    patterns: Patterns
    link: Callable[[dict], str | None] | None

    def all(self, figure: dict, layout: Layout | None) -> str:
        """Every trace: heat maps, bars, then points, as Plotly's layers are."""
        of_kind = {
            kind: [trace for trace in figure["data"] if trace["type"] == kind] for kind in ("heatmap", "scatter")
        }
        return (
            "".join(map(self._heat_map, of_kind["heatmap"]))
            + (self._bars(layout, figure) if layout else "")
            + "".join(map(self._points, of_kind["scatter"]))
        )

    def _bars(self, layout: Layout, figure: dict) -> str:
        drawn, written = "", []
        boxes = [(bar, bar.box(self.x, self.y)) for bar in layout.bars]
        for trace in figure["data"]:
            mine = [(bar, box) for bar, box in boxes if bar.trace is trace]
            paths = [
                (bar.point, rectangle(left, top, right - left, bottom - top))
                for bar, (left, top, right, bottom) in mine
                if right - left >= _LEAST_PX and bottom - top >= _LEAST_PX
            ]
            style = {"fill": self.patterns.fill(trace), **self.patterns.strokes(trace)}
            drawn += self._patterned(trace, paths, style)
            if trace.get("text"):
                bars.check_texts(trace)
                written += [(bar, box) for bar, box in mine if trace["text"][bar.point] and bar.near != bar.far]
        return drawn + (self._bar_texts(written, needed(figure, "layout.uniformtext.minsize")) if written else "")

    def _bar_texts(self, written: list[tuple[Bar, tuple]], least: float) -> str:
        """The texts upon the bars that have room for them, with a halo that keeps patterns out of thin letters."""
        texts = [read(bar.trace["text"][bar.point], *self._inside(bar.trace)) for bar, _box in written]
        measures = [
            (text.width, text.height, box[2] - box[0], box[3] - box[1])
            for text, (_bar, box) in zip(texts, written, strict=True)
        ]
        sizes = bars.font_size(measures, texts[0].size, least)
        drawn = {}
        for text, (bar, box), size in zip(texts, written, sizes, strict=True):
            if size:
                share = size / text.size
                first = (box[1] + box[3]) / 2 + share * _rise(text)
                middle = Text(text.lines, size, "").at((box[0] + box[2]) / 2, first)
                group = drawn.setdefault(bar.trace["index"], (bar.trace, []))
                group[1].append(middle)
        return "".join(
            self._upon(group, fill=self._inside(trace)[1], **_halo(trace)) for trace, group in drawn.values()
        )

    def _inside(self, trace: dict) -> tuple[float, str]:
        font = trace.get("insidetextfont") or {}
        return font.get("size", self.size), paint(font.get("color", self.colour))

    def _heat_map(self, trace: dict) -> str:
        across, down = cells.gaps(trace)
        found = cells.cells(trace)
        drawn, texts = "", []
        size = get(trace, "textfont.size", self.size)
        by_colour: dict[str, list] = {}
        for cell in found:
            left, right = sorted(whole(self.x.at(edge)) for edge in cell.x)
            top, bottom = sorted(whole(self.y.at(edge)) for edge in cell.y)
            path = rectangle(left + across / 2, top + down / 2, right - left - across, bottom - top - down)
            by_colour.setdefault(cell.colour, []).append((cell.point, path))
            if cell.text and trace.get("texttemplate"):
                text = read(cell.text, size, "")
                middle = whole((left + right) / 2), whole((top + bottom) / 2)
                texts.append(text.at(middle[0], middle[1] + _CELL_BASE_LINE * size))
        for colour, paths in by_colour.items():
            drawn += self._linked(trace, paths, {"fill": colour})
        return drawn + self._upon(texts, fill=paint(get(trace, "textfont.color", self.colour)))

    def _points(self, trace: dict) -> str:
        mode = needed(trace, "mode")
        drawn = points.line(trace, self.x, self.y) if "lines" in mode else ""
        if "markers" in mode:
            by_paint: dict[tuple, list] = {}
            unseen = get(trace, "marker.opacity", 1) == 0
            for point, path, style in points.symbols(trace, self.x, self.y):
                if unseen and self._address(trace, point) is None:
                    continue
                by_paint.setdefault(tuple(style.items()), []).append((point, path))
            drawn += "".join(self._linked(trace, paths, dict(style)) for style, paths in by_paint.items())
        if "text" in mode:
            written = "".join(points.texts(trace, self.x, self.y, self.size, self.colour))
            drawn += element("g", written, pointer_events="none") if self.link else written
        return drawn

    def _linked(self, trace: dict, paths: list[tuple[object, str]], style: dict) -> str:
        """The marks of one paint: those with a link each in its own, all others as one path."""
        alone, linked = "", ""
        for point, path in paths:
            address = self._address(trace, point)
            if address is None:
                alone += path
            else:
                named = element("title", escaped(words(trace, point)))
                linked += element("a", named + element("path", d=path), href=address)
        if linked:
            return element("g", linked + (element("path", d=alone) if alone else ""), **style)
        return element("path", d=alone, **style) if alone else ""

    def _patterned(self, trace: dict, paths: list[tuple[object, str]], style: dict) -> str:
        """Bars over the ground of their pattern, if they have one."""
        ground = self.patterns.ground(trace)
        if ground is None or not paths:
            return self._linked(trace, paths, style)
        outline = "".join(path for _point, path in paths)
        if any(self._address(trace, point) for point, _path in paths):
            return element("path", d=outline, fill=ground) + self._linked(trace, paths, style)
        name = self.patterns.identifier(trace)
        under = element("g", element("path", id=name, d=outline), fill=ground)
        return under + element("use", href=f"#{name}", **style)

    def _address(self, trace: dict, point: object) -> str | None:
        behind = get(trace, "meta.behind")
        if self.link is None or not behind:
            return None
        for rank in point if isinstance(point, tuple) else (point,):
            behind = behind[rank]
        return None if behind is None else self.link(behind)

    def _upon(self, texts: Iterable[str], **style: object) -> str:
        """Texts in the middle of their marks; a click goes through them."""
        written = "".join(texts)
        through = "none" if self.link else None
        return element("g", written, text_anchor="middle", pointer_events=through, **style) if written else ""


def _rise(text: Text) -> float:
    """From the middle of a text of one line to its base line."""
    return (fonts.ascent(text.size) - fonts.descent(text.size)) / 2


def _halo(trace: dict) -> dict:
    shadow = get(trace, "insidetextfont.shadow")
    if not shadow:
        return {}
    colour = shadow.rsplit(" ", 1)[1]
    return {
        "stroke": paint(colour),
        "stroke_width": _HALO_PX,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }
