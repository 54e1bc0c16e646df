"""The body of an answer, unpacked only as far as it may grow, and only where all of it came."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from schemas.errors import DocumentError

_STEP = 1 << 20  # bytes that are unpacked at a time
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}  # RFC 9110


class CutOffError(Exception):
    """Packed content that is damaged, or ends before its end."""


def unpacked(parts: Iterator[bytes], encoding: str, address: str) -> Iterator[bytes]:
    """The pieces of a body without its Content-Encoding.

    Raises:
        DocumentError: `unknown_encoding`.
        CutOffError: where the packed content is damaged or not all there.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in ("", "identity")]
    if not names:
        yield from parts
        return
    if len(names) > 1 or names[0] not in _WINDOWS:
        raise DocumentError("unknown_encoding", f"{address} is packed as {encoding[:40]!r}, which was not asked for")
    unpacker = zlib.decompressobj(_WINDOWS[names[0]])
    try:
        for part in parts:
            waiting = part
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _STEP)
                waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        raise CutOffError(f"what it packed is damaged: {error}") from error
    if not unpacker.eof:
        yield unpacker.flush(_STEP)
    if not unpacker.eof:
        raise CutOffError("what it packed ends before its end")
