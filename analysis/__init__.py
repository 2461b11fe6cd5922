"""Named questions over an edition: awards and a selection in, a small sorted frame out.

Every question takes the table ``awards`` as a LazyFrame (or a whole ``Edition``) and a ``Selection``; amounts are
integer cents, shares are computed last, results are sorted.
"""
