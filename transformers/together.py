"""The columns of a table, each by what its heading says beside the others: differences, movements, amended budgets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.notation import Amount, Token
from schemas.records import Column, ColumnRole, DocumentType, Stage
from transformers.columns import HeadingReading, undated
from transformers.drafts import Draft
from transformers.explained import with_explanations
from transformers.headings import Heading
from transformers.nth_changes import with_amended, with_nth_changes
from transformers.parts_of_totals import with_parts_of_totals
from transformers.spent_so_far import with_spent_so_far
from transformers.stages import Context, column_of
from transformers.stated import Stated, stated_by, with_kind, with_stages
from transformers.surroundings import Piece

_UNREAD_YEAR = re.compile(  # what may say a year, and was not read as one
    r"(?<![\w.,])\d\d(?![\w.,]|\s*%)"
    r"|(?<!\w)(?-i:[A-Z])[a-z]{0,3}\.?\s?['’]?(?:(?:19|20)\d\d|[0-4]\d)(?![\w.,])"  # R24, M2027
    r"|(?<![\w&/])T(?:\s?[-+–−]\s?\d)?$|(?<!\w)T\s?[-+–−]\s?\d(?!\w)|\bjaar\s+\d(?!\w)"
    r"|\b(?:volgende?|komende?|huidige?|lopende?|dit|na?astvolgende?)\s+(?:boek|dienst|begrotings)?jaar\b",
    re.I,
)
_SMALL, _LARGE = 100, 1000  # a rate is less than the one, amounts beside it are no less than the other
_PLANS = r"(?<!\w)(?:kader|perspectief|voorjaars)(?:nota|brief|bericht)(?!\w)"
_REPORTS = (
    r"(?<!\w)(?:(?:voorjaars|najaars|zomer|winter|december|slot|bestuurs|tussen|concern|tussentijdse\s)"
    r"(?:nota|brief|bericht|rapportage)|kwartaalrapportage|berap|burap|marap|turap|firap|vorap|narap|vjn|njn|zjn"
    r"|\w*circulaire)(?!\w)"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?(?:[-–/]|t/m|tot en met)\s?(?:19|20)\d\d")


def columns_of(
    reading: HeadingReading, context: Context, piece: Piece, title: str, *, changes: bool
) -> tuple[Column, ...]:
    """The columns of a reading of the headings; what is not known of one, its neighbours or the title may say."""
    if any(title == heading.text for heading in reading.columns):
        title = piece.outside[-1] if piece.outside else ""
    said = with_kind(title, piece.draft, with_nth_changes(_with_was(_under(reading.above, reading.columns))))
    explained = with_explanations(with_spent_so_far(said), title, piece.draft, piece.table.form, context)
    headings = _with_movements(
        _with_rests_of_credits(_with_differences(with_amended(_with_other_documents(explained, context))))
    )
    stated = (
        None if changes else stated_by(title, piece.lines, piece.draft, replace(reading, columns=headings), context)
    )
    headings = _with_stages_stated(headings, stated)
    unread = [_has_unread_year(heading) for heading in headings]
    headings = with_parts_of_totals(piece.draft, headings, [at for at, unknown in enumerate(unread) if unknown])
    years = {heading.year for heading in headings if heading.year and "credit" not in heading.tags}
    fallback = context.document_year
    if stated is not None:
        fallback = stated.year
    elif reading.above is not None and reading.above.year:
        fallback = reading.above.year
    elif len(years) == 1:
        fallback = next(iter(years))
    columns = [column_of(heading, fallback, context, changes=changes) for heading in headings]
    dated = any(heading.years or heading.has_stage for heading in headings)
    twins = _twins(headings, columns)
    lost = undated(headings)
    no_euros = _without_euros(piece.draft, len(columns))
    out = []
    for at, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        unclear = lost[at] or (stated is not None and not stated.clear)
        if any(unread) and not years:  # nor is the year of the stages beside them known
            unclear |= bool(heading.classes) and "previous" not in heading.tags
        if unread[at] or _is_account_to_come(heading, column, context) or at in twins:
            column = replace(column, role=ColumnRole.UNKNOWN)
        elif column.role is ColumnRole.AMOUNT and at in no_euros:
            column = replace(column, role=ColumnRole.NOT_EUROS)
        elif (column.role is ColumnRole.AMOUNT and unclear) or (dated and not heading.says_something):
            column = replace(column, role=ColumnRole.UNKNOWN)
        out.append(column)
    return tuple(out)


def _has_unread_year(heading: Heading) -> bool:
    if heading.years or heading.month_day or "sum" in heading.tags:
        return False
    several = "difference" not in heading.tags and _YEARS.search(heading.text)
    return bool(several or _UNREAD_YEAR.search(heading.text))


def _twins(headings: Sequence[Heading], columns: Sequence[Column]) -> set[int]:
    """The columns of which none names a year, and whose stages differ in their words only: Begroting, Raming."""
    if any(heading.years for heading in headings):
        return set()
    said: dict[Column, list[int]] = {}
    for at, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        alone = heading.classes and not heading.unknown and not heading.has_kind
        if alone and column.role is ColumnRole.AMOUNT and column.stage in (Stage.REKENING, Stage.BEGROTING):
            said.setdefault(replace(column, label=""), []).append(at)
    return {at for same in said.values() if len({headings[n].text for n in same}) > 1 for at in same}


def _is_account_to_come(heading: Heading, column: Column, context: Context) -> bool:
    """Whether a budget would hold the account of its own year, since its heading names none."""
    plans = context.document_type in (DocumentType.BEGROTING, DocumentType.KADERNOTA)
    return plans and not heading.years and column.stage is Stage.REKENING and column.year == context.document_year


def _under(above: Heading | None, headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings with the measure of the one that spans them all, where none names a measure itself."""
    if above is None or not above.measure or any(heading.measures for heading in headings):
        return headings
    return [replace(heading, measures=above.measures) for heading in headings]


