"""The errors of the project: few, located, and saying what to do."""

from __future__ import annotations


class BegrotingError(Exception):
    """The root of all errors that a user can do something about."""


class SourcesError(BegrotingError):
    """The sources file says something that can't be used; the message names the key and the line."""


class DocumentError(BegrotingError):
    """A document can't be read; no figure of it is published. `reason` is a word of the contract."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str]]:
        return type(self), (self.reason, str(self))  # as it is: it crosses processes


class ReleaseError(BegrotingError):
    """A release can't be written, or what was written is not what was meant."""


class StorageError(BegrotingError):
    """An address where files are to be kept can't be used."""


class BusyError(ReleaseError):
    """Another run is writing to the same output."""


class ArchiveError(BegrotingError):
    """The archive can't be read or written, or its bytes are not what they were."""


class PortalError(BegrotingError):
    """A portal refuses something, or can't be reached. `unreachable` says that it did not answer at all."""

    def __init__(self, message: str, *, unreachable: bool = False) -> None:
        super().__init__(message)
        self.unreachable = unreachable
