"""Bars of a programme by year and stage, as numbers for a template: drawn as SVG in the page itself.

No library draws them. What comes as a Python package with a licence to ship is a megabyte of script for a canvas that
neither keyboard nor style sheet reaches, or draws on the server in fixed colours at 14 ms a chart; these bars need no
script, follow the colours of the page, link to their figures, and take half a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from markupsafe import Markup

from publishers.portal.notation import compact, euros
from publishers.portal.programmes import MEASURES, STAGES, Key, Programme, Value

LEFT, TOP, WIDTH, HEIGHT, FOOT = 64, 10, 256, 130, 22  # of the field of bars, in units of the picture
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_YEARS_NAMED = 8
_LONGEST_AXIS = 30  # years
_WIDEST = 14  # of a bar
_SHARED = (("lasten", "baten"), ("saldo",))  # measures on one scale


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; where the document contradicts itself it ends at the least amount, and `reach` is a path to the most.

    `shape` holds the attributes of its place and size, `most` and `middle` where the path ends.
    """

    stage: str
    shape: Markup
    middle: float
    most: float | None
    reach: str
    line_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale, or the name of a year, and where it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The bars of one measure."""

    measure: str
    bars: tuple[Bar, ...]
    scale: tuple[Tick, ...]
    zero: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The panels of a programme: lasten and baten on one scale, saldo on its own."""

    panels: tuple[Panel, ...]
    years: tuple[Tick, ...]


def chart_of(programme: Programme) -> Chart | None:
    """The bars of a programme; None where it has no value that can be drawn. A saldo of unknown sign is not drawn."""
    drawn = {key: value for key, value in programme.values.items() if value.comparable}
    if not drawn:
        return None
    scales = {measure: _scale(drawn, shared) for shared in _SHARED for measure in shared}
    years = _years([year for year, _, _ in drawn])
    slot = WIDTH / len(years)
    panels = tuple(_panel(drawn, measure, years, scales[measure]) for measure in MEASURES)
    every = -(-len(years) // _MOST_YEARS_NAMED)
    named = tuple(Tick(round(LEFT + (n + 0.5) * slot, 1), str(year)) for n, year in enumerate(years) if n % every == 0)
    return Chart(panels, named)


def _panel(drawn: Mapping[Key, Value], measure: str, years: Sequence[int], scale: _Scale) -> Panel:
    ticks = tuple(Tick(scale.at(step), compact(step)) for step in scale.steps)
    return Panel(measure, _bars(drawn, measure, years, scale), ticks, scale.at(Decimal(0)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Amounts at even steps, from low to high, and where an amount stands between them."""

    steps: tuple[Decimal, ...]

    def at(self, amount: Decimal) -> float:
        low, high = self.steps[0], self.steps[-1]
        return round(TOP + float((high - amount) / (high - low)) * HEIGHT, 1)


def _scale(drawn: Mapping[Key, Value], measures: Sequence[str]) -> _Scale:
    return _Scale(_steps([amount for key, value in drawn.items() if key[2] in measures for amount in value.amounts]))


def _steps(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Round amounts at even steps, three to seven of them, that hold zero and all of these."""
    low, high = min([Decimal(0), *amounts]), max([Decimal(0), *amounts])
    rough = max(high - low, Decimal(4)) / 4
    power = Decimal(10) ** rough.adjusted()
    step = next(size * power for size in _STEPS if size * power >= rough)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * n for n in range(int(first), int(max(last, first + 1)) + 1))


def _years(known: Sequence[int]) -> list[int]:
    """The years of an axis, those without a value between them too; only those known where they lie far apart."""
    first, last = min(known), max(known)
    return list(range(first, last + 1)) if last - first <= _LONGEST_AXIS else sorted(set(known))


def _bars(drawn: Mapping[Key, Value], measure: str, years: Sequence[int], scale: _Scale) -> tuple[Bar, ...]:
    slot = WIDTH / len(years)
    bars = []
    for n, year in enumerate(years):
        stated = [(stage, drawn[year, stage, measure]) for stage in STAGES if (year, stage, measure) in drawn]
        width = min(slot * 0.84 / max(len(stated), 1), _WIDEST)
        left = LEFT + n * slot + (slot - width * len(stated)) / 2
        for place, (stage, value) in enumerate(stated):
            title = f"{measure} {year}, {stage.replace('_', ' ')}: {' / '.join(map(euros, value.amounts))}"
            bars.append(_bar(stage, value, left + place * width, width, scale, title))
    return tuple(bars)


def _bar(stage: str, value: Value, left: float, width: float, scale: _Scale, title: str) -> Bar:
    ends = sorted(value.amounts, key=abs)
    top, bottom = sorted((scale.at(ends[0]), scale.at(Decimal(0))))
    x, wide, high = round(left, 1), round(max(width - 1, 0.8), 1), round(max(bottom - top, 0.8), 1)
    shape = Markup(f'x="{x}" y="{top}" width="{wide}" height="{high}"')  # noqa: S704 - numbers
    middle = round(x + wide / 2, 1)
    most = scale.at(ends[-1]) if len(ends) > 1 else None
    reach = f"M{x} {most}h{wide}M{middle} {most}V{top}" if most is not None else ""
    return Bar(stage, shape, middle, most, reach, value.line_ids[0], title)
