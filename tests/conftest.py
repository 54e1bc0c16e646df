"""Settings of all tests: properties are tried a hundred times, and two thousand times in `make soak`."""

import os

import pytest
from hypothesis import settings

from tests.sources.hostile_server import hosting

settings.register_profile("short", max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile("soak" if os.environ.get("BEGROTING_SOAK") else "short")


@pytest.fixture
def site():
    """A hostile host on loopback, for the time of a test."""
    with hosting() as one:
        yield one
