import pytest

from schemas.places import box_in, holds


def test_a_locator_gives_its_box():
    assert box_in("box=1.0,2.5,3.0,4.0") == (1.0, 2.5, 3.0, 4.0)


@pytest.mark.parametrize("locator", ["", "line=3", "table=1;row=2", "box=1,2,3", "box=a,b,c,d"])
def test_what_is_no_box_gives_none(locator):
    assert box_in(locator) is None


def test_a_box_holds_another_by_its_middle():
    assert holds((0, 0, 10, 10), (8, 8, 11, 11))
    assert not holds((0, 0, 10, 10), (9, 9, 13, 13))
    assert holds((0, 0, 10, 10), (9, 9, 13, 13), 1)
