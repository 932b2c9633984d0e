"""A document by itself, a live session without a window, and a provider that it may pay."""

from tests.fakes.document import folder, table
from tests.fakes.keyrings import store
from tests.fakes.living import inline, keyless, live, paid, photo
from tests.fakes.pools import pool
from tests.fakes.provider import provider, served

__all__ = [
    "folder",
    "inline",
    "keyless",
    "live",
    "paid",
    "photo",
    "pool",
    "provider",
    "served",
    "store",
    "table",
]
