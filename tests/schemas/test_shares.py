import pytest

from schemas.shares import percentage


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(9999, 10000, 99), (744, 792, 93), (1, 1000, 0), (5, 5, 100), (0, 0, 0)]
)
def test_nothing_is_called_whole_that_is_not(part, whole, shown):
    assert percentage(part, whole) == shown
