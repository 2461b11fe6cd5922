"""A canvas on which the traces of a figure are put one after another."""

import plotly.graph_objects as go

from charts.theme import Theme, layout


class Drawn(go.Figure):
    """A figure that is what its canvas described; do not change what ``to_dict`` gives, which is no copy.

    Plotly's own objects take longer to make than the rest of drawing: they are made when somebody asks for them.
    """

    def __init__(self, described: dict) -> None:
        vars(self)["described"] = described

    def __getattr__(self, name: str) -> object:
        if "_data_objs" in vars(self) or name == "described":
            raise AttributeError(name)
        # Plotly's check of each property costs more than the question behind the figure: tests check every chart
        super().__init__(**self.described, _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict:
        """The figure as plain dictionaries, as ``go.Figure.to_dict`` gives it."""
        return super().to_dict() if "_data_objs" in vars(self) else self.described


class Canvas:
    """The traces of a figure to be, on the layout that all figures share."""

    def __init__(self, theme: Theme, height: int) -> None:
        """An empty canvas, ``height`` in pixels."""
        self._layout = layout(theme, height)
        self._traces: list[dict] = []

    def bars(self, **trace: object) -> None:
        """Add a trace of bars, described as Plotly does."""
        self._traces.append({"type": "bar", **trace})

    def points(self, **trace: object) -> None:
        """Add a trace of points, lines or texts, described as Plotly does (``scatter``)."""
        self._traces.append({"type": "scatter", **trace})

    def cells(self, **trace: object) -> None:
        """Add a trace of coloured cells, described as Plotly does (``heatmap``)."""
        self._traces.append({"type": "heatmap", **trace})

    def figure(self, **settings: object) -> go.Figure:
        """The figure; ``settings`` are those of its layout: a mapping completes the shared one."""
        completed = {name: self._completed(name, value) for name, value in settings.items()}
        return Drawn({"data": self._traces, "layout": {**self._layout, **completed}})

    def _completed(self, name: str, value: object) -> object:
        shared = self._layout.get(name)
        return {**shared, **value} if isinstance(shared, dict) and isinstance(value, dict) else value
