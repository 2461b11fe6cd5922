"""Extracts of public registers that say more than contracts do; each is one Parquet file in data/derived."""

from loaders.editions import DATA_FOLDER

DERIVED_FOLDER = DATA_FOLDER / "derived"
"""Where extracts of registers are kept between updates; not part of the project, rebuilt from their sources."""
