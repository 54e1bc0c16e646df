"""A page of a PDF with what was read of it drawn on it: tables, columns, and the verdict on each cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import ImageDraw
from PIL.Image import Image

from extractors.pdf.picture import picture_of
from flows.document import JudgedDocument
from flows.places import DrawnCell, cells_on
from schemas.records import Box, Proof, Snapshot

SCALE = 2.0  # pixels for each point
GREEN, RED, AMBER, GREY, BLUE = (0, 140, 60), (210, 30, 30), (230, 150, 0), (120, 120, 120), (40, 90, 200)
COLOURS = {Proof.PROVED.value: GREEN, Proof.CONTRADICTED.value: RED, Proof.NOT_COVERED.value: AMBER, None: GREY}
_VEIL = 70  # of 255: how much of its colour a cell takes
_ROOM = 1.5  # points around a cell
_WORDS = {"proved": GREEN, "contradicted": RED, "not covered": AMBER, "set aside": GREY}


def draw_page(judged: JudgedDocument, snapshot: Snapshot, page: int, to: Path) -> None:
    """Write a PNG of a page with its tables in blue and each cell in the colour of its verdict.

    Raises:
        DocumentError: where the page can't be shown.
    """
    picture = picture_of(snapshot.content, page, SCALE)
    draw = ImageDraw.Draw(picture, "RGBA")
    for number, one in enumerate(judged.tables, start=1):
        cells = list(cells_on(one, judged.raw_tables, page))
        if cells:
            _draw_table(draw, f"table {number}", cells)
    _draw_legend(draw, picture)
    picture.save(to, format="PNG")


def _draw_table(draw: ImageDraw.ImageDraw, name: str, cells: Sequence[DrawnCell]) -> None:
    whole = _around([cell.box for cell in cells], 3 * _ROOM)
    draw.rectangle(whole, outline=BLUE, width=3)
    draw.text((whole[0] + 4, whole[1] - 15), name, fill=BLUE)
    for column in sorted({cell.column for cell in cells if cell.column is not None}):
        draw.rectangle(_around([cell.box for cell in cells if cell.column == column], 2 * _ROOM), outline=(*BLUE, 150))
    for cell in cells:
        draw.rectangle(_around([cell.box], _ROOM), fill=(*COLOURS[cell.proof], _VEIL), outline=COLOURS[cell.proof])


def _draw_legend(draw: ImageDraw.ImageDraw, picture: Image) -> None:
    """What the colours say, at the foot of the page."""
    left, foot = 8, picture.height - 18
    for word, colour in _WORDS.items():
        draw.rectangle((left, foot, left + 12, foot + 10), fill=colour)
        draw.text((left + 16, foot - 1), word, fill=(0, 0, 0))
        left += 110


def _around(boxes: Sequence[Box], room: float) -> tuple[float, float, float, float]:
    """The pixels around some boxes."""
    return (
        (min(box[0] for box in boxes) - room) * SCALE,
        (min(box[1] for box in boxes) - room) * SCALE,
        (max(box[2] for box in boxes) + room) * SCALE,
        (max(box[3] for box in boxes) + room) * SCALE,
    )
