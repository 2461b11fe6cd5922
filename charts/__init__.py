"""Figures: a small frame in, a Plotly figure out, with the sentence that says the same to whoever cannot see it.

Only ``plotly.graph_objects``: nothing here loads a map, a tile or a font from another host.
"""
