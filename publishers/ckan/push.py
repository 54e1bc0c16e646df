"""Doing what is planned, one dataset after another; one that fails stops no other."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publishers import parquet_file
from publishers.ckan.client import ForbiddenError, MissingError, Portal
from publishers.ckan.datasets import Dataset, Load, Resource, columns_of, signature
from publishers.ckan.plan import (
    DIGEST,
    FILES,
    KEY,
    NEW,
    RELEASE,
    UNFINISHED,
    Kind,
    Step,
    extras_of,
    known_files,
    resource_ids,
)
from publishers.frames import plain, with_written_times
from schemas.contract import Table
from schemas.errors import PortalError

_ROWS = 5000  # that are sent at a time
_MOST_REFUSED = 3  # one after another in which the key is refused, which was good when the push began
_MOST_SILENT = 3  # datasets one after another for which the portal does not answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step; `problem` is empty where it was done."""

    step: Step
    problem: str = ""


def pushed(portal: Portal, organisation: str, steps: Sequence[Step]) -> Iterator[Outcome]:
    """Do each step. Where the portal falls silent, or refuses the key again and again, what is left is not tried."""
    silent = refused = 0
    for step in steps:
        if step.kind is Kind.BLOCKED:
            yield Outcome(step, step.why)
            continue
        if silent >= _MOST_SILENT:
            yield Outcome(step, "not tried: the portal does not answer any more")
            continue
        if refused >= _MOST_REFUSED:
            yield Outcome(step, "not tried: the portal refuses the key")
            continue
        try:
            _do(portal, organisation, step)
            silent = refused = 0
            yield Outcome(step)
        except PortalError as error:
            silent = silent + 1 if error.unreachable else 0
            refused = refused + 1 if isinstance(error, ForbiddenError) else 0
            yield Outcome(step, str(error))
        except OSError as error:
            yield Outcome(step, f"a file of the release can't be read: {error.strerror}")
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            yield Outcome(step, f"the portal answers what can't be understood: {type(error).__name__}")


def _do(portal: Portal, organisation: str, step: Step) -> None:
    if step.kind is Kind.DELETE and step.there is not None:
        portal.call("package_delete", id=step.there["id"])
    elif step.dataset is not None and step.kind in (Kind.CREATE, Kind.UPDATE):
        _updated(portal, step, step.dataset, step.there or _created(portal, organisation, step.dataset))


def _created(portal: Portal, organisation: str, dataset: Dataset) -> Mapping[str, Any]:
    """A private dataset without files."""
    about = {**dataset.about, "extras": _extras({}, dataset, NEW, {})}
    made: Mapping[str, Any] = portal.call(
        "package_create", name=dataset.name, owner_org=organisation, private=True, **about
    )
    return made


def _updated(portal: Portal, step: Step, dataset: Dataset, there: Mapping[str, Any]) -> None:
    """Say that the dataset is not complete, mend its files, and say last that it is.

    What is being changed is taken off the list of complete files first: a push that ends half-way is gone on with by
    the next one, whatever release that is of.
    """
    is_new = extras_of(there).get(DIGEST) == NEW
    changing = {one.name for one in step.files} | {*step.gone}
    complete = {name: value for name, value in known_files(there).items() if name not in changing}
    if step.there is not None:
        _patched(portal, dataset, there, NEW if is_new else UNFINISHED, complete, state="active")
    ids = resource_ids(there)
    for name in step.gone:
        portal.call("resource_delete", id=ids[name])
    for resource in step.files:
        _put(portal, there["id"], ids.get(resource.name), resource)
        complete[resource.name] = signature(resource)
    _patched(portal, dataset, there, dataset.digest, complete, **({"private": False} if is_new else {}))


def _patched(
    portal: Portal,
    dataset: Dataset,
    there: Mapping[str, Any],
    digest: str,
    files: Mapping[str, str],
    **said: Any,  # noqa: ANN401
) -> None:
    """Say of a dataset what is to be said; what others added to its extras and tags stays."""
    ours = {tag["name"] for tag in dataset.about["tags"]}
    others = [one for one in there.get("tags") or () if one.get("name") not in ours]
    kept = [{key: one[key] for key in ("name", "vocabulary_id") if one.get(key)} for one in others]
    about = {
        **dataset.about,
        "tags": [*dataset.about["tags"], *kept],
        "extras": _extras(extras_of(there), dataset, digest, files),
    }
    portal.call("package_patch", id=there["id"], **about, **said)


def _extras(others: Mapping[str, str], dataset: Dataset, digest: str, files: Mapping[str, str]) -> list[dict[str, str]]:
    ours = {KEY: dataset.key, DIGEST: digest, FILES: json.dumps(files, sort_keys=True)}
    ours |= {RELEASE: dataset.release} if dataset.release else {}
    known = {**others, **dataset.extras, **ours}
    return [{"key": key, "value": value} for key, value in sorted(known.items())]


def _put(portal: Portal, dataset_id: str, resource_id: str | None, resource: Resource) -> None:
    """A file, and its rows before it: a loader of the portal that takes up the file finds the data dictionary there."""
    if resource_id is None:
        about = {"name": resource.name, "url": resource.name, "description": resource.about["description"]}
        resource_id = str(portal.call("resource_create", package_id=dataset_id, **about)["id"])
    if resource.table is not None:
        _load(portal, resource_id, resource, resource.table)
    portal.call("resource_patch", upload=resource.path, id=resource_id, **resource.about)


def _load(portal: Portal, resource_id: str, resource: Resource, table: Table) -> None:
    """The columns of a resource with their descriptions, and its rows."""
    with contextlib.suppress(MissingError):
        portal.call("datastore_delete", resource_id=resource_id, force=True)
    key = list(table.key)
    portal.call("datastore_create", resource_id=resource_id, fields=columns_of(table), primary_key=key, force=True)
    if resource.load is Load.ROWS:
        for records in _records(resource):
            portal.call("datastore_upsert", resource_id=resource_id, records=records, method="insert", force=True)


def _records(resource: Resource) -> Iterator[list[dict[str, Any]]]:
    """The rows of a resource as JSON has them: amounts and days as texts, so that not a cent is lost."""
    frame = with_written_times(plain(parquet_file.read(resource.rows)))
    for start in range(0, frame.num_rows, _ROWS):
        rows = frame.slice(start, _ROWS).to_pylist()
        yield [{name: _as_json(value) for name, value in row.items()} for row in rows]


def _as_json(value: Any) -> Any:  # noqa: ANN401
    return value if value is None or isinstance(value, bool | int | str) else str(value)
