"""Ministry against ministry: side by side, as a map of verdicts, and what the edition holds of each."""

from collections.abc import Sequence

import polars as pl

from analysis import coverage, ministries
from analysis.selection import Selection
from charts import gauges, heat_map
from language import gettext as _
from language import mark
from loaders.vocabulary import MINISTRIES
from ui.markup import anchor, escaped, said
from ui.tables import Column, written
from ui.view import View

_MEASURES = {
    "total_cents": mark("Montant compté"),
    "contract_count": mark("Marchés"),
    "buyer_count": mark("Acheteurs"),
    "low": mark("Contrôle étranger"),
    "middle": mark("+ produit étranger"),
    "high": mark("+ hybride, opaque"),
    "unknown": mark("Inconnu"),
    "top_vendor_name": mark("Premier fournisseur"),
    "documented_share": mark("Attributions au contrôle documenté"),
    "flagged_share": mark("Marchés au montant hors des sommes"),
    "in_time_share": mark("Publiés en deux mois, au plus"),
}


def side_by_side(view: View, selection: Selection) -> None:
    """Up to four ministries in columns, the same measure at the same height; one under another on a phone."""
    frame = compared(view, selection)
    columns = [Column(name, _(label)) for name, label in _MEASURES.items()]
    view.section(_("Côte à côte"))
    view.html(
        f'<div class="np-beside" style="--measures: {len(columns) + 1}">'
        + "".join(_column(view, row, columns) for row in frame.iter_rows(named=True))
        + "</div>"
    )
    view.downloads(lambda: frame, [Column("ministry"), *columns], name="cote-a-cote")


def compared(view: View, selection: Selection) -> pl.DataFrame:
    """One row a ministry of ``selection`` that has contracts, in the order of the vocabulary: what is compared."""
    ranking = view.ask(ministries.ranking, selection=selection)
    held = view.ask(coverage.by_ministry, selection=selection).drop("contract_count", "award_count")
    return ranking.join(held, on="ministry", how="inner").sort("ministry")


def verdict_map(view: View, ranking: pl.DataFrame) -> None:
    """The share of each verdict in each ministry, in the order of the bars above."""
    labels = {code: _(label) for code, label in MINISTRIES.items()}
    view.section(_("Ministère contre verdict"))
    view.note(_("Part de chaque verdict dans les montants du ministère : chaque ligne fait 100 %."))
    view.chart(heat_map.heat_map, heat_map.heat_map_text(ranking, labels), ranking, labels, name="heat-map")


def held(view: View, codes: Sequence[str]) -> None:
    """What the edition holds of each ministry, and what it cannot hold."""
    view.section(_("Ce que l’édition contient, et ce qui manque"))
    view.paragraphs(
        _(
            "Personne ne publie combien de marchés chaque ministère passe : le nombre de ceux qui manquent est "
            "inconnu, et aucune couverture ne peut être calculée. Les parts ci-dessous sont celles de ce que "
            "l’édition contient."
        ),
        _(
            "Manquent, sans qu’on sache combien : les commandes passées à l’UGAP et aux autres centrales, où "
            "n’apparaît que le marché de la centrale ; les marchés sous les seuils de publication (40 000 € hors "
            "taxes, 25 000 € avant 2020) ; ceux que leurs acheteurs n’ont pas publiés."
        ),
    )
    if not codes or "armees" in codes:
        view.paragraphs(_("Armées : une partie des marchés de défense et de renseignement n’est pas publiée."))
    frame = view.ask(coverage.by_ministry)
    labels = {code: _(label) for code, label in MINISTRIES.items()}
    view.note(_("Part des attributions dont le contrôle du titulaire est documenté, sur celles de l’édition :"))
    view.chart(gauges.documented, gauges.documented_text(frame, labels), frame, labels, name="coverage")
    with view.folded(_("Les chiffres, ministère par ministère"), key="coverage-table"):
        view.table(
            frame,
            [
                Column("ministry"),
                Column("contract_count"),
                Column("buyer_count"),
                Column("first_year"),
                Column("last_year"),
                Column("documented_share", _("Attributions au contrôle documenté")),
                Column("flagged_share", _("Marchés au montant hors des sommes")),
                Column("in_time_share", _("Publiés en deux mois, au plus")),
            ],
            name="couverture-par-ministere",
        )


def _column(view: View, row: dict, columns: Sequence[Column]) -> str:
    code = row["ministry"]
    name = anchor(_(MINISTRIES[code]), view.link(ministries=(code,)))
    measures = "".join(
        f"<div><dt>{said(column.title)}</dt><dd>{_measure(view, row, column)}</dd></div>" for column in columns
    )
    return f"<section><h3>{name}</h3><dl>{measures}</dl></section>"


def _measure(view: View, row: dict, column: Column) -> str:
    text = written(row[column.name], column)
    if column.name == "top_vendor_name" and row["top_vendor_id"]:
        return anchor(text, view.vendor_link(row["top_vendor_id"]))
    return escaped(text)
