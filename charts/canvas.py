"""A canvas on which the traces of a figure are put one after another."""

import plotly.graph_objects as go

from charts.theme import Theme, layout


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
        # Plotly's check of each property costs more than the question behind the figure: tests check every chart
        return go.Figure(data=self._traces, layout={**self._layout, **completed}, _validate=False)

    def _completed(self, name: str, value: object) -> object:
        shared = self._layout.get(name)
        return {**shared, **value} if isinstance(shared, dict) and isinstance(value, dict) else value
