"""Sources are declared once, whole, and local files find theirs."""

from dataclasses import astuple

import pytest

from loaders.errors import LoaderError
from loaders.sources import bounds, declared, local_file


@pytest.mark.parametrize("source", declared().values(), ids=declared())
def test_every_source_says_what_a_page_must_say(source):
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.page.startswith("https://")


def test_every_source_that_is_fetched_has_an_address():
    from_files = ("archive", "mail")
    assert all(source.url.startswith("https://") for source in declared().values() if source.role not in from_files)


def test_every_source_of_contracts_that_is_fetched_says_how_short_and_how_old_it_may_be():
    fetched = [source for source in declared().values() if source.role == "contracts"]
    assert all(source.fewest_records > 0 and source.oldest_notification_days > 0 for source in fetched)


def test_the_bounds_of_totals_are_shares():
    assert all(0 < share < 1 for share in astuple(bounds()))


def test_the_tabular_file_speaks_before_the_json_files():
    ids = list(declared())
    assert ids.index("decp_tabular") < ids.index("decp_json")


def test_a_local_file_may_be_tied_to_a_declared_source():
    file = local_file("boamp_2019_2020=avis/attributions.parquet")
    assert (file.source.publisher, str(file.path)) == (
        "Direction de l’information légale et administrative (DILA)",
        "avis/attributions.parquet",
    )


def test_an_undeclared_file_is_named_after_itself():
    assert local_file("dossier/Marchés 2024.csv").source.id == "marches_2024"


def test_a_path_with_an_equal_sign_is_still_a_path():
    assert str(local_file("dossier/a=b.csv").path) == "dossier/a=b.csv"


def test_an_unknown_id_is_refused_with_the_known_ones():
    with pytest.raises(LoaderError, match="decp_tabular"):
        local_file("nowhere=file.csv")
