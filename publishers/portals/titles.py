"""The Dutch words for what a release holds: titles, descriptions and keywords, for catalogues and pages."""

from __future__ import annotations

from publishers.portals.holdings import Body, File, Holding
from schemas.codelists import kind_of, term
from schemas.dutch import file_words

_FINANCE = {
    "gemeente": "gemeentefinanciën",
    "provincie": "provinciale financiën",
    "waterschap": "waterschapsfinanciën",
}


def title_of(held: Holding | Body) -> str:
    """The title of the dataset of a body and year, or of all its years."""
    if isinstance(held, Body):
        return f"{held.publisher_name}, alle jaren: actuele bedragen en herzieningen"
    return f"{held.publisher_name} {held.year}: {'; '.join(held.titles)}"


def description_of(held: Holding | Body) -> str:
    """What stands in the dataset of a body and year, or of all its years."""
    if isinstance(held, Body):
        return (
            f"De bedragen van {held.publisher_name} over alle documenten: het geldende bedrag per regel, om mee te"
            " beginnen en mee te rekenen, en hoe opeenvolgende documenten hetzelfde jaar noemen."
        )
    return (
        f"{held.line_count} bedragen in euro's uit {', '.join(held.document_types)} {held.year} van"
        f" {held.publisher_name}, elk met zijn plaats in de bron en wat de optellingen van zijn tabel bewijzen."
    )


def series_title_of(body: Body) -> str:
    """The title of the series of all datasets of a body."""
    return f"{body.publisher_name}: begrotingscijfers uit {_listed(body.document_types)}"


def keywords_of(held: Holding | Body) -> list[str]:
    """What a dataset is about, by its own documents and lines."""
    words = ["begrotingscijfers", *held.document_types, _FINANCE[kind_of(held.publisher_id)], held.publisher_name]
    return words + (["taakvelden", "Iv3"] if held.has_taakvelden else [])


def file_title(file: File) -> str:
    """What a file is, and its format."""
    return f"{file_words(file.table)[0]} ({term('format', file.format).label})"


def file_description(file: File) -> str:
    """What stands in a file."""
    return file_words(file.table)[1]


def _listed(words: tuple[str, ...]) -> str:
    return " en ".join(filter(None, (", ".join(words[:-1]), words[-1])))
