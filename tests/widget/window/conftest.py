"""A live session in its window."""

from tests.fakes.living import live, pool

__all__ = ["live", "pool"]
