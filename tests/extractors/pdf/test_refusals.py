"""What can't be read is refused with a reason, page by page where the rest can be."""

import pypdfium2
import pytest
from paper import Sheet, locked, pdf

from extractors.pdf import extract_pdf
from schemas.errors import DocumentError


def reason(content: bytes, **settings: int) -> str:
    with pytest.raises(DocumentError) as caught:
        extract_pdf(content, **settings)
    return caught.value.reason


def test_a_file_that_was_cut_off_is_damaged():
    assert reason(pdf(Sheet())[:-300]) == "damaged"


def test_nothing_but_a_head_is_damaged():
    assert reason(b"%PDF-1.7\n%%EOF") == "damaged"


def test_a_file_behind_a_password_is_encrypted():
    word = "geheim"
    content = locked(pdf(Sheet()), word)
    assert reason(content) == "encrypted"
    assert len(pypdfium2.PdfDocument(content, password=word)) == 1  # nothing else is wrong with it


def test_a_file_that_opens_without_its_password_is_read():
    assert extract_pdf(locked(pdf(Sheet()), "")).unreadable == ()


def scanned(mode: int, *, picture: bool = True) -> Sheet:
    sheet = Sheet()
    if picture:
        sheet.picture()
    sheet.text(60, 80, "Overzicht van lasten en baten naar programma", mode=mode)
    for number, label in enumerate(("Lasten", "Baten", "Saldo")):
        sheet.text(60, 100 + 14 * number, label, mode=mode)
        sheet.text(300, 100 + 14 * number, f"{number + 1}.234", mode=mode)
    return sheet


def test_unseen_text_over_a_picture_is_a_guess_and_is_not_read():
    found = extract_pdf(pdf(scanned(3), scanned(0)))
    assert [(page.page, page.reason) for page in found.unreadable] == [(1, "machine_read")]
    assert {block.page for block in found.blocks} == {2}


def test_more_pages_than_allowed_are_refused():
    assert reason(pdf(Sheet(), Sheet(), Sheet()), most_pages=2) == "too_many_pages"


def test_a_page_whose_letters_spell_nothing_gives_no_text():
    strange = Sheet()
    for number in range(20):
        strange.text(60, 100 + 14 * number, "Xkcdq Brtfg Wqpzx Mnbvc Lkjhg 1.234 5.678")
    readable = Sheet()
    readable.text(60, 100, "Een bladzijde die wel te lezen is")
    found = extract_pdf(pdf(strange, readable))
    assert [(page.page, page.reason) for page in found.unreadable] == [(1, "no_text_mapping")]
    assert [block.page for block in found.blocks] == [2]
    assert found.token_count == 0


def test_an_empty_page_is_no_page_that_cannot_be_read():
    found = extract_pdf(pdf(Sheet()))
    assert found.unreadable == ()
    assert found.blocks == ()
