"""The usual way, to compare with: plain Streamlit, pandas, Plotly Express, the defaults of Streamlit.

Shows what the first page shows: a number, three figures and a table, for a ministry and some years.
"""

import sys

import pandas as pd
import plotly.express as px
import streamlit as st

COLUMNS = ["contract_id", "year", "ministry", "control_country", "vendor_name", "share_cents", "amount_flag"]


@st.cache_data
def awards() -> pd.DataFrame:
    """The digital awards, without the amounts that no sum counts."""
    table = pd.read_parquet(sys.argv[1], columns=COLUMNS, filters=[("is_digital", "==", True)])
    return table[table["amount_flag"].isna()]


ministry = st.query_params.get("ministere", "")
years = tuple(int(year) for year in st.query_params.get("annees", "2015-2026").split("-"))
table = awards()
chosen = table[table["year"].between(*years) & ((table["ministry"] == ministry) if ministry else True)]
is_foreign = ~chosen["control_country"].isin(["FR"])
st.title("Marchés numériques")
st.metric("Part étrangère", f"{chosen[is_foreign]['share_cents'].sum() / max(1, chosen['share_cents'].sum()):.0%}")
st.multiselect("Ministères", sorted(table["ministry"].dropna().astype(str).unique()))
by_year = chosen.assign(foreign=is_foreign).groupby(["year", "foreign"], as_index=False)["share_cents"].sum()
st.plotly_chart(px.bar(by_year, x="year", y="share_cents", color="foreign"))
by_ministry = chosen.assign(foreign=is_foreign).groupby(["ministry", "foreign"], as_index=False, observed=True)
st.plotly_chart(px.bar(by_ministry["share_cents"].sum(), x="share_cents", y="ministry", color="foreign"))
sellers = chosen.groupby("vendor_name", as_index=False)["share_cents"].sum().nlargest(50, "share_cents")
st.plotly_chart(px.bar(sellers.head(15), x="share_cents", y="vendor_name"))
st.dataframe(sellers)
st.html('<p class="np-footer">fin</p>')
