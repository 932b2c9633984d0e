"""The loopback provider for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.fakes.desk import Desk
from tests.fakes.provider import Provider
from tests.fakes.provider import provider as provider
from tests.fakes.provider import served as served


@pytest.fixture
def desk(provider: Provider) -> Iterator[Desk]:
    """A desk that sends to the loopback provider."""
    desk = Desk(provider.base_url)
    yield desk
    desk.close()
