"""Small PDFs written by hand, one instruction after another, for tests."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field

# widths of Helvetica in thousandths of its size: all that right alignment of amounts needs
_WIDTHS = dict.fromkeys("0123456789", 556) | {".": 278, ",": 278, "-": 333, " ": 278, "(": 333, ")": 333}


def width(text: str, size: float) -> float:
    """About how wide a text is in Helvetica."""
    return sum(_WIDTHS.get(char, 530) for char in text) * size / 1000


@dataclass
class Sheet:
    """A page of A4, with positions from the top left in points."""

    wide: float = 595
    high: float = 842
    rotate: int = 0
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 9, *, bold: bool = False, mode: int = 0) -> None:
        """Text whose foot stands at a height from the top."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if bold else "F1"
        self.parts.append(f"BT {mode} Tr /{font} {size} Tf {x:.2f} {self.high - y:.2f} Td ({escaped}) Tj ET")

    def right(self, x: float, y: float, text: str, size: float = 9, *, bold: bool = False) -> None:
        """Text that ends at a distance from the left."""
        self.text(x - width(text, size), y, text, size, bold=bold)

    def slanted(self, x: float, y: float, text: str, size: float, degrees: float) -> None:
        """Text that runs upwards at an angle."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        self.parts.append(
            f"BT /F1 {size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x} {self.high - y} Tm ({text}) Tj ET"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line."""
        self.parts.append(f"0.5 w {x0} {self.high - y0} m {x1} {self.high - y1} l S")

    def picture(self) -> None:
        """A gray picture over the whole page."""
        self.parts.append(f"q {self.wide} 0 0 {self.high} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID z EI Q")

    def row(
        self, y: float, label: str, *amounts: str, edges: tuple[float, ...] = (300, 370, 440), bold: bool = False
    ) -> None:
        """A label and the amounts that end at the edges; an empty text leaves a cell empty."""
        if label:
            self.text(60, y, label, bold=bold)
        for edge, amount in zip(edges, amounts, strict=False):
            if amount:
                self.right(edge, y, amount, bold=bold)


def pdf(*sheets: Sheet, pages: int | None = None) -> bytes:
    """The file of some pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
                for name in ("Helvetica", "Helvetica-Bold")]  # fmt: skip
    kids = []
    for sheet in sheets:
        stream = "\n".join(sheet.parts).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.wide} {sheet.high}] /Rotate {sheet.rotate} "
            f"/Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages or len(kids)} >>".encode()
    return _file(objects)


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")  # of passwords, ISO 32000


def locked(content: bytes, password: str) -> bytes:
    """A file without texts as its owner protects it: 40 bits of RC4, the oldest protection of PDF."""
    name, allowed = _md5(b"name"), -4
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(_md5(padded)[:5], padded)
    key = _md5(padded + owner + allowed.to_bytes(4, "little", signed=True) + name)[:5]
    user = _rc4(key, _PAD)
    guard = f"/Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {allowed}"
    entry = f"/Root 1 0 R /ID [<{name.hex()}> <{name.hex()}>] /Encrypt << {guard} >>"
    return content.replace(b"/Root 1 0 R", entry.encode())


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _rc4(key: bytes, content: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
