"""A live session in its window, and a provider on loopback that it may pay."""

from tests.fakes.living import live, paid, photo, pool
from tests.fakes.provider import provider, served

__all__ = ["live", "paid", "photo", "pool", "provider", "served"]
