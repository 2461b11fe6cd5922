"""Two bars to the same scale, and the hole between them."""

from datetime import date

import polars as pl

from charts.behind import Behind, at, every
from charts.reconciliation import reconciliation, reconciliation_text
from loaders.vocabulary import MINISTRIES

FIGURE = {
    "title_fr": "Commandes",
    "title_en": "Orders",
    "unit": "euro",
    "nature": "orders",
    "starts_on": date(2020, 10, 1),
    "ends_on": date(2025, 5, 31),
    "official": 146e6,
    "shown": 36.5e6,
    "missing": 109.5e6,
    "buyers": "etat",
    "perimeter": "nuage",
    "words": None,
    "group_id": "nuage-atlantique",
    "shown_cents": 3_650_000_000,
}
FRAME = pl.DataFrame(
    [
        FIGURE,
        FIGURE | {"shown": 292e6, "missing": 0.0, "shown_cents": 29_200_000_000},
        FIGURE | {"shown": None, "missing": 146e6, "shown_cents": 0},
        FIGURE
        | {"unit": "percent", "nature": "share", "official": 37.0, "shown": 0.0, "missing": 37.0, "shown_cents": 0},
    ]
)


def test_each_pair_has_one_scale_and_the_hole_closes_it():
    official, shown, missing = reconciliation(FRAME).data
    assert official.x == (1, 0.5, 1, 1)
    assert shown.x == (0.25, 1, None, None)
    assert missing.x == (0.75, None, 1, 1)
    assert missing.base == (0.25, 1, 0, 0)
    assert missing.marker.pattern.shape == "/"


def test_what_is_shown_opens_the_contracts_of_its_question():
    figure = reconciliation(FRAME)
    asked = {"ministries": tuple(MINISTRIES), "years": (2020, 2025), "perimeter": "nuage", "group": "nuage-atlantique"}
    assert every(figure) == [Behind(asked, "amount_cents", cents) for cents in (3_650_000_000, 29_200_000_000)]
    assert at(figure, 1, 0) is not None


def test_the_words_tell_nothing_found_from_years_that_are_not_there():
    said = reconciliation_text(FRAME).replace("\u202f", " ")
    assert said == (
        "Commandes : 146 M€, commandes, 2020–2025 ; édition : 36 M€. "
        "Commandes : 146 M€, commandes, 2020–2025 ; édition : 292 M€. "
        "Commandes : 146 M€, commandes, 2020–2025 ; années absentes de l’édition. "
        "Commandes : 37 %, part, 2020–2025 ; édition : 0 %."
    )
