"""A read-only API over the same named questions as the pages: ``/api/v1/<question>.json`` and ``.csv``."""
