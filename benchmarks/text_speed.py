"""Lines of flattened text a second on one core: through the extractor, and from bytes to checked lines.

    python benchmarks/text_speed.py [LINES]

The pages are made: programmes with lasten, baten and saldo over six years, taakvelden with codes, reserves, and prose.
"""

import random
import resource
import sys
import time

from extractors.text import extract_text
from flows.document import judged_tables, ledger_of
from schemas.records import DocumentType, Publisher, Snapshot, Source

NAMES = ("Bestuur", "Veiligheid", "Verkeer en vervoer", "Economie", "Onderwijs", "Sport en cultuur", "Sociaal domein")


def shown(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def programme(rng: random.Random, number: int) -> list[str]:
    lasten = [rng.randint(900, 90_000) for _ in range(6)]
    baten = [rng.randint(100, 800) for _ in range(6)]
    name = f"{number:02} {rng.choice(NAMES)}"
    saldo = [b - a for a, b in zip(lasten, baten, strict=True)]
    rows = ((name, "lasten", lasten), (name, "baten", baten), (name, "saldo", saldo))
    return [line for name, word, row in rows for line in (name, word, *map(shown, row))]


def page(rng: random.Random) -> list[str]:
    lines = [
        f"Hoofdstuk {rng.randint(1, 9)}",
        "Dit hoofdstuk gaat over de programma's van de gemeente en wat zij kosten.",
        "Overzicht van baten en lasten",
        "Bedragen x € 1.000",
        "Rekening 2023",
        "Begroting 2024",
        *[f"Begroting {year}" for year in range(2025, 2029)],
    ]
    for number in range(1, 9):
        lines += programme(rng, number)
    lines += ["De raad besluit hierover in november; het overschot gaat naar de algemene reserve.", "Reserves"]
    lines += ["Bedragen x € 1.000", "2025", "2026", "2027", "2028"]
    begin = [rng.randint(10_000, 40_000) for _ in range(4)]
    added = [rng.randint(100, 900) for _ in range(4)]
    taken = [rng.randint(100, 900) for _ in range(4)]
    end = [b + a - t for b, a, t in zip(begin, added, taken, strict=True)]
    for label, row in (
        ("Stand per 1 januari", begin),
        ("Toevoegingen", added),
        ("Onttrekkingen", taken),
        ("Stand per 31 december", end),
    ):
        lines += [label, *map(shown, row)]
    return lines


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    rng = random.Random(1)
    documents: list[bytes] = []
    total = 0
    while total < wanted:
        lines = [line for _ in range(8) for line in page(rng)]
        total += len(lines)
        documents.append("\n".join(lines).encode())
    source = Source("bench", Publisher("gm0000", "", "", "gemeente"), DocumentType.BEGROTING, 2025)

    start = time.perf_counter()
    for content in documents:
        extract_text(content)
    extracting = time.perf_counter() - start

    start = time.perf_counter()
    published = proved = 0
    for content in documents:
        judged = judged_tables(source, Snapshot("0" * 64, content, "bench.txt"))
        if not ledger_of(judged).closes:
            sys.exit("a ledger does not close")
        published += sum(len(one.lines) for one in judged.tables)
        proved += sum(line.proof == "proved" for one in judged.tables for line in one.lines)
    checking = time.perf_counter() - start

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{total:,} lines of text in {len(documents)} documents, one process, peak {memory} MB")
    print(f"extractor: {total / extracting:,.0f} lines of text a second")
    print(f"bytes to checked lines: {total / checking:,.0f} lines of text a second")
    print(f"{published:,} budget lines, {proved:,} proved ({published / checking:,.0f} a second)")


if __name__ == "__main__":
    main()
