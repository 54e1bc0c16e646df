"""Instructions cut from the content of a page: whole ones and token by token, with the same result."""

import pytest

from extractors.pdf.second_content import RUN, Unknown, instructions


def cut(content):
    return list(instructions(content))


@pytest.mark.parametrize(
    ("whole", "by_token"),
    [
        (b"(een \\(1\\)) Tj ", b"(een \\(1\\)) % so\nTj "),
        (b"[(a)-12<4142>.5 (c)] TJ ", b"[(a)-12 % so\n<4142>.5 (c)] TJ "),
        (b"/F1 9.5 Tf ", b"/F1 9.5 % so\nTf "),
        (b"<00 41 4> Tj ", b"<00414> % so\nTj "),
        (b"1 0 0 -1 12.5 +7 Tm ", b"1 0 0 -1 12.5 +7 % so\nTm "),
    ],
)
def test_a_whole_instruction_is_what_its_tokens_are(whole, by_token):
    assert cut(whole) == cut(by_token)
    assert len(cut(whole)) == 1


def test_letters_that_are_each_moved_to_come_as_one():
    assert cut(b"5.1 0 Td <0044> Tj\n5.1 -2 Td <0045> Tj\nET ") == [(RUN, [(5.1, 0.0, b"\0D"), (5.1, -2.0, b"\0E")])]


def test_what_is_only_drawn_is_passed_over():
    drawn = b"q q /A1.0 gs 0 0 0 RG .5 w 1 2 m 3 4 l S Q Q q 1 0 0 1 5 5 cm 0 0 9 9 re W* n Q EMC "
    assert cut(drawn + b"(a) Tj " + drawn) == [(b"Tj", [b"a"])]


def test_a_place_that_is_kept_around_a_text_is_kept():
    assert [name for name, _ in cut(b"q 1 0 0 1 5 5 cm 0 g BT (a) Tj ET Q ")] == [b"q", b"cm", b"BT", b"Tj", b"Q"]


@pytest.mark.parametrize(
    "content",
    [b"[(a) [(b)] TJ ] TJ ", b"<< (a) Tj >> ", b"1 2 Tm ", b"1.2.3 0 Td ", b"/F#31 9 Tf ", b"(a (b) c) Tj ", b"] "],
)
def test_what_is_written_otherwise_is_not_guessed_at(content):
    with pytest.raises(Unknown):
        cut(content)


def test_nothing_takes_long_that_is_no_content():
    with pytest.raises(Unknown):
        cut(b"[" + b"1" * 50_000 + b"x")
    with pytest.raises(Unknown):
        cut(b"q " * 20_000 + b"(")
