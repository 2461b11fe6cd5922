"""One chart alone, whatever form it is asked in: found on its page, on a pinned edition, with its own identifier."""

from dataclasses import dataclass

from language import speaking
from loaders.editions import Edition
from ui import citation, forms, sentences
from ui.address import State, with_changes
from web import identifiers, numbers
from web.gathered import Chart, cited, gather, has_chart

_LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Alone:
    """A chart and all that says what it is: ``state`` pins its edition and names it."""

    chart: Chart
    state: State
    edition: Edition
    site: str

    @property
    def id(self) -> str:
        """Its identifier, which holds its address and a digest of its numbers."""
        return identifiers.identifier(self.state, numbers.digest(self.chart))

    @property
    def link(self) -> str:
        """The page without script that shows it, with every default written out."""
        return forms.shared(self.state, self.site)

    @property
    def permanent_link(self) -> str:
        """The address that leads to it by its identifier."""
        return f"{self.site}/id/{self.id}"

    @property
    def signature(self) -> str:
        """What a picture says of its origin, in the current language."""
        return citation.signature(self.edition, cited(self.state))

    @property
    def filters(self) -> str:
        """The filters that it was drawn under, in the current language."""
        cites = cited(self.state)
        return cites.filters if cites else sentences.filters_summary(self.state.selection)

    def citation(self) -> str:
        """The paragraph that cites it, in the current language."""
        return citation.citation(self.chart.title, self.state, self.edition, self.permanent_link, cited(self.state))

    def in_each_language(self) -> dict[str, "Alone"]:
        """The same chart drawn in each language."""
        return {
            language: alone_of(with_changes(self.state, language=language), self.edition, self.site) or self
            for language in _LANGUAGES
        }


def alone_of(state: State, edition: Edition, site: str) -> Alone | None:
    """The chart that ``state`` names (the first of its page when it names none), on ``edition``."""
    with speaking(state.language):
        found = gather(state, edition, site, is_enough=has_chart(state.chart))
    chart = next((chart for chart in found.charts if state.chart in ("", chart.name)), None)
    if chart is None:
        return None
    pinned = with_changes(state, edition=edition.id, chart=chart.name, embed=False)
    return Alone(chart, pinned, edition, site)
