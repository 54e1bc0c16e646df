"""Which block of Prefect sends the alerts of a deployment; no server is asked here."""

import pytest

from flows.automations import _block_of
from schemas.settings import Alerts

WEB, MAIL = "https://hooks.example.org/x", "mailtos://user:password@mail.example.org"


@pytest.mark.parametrize(("address", "kind"), [(WEB, "webhook"), (MAIL, "slack-webhook"), (None, "webhook")])
def test_each_sources_file_has_an_address_of_its_own(address, kind):
    assert _block_of("mine", Alerts(), address) == (kind, "begroting-alerts-mine")
    assert _block_of("theirs", Alerts(), address) == (kind, "begroting-alerts-theirs")


def test_a_block_that_the_settings_name_goes_before():
    assert _block_of("mine", Alerts(block="slack-webhook/our-channel"), WEB) == ("slack-webhook", "our-channel")
