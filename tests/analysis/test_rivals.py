"""Two rivals, counted by hand on the tiny edition."""

from analysis.rivals import rival_totals, rival_years, shared_buyers
from analysis.selection import Selection
from tests import tiny_edition

AWARDS = tiny_edition.awards()
PAIR = ("nuage-atlantique", "000000240")


def test_totals_of_a_group_and_of_a_vendor_in_the_order_asked():
    group, vendor = rival_totals(AWARDS, Selection(), PAIR).to_dicts()
    # C01, half of C02, C12 and C14 flagged, two thirds of C17
    assert (group["rival_name"], group["is_group"], group["contract_count"]) == ("Nuage Atlantique", True, 5)
    assert group["amount_cents"] == 120_000_000 + 45_000_050 + 66_666_667
    assert (group["flagged_count"], group["vendor_count"], group["ministry_count"]) == (2, 2, 2)
    # Half of C02, C06, C13 without amount, C19 without date
    assert (vendor["rival_name"], vendor["is_group"], vendor["contract_count"]) == ("Hexagone Hébergement", False, 4)
    assert vendor["amount_cents"] == 45_000_050 + 50_000_000 + 2_500_000


def test_as_published_each_rival_carries_the_contract_that_they_share():
    group, vendor = rival_totals(AWARDS, Selection(amount="plafond", search="messagerie"), PAIR).to_dicts()
    assert group["amount_cents"] == vendor["amount_cents"] == 90_000_100


def test_years_in_order_with_those_that_have_none_last():
    years = rival_years(AWARDS, Selection(), PAIR)
    assert years.select("rival", "year").rows() == [
        *((PAIR[0], year) for year in (2022, 2023, 2024)),
        *((PAIR[1], year) for year in (2023, 2024, None)),
    ]


def test_a_rival_that_sold_nothing_is_there_with_zero():
    unknown = rival_totals(AWARDS, Selection(), ("nobody",)).row(0, named=True)
    assert (unknown["rival_name"], unknown["contract_count"], unknown["amount_cents"]) == (None, 0, 0)


def test_buyers_of_both_with_what_they_bought_from_the_two():
    """Interior shares C02 between the two and bought C01; the university bought C06 from one and C17 from the other."""
    shared = shared_buyers(AWARDS, Selection(), PAIR)
    assert shared.select("buyer_key", "amount_cents", "contract_count").rows() == [
        ("000000109", 120_000_000 + 90_000_100, 4),
        ("000000125", 50_000_000 + 66_666_667, 2),
    ]
    assert shared_buyers(AWARDS, Selection(), PAIR[:1]).is_empty()
