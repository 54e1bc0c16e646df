"""When the sources of the planning-and-control cycle are looked at."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from prefect.client.schemas.schedules import CronSchedule
from prefect.server.schemas.schedules import CronSchedule as Served

from flows.planning_calendar import WINDOWS, ZONE, Planned, is_due, schedules
from schemas.records import DocumentStatus, DocumentType
from tests.flows.documents import source_of

YAML = Path(__file__).parent.parent.parent / "prefect.yaml"


async def starts(planned, year=2026):
    """The local times at which a schedule begins runs in a year."""
    cron = Served(cron=planned.cron, timezone=ZONE)
    return await cron.get_dates(400, datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC))


def run(coroutine):
    import asyncio

    return asyncio.run(coroutine)


def begun(planned):
    from zoneinfo import ZoneInfo

    return [one.astimezone(ZoneInfo(ZONE)) for one in run(starts(planned))]


def test_all_sources_are_looked_at_every_week_the_whole_year():
    weekly = next(one for one in schedules() if not one.windows)
    times = begun(weekly)
    assert len(times) == 52
    assert {one.weekday() for one in times} == {0}


@pytest.mark.parametrize("window", WINDOWS, ids=lambda one: one.name)
def test_in_its_months_a_document_is_looked_for_on_every_working_day(window):
    planned = [one for one in schedules() if window.name in one.windows or not one.windows]
    times = [time for one in planned for time in begun(one)]
    for month in window.months:
        days = {time.day for time in times if time.month == month}
        working = {n for n in range(1, 29) if datetime(2026, month, n, tzinfo=UTC).weekday() < 5}
        assert working <= days


@pytest.mark.parametrize("window", WINDOWS, ids=lambda one: one.name)
def test_outside_its_months_a_document_is_looked_for_once_a_week(window):
    daily = [time for one in schedules() if window.name in one.windows for time in begun(one)]
    assert {time.month for time in daily} == set(window.months)


def test_no_two_runs_begin_at_the_same_time():
    times = [time for one in schedules() for time in begun(one)]
    assert len(times) == len(set(times))


def test_runs_begin_at_the_same_hour_in_summer_and_in_winter():
    assert {(time.hour, time.minute) for one in schedules() for time in begun(one)} == {(6, 10)}


def test_every_cron_is_one_of_five_fields_that_prefect_takes():
    for one in schedules():
        assert len(one.cron.split()) == 5
        CronSchedule(cron=one.cron, timezone=ZONE)


def test_the_deployment_in_the_checkout_follows_the_calendar():
    (deployment,) = yaml.safe_load(YAML.read_text(encoding="utf-8"))["deployments"]
    said = [
        Planned(one["slug"], one["cron"], tuple(one.get("parameters", {}).get("windows", ())))
        for one in deployment["schedules"]
    ]
    assert tuple(said) == schedules()
    assert {one["timezone"] for one in deployment["schedules"]} == {ZONE}


def test_a_run_for_windows_asks_their_sources_alone(tmp_path):
    begroting = source_of(tmp_path)
    jaarstukken = replace(begroting, document_type=DocumentType.JAARSTUKKEN)
    ontwerp = replace(begroting, document_status=DocumentStatus.ONTWERP)
    assert is_due(jaarstukken, ["kadernota", "jaarstukken"])
    assert not is_due(begroting, ["kadernota", "jaarstukken"])
    assert is_due(begroting, ["ontwerpbegroting"])
    assert is_due(begroting, ["vastgestelde-begroting"])
    assert is_due(ontwerp, ["ontwerpbegroting"])
    assert not is_due(ontwerp, ["vastgestelde-begroting"])


def test_a_run_for_no_window_asks_all(tmp_path):
    assert is_due(source_of(tmp_path), None)
    assert is_due(source_of(tmp_path), [])


def test_an_unknown_window_is_an_error_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match=r"called lente; known: jaarstukken, kadernota"):
        is_due(source_of(tmp_path), ["lente"])
