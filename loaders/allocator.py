"""How the allocator of Polars keeps memory: commands that build give it back, or one slice adds to the next.

It is read once, when Polars is loaded, so importing this module comes first; what the environment says already stays.
A server that answers is better off with the default, which keeps more.
"""

import os

SETTINGS = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:1000,muzzy_decay_ms:0"}
"""Pages that are free for a second go back; five times sooner, taking them again was a twelfth of the work."""

for _name, _value in SETTINGS.items():
    os.environ.setdefault(_name, _value)
