"""The loopback provider for the tests of this folder."""

from tests.fakes.provider import provider as provider
from tests.fakes.provider import served as served
