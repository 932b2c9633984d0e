"""A photograph with its mask, what was made of it, and a provider to ask."""

from tests.fakes.editing import ask, deep, edited, loopback, photo
from tests.fakes.pools import pool
from tests.fakes.provider import provider, served

__all__ = ["ask", "deep", "edited", "loopback", "photo", "pool", "provider", "served"]
