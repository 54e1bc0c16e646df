import pytest

from tests.sources.hostile_server import hosting


@pytest.fixture
def site():
    """A hostile host on loopback, for the time of a test."""
    with hosting() as one:
        yield one
