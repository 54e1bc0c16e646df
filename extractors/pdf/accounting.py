"""Minus signs that stand at the left side of their cells, as accountants and spreadsheets set them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.pdf.columns import Cluster, number_clusters
from extractors.pdf.textlines import Chunk, Line, chunk_of, row_numbers
from schemas.notation import DASHES


def join_minus_signs(rows: Sequence[Line], heads: Sequence[Line]) -> None:
    """Put each sign with its amount where a column holds nothing but dashes that have an amount on their right, and
    headings show that it is none: there are no more of them than of the other columns, and none for it alone."""
    if not heads or not _has_loose_dashes(rows):
        return
    clusters = number_clusters(rows)
    pairs = list(_sign_columns(clusters))
    if not pairs:
        return
    left = min(cluster.left for cluster in clusters)
    labels = max((chunk.x1 for row in rows for chunk in row.chunks if chunk.x1 < left), default=0.0)
    over = [[chunk for chunk in line.chunks if chunk.x0 > labels] for line in heads]
    most = max(map(len, over))
    full = [chunk for chunks in over if len(chunks) == most for chunk in chunks]
    alone = any(_is_alone(chunk, *pair) for pair in pairs for chunk in full)
    if alone or not 0 < most <= len(clusters) - len(pairs):
        return
    for one, two in pairs:
        amounts = dict(two.chunks)
        for at, sign in one.chunks:
            _join(rows[at], sign, amounts[at])


def _has_loose_dashes(rows: Sequence[Line]) -> bool:
    """Whether a dash ends where no amount does: a quick look, since most tables have zeros under amounts only."""
    numbers = [chunk for row in rows for chunk in row.numbers]
    edges = {round(chunk.x1) for chunk in numbers if chunk.text not in DASHES}
    return any(edges.isdisjoint(range(round(c.x1) - 1, round(c.x1) + 2)) for c in numbers if c.text in DASHES)


def _sign_columns(clusters: Sequence[Cluster]) -> Iterator[tuple[Cluster, Cluster]]:
    """Columns of dashes only, each in a row that has an amount other than a dash in the next column of amounts; and
    that column. Signs before amounts of several widths are several columns, with one sign in a row."""
    signs: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda cluster: cluster.right):
        if all(chunk.text in DASHES for _, chunk in cluster.chunks):
            signs.append(cluster)
            continue
        amounts = {at for at, chunk in cluster.chunks if chunk.text not in DASHES}
        rows = [at for sign in signs for at, _ in sign.chunks]
        if amounts.issuperset(rows) and len(set(rows)) == len(rows):
            yield from ((sign, cluster) for sign in signs)
        signs = []


def _is_alone(chunk: Chunk, one: Cluster, two: Cluster) -> bool:
    """Whether a heading stands over the dashes and not over the amounts."""
    return chunk.x0 < one.right and chunk.x1 > one.left and chunk.x1 < two.left


def _join(row: Line, sign: Chunk, amount: Chunk) -> None:
    joined = chunk_of([*sign.words, *amount.words])
    row.chunks = [joined if chunk is amount else chunk for chunk in row.chunks if chunk is not sign]
    row.numbers = row_numbers(row.chunks)
