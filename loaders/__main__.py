"""``python -m loaders``: the command line of the pipeline."""

from loaders.cli import main

main()
