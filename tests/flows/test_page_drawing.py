import io

from PIL import Image
from typer.testing import CliRunner

from flows.cli import app
from flows.page_drawing import AMBER, BLUE, GREEN, GREY, SCALE
from tests.extractors.pdf.paper import Sheet, pdf
from tests.flows.papers import PROVED, UNPROVED, proved, sheet, unproved

ABOUT = ("--year", "2026", "--type", "begroting")


def extract(*arguments):
    return CliRunner().invoke(app, ["extract", *map(str, arguments), *ABOUT])


def drawn(folder, content, *more, page=1):
    (folder / "a.pdf").write_bytes(content)
    done = extract(folder / "a.pdf", "--page", page, "--show", *more)
    to = folder / f"a-page-{page}.png"
    assert f"picture: {to}" in done.stdout.replace("\n", ""), done.output
    assert to.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    return Image.open(io.BytesIO(to.read_bytes())).convert("RGB")


def edge_of_cell(picture, top, right):
    """The pixels around the right edge of the cell that ends there, on the height of its middle."""
    y = round((top - 3) * SCALE)
    return [picture.getpixel((x, y)) for x in range(round((right - 2) * SCALE), round((right + 5) * SCALE))]


def test_a_proved_cell_is_green_and_the_picture_has_the_size_of_the_page(tmp_path):
    picture = drawn(tmp_path, proved())
    assert picture.size == (595 * SCALE, 842 * SCALE)
    assert GREEN in edge_of_cell(picture, 114, 300)
    assert AMBER not in edge_of_cell(picture, 114, 300)
    assert BLUE in {colour for _, colour in picture.getcolors(1 << 20)}


def test_a_cell_that_no_sum_covers_is_amber(tmp_path):
    assert AMBER in edge_of_cell(drawn(tmp_path, unproved()), 114, 300)


def test_the_cells_of_a_table_that_is_set_aside_are_grey(tmp_path):
    page = Sheet()
    page.text(60, 60, "Programma 1 Bestuur", 11)
    page.row(100, "Omschrijving", "2024", "2025", "2026", bold=True)
    for at, row in enumerate(PROVED):
        page.row(114 + 14 * at, *row)
    assert GREY in edge_of_cell(drawn(tmp_path, pdf(page)), 114, 300)


def test_only_the_tables_of_the_page_are_shown(tmp_path):
    other = sheet(*UNPROVED, title="Programma 2 Wegen", years=("2025", "2026", "2027"))
    (tmp_path / "a.pdf").write_bytes(pdf(sheet(*PROVED), other))
    done = extract(tmp_path / "a.pdf", "--page", 2)
    assert "table 2 at" in done.stdout
    assert "table 1 at" not in done.stdout
    assert "second reader: agreed" in done.stdout
    assert "no table of amounts stands on page 3" in extract(tmp_path / "a.pdf", "--page", 3).stdout


def test_what_can_not_be_drawn_is_said(tmp_path):
    (tmp_path / "a.pdf").write_bytes(proved())
    (tmp_path / "a.txt").write_text("Geen tabel.\n")
    for arguments, status, said in (
        ((tmp_path / "a.pdf", "--show"), 2, "--page"),
        ((tmp_path / "a.txt", "--page", 1, "--show"), 2, "PDF"),
        ((tmp_path / "a.pdf", "--page", 7, "--show"), 1, "page 7"),
    ):
        done = extract(*arguments)
        assert (done.exit_code, said in done.stderr) == (status, True)
    assert not list(tmp_path.glob("*.png"))
