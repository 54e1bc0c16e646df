"""Pages go to a helper in their order; what goes wrong there is known here; workers of a pool do without one."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread

import pytest
from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from extractors.pdf.hand_over import handed_over


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def in_a_pool(work):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_all_are_taken_in_their_order_by_one_other_thread():
    taken = []
    usual = sys.getswitchinterval()
    done = list(handed_over(range(100), lambda number: taken.append((number, current_thread()))))
    assert len(done) == 100
    assert [number for number, _ in taken] == list(range(100))
    assert {thread for _, thread in taken} != {current_thread()}
    assert len({thread for _, thread in taken}) == 1
    assert sys.getswitchinterval() == usual


def test_a_worker_of_a_pool_takes_them_itself():
    def work():
        taken = []
        list(handed_over(range(5), lambda _: taken.append(current_thread())))
        return taken == [current_thread()] * 5

    assert in_a_pool(work)


def test_what_goes_wrong_is_raised_and_stops_the_looking():
    looked = []

    def seen():
        for number in range(1000):
            looked.append(number)
            yield number

    def take(number):
        if number == 3:
            raise ValueError("three")

    usual = sys.getswitchinterval()
    with pytest.raises(ValueError, match="three"):
        list(handed_over(seen(), take))
    assert len(looked) < 20
    assert sys.getswitchinterval() == usual


def test_who_stops_listening_stops_the_helper():
    looked = []
    each = handed_over((looked.append(number) for number in range(1000)), lambda _: None)
    next(each)
    each.close()
    assert len(looked) < 20


def test_a_document_is_the_same_with_and_without_a_helper():
    pages = []
    for page in range(30):
        sheet = Sheet()
        sheet.text(60, 60, f"Programma {page}")
        for row in range(8):
            sheet.text(60, 100 + 14 * row, f"Lasten van taak {row}")
            sheet.text(300, 100 + 14 * row, f"{page}.{row}34")
            sheet.text(400, 100 + 14 * row, f"{page}.{row}56")
        pages.append(sheet)
    content = pdf(*pages)
    told: list[tuple[int, int]] = []
    found = extract_pdf(content, each_page=lambda done, count: told.append((done, count)))
    assert found == in_a_pool(lambda: extract_pdf(content))
    assert len(found.blocks) == 60  # no table goes on below another programme
    assert told == [(number, 30) for number in range(1, 31)]
