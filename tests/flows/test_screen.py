from collections import Counter

import pytest
from rich.console import Console

from flows.pipeline import RunReport
from flows.screen import show_report


@pytest.mark.parametrize(("proved", "shown"), [(744, "744 (93%)"), (791, "791 (99%)"), (792, "792 (100%)")])
def test_the_share_that_is_proved_is_rounded_as_on_the_portal(proved, shown):
    console = Console(record=True, width=100, quiet=False)
    show_report(console, RunReport(None, Counter(), 30, 28, 2, 792, proved, 0, Counter(), (), ()))
    assert shown in console.export_text()
