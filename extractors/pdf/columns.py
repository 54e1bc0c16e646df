"""The columns of a table: numbers under each other by their right edges, words by the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median

from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line, chunk_of, is_number, is_year, row_numbers
from schemas.notation import DASHES

_CHAIN = 1.6  # points between right edges of one column
_FAR = 1e9  # points: farther left than any page reaches
_ON_EDGE = 0.5  # points: a number that ends so near the edge of a column stands in it
_SHARE = 0.15  # of the rows that must show two columns of labels


@dataclass(slots=True)
class Column:
    """One column. `left` and `right` enclose what stands in it; `start` and `stop` reach to its neighbours."""

    left: float
    right: float
    is_number: bool
    start: float = 0.0
    stop: float = 0.0


@dataclass(slots=True)
class Cluster:
    """Numbers under each other, each with the place of its row."""

    chunks: list[tuple[int, Chunk]]
    left: float
    right: float
    rows: set[int]


def _part_labels(rows: Sequence[Line], clusters: Sequence[Cluster]) -> bool:
    """Cut the numbers from labels that reach up to them: a number that ends where a column of numbers ends."""
    edges = [c.right for c in clusters if len(c.rows) * 5 > len(rows) and len(c.rows) > 1]
    cut = False
    for row in rows:
        parts = {id(chunk): _cut(chunk, edges) for chunk in row.chunks if len(chunk.words) > 1 and not chunk.number}
        if any(len(cut_up) > 1 for cut_up in parts.values()):
            row.chunks = [part for chunk in row.chunks for part in parts.get(id(chunk), [chunk])]
            row.numbers = row_numbers(row.chunks)
            cut = True
    return cut


def _cut(chunk: Chunk, edges: Sequence[float]) -> list[Chunk]:
    """A chunk of words, or its words before each number that stands in a column, and that number."""
    numbers = [at for at, word in enumerate(chunk.words) if at and is_number(word.text)]
    starts = [at for at in numbers if any(abs(chunk.words[at].x1 - edge) < _CHAIN for edge in edges)]
    if not starts:
        return [chunk]
    return [chunk_of(chunk.words[start:stop]) for start, stop in pairwise([0, *starts, len(chunk.words)])]


def columns_of(rows: Sequence[Line], rules: Rules) -> list[Column]:
    """The columns of a table from left to right: labels, numbers, and words behind or between numbers.

    Where a label reaches up to a number, the rows are changed: the number is cut from it.
    """
    numbers = number_clusters(rows)
    if _part_labels(rows, numbers):
        numbers = number_clusters(rows)
    edge = numbers[0].left
    columns = [Column(c.left, c.right, is_number=True) for c in numbers]
    labels = _label_columns(rows, edge)
    if not labels and len(columns) > 2 and _name_rows(numbers[0], rows):
        columns[0].is_number = False
        edge = numbers[1].left
    columns = [*labels, *columns]
    columns += _word_columns(rows, columns, edge)
    columns.sort(key=lambda column: column.left)
    set_reach(columns, rows, rules)
    return columns


def _name_rows(cluster: Cluster, rows: Sequence[Line]) -> bool:
    """Whether the numbers of the first column name the rows: a year or a small number in each."""
    return len(cluster.rows) == len(cluster.chunks) == len(rows) and all(
        is_year(chunk.text) or (chunk.text.isdigit() and len(chunk.text) < 3) for _, chunk in cluster.chunks
    )


def number_clusters(rows: Sequence[Line]) -> list[Cluster]:
    """Clusters of right edges; those that overlap and never stand in one row are one column."""
    found = sorted([(chunk.x1, at, chunk) for at, row in enumerate(rows) for chunk in row.numbers], key=itemgetter(0))
    clusters: list[Cluster] = []
    last, end, first = Cluster([], 0.0, 0.0, set()), -_FAR, -_FAR
    for right, at, chunk in found:
        if right - end < _CHAIN and right - first < 4 * _CHAIN:
            last.chunks.append((at, chunk))
            last.rows.add(at)
            if chunk.x0 < last.left:
                last.left = chunk.x0
            last.right = right
        else:
            last, first = Cluster([(at, chunk)], chunk.x0, right, {at}), right
            clusters.append(last)
        end = right
    merged = True
    while merged:
        merged = False
        for one, two in pairwise(clusters):
            if _is_one(one, two):
                one.chunks += two.chunks
                one.rows |= two.rows
                one.left, one.right = min(one.left, two.left), max(one.right, two.right)
                clusters.remove(two)
                merged = True
                break
    clusters.sort(key=lambda cluster: cluster.left)
    return clusters


def _is_one(one: Cluster, two: Cluster) -> bool:
    """Whether two neighbouring clusters are one column."""
    both = len(one.rows & two.rows)
    if both and both * 12 > min(len(one.rows), len(two.rows)):
        return False
    if two.left < one.right - 1:
        return True
    dashes = all(chunk.text in DASHES for _, chunk in one.chunks)
    height = one.chunks[0][1].bottom - one.chunks[0][1].top
    return dashes and len(one.chunks) * 2 < len(two.chunks) and two.left - one.right < 2 * height and not both


def _label_columns(rows: Sequence[Line], edge: float) -> list[Column]:
    """One column of labels, or several where rows show a gap between them at the same place."""
    before = [labels_before(row, edge) for row in rows]
    chunks = [chunk for row in before for chunk in row]
    if not chunks:
        return []
    several = [row for row in before if len(row) > 1]
    left, right = min(chunk.x0 for chunk in chunks), max(min(chunk.x1, edge) for chunk in chunks)
    if len(several) < max(2, _SHARE * len(rows)):
        return [Column(left, right, is_number=False)]
    spans: list[list[float]] = []
    for chunk in sorted((chunk for row in several for chunk in row), key=lambda c: c.x0):
        if spans and chunk.x0 < spans[-1][1] + 1:
            spans[-1][1] = max(spans[-1][1], chunk.x1)
        else:
            spans.append([chunk.x0, chunk.x1])
    spans[0][0] = min(spans[0][0], left)
    spans = _uncrossed(spans, [row[0] for row in before if len(row) == 1], len(several))
    return [Column(x0, min(x1, edge), is_number=False) for x0, x1 in spans]


def _uncrossed(spans: list[list[float]], alone: Sequence[Chunk], several: int) -> list[list[float]]:
    """The spans, with those put together whose border many labels cross that stand alone in their rows."""
    out = [spans[0]]
    for span in spans[1:]:
        crossing = sum(chunk.x0 < out[-1][1] - 1 and chunk.x1 > span[0] + 2 for chunk in alone)
        if crossing * 4 > several:
            out[-1] = [out[-1][0], max(out[-1][1], span[1])]
        else:
            out.append(span)
    return out


def labels_before(row: Line, edge: float) -> list[Chunk]:
    """What stands before the first column of numbers and is none of the row's own."""
    return [
        chunk
        for chunk in row.chunks
        if chunk.x0 < edge - 1 and not (chunk.number and any(chunk is number for number in row.numbers))
    ]


