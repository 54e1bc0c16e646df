"""The headings of several columns that stand on one line, and where each of them begins."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from schemas.notation import plain
from transformers.headings import KINDS, MEASURES, NOTE, Heading, Word, combined, heading_of, words_of
from transformers.terms import NO_COLUMN


def phrases(text: str) -> list[Heading]:
    """The headings of several columns that stand on one line, in order, and the words before them as the first one.

    A new heading begins at a stage, a year or a measure where the one before has its own already; words such as
    `na wijziging` go with the heading they follow, `gewijzigde` with the one that follows.
    """
    was = _was_and_becomes(text)
    if was:
        return was
    out: list[list[Word]] = [[]]
    text = _GLUED.sub(" ", NOTE.sub("", text))
    within = [match.span() for match in NO_COLUMN.finditer(plain(text))]
    for word in words_of(text):
        inside = any(start < word.start < end for start, end in within)
        if not inside and _begins(out[-1], word, out[-2] if len(out) > 1 else []):
            out.append([])
        out[-1].append(word)
    for before, after in pairwise(out):
        if before and before[-1].text.lower() == "nieuwe" and after[0].tag == "budget":
            after.insert(0, before.pop())
    flat = plain(text)
    groups = _with_saldo_apart([group for group in out if group])
    starts = [group[0].start for group in groups]
    ends = [*starts[1:], len(flat)][: len(starts)]
    return [
        combined(" ".join(flat[start:end].split()), tuple(group))
        for group, start, end in zip(groups, starts, ends, strict=True)
    ]


def _with_saldo_apart(groups: list[list[Word]]) -> list[list[Word]]:
    """The words of the headings of a line, where a Saldo that ends it, the only measure of all, heads the last column.

    Begroting 2025 Rekening 2025 Saldo, or Rekening 2025 Saldo 2025: it is no balance of the column before.
    """
    last = groups[-2:] if len(groups) > 1 and [word.tag for word in groups[-1]] == ["year"] else groups[-1:]
    words = [word for group in last for word in group]
    at = next((n for n, word in enumerate(words) if word.text.lower() == "saldo"), 0)
    tags = [{word.tag for word in group} for group in (*groups[: -len(last)], words[:at])]
    staged = sum(bool(tag & (_STAGE_WORDS | {"amended", "original"})) for tag in tags)
    measured = any(tag & set(MEASURES) for tag in tags)
    ends = {word.tag for word in words[at + 1 :]} <= {"year", "mark"}
    dated = len(last) > 1 and "year" in tags[-1]
    if not at or measured or not ends or not tags[-1] & _STAGE_WORDS or staged + dated < 2:
        return groups
    return [*groups[: -len(last)], words[:at], words[at:]]


_WAS = {"was": frozenset(("budget",)), "oud": frozenset(("budget",))}
_YEAR_OF_WAS = re.compile(r"\b(?:20\d\d (?:was|oud|wordt|nieuw)|(?:was|oud|wordt|nieuw) 20\d\d)\b", re.I)
_OWN_YEAR = re.compile(r"^20\d\d\0|\0(?:20\d\d)$")
_BECOMES = {"wordt": frozenset(("budget", "amended")), "nieuw": frozenset(("budget", "amended"))}


def _was_and_becomes(text: str) -> list[Heading]:
    """The headings of a line such as `Programma Was Mutatie Wordt`, one a word; none of another line."""
    words = _YEAR_OF_WAS.sub(lambda found: found.group().replace(" ", "\0"), text).split()
    first = next((at for at, word in enumerate(words) if _without_year(word) in _WAS), len(words))
    headings = [heading_of(word.replace("\0", " ")) for word in words[first:]]
    tags = [(_WAS | _BECOMES).get(_without_year(word), heading_of(word).tags) for word in words[first:]]
    labels = [heading_of(word) for word in words[:first]]
    becomes = any(_without_year(word) in _BECOMES for word in words[first:])
    if not becomes or any(label.tags != {"label_head"} for label in labels):
        return []
    if any(not tag or not tag <= {"budget", "amended", "movement", "difference"} for tag in tags):
        return []
    columns = [replace(heading, tags=tag, unknown=0) for heading, tag in zip(headings, tags, strict=True)]
    return [*labels, *columns]


def _without_year(word: str) -> str:
    return _OWN_YEAR.sub("", word).lower()


def glued_heading(text: str) -> str:
    """The heading of a column that lost the space before it, at the end of a title; empty where there is none."""
    places = [match.start() for match in _GLUED.finditer(text)]
    end = text[places[-1] :] if places else ""
    return end if heading_of(end).is_pure else ""


_STAGE_WORDS = frozenset(("realised", "budget", "multi_year", "forecast", "difference", "cumulative"))
_MOVING = frozenset(("movement", "added", "taken", "interest", "balance", "begin", "end"))
_CHANGING = frozenset(("movement", "added", "taken", "credit"))
_GLUED = re.compile(  # where two headings that lost the space between them meet
    r"(?<=[a-zë])(?=Begroting|Rekening|Realisatie|Raming|Verschil|Lasten|Baten|Saldo|Meerjaren|Jaarrekening|Primitie)"
    r"|(?<=\d{4})(?=(?:19|20)\d\d)|(?<=,-)(?=20\d\d)|(?<=baten)(?=lasten|saldo)|(?<=lasten)(?=baten|saldo)"
    r"|(?<=saldo)(?=lasten|baten)"
)
_TRAILING = ("na ", "voor ", "t/m", "incl", "stand")  # words that go with the heading they follow
_NTH_CHANGE = re.compile(r"(?:stand na )?\d+e (?:begrotings)?wijziging", re.I)
_PRE = re.compile(r".*e$", re.I)


def _begins(group: list[Word], word: Word, before: list[Word]) -> bool:
    """Whether a word begins the heading of the next column."""
    if not group:
        return False
    tags = {w.tag for w in group}
    columnar = tags & (
        _STAGE_WORDS
        | {"year", "date", "amended", "original", "lasten", "baten", "saldo", "not_euros", "part_year"}
        | KINDS
    )
    if not columnar:
        return word.tag in _STAGE_WORDS | KINDS | {*MEASURES, "year", "date", "original", "amended", "part_year"}
    if word.tag == "part_year":
        return "part_year" in tags
    if word.tag == "span":
        return bool(tags & {"year", "date"})
    if word.tag in ("year", "date"):
        return bool(tags & {"year", "date"}) and group[-1].tag not in ("difference",)
    if word.tag in _STAGE_WORDS:
        if word.tag == "realised" and "year" in tags and tags & {"amended", "original"}:
            return True
        if tags & _STAGE_WORDS:
            return not group[-1].text.lower().startswith("verwacht")
        if tags <= {*MEASURES, "filler"} and len(tags & set(MEASURES)) == 1:
            return {w.tag for w in before} <= {*MEASURES, "filler"} and bool(before)
        return bool(tags & (set(MEASURES) | _CHANGING)) and not tags & {"original", "amended"}
    if word.tag in ("original", "amended"):
        leads = bool(_PRE.match(word.text)) and not word.text.lower().startswith(_TRAILING)
        leads |= "amended" in tags and _NTH_CHANGE.match(word.text) is not None
        if word.text.lower().startswith("na ") and {"original", "year"} <= tags:
            return True  # Primitief 2025 Na wijziging 2025
        return leads and bool(tags & (_STAGE_WORDS | {"original", "amended", "year"}))
    if word.tag in MEASURES:
        if group[-1].text.lower() == "en" and tags & set(MEASURES):
            return False  # baten en lasten: the name of a table, and no two columns
        whole = "cumulative" in tags and "year" in tags
        return bool(whole or tags & (set(MEASURES) | _MOVING) or (tags & {"total"} and len(group) == 1))
    if word.tag in ("total", "result", "credit"):
        return bool(tags & (_STAGE_WORDS | set(MEASURES) | KINDS | {"year", "date"}))
    if word.tag == "movement" and tags & {"original", "amended"}:
        return True
    if word.tag in KINDS:
        return bool(tags & (KINDS | set(MEASURES) | {"year", "date", "difference"}))
    return word.tag == "unknown" and bool(tags & {"year", "date"})
