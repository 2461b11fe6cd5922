"""Our figures as SVG and PNG, drawn by the server: the same picture as in the page, without a browser or a script.

What Plotly would do with the attributes that our charts use is done here; an attribute that is not known is refused.
"""
