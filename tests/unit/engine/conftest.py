"""A provider on loopback that may be paid."""

from tests.fakes.provider import provider, served

__all__ = ["provider", "served"]
