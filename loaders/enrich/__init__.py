"""Extracts of public registers that say more than contracts do; each is one Parquet file in data/derived."""
