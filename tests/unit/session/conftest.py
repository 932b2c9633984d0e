"""A live session for the tests of its parts."""

from tests.fakes.living import live, pool

__all__ = ["live", "pool"]
