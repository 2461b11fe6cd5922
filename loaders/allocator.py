"""How the allocator of Polars keeps memory: commands that build give it back, or one slice adds to the next.

It is read once, when Polars is loaded, so importing this module comes first; what the environment says already stays.
A server that answers is better off with the default, which keeps more.
"""

import os

SETTINGS = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:5000,muzzy_decay_ms:0,narenas:1"}
"""All threads take from one arena what any of them gave back, so free pages may stay for five seconds: with an arena
for each, they went back sooner for the same memory, and taking them again was a tenth of the work."""

for _name, _value in SETTINGS.items():
    os.environ.setdefault(_name, _value)
