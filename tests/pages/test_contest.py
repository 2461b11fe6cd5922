"""What a contract, a vendor or a ministry shows can be contested, with the rules that decided already written."""

import pytest


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("marche", {"id": "C01"}, "Règles qui ont décidé"),
        ("fournisseurs", {"fournisseur": "000000208"}, "Nuage Atlantique France"),
        ("ministeres", {"ministere": "interieur"}, "Intérieur"),
    ],
)
def test_a_report_is_ready_with_what_is_shown_and_the_link(open_page, page, query, said):
    visit = open_page(page, **query)
    report = next(code for code in visit.codes if code.startswith("Ce qui est montré"))
    assert said in report
    assert "/vue/" in report
    assert "Source publique qui le dit" in report
