"""What is to be done on a portal so that it has a release: nothing, where it has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from publishers.ckan.client import ForbiddenError, MissingError, Portal
from publishers.ckan.datasets import Dataset, Resource, name_of, signature
from schemas.errors import PortalError

# In the extras of a dataset that begroting made: which one it is, a hash of it once it is complete, and its files.
KEY, DIGEST, FILES = "begroting_dataset", "begroting_hash", "begroting_files"
RELEASE = "begroting_release"  # the name of the release that changed it last, where that was known
UNFINISHED, NEW = "unfinished", "new"  # in the place of the hash; a new one is private until it is complete

_MOST_DELETED = 0.3  # of our datasets on the portal, as of the lines of a source (checks/bounds.py)
_RELEASE = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")


class Kind(StrEnum):
    """What is to be done with a dataset."""

    CREATE = "create"
    UPDATE = "update"
    SAME = "same"
    DELETE = "delete"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one dataset. `there` is the dataset on the portal, `files` are to be uploaded, `gone`
    are resources of ours that the release does not have.
    """

    kind: Kind
    name: str
    why: str
    dataset: Dataset | None = None
    there: Mapping[str, Any] | None = None
    files: tuple[Resource, ...] = ()
    gone: tuple[str, ...] = ()


def planned(portal: Portal, organisation: str, datasets: Sequence[Dataset]) -> list[Step]:
    """What is to be done, by name, with the datasets of a release, and last with those that a release before had.

    Raises:
        ForbiddenError: where the portal does not take the key for that organisation.
        PortalError: where the portal does not answer, or has no such organisation.
    """
    owner = _owner(portal, organisation)
    if portal.has_key:
        _check_key(portal, owner)
    found = {one["name"]: one for one in portal.search(f'organization:"{owner["name"]}"') if _is_dataset(one)}
    steps = [_looked_at(portal, dataset, found.get(dataset.name), owner["id"]) for dataset in datasets]
    steps += _no_longer(found, {dataset.name for dataset in datasets}, owner["id"])
    return sorted(steps, key=lambda step: (step.kind is Kind.DELETE, step.name))


def _owner(portal: Portal, organisation: str) -> dict[str, Any]:
    try:
        owner = portal.call("organization_show", id=organisation, include_datasets=False)
    except MissingError:
        raise MissingError(
            f"{portal.host} has no organisation {organisation!r} (organization_show: not found)"
        ) from None
    if not isinstance(owner, dict) or not {"id", "name"} <= owner.keys():
        raise PortalError(f"{portal.host} gives no answer of CKAN (organization_show)")
    return owner


def _check_key(portal: Portal, owner: Mapping[str, Any]) -> None:
    """Look whether the key may add datasets to an organisation. CKAN takes a key that it does not know for none at all,
    and refuses only what is written.
    """
    may = portal.call("organization_list_for_user", permission="create_dataset")
    if not any(isinstance(one, dict) and one.get("id") == owner["id"] for one in may or ()):
        raise ForbiddenError(
            f"{portal.host}: the key is not known, or may not add datasets to the organisation {owner['name']!r}"
        )


def doubts(steps: Sequence[Step], *, delete: bool = False, older: bool = False) -> list[str]:
    """Why a plan may be that of a wrong release: it deletes many datasets, or the portal has a newer release.

    `delete` and `older` say that a person means it so. What the portal keeps of a deleted dataset is not looked at.
    """
    there = [step for step in steps if step.there is not None and step.there.get("state") != "deleted"]
    deleted = sum(step.kind is Kind.DELETE for step in steps)
    found = []
    if not delete and deleted > _MOST_DELETED * len(there):
        found.append(
            f"{deleted} of the {len(there)} datasets of begroting on the portal would be deleted, more than"
            f" {_MOST_DELETED:.0%}: give --delete where the release is meant to hold so few"
        )
    ours = max((step.dataset.release for step in steps if step.dataset is not None), default="")
    theirs = max((one for step in there if _RELEASE.fullmatch(one := release_of(step.there or {}))), default="")
    if not older and ours and theirs[:16] > ours[:16]:
        found.append(f"the portal has {theirs}, which is newer than {ours}: give --older to go back")
    return found


def release_of(dataset: Mapping[str, Any]) -> str:
    """The release that changed a dataset on the portal last; empty where it does not say."""
    return str(extras_of(dataset).get(RELEASE, ""))


def extras_of(dataset: Mapping[str, Any]) -> dict[str, str]:
    """The extras of a dataset on the portal."""
    return {one["key"]: one["value"] for one in dataset.get("extras") or () if "key" in one and "value" in one}


def resource_ids(dataset: Mapping[str, Any]) -> dict[str, str]:
    """The resources of a dataset on the portal by their name, the first where a name stands twice."""
    return {one.get("name") or "": one["id"] for one in reversed(dataset.get("resources") or [])}


def known_files(dataset: Mapping[str, Any]) -> dict[str, str]:
    """The signatures of the files that are complete on the portal, by name."""
    try:
        said = json.loads(extras_of(dataset).get(FILES, "{}"))
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def is_ours(dataset: Mapping[str, Any], owner_id: str) -> bool:
    """Whether begroting made a dataset: it says so, has the name that follows, and belongs to the organisation.

    A copy that someone made has another name, and is theirs.
    """
    key = extras_of(dataset).get(KEY)
    return key is not None and dataset.get("name") == name_of(key) and dataset.get("owner_org") == owner_id


def _is_dataset(one: Any) -> bool:  # noqa: ANN401 - JSON of the portal
    return isinstance(one, dict) and isinstance(one.get("name"), str)


def _looked_at(portal: Portal, dataset: Dataset, found: Mapping[str, Any] | None, owner_id: str) -> Step:
    """What no search finds may be there all the same: a deleted dataset keeps its name, as do those of others."""
    try:
        return _step(dataset, found or portal.call("package_show", id=dataset.name), owner_id)
    except MissingError:
        return Step(Kind.CREATE, dataset.name, f"{len(dataset.resources)} files", dataset, None, dataset.resources)
    except ForbiddenError:
        return Step(Kind.BLOCKED, dataset.name, "a dataset of this name is there that the key may not see", dataset)


def _step(dataset: Dataset, there: Mapping[str, Any], owner_id: str) -> Step:
    if not is_ours(there, owner_id):
        return Step(Kind.BLOCKED, dataset.name, "a dataset of this name is there that begroting did not make", dataset)
    known, ids = known_files(there), resource_ids(there)
    files = tuple(one for one in dataset.resources if known.get(one.name) != signature(one) or one.name not in ids)
    gone = tuple(sorted(set(known) & set(ids) - {one.name for one in dataset.resources}))
    deleted = there.get("state") == "deleted"
    if extras_of(there).get(DIGEST) == dataset.digest and not files and not gone and not deleted:
        return Step(Kind.SAME, dataset.name, "", dataset, there)
    parts = ["comes back"] if deleted else []
    parts += [f"upload {', '.join(one.name for one in files)}"] if files else []
    parts += [f"delete {', '.join(gone)}"] if gone else []
    return Step(Kind.UPDATE, dataset.name, "; ".join(parts) or "what is said of it", dataset, there, files, gone)


def _no_longer(found: Mapping[str, Mapping[str, Any]], wanted: set[str], owner_id: str) -> Iterator[Step]:
    for name, there in found.items():
        if name not in wanted and is_ours(there, owner_id):
            yield Step(Kind.DELETE, name, "is not in the release", None, there)
