"""The errors of the project: few, located, and saying what to do."""


class BegrotingError(Exception):
    """The root of all errors that a user can do something about."""


class SourcesError(BegrotingError):
    """The sources file says something that can't be used; the message names the key and the line."""


class DocumentError(BegrotingError):
    """A document can't be read; no figure of it is published. `reason` is a word of the contract."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ReleaseError(BegrotingError):
    """A release can't be written, or what was written is not what was meant."""


class ArchiveError(BegrotingError):
    """The archive can't be read or written, or its bytes are not what they were."""
