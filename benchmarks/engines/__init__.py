"""The questions of pages asked of DuckDB and pandas too: which is faster, and whether all say the same."""
