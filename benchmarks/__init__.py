"""How fast and how large: national files made up for measuring, measures, and docs/performance.md that they write."""
