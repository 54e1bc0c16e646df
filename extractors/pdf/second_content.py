"""The instructions of a page that place text, cut from its content by one expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

MOST_TOKENS = 2_000_000  # of one page; a dense page of a budget has 15,000

_NUMBER = rb"[-+]?(?:\d++\.?\d*+|\.\d++)(?![\w.])"
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_END = rb"(?![A-Za-z0-9*])"  # of an instruction's name
_DRAWING = rb"""/\w++\s*+<<[^<>()]*+>>\s*+BDC\s++|E(?:MC|T)\s++|/[\w.+-]++\s++gs\s++
    |(?:[-+]?[\d.]++\s++){2,6}(?:re|[mlcvy]|rg|RG|scn?|SCN?|[kK])\s++
    |[-+]?[\d.]++\s++[wgGjJMi]\s++|(?:[fWBb]\*?|[Ssnh])\s++"""
_MOVED_DRAWING = _DRAWING + rb"|(?:[-+]?[\d.]++\s++){6}cm\s++"

# The first alternatives are whole instructions as most files write them, or all that is drawn between two texts; the
# others are single tokens.
_TOKEN = re.compile(
    rb"""\s*+(?:
    (?P<drawing>(?:%(drawing)s
        |q\s++(?:%(moved)s|q\s++(?:%(moved)s)*+Q\s++)*+Q\s++)++)
    |(?P<run>(?:[-+]?\d[\d.]*+\s++[-+]?\d[\d.]*+\s++Td\s++<[0-9A-Fa-f]++>\s++Tj\s++)++)
    |(?P<moving>(?:[-+]?[\d.]++\s++){1,6})(?P<move>cm|T[mdDcwzLs])(?=\s)
    |\[(?P<texts>(?:\s*+(?:%(hex)s|%(number)s|%(string)s))*+)\s*+\]\s*+TJ%(end)s
    |(?P<text>%(hex)s|%(string)s)\s*+Tj%(end)s
    |/(?P<font>[^\s()<>\[\]{}/%%]++)\s++(?P<size>%(number)s)\s*+Tf%(end)s
    |(?P<number>%(number)s)
    |(?P<operator>[A-Za-z'"][A-Za-z0-9*]*+)
    |/(?P<name>[^\s()<>\[\]{}/%%]*+)
    |(?P<string>%(string)s)
    |(?P<open><<|\[)|(?P<close>>>|\])
    |(?P<hex>%(hex)s)
    |%%[^\r\n]*+
    |(?P<end>\Z))"""
    % {
        b"number": _NUMBER, b"string": _STRING, b"hex": _HEX, b"end": _END,
        b"drawing": _DRAWING, b"moved": _MOVED_DRAWING,
    },
    re.VERBOSE | re.DOTALL,
)  # fmt: skip
_PART = re.compile(rb"%s|%s|%s" % (_HEX, _NUMBER, _STRING), re.DOTALL)
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
RUN = b"Td Tj"  # one letter after another, each moved to: given as x, y and text of each


class Unknown(Exception):  # noqa: N818 - no error: it says which way to go
    """The content holds what this module does not know."""


def instructions(content: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """The instructions that place text, each with what it is given: numbers, names as text, strings as bytes.

    Raises:
        Unknown: where an instruction is not given what it needs, or the content is written otherwise than most are.
        ValueError: where there is no end to it.
    """
    given: list[Any] = []
    outer: list[list[Any]] = []
    at = count = 0
    while found := _TOKEN.match(content, at):
        at, kind, count = found.end(), found.lastgroup, count + 1
        if count > MOST_TOKENS:
            raise ValueError("too many instructions")
        if kind in _WHOLE:
            if outer:
                break
            yield _WHOLE[kind](found)
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
        elif kind in ("string", "hex"):
            given.append(_part(found[kind]))
        elif kind == "drawing":
            given = given if outer else []
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
        elif kind == "close":
            break
    raise Unknown("content that is written in another way")


def _moved(found: re.Match[bytes]) -> tuple[bytes, list[Any]]:
    name, given = found["move"], _numbers(found["moving"].split())
    return name, given if len(given) == len(_GIVEN[name]) else _checked(name, given)


def _run(found: re.Match[bytes]) -> tuple[bytes, list[Any]]:
    words = found["run"].split()
    return RUN, list(zip(_numbers(words[::5]), _numbers(words[1::5]), map(_part, words[3::5]), strict=True))


def _checked(name: bytes, given: list[Any]) -> list[Any]:
    needed = _GIVEN[name]
    last = given[-len(needed) :] if needed else []
    if len(last) != len(needed) or not all(map(isinstance, last, needed)):
        raise Unknown(f"{name!r} without what it needs")
    if name == b"TJ" and not all(isinstance(part, (float, bytes)) for part in last[0]):
        raise Unknown("a text of something else than letters and moves")
    return last


def _numbers(texts: Iterable[bytes]) -> list[Any]:
    try:
        return list(map(float, texts))
    except ValueError as error:
        raise Unknown("a number in another notation") from error


def _name(name: bytes) -> str:
    if b"#" in name or not name.isascii():
        raise Unknown("a name with letters of another alphabet")
    return name.decode()


@lru_cache(maxsize=1 << 13)
def _part(written: bytes) -> float | bytes:
    """A number, or the bytes of a text as written: in ( ) or, in hexadecimal digits, in < >."""
    if written[:1] == b"(":
        return _ESCAPE.sub(_unescaped, written[1:-1]) if b"\\" in written else written[1:-1]
    if written[:1] != b"<":
        return float(written)
    digits = b"".join(written[1:-1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, broken, other = found.groups()
    if octal:
        return bytes((int(octal, 8) & 255,))
    return b"" if broken else _ESCAPED.get(other, other)


# What whole instructions are given, by the last group of their alternatives.
_WHOLE: dict[str | None, Callable[[re.Match[bytes]], tuple[bytes, list[Any]]]] = {
    "run": _run,
    "move": _moved,
    "texts": lambda found: (b"TJ", [list(map(_part, _PART.findall(found["texts"])))]),
    "text": lambda found: (b"Tj", [_part(found["text"])]),
    "size": lambda found: (b"Tf", [_name(found["font"]), float(found["size"])]),
}
