"""The first screen: whom its sentence is about, how sure it is, and three ways in."""

import polars as pl

from analysis.selection import Selection
from analysis.shares import Interval
from analysis.state import of_the_state
from language import formats
from language import gettext as _
from loaders.vocabulary import MINISTRIES
from ui import sentences
from ui.markup import anchor, said
from ui.view import View

MINISTRIES_OFFERED = 6


def subject(selection: Selection) -> Selection:
    """What the first sentence speaks of: the State and its operators, unless the reader chose buyers."""
    return selection if selection.ministries or selection.buyer_kinds else of_the_state(selection)


def how_sure(by_verdict: pl.DataFrame, interval: Interval) -> str:
    """What is established, what makes the interval wide, and of what it is made; ``by_verdict`` as shares gives it."""
    if interval.low is None:
        return _("Rien à partager : voyez les filtres.")
    opaque = next(row["share"] for row in by_verdict.iter_rows(named=True) if row["verdict"] == "opaque")
    return _(
        "Sous contrôle étranger d’après nos sources : {low}. Pour {opaque} des montants, l’acheteur passe par un "
        "revendeur, un intégrateur ou une centrale et ne nomme aucun produit : l’intervalle les compte en haut, pas en "
        "bas. {total} au total, pour {contracts}."
    ).format(
        low=formats.percent(interval.low),
        opaque=formats.percent(opaque),
        total=formats.amount(interval.total_cents),
        contracts=sentences.contracts(interval.contract_count),
    )


def doors(view: View, ranking: pl.DataFrame) -> str:
    """Three ways in, as HTML: to check a figure, to share a comparison, to find one’s own ministry.

    The ministries offered are those of ``ranking`` (ministries.ranking) with the most contracts.
    """
    known = ranking.lazy().filter(pl.col("ministry") != "etat-non-determine")
    largest = known.sort("contract_count", "ministry", descending=[True, False]).head(MINISTRIES_OFFERED)
    codes = largest.collect()["ministry"]
    ministries = [anchor(_(MINISTRIES[code]), view.link("ministeres", ministries=(code,))) for code in codes]
    every = anchor(_("tous"), view.link("ministeres", ministries=()))
    lines = (
        (
            _("Vérifier et citer un chiffre"),
            [
                anchor(_("la méthode et ses limites"), view.link("methode")),
                anchor(_("les marchés"), view.link("marches")),
            ],
        ),
        (_("Comparer et partager"), [anchor(_("les ministères côte à côte"), view.link("ministeres"))]),
        (_("Voir mon ministère"), [*ministries, every]),
    )
    rows = "".join(f"<dt>{said(label)}</dt><dd>{', '.join(links)}</dd>" for label, links in lines)
    return f'<dl class="np-facts np-doors">{rows}</dl>'