def _with_differences(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with those marked as differences that can be nothing else between columns of two stages.

    `Saldo 2020` or `Resultaat` beside a budget and an account, without lasten and baten of its own, is what the one
    differs from the other; so it is beside one stage alone, whose amounts are no lasten or baten.
    """
    stages = {"realised", "budget", "amended"}
    staged = {tag for heading in headings for tag in heading.tags & stages}
    others = [heading for heading in headings if heading.measure != "saldo" or heading.has_stage or heading.unknown]
    beside = len(others) < len(headings) and all(heading.tags & stages and not heading.measures for heading in others)
    if len(staged) < 2 and not (beside and others):
        return tuple(headings)
    out = []
    for at, heading in enumerate(headings):
        alone = bool(heading.year) and all(
            other.year != heading.year for other in [*headings[:at], *headings[at + 1 :]]
        )
        bare = not (heading.has_stage or alone) and (
            heading.measure == "saldo" or "result" in heading.tags or "total" in heading.tags
        )
        if bare and not heading.tags & {"movement", "added", "taken", "balance"}:
            heading = replace(heading, tags=heading.tags | {"difference"})
        out.append(heading)
    return tuple(out)


def _with_rests_of_credits(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with what is left of a krediet at a day marked as such: Krediet | Restant 31-12-2025."""
    beside = any("credit" in heading.tags and _CREDIT.search(heading.text) for heading in headings)
    return tuple(
        replace(heading, tags=heading.tags - {"balance"} | {"credit"})
        if beside and "balance" in heading.tags and _REST.match(heading.text)
        else heading
        for heading in headings
    )


_CREDIT = re.compile(r"krediet|autorisatie|investering", re.I)
_REST = re.compile(r"restant(?!schuld)", re.I)
_CHANGE = re.compile(r"(?:totaal |totale |voorgestelde )?(?:mutatie|wijziging|bijstelling)(?:s|en)?", re.I)


def _with_stages_stated(headings: Sequence[Heading], stated: Stated | None) -> tuple[Heading, ...]:
    """The headings with the stage that is stated for all; a column of changes is of no stage for that."""
    return tuple(
        before if _CHANGE.fullmatch(before.text) else after
        for before, after in zip(headings, with_stages(headings, stated), strict=True)
    )


_OWN_YEAR = re.compile(r"^20\d\d\s|\s20\d\d$")
_BEFORE, _AFTER = frozenset(("was", "oud")), frozenset(("wordt", "nieuw"))
_TAGS_OF = dict.fromkeys(_BEFORE, frozenset(("budget",))) | dict.fromkeys(_AFTER, frozenset(("budget", "amended")))


def _with_was(headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings, where the one column is the budget that was and another what it becomes."""
    texts = [_OWN_YEAR.sub("", heading.text.lower()) for heading in headings]
    if not (_BEFORE & set(texts) and _AFTER & set(texts)):
        return headings
    return [
        replace(heading, tags=heading.tags | _TAGS_OF.get(text, frozenset()))
        for heading, text in zip(headings, texts, strict=True)
    ]


def _with_other_documents(headings: Sequence[Heading], context: Context) -> Sequence[Heading]:
    """The headings, with those marked that show what another document says, beside the budget: Voorjaarsnota 2025.

    What stands there may be a proposal, a change or an expectation: no stage of the budget is known of it.
    """
    plans = context.document_type is DocumentType.KADERNOTA
    other = re.compile(_REPORTS if plans else f"{_PLANS}|{_REPORTS}", re.I)
    found = [
        other.search(heading.text) is not None
        and not heading.has_stage
        and not (plans and re.search(_PLANS, heading.text, re.I))
        for heading in headings
    ]
    if all(found):
        return headings
    return [
        replace(heading, tags=heading.tags | {"elsewhere"}) if one else heading
        for heading, one in zip(headings, found, strict=True)
    ]


def _with_movements(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with those between two balances marked as movements, and a total of several years as one."""
    balances = [
        at
        for at, heading in enumerate(headings)
        if heading.tags & {"balance", "begin", "end"} and not heading.has_stage
    ]
    years = {heading.year for heading in headings if heading.year}
    out = []
    for at, heading in enumerate(headings):
        bare = not heading.years and not heading.has_stage
        if not heading.has_stage and len(balances) > 1 and balances[0] < at < balances[-1] and at not in balances:
            heading = replace(heading, tags=heading.tags | {"movement"})
        elif bare and len(years) > 1 and "total" in heading.tags and not heading.measures:
            heading = replace(heading, tags=heading.tags | {"sum"})
        out.append(heading)
    return tuple(out)


def _without_euros(draft: Draft, count: int) -> set[int]:
    """The columns that show percentages only, or rates: small numbers with decimals beside large ones without any."""
    shown: list[list[Amount]] = [[] for _ in range(count)]
    for group in draft.groups:
        places = group.columns if group.columns is not None else range(count)
        if group.columns is None and len(group.numbers) != count:
            continue
        for number, at in zip(group.numbers, places, strict=False):
            if number.amount and number.amount.token is not Token.DASH and at < count:
                shown[at].append(number.amount)
    percent = {at for at, amounts in enumerate(shown) if amounts and all(a.token is Token.PERCENT for a in amounts)}
    rates = {at for at, amounts in enumerate(shown) if len(amounts) > 1 and all(_is_rate(one) for one in amounts)}
    others = [one for at, amounts in enumerate(shown) if at not in rates | percent for one in amounts if one.value]
    return percent | rates if others and all(_is_large(one) for one in others) else percent


def _is_rate(amount: Amount) -> bool:
    return amount.value is not None and "," in amount.printed and abs(amount.value) < _SMALL


def _is_large(amount: Amount) -> bool:
    return amount.value is not None and "," not in amount.printed and abs(amount.value) >= _LARGE
