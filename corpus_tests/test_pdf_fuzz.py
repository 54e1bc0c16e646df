"""Damaged PDFs: cut off, with flipped bits, spliced. None may crash the reader, hang it, or vanish without a word.

Each is read in a worker process with a limit of time and memory, so that a crash below Python is seen too. The default
run is small; BEGROTING_SOAK=1 reads a few thousand. BEGROTING_KEEP names a folder for the documents with faults.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus_tests.conftest import pdf_cases
from flows.document import process
from schemas.codelists import find_publishers
from schemas.records import DocumentType, Source

SAMPLES = Path(__file__).resolve().parent.parent / "sample_inputs"
SOAK = bool(os.environ.get("BEGROTING_SOAK"))
DAMAGED = 3000 if SOAK else 150
KEEP = os.environ.get("BEGROTING_KEEP")
SECONDS = 60
BYTES = 4 << 30
OURS_TO_MEND = ("internal_error", "ledger")  # reasons that no damage excuses: an error nobody foresaw, a lost figure


@dataclass(frozen=True)
class Outcome:
    """What became of a document."""

    reason: str
    message: str
    lines: int
    placed: int  # lines that tell their page and box


# --------------------------------------------------------------------------------------------------------- damage


def cut_off(content: bytes, _: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(5, len(content))]


def flipped(content: bytes, _: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.choice((1, 4, 16, 64, 256))):
        damaged[rng.randrange(5, len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def spliced(content: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(5, len(content)) for _ in range(2))
    at = rng.randrange(len(other))
    return content[:start] + other[at : at + rng.randrange(1, 4000)] + content[end:]


def digits_changed(content: bytes, _: bytes, rng: random.Random) -> bytes:
    """Numbers of the file's own structure: lengths, references, sizes, counts."""
    places = [at for at, byte in enumerate(content[:200_000]) if 48 <= byte < 58]
    damaged = bytearray(content)
    for at in rng.sample(places, min(len(places), rng.choice((1, 3, 9)))):
        damaged[at] = rng.randrange(48, 58)
    return bytes(damaged)


DAMAGES: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (cut_off, flipped, spliced, digits_changed)


# --------------------------------------------------------------------------------------------------------- reading


def source_at(path: Path) -> Source:
    publisher = find_publishers("Wassenaar", 2024)[0].publisher
    return Source("fuzz", publisher, DocumentType.BEGROTING, 2024, path=str(path), unit=1000)


def outcome_of(content: bytes, path: Path) -> Outcome:
    path.write_bytes(content)
    result = process(source_at(path))
    placed = sum(bool(line.page) and line.locator.startswith("box=") for line in result.lines)
    return Outcome(result.document.reason or "", result.document.message or "", len(result.lines), placed)


def work(pipe: Connection, folder: str) -> None:
    """Read what comes through the pipe until there is no more."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while content := pipe.recv_bytes():
        pipe.send(outcome_of(content, Path(folder) / "source.pdf"))


class Worker:
    """A process that reads one document after the other; a new one after a crash or a hang."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, self.folder), daemon=True)
        self.process.start()
        theirs.close()

    def outcome(self, content: bytes) -> Outcome | str:
        """What became of a document, or in a word what it did to the process."""
        self.pipe.send_bytes(content)
        try:
            if self.pipe.poll(SECONDS):
                found = self.pipe.recv()
                assert isinstance(found, Outcome)
                return found
            word = f"hangs over {SECONDS} s"
        except EOFError:
            self.process.join()
            word = f"ends the process with {self.process.exitcode}"
        self.stop()
        self.start()
        return word

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


@pytest.fixture(scope="module")
def worker() -> Worker:
    with tempfile.TemporaryDirectory() as folder:
        one = Worker(folder)
        yield one
        one.stop()


def whole() -> list[tuple[str, bytes]]:
    paths = sorted(SAMPLES.glob("pdf-*/source.pdf")) + [folder / "source.pdf" for folder in pdf_cases()]
    return [(path.parent.name, path.read_bytes()) for path in paths]


def fault_of(found: Outcome | str) -> str:
    """What is wrong with an outcome; nothing where lines come out, each with its place, or a reason with a sentence."""
    if isinstance(found, str):
        return found
    if found.reason in OURS_TO_MEND:
        return f"{found.reason}: {found.message}"
    if found.lines != found.placed:
        return f"{found.lines - found.placed} lines without a place"
    return "" if found.lines or (found.reason and found.message) else "vanishes without a word"


def test_undamaged_documents_are_read(worker: Worker) -> None:
    outcomes = {name: worker.outcome(content) for name, content in whole()}
    faults = {name: fault for name, found in outcomes.items() if (fault := fault_of(found))}
    assert not faults
    with_lines = [name for name, found in outcomes.items() if isinstance(found, Outcome) and found.lines]
    assert len(with_lines) > len(outcomes) / 2, "what is damaged below should have been readable"


def test_no_damage_crashes_hangs_or_vanishes(worker: Worker) -> None:
    rng = random.Random(20260311)
    documents = whole()
    seen: Counter[str] = Counter()
    faults = []
    for number in range(DAMAGED):
        name, content = rng.choice(documents)
        damage = rng.choice(DAMAGES)
        damaged = damage(content, rng.choice(documents)[1], rng)
        found = worker.outcome(damaged)
        fault = fault_of(found)
        if fault:
            faults.append(f"number {number}, {name} {damage.__name__}: {fault}")
            if KEEP:
                (Path(KEEP) / f"{number}.pdf").write_bytes(damaged)
        seen["lines" if isinstance(found, Outcome) and found.lines else getattr(found, "reason", "fault")] += 1
    print(f"{DAMAGED} damaged documents: {dict(seen.most_common())}")
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:20])
    assert seen["lines"], "no damaged document was read: nothing is tested"
    assert len(seen) > 1, "no damaged document was refused: nothing is tested"
