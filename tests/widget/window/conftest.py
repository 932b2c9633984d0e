"""A live session in its window, and a provider on loopback that it may pay."""

from tests.fakes.keyrings import store
from tests.fakes.living import keyless, live, paid, photo
from tests.fakes.pools import pool
from tests.fakes.provider import provider, served
from tests.widget.window.easel import at_easel

__all__ = [
    "at_easel",
    "keyless",
    "live",
    "paid",
    "photo",
    "pool",
    "provider",
    "served",
    "store",
]
