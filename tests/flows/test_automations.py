"""Which block of Prefect sends the alerts of a deployment; no server is asked here."""

import pytest

from flows.automations import AlertsError, _block_of, check_address
from schemas.settings import Alerts

WEB, MAIL = "https://hooks.example.org/x", "mailtos://user:password@mail.example.org"


@pytest.mark.parametrize(("address", "kind"), [(WEB, "webhook"), (MAIL, "slack-webhook"), (None, "webhook")])
def test_each_sources_file_has_an_address_of_its_own(address, kind):
    assert _block_of("mine", Alerts(), address) == (kind, "begroting-alerts-mine")
    assert _block_of("theirs", Alerts(), address) == (kind, "begroting-alerts-theirs")


def test_a_block_that_the_settings_name_goes_before():
    assert _block_of("mine", Alerts(block="slack-webhook/our-channel"), WEB) == ("slack-webhook", "our-channel")


SLACK = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"


@pytest.mark.parametrize(
    ("address", "block"),
    [(WEB, None), (MAIL, None), ("http://127.0.0.1:1/x", "webhook/ours"), (SLACK, "slack-webhook/ours"), (None, None)],
)
def test_an_address_that_prefect_can_send_to_is_taken(address, block):
    check_address(Alerts(block=block), address)


@pytest.mark.parametrize(
    ("address", "block"),
    [("banaan", None), ("banaan://secret", None), ("https:///secret", None), ("mailtos://", None),
     (MAIL, "webhook/ours"), ("ftp://secret", "slack-webhook/ours"), (MAIL, "email/ours")],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_and_not_shown(address, block, capfd):
    with pytest.raises(AlertsError) as caught:
        check_address(Alerts(block=block), address)
    assert "secret" not in str(caught.value) + "".join(capfd.readouterr())
    assert "password" not in str(caught.value)
