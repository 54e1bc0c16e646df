"""A small writer of PDF pages: texts in Helvetica, rules, fills, pictures. The same calls give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

A4 = (595, 842)
_ASCII = "".join(map(chr, range(32, 127)))
_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 "
    "278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 "
    "611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 "
    "556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 "
    "333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 "
    "611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 "
    "611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
)
_WIDTHS = {
    "F1": dict(zip(_ASCII, map(int, _PLAIN.split()), strict=True)),
    "F2": dict(zip(_ASCII, map(int, _BOLD.split()), strict=True)),
}
_OTHER = 556  # the euro sign, the en dash, letters with accents
_NAMED = {"ﬁ": "fi", "ﬂ": "fl", "−": "minus"}  # glyphs beyond Windows' characters, under the codes 1, 2, 3


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points."""
    widths = _WIDTHS["F2" if bold else "F1"]
    return sum(widths.get(char, _OTHER) for char in text) * size / 1000


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _string(text: str) -> bytes:
    for code, glyph in enumerate(_NAMED, 1):
        text = text.replace(glyph, chr(code))
    raw = text.encode("cp1252")
    for char in (b"\\", b"(", b")"):
        raw = raw.replace(char, b"\\" + char)
    return b"(" + raw + b")"


def _scrambled(text: str) -> str:
    return "".join(chr(32 + ((ord(char) - 32) * 37 + 11) % 95) if char in _ASCII else char for char in text)


class Page:
    """One page. Places are in points from the upper left corner of the page as it is seen."""

    def __init__(self, *, turned: bool = False, unmapped: bool = False) -> None:
        """A page in portrait, or one in landscape that is stored in portrait and turned by /Rotate.

        The texts of an unmapped page have a font of their own whose codes lead to no letters.
        """
        self.turned, self.unmapped = turned, unmapped
        self.width, self.height = (A4[1], A4[0]) if turned else A4
        self.operators: list[bytes] = [f"0 1 -1 0 {A4[0]} 0 cm".encode()] if turned else []
        self.pictures: list[tuple[int, int, bytes]] = []

    def _say(self, *parts: object) -> None:
        words = [_number(part) if isinstance(part, int | float) else part for part in parts]
        self.operators.append(b" ".join(word if isinstance(word, bytes) else str(word).encode() for word in words))

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float = 9,
        *,
        bold: bool = False,
        align: str = "left",
        gray: float = 0,
    ) -> None:
        """A text whose left side, right side or middle is at x."""
        shift = {"left": 0.0, "right": 1.0, "middle": 0.5}[align] * width_of(text, size, bold=bold)
        name = "F3" if self.unmapped else "F2" if bold else "F1"
        text = _scrambled(text) if self.unmapped else text
        self._say(gray, "g BT", f"/{name}", size, "Tf", x - shift, self.height - baseline, "Td", _string(text), "Tj ET")

    def slanted_text(self, x: float, y: float, text: str, size: float, degrees: float, *, gray: float = 0) -> None:
        """A text that begins at a place and runs upwards at an angle."""
        turn = math.radians(degrees)
        matrix = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), x, self.height - y)
        self._say(gray, "g BT /F1", size, "Tf", *matrix, "Tm", _string(text), "Tj ET")

    def rule(self, x0: float, top: float, x1: float, bottom: float, width: float = 0.5, gray: float = 0) -> None:
        """A line."""
        self._say(gray, "G", width, "w", x0, self.height - top, "m", x1, self.height - bottom, "l S")

    def fill(self, x0: float, top: float, x1: float, bottom: float, gray: float) -> None:
        """A filled rectangle."""
        self._say(gray, "g", x0, self.height - bottom, x1 - x0, bottom - top, "re f")

    def picture(self, width: int, height: int, grays: bytes) -> None:
        """A picture over the whole page, a byte for each point."""
        self._say("q", self.width, 0, 0, self.height, 0, 0, "cm", f"/P{len(self.pictures)}", "Do Q")
        self.pictures.append((width, height, grays))


def _stream(about: str, content: bytes) -> bytes:
    return f"<< {about} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _strange_font(first: int) -> list[bytes]:
    """A font of drawn shapes whose names say nothing and no mapping to text, as old print drivers made them."""
    codes = range(32, 127)
    names = " ".join(f"/g{code}" for code in codes)
    glyphs = " ".join(f"/g{code} {first + 1} 0 R" for code in codes)
    widths = " ".join(str(_WIDTHS["F1"][chr(code)]) for code in codes)
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 "
        f"/LastChar 126 /Widths [{widths}] /Encoding << /Type /Encoding /Differences [32 {names}] >> "
        f"/CharProcs << {glyphs} >> /Resources << >> >>"
    )
    return [font.encode(), _stream("", b"500 0 0 0 450 700 d1 50 0 400 700 re f")]


def written(pages: Sequence[Page]) -> bytes:
    """The pages as a PDF, without dates, identifiers or compression."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    encoding = f"<< /BaseEncoding /WinAnsiEncoding /Differences [1 {' '.join(f'/{n}' for n in _NAMED.values())}] >>"
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding {encoding} >>".encode())
    objects += _strange_font(5)
    kids = []
    for page in pages:
        objects.append(_stream("", b"\n".join(page.operators)))
        content = len(objects)
        pictures = []
        for number, (width, height, grays) in enumerate(page.pictures):
            about = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
            objects.append(_stream(f"{about} /BitsPerComponent 8", grays))
            pictures.append(f"/P{number} {len(objects)} 0 R")
        resources = f"<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << {' '.join(pictures)} >> >>"
        rotate = " /Rotate 90" if page.turned else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}]{rotate} /Resources {resources} "
            f"/Contents {content} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _file(objects: Iterable[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
