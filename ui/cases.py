"""What the page of documented cases writes: its filters, how each case is told, which contracts it leads to."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import polars as pl
import streamlit as st

from analysis.cases import Search
from analysis.selection import Selection
from charts.cases_timeline import span
from charts.reconciliation import written
from language import current, formats, mark
from language import gettext as _
from loaders import reference, vocabulary
from ui import sentences
from ui.address import State
from ui.markup import anchor, escaped, said
from ui.state import Widget, fill, on_change
from ui.tables import Column

FILTERS = (
    ("ministries", vocabulary.MINISTRIES, mark("Ministères")),
    ("themes", vocabulary.CASE_THEMES, mark("Thèmes")),
    ("statuses", vocabulary.CASE_STATUSES, mark("Statuts")),
)

Link = Callable[[Search], str]


def show_filters(state: State) -> None:
    """Draw the choices of ministries, themes and statuses."""
    for column, (field, codes, label) in zip(st.columns(len(FILTERS)), FILTERS, strict=True):
        with column:
            _several(field, codes, label, state)


def sentence(cases: pl.DataFrame, contracts: pl.DataFrame) -> str:
    """How many cases are told, and for how many the edition holds contracts."""
    if cases.is_empty():
        return _("Aucun repère ne répond à ces filtres.")
    found = cases.filter(pl.col("case_id").is_in(contracts["case_id"].unique().implode())).height
    counted = _("1 repère documenté") if cases.height == 1 else _("{count} repères documentés")
    held = (
        _("{cases} ; pour {found}, cette édition contient des marchés du même acheteur et du même fournisseur.")
        if found
        else _("{cases} ; pour aucun, cette édition ne contient de marché du même acheteur et du même fournisseur.")
    )
    return held.format(cases=counted.format(count=cases.height), found=formats.count(found))


def asked(selection: Selection) -> dict:
    """What an address must say of a question asked in a table of facts; the rest is at its default."""
    return {
        name: getattr(selection, name) for name in ("ministries", "years", "perimeter", "search", "group", "product")
    }


def columns_of_files() -> tuple[Column, ...]:
    """What files of cases and milestones have more than the screen."""
    labels = {"summary": _("Résumé"), "sources": _("Adresses des sources"), "checked_on": _("Vérifié le")}
    return tuple(Column(name, label, only_in_files=True) for name, label in labels.items())


def readable(cases: pl.DataFrame, contracts: pl.DataFrame) -> pl.DataFrame:
    """``cases`` with what a table shows: ``title, summary, span, contract_count`` (0 when the edition has none)."""
    counts = contracts.group_by("case_id").agg(contract_count=pl.len().cast(pl.Int64))
    spans = pl.Series("span", [span(row) for row in cases.iter_rows(named=True)], dtype=pl.String)
    return (
        in_language(cases)
        .with_columns(spans)
        .join(counts, on="case_id", how="left", maintain_order="left")
        .with_columns(pl.col("contract_count").fill_null(0))
    )


def in_language(frame: pl.DataFrame) -> pl.DataFrame:
    """A table of facts with ``title`` and, when it has them, ``summary`` and ``perimeter_words`` to be read now;
    ``source`` is the first address of ``sources`` or ``source`` and ``source_site`` its site.
    """
    language = current()
    texts = {"title": "title", "summary": "summary", "perimeter_words": "perimeter"}
    address = pl.col("sources").str.split(" ").list.first() if "sources" in frame.columns else pl.col("source")
    told = frame.with_columns(
        *(
            pl.col(f"{column}_{language}").alias(name)
            for name, column in texts.items()
            if f"{column}_{language}" in frame.columns
        ),
        source=address,
    )
    return told.with_columns(
        source_site=pl.Series([site(one) for one in told["source"]], dtype=pl.String),
    )


def compared(frame: pl.DataFrame) -> pl.DataFrame:
    """The reconciliation as a table shows it: both values in their unit, as text, beside the raw columns."""
    rows = list(frame.iter_rows(named=True))
    return in_language(frame).with_columns(
        official_text=pl.Series([written(row["official"], row["unit"]) for row in rows], dtype=pl.String),
        shown_text=pl.Series([shown_text(row) for row in rows], dtype=pl.String),
        years=pl.Series([formats.span(str(row["starts_on"]), str(row["ends_on"])) for row in rows], dtype=pl.String),
    )


def shown_text(figure: Mapping) -> str:
    """What the edition shows beside an official figure, in words."""
    if figure["shown"] is None:
        return _("années absentes de l’édition")
    return written(figure["shown"], figure["unit"])


def site(address: str) -> str:
    """The name of the site of a public address."""
    return urlsplit(address).netloc.removeprefix("www.").rstrip(".")


def facts(case: Mapping, ministry_link: Callable[[str], str], vendor_link: str = "") -> str:
    """What is known of a case, field by field, with its sources, as HTML; ``vendor_link`` leads to who sold it."""
    verified = _("{how}, le {day}").format(
        how=_(vocabulary.VERIFICATIONS[case["verified"]]), day=formats.day(case["checked_on"])
    )
    ministry = case["ministry"]
    rows = [
        (_("Acheteur"), escaped(case["buyer"])),
        *([(_("Ministère"), anchor(_(vocabulary.MINISTRIES[ministry]), ministry_link(ministry)))] if ministry else []),
        *([(_("Fournisseur"), anchor(case["vendor"], vendor_link))] if case["vendor"] else []),
        (_("Dates"), escaped(span(dict(case)))),
        (_("Thème"), escaped(_(vocabulary.CASE_THEMES[case["theme"]]))),
        (_("Statut"), escaped(_(vocabulary.CASE_STATUSES[case["status"]]))),
        (_("Vérification"), said(verified)),
        (_("Sources"), " ; ".join(anchor(site(one), one) for one in case["sources"].split())),
    ]
    return '<dl class="np-facts">' + "".join(f"<dt>{said(term)}</dt><dd>{text}</dd>" for term, text in rows) + "</dl>"


def found(searches: list[Search], counts: pl.DataFrame, link: Link) -> str:
    """The searches of one case with what each finds, as an HTML list: the buyer's always, the others when they find.

    ``counts`` are those of ``analysis.cases.search_counts`` for the same case.
    """
    numbers = dict(counts.select("place", "contract_count").iter_rows())
    lines = [
        f"<li>{said(_label(search))} {anchor(sentences.contracts(numbers[place]), link(search))}</li>"
        for place, search in enumerate(searches)
        if search.criterion == "buyer" or numbers[place]
    ]
    return f'<ul class="np-why">{"".join(lines)}</ul>'


def answer(searches: list[Search], contract_count: int) -> str:
    """Whether the edition has contracts of this buyer with this vendor or product, in one sentence."""
    looked_for = list(dict.fromkeys(_value(search) for search in searches if search.criterion != "buyer"))
    if not looked_for:
        return _("Ce repère ne nomme pas de fournisseur : il n’y a pas de marché à chercher.")
    if not contract_count:
        return _("Aucun marché dans cette édition pour cet acheteur et l’un de ces noms : {names}.").format(
            names=", ".join(looked_for)
        )
    return _(
        "{contracts} de cette édition pour cet acheteur et ce fournisseur ou l’un de ces produits, toutes années : ce "
        "ne sont pas forcément ceux dont parlent les sources."
    ).format(contracts=sentences.contracts(contract_count))


def _label(search: Search) -> str:
    selection = search.selection
    if search.criterion == "buyer":
        if selection.search:
            return _("Marchés numériques trouvés par les mots « {words} » :").format(words=selection.search)
        if selection.ministries:
            ministry = _(vocabulary.MINISTRIES[selection.ministries[0]])
            return _("Marchés numériques de ce ministère, {ministry} :").format(ministry=ministry)
        return _("Marchés numériques de tous les acheteurs :")
    template = (
        _("dont titulaire du groupe {name} :") if search.criterion == "group" else _("dont objet nommant {name} :")
    )
    return template.format(name=_value(search))


def _value(search: Search) -> str:
    if search.criterion != "group":
        return search.value
    groups = reference.table("groups").filter(pl.col("group_id") == search.value)
    return groups["group_name"].item(0) if groups.height else search.value


def _several(field: str, codes: Mapping[str, str], label: str, state: State) -> None:
    def chosen(shown: State) -> list[str]:
        return list(getattr(shown.selection if field == "ministries" else shown, field))

    widget = Widget(field, chosen, lambda picked: tuple(code for code in codes if code in picked))
    fill([widget], state)
    st.multiselect(
        _(label),
        list(codes),
        format_func=lambda code: _(codes[code]),
        key=widget.key,
        on_change=on_change,
        placeholder=_("Tous"),
        select_all=False,
    )
