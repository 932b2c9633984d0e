"""A key store in memory, as the system's own."""

from tests.fakes.keyrings import store

__all__ = ["store"]
