"""Names that say by their legal form where the company was founded: a Kft is Hungarian, an Oy Finnish."""

import polars as pl

from loaders import reference
from loaders.classify.names import comparable


def add_legal_form(holders: pl.LazyFrame) -> pl.LazyFrame:
    """``holders`` with ``form``, ``form_country`` and ``form_source`` where holder_name ends with a foreign legal form.

    Only forms that one country alone has are in the table ``legal_forms``: a GmbH may be German, Austrian or Swiss, an
    Srl Italian, Romanian or Belgian. The country is that of establishment.
    """
    forms = reference.table("legal_forms")
    pattern = rf" ({'|'.join(sorted(forms['form'], key=len, reverse=True))})$"
    known = forms.lazy().select("form", form_country="country", form_source="source")
    return holders.with_columns(form=comparable(pl.col("holder_name")).str.extract(pattern)).join(
        known, on="form", how="left"
    )
