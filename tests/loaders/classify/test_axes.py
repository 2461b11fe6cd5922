"""What is worked out once for all awards says of each what it says of it alone."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from loaders.classify.axes import READ, classify, read_texts
from loaders.classify.control import known_holders
from loaders.classify.evidence import distinct_texts

TITLES = ["Hébergement du site", "Licences Oracle", "Travaux de voirie", "Fourniture de logiciels", None]
LOTS = [None, "Lot 2 : maintenance du réseau SAP", "Espaces verts de la commune et tonte"]
HOLDERS = [(None, "OVH"), ("42476141900045", "OVH SAS"), (None, "UGAP"), (None, None)]


@pytest.fixture
def awards():
    rows = [
        {
            "title": title,
            "lot": lot,
            "holder_id": number,
            "holder_name": name,
            "buyer_name": "Mairie",
            "cpv": "72000000",
        }
        for title in TITLES
        for lot in LOTS
        for number, name in HOLDERS
    ]
    days = pl.Series([date(2015, 1, 1), date(2024, 6, 1), None] * (len(rows) // 3), dtype=pl.Date)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(READ, pl.String))
    return frame.with_columns(contract_date=days).with_row_index("row").lazy()


def test_what_is_known_from_more_awards_says_the_same_of_some(awards):
    some = awards.filter(pl.col("row") % 3 == 1)
    shared = classify(some, known_holders(awards), read_texts(distinct_texts(awards))).collect()
    alone = classify(some).collect()
    assert_frame_equal(shared, alone, check_row_order=False)
    assert alone["is_digital"].n_unique() > 1
