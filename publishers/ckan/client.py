"""The action API of a CKAN portal. The key stands in a header of each request, and in no message."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from ckanapi import RemoteCKAN
from ckanapi.errors import CKANAPIError, NotAuthorized, NotFound, ServerIncompatibleError, ValidationError
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from publishers.markdown import plain
from schemas.errors import PortalError

_TIMEOUT = (10, 300)  # seconds, to connect and for an answer
_LONGEST = 400
_AGENT = "begroting (CKAN publisher)"
_PAGE = 500
_MOST_PAGES = 10_000
# Only what the portal did not begin to do is sent again.
_RETRY = Retry(
    total=3,
    connect=2,
    read=0,
    other=0,
    status=3,
    backoff_factor=0.5,
    status_forcelist=(429, 503),
    allowed_methods=None,
    respect_retry_after_header=False,
    raise_on_status=False,
)


class MissingError(PortalError):
    """The portal has no such thing."""


class ForbiddenError(PortalError):
    """The key, or no key, does not allow it."""


class Portal:
    """A portal with the key to write there; without one it can be looked at."""

    def __init__(self, address: str, key: str | None = None) -> None:
        self.address, self._key = checked(address), key or None
        self.host = urlsplit(self.address).netloc
        session = requests.Session()
        session.auth = _as_it_is  # else a password of ~/.netrc would take the place of the key
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=_RETRY))
        self._remote = RemoteCKAN(self.address, apikey=self._key, user_agent=_AGENT, session=session)

    @property
    def has_key(self) -> bool:
        """Whether there is a key to write with."""
        return self._key is not None

    def call(self, action: str, upload: Path | None = None, **said: Any) -> Any:  # noqa: ANN401 - JSON
        """Do an action, with a file where one is to be uploaded.

        Raises:
            MissingError: where the portal has not what the action is about.
            ForbiddenError: where the key does not allow it.
            PortalError: where it refuses, or does not answer.
            OSError: where the file can't be read.
        """
        if upload is None:
            return self._call(action, said)
        with upload.open("rb") as handle:
            return self._call(action, said, {"upload": (upload.name, handle)})

    def _call(self, action: str, said: dict[str, Any], files: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        try:
            return self._remote.call_action(action, said, files=files, requests_kwargs={"timeout": _TIMEOUT})
        except NotFound as error:
            raise MissingError(self._shown(action, f"not found: {error.extra_msg}")) from None
        except NotAuthorized:
            why = "the key may not do this" if self._key else "needs a key"
            raise ForbiddenError(self._shown(action, why)) from None
        except ValidationError as error:
            raise PortalError(self._shown(action, f"refused: {_faults(error.error_dict)}")) from None
        except requests.RequestException as error:
            raise PortalError(self._shown(action, f"{self.host} {_silence(error)}"), unreachable=True) from None
        except (CKANAPIError, ServerIncompatibleError, AttributeError, KeyError, TypeError) as error:
            raise PortalError(self._shown(action, f"no answer of CKAN: {error}")) from None

    def search(self, query: str) -> Iterator[dict[str, Any]]:
        """The datasets that a query finds, private ones too where there is a key."""
        start, private = 0, self._key is not None
        for _ in range(_MOST_PAGES):
            found = self.call(
                "package_search", fq=query, rows=_PAGE, start=start, sort="name asc", include_private=private
            )
            results = found.get("results", []) if isinstance(found, dict) else []
            yield from results
            start += len(results)
            if not results or start >= int(found.get("count", 0)):
                return

    def close(self) -> None:
        """End the connection."""
        self._remote.close()

    def _shown(self, action: str, message: str) -> str:
        text = f"{action}: {message}"
        text = text.replace(self._key, "***") if self._key else text
        text = " ".join(plain(text).split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def checked(address: str) -> str:
    """The address of a portal without an end of a path.

    Raises:
        PortalError: where it is no web address, holds a password, or would send the key over an open line.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise PortalError("the address of a portal begins with https:// and is that of its first page")
    if parts.username is not None or parts.password is not None:
        raise PortalError("the address of the portal holds a user name or password")
    if parts.scheme == "http" and not _is_here(host):
        raise PortalError(f"{host}: over http:// the key could be read on its way: give an https:// address")
    return address.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _silence(error: requests.RequestException) -> str:
    """How a portal does not answer."""
    if isinstance(error, requests.exceptions.SSLError):
        return "has no valid certificate (SSLError)"
    late = isinstance(error, requests.Timeout)
    return f"did not answer in time ({type(error).__name__})" if late else f"can't be reached ({type(error).__name__})"


def _faults(said: Any) -> str:  # noqa: ANN401 - JSON of the portal
    if not isinstance(said, dict):
        return str(said)
    return "; ".join(f"{key}: {value}" for key, value in said.items() if key != "__type")
