"""Settings of all tests: properties are tried a hundred times, and two thousand times in `make soak`."""

import os

from hypothesis import settings

settings.register_profile("short", max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile("soak" if os.environ.get("BEGROTING_SOAK") else "short")