def _word_columns(rows: Sequence[Line], columns: Sequence[Column], edge: float) -> list[Column]:
    """Columns of words between and behind the numbers."""
    spans: list[list[float]] = []
    loose = [chunk for row in rows for chunk in row.chunks if not chunk.number and chunk.x0 >= edge - 1]
    for chunk in sorted(loose, key=lambda c: c.x0):
        if any(_shared(chunk, column) > 0 for column in columns):
            continue
        if spans and chunk.x0 < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], chunk.x1)
        else:
            spans.append([chunk.x0, chunk.x1])
    return [Column(x0, x1, is_number=False) for x0, x1 in spans]


def _shared(chunk: Chunk, column: Column) -> float:
    return min(chunk.x1, column.right) - max(chunk.x0, column.left)


def set_reach(columns: list[Column], rows: Sequence[Line], rules: Rules) -> None:
    """Set how far each column reaches: to an upright rule, else to what its neighbours need."""
    top, bottom = rows[0].top, rows[-1].bottom
    walls = [x for x, high, low in rules.down if low > top and high < bottom]
    for one, two in pairwise(columns):
        near = [x for x in walls if one.right - 1.5 <= x <= two.left + 1.5]
        if near:
            border = median(near)
        elif one.is_number and two.is_number:
            border = one.right + min(4.0, max(0.0, two.left - one.right) / 2)
        elif two.is_number:
            border = (one.right + two.left) / 2
        else:
            border = two.left - min(4.0, max(0.0, two.left - one.right) / 2)
        one.stop = two.start = border
    columns[0].start = min(
        [x for x in walls if x <= columns[0].left + 1], key=lambda x: columns[0].left - x, default=columns[0].left - 4
    )
    columns[-1].stop = min(
        [x for x in walls if x >= columns[-1].right - 1],
        key=lambda x: x - columns[-1].right,
        default=columns[-1].right + 4,
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns of a table are, to look up which one a chunk stands in."""

    columns: Sequence[Column]
    edge: float  # where the numbers begin
    rights: tuple[tuple[float, int], ...]  # of the columns of numbers: right edge and place
    labels: tuple[tuple[float, int], ...]  # of the columns before the numbers: left edge and place


def places_of(columns: Sequence[Column]) -> Places:
    """The places of columns, for `column_at`."""
    edge = first_numbers(columns)
    return Places(
        columns,
        edge,
        tuple((column.right, at) for at, column in enumerate(columns) if column.is_number),
        tuple((column.left, at) for at, column in enumerate(columns) if not column.is_number and column.left < edge),
    )


def column_at(places: Places, chunk: Chunk) -> int:
    """The column that a chunk of a row stands in."""
    x0, x1 = chunk.x0, chunk.x1
    if chunk.number:
        for right, at in places.rights:
            if -_ON_EDGE < right - x1 < _ON_EDGE:
                return at
    elif x0 < places.edge - 1:
        fitting = [at for left, at in places.labels if left <= x0 + 3]
        if fitting:
            return fitting[-1]
        return places.labels[0][1] if places.labels else 0
    columns = places.columns
    shares = [min(x1, column.right) - max(x0, column.left) for column in columns]
    best = max(range(len(columns)), key=lambda at: shares[at])
    if shares[best] > 0:
        near = [at for at in range(len(columns)) if shares[at] > 0.5 * shares[best] and columns[at].is_number]
        if chunk.number and near:
            return min(near, key=lambda at: abs(columns[at].right - chunk.x1))
        return best
    return min(range(len(columns)), key=lambda at: abs((columns[at].left + columns[at].right) / 2 - chunk.middle))


def first_numbers(columns: Iterable[Column]) -> float:
    """The left edge of the first column of numbers."""
    return min(column.left for column in columns if column.is_number)
