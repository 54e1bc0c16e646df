"""The instructions of a page that place text, cut from its content by one expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MOST_TOKENS = 2_000_000  # of one page; a dense page of a budget has 15,000

_TOKEN = re.compile(
    rb"""[\s]*(?:
    (?P<moving>(?:[-+]?[\d.]+\s+){1,6})(?P<move>cm|T[mdDcwzLs])(?=\s)
    |(?P<drawing>(?:/\w+\s*<<[^<>()]*>>\s*BDC\s+|EMC\s+|(?:[-+]?[\d.]+\s+){2,6}(?:re|[mlcvy]|rg|RG|scn?|SCN?|[kK])\s+
        |(?:[-+]?[\d.]+\s+)(?:w|[gG]|[jJMi])\s+|(?:f\*?|S|s|n|h|W\*?|B\*?|b\*?)\s+)+)
    |(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?![\w.])
    |(?P<operator>[A-Za-z'"][A-Za-z0-9*]*)
    |/(?P<name>[^\s()<>\[\]{}/%]*)
    |\((?P<string>(?:[^()\\]|\\.)*)\)
    |(?P<open><<|\[)|(?P<close>>>|\])
    |<(?P<hex>[0-9A-Fa-f\s]*)>
    |%[^\r\n]*
    |(?P<end>\Z))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PICTURE = re.compile(rb"\s.*?\sEI(?=\s|\Z)", re.DOTALL)
_NUMBERS, _NAME, _TEXT = (float, int), (str,), (bytes,)
_GIVEN: dict[bytes, tuple[tuple[type, ...], ...]] = {
    b"q": (), b"Q": (), b"BT": (), b"T*": (), b"cm": (_NUMBERS,) * 6, b"Tm": (_NUMBERS,) * 6,
    b"Tc": (_NUMBERS,), b"Tw": (_NUMBERS,), b"Tz": (_NUMBERS,), b"TL": (_NUMBERS,), b"Ts": (_NUMBERS,),
    b"Tf": (_NAME, _NUMBERS), b"Td": (_NUMBERS,) * 2, b"TD": (_NUMBERS,) * 2, b"Tj": (_TEXT,), b"TJ": ((list,),),
    b"'": (_TEXT,), b'"': (_NUMBERS, _NUMBERS, _TEXT), b"Do": (_NAME,),
}  # fmt: skip


class Unknown(Exception):  # noqa: N818 - no error: it says which way to go
    """The content holds what this module does not know."""


def instructions(content: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """The instructions that place text, each with what it is given: numbers, names as text, strings as bytes.

    Raises:
        Unknown: where an instruction is not given what it needs, or the content is written otherwise than most are.
    """
    given: list[Any] = []
    outer: list[list[Any]] = []
    at = count = 0
    while found := _TOKEN.match(content, at):
        at, kind, count = found.end(), found.lastgroup, count + 1
        if kind == "move" and not outer:
            yield found["move"], _checked(found["move"], _numbers(found["moving"]))
            given = []
        elif kind == "number":
            given.append(float(found["number"]))
        elif kind == "operator":
            name = found["operator"]
            if name == b"BI":
                picture = _PICTURE.match(content, at)
                at = picture.end() if picture else len(content)
            elif name in _GIVEN and not outer:
                yield name, _checked(name, given)
            given = given if outer else []
        elif kind == "string":
            text = found["string"]
            given.append(_ESCAPE.sub(_unescaped, text) if b"\\" in text else text)
        elif kind == "drawing":
            given = given if outer else []
        elif kind == "hex":
            digits = b"".join(found["hex"].split())
            given.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "name":
            given.append(_name(found["name"]))
        elif kind == "open":
            outer.append(given)
            given = []
        elif kind == "close" and outer:
            outer[-1].append(given)
            given = outer.pop()
        elif kind == "end":
            return
        elif kind in ("close", "move") or count > MOST_TOKENS:
            break
    raise Unknown("content that is written in another way")


def _checked(name: bytes, given: list[Any]) -> list[Any]:
    needed = _GIVEN[name]
    last = given[-len(needed) :] if needed else []
    if len(last) != len(needed) or not all(map(isinstance, last, needed)):
        raise Unknown(f"{name!r} without what it needs")
    if name == b"TJ" and not all(isinstance(part, (float, bytes)) for part in last[0]):
        raise Unknown("a text of something else than letters and moves")
    return last


def _numbers(texts: bytes) -> list[Any]:
    try:
        return [float(text) for text in texts.split()]
    except ValueError as error:
        raise Unknown("a number in another notation") from error


def _name(name: bytes) -> str:
    if b"#" in name or not name.isascii():
        raise Unknown("a name with letters of another alphabet")
    return name.decode()


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, broken, other = found.groups()
    if octal:
        return bytes((int(octal, 8) & 255,))
    return b"" if broken else _ESCAPED.get(other, other)
