"""The text of bytes whose charset nobody says, or says wrongly."""

from __future__ import annotations

import codecs
import re

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BEYOND_ASCII = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_ERRORS = "begroting-stray-bytes"


def by_its_bytes(content: bytes) -> str | None:
    """The text, where its bytes show a charset: UTF-16 with a mark, or UTF-8, also with stray bytes of Windows-1252.

    One byte that was pasted from elsewhere makes no other charset of the rest: more letters are in UTF-8 than not.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    letters = sum(len(found) for found in _BEYOND_ASCII.findall(content))
    strays = sum(byte > 0x7F for byte in content) - letters
    return content.decode("utf-8-sig", errors=_ERRORS) if letters > 2 * strays else None


def has_mark(content: bytes) -> bool:
    """Whether a text in UTF-16 says so by its first bytes."""
    return content.startswith(tuple(mark for mark, _ in _MARKS))


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_ERRORS, _stray)
