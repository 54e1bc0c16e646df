"""The command as a process of its own: what it loads, and what is left when it is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publishers.release import latest, verify
from tests.flows.documents import sources_file, text_of
from tests.publishers.release_rows import bytes_of

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "pyarrow", "prefect", "pydantic", "lxml", "bs4", "pdfplumber", "numpy", "sqlalchemy", "fastapi")

# The command, killed as soon as it comes to one place: given as module, attribute, and how many calls go well first.
KILLED_AT = """
import importlib, os, signal, sys
module, name, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner = importlib.import_module(module)
*path, last = name.split(".")
for part in path:
    owner = getattr(owner, part)
whole = getattr(owner, last)
def killed(*args, **kwargs):
    global calls
    if calls == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    calls -= 1
    return whole(*args, **kwargs)
setattr(owner, last, killed)
sys.argv[1:] = sys.argv[4:]
from flows.cli import main
main()
"""


def environment():
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}


def command(*arguments, code=None):
    start = ["-c", code] if code else ["-m", "flows.cli"]
    return [sys.executable, *start, *(str(one) for one in arguments)]


def finished(*arguments, code=None, cwd=None):
    return subprocess.run(
        command(*arguments, code=code), cwd=cwd or ROOT, env=environment(), capture_output=True, text=True, check=False
    )


@pytest.fixture
def published(tmp_path):
    """An output folder with a release, and a sources file whose documents have changed since."""
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(text_of(f"Programma {n}"), encoding="utf-8")
    sources = sources_file(tmp_path, *((f"doc-{n}", f"{n}.txt") for n in range(3)))
    arguments = ("run", "--sources", sources, "--output", tmp_path / "out", "--workers", "1")
    assert finished(*arguments).returncode == 0
    (tmp_path / "1.txt").write_text(text_of("Programma 1 gewijzigd"), encoding="utf-8")
    return tmp_path / "out", arguments


def assert_whole_and_next_run_works(output, arguments, before, first):
    now = latest(output)
    assert now is not None
    assert verify(now) == []
    assert bytes_of(first) == before
    done = finished(*arguments)
    assert done.returncode == 0, done.stderr
    second = latest(output)
    assert second != first
    assert verify(second) == []
    assert not [path for path in (output / "releases").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        ("publishers.csv_file", "write", 1),
        ("publishers.parquet_file", "write", 3),
        ("publishers.checksums", "write", 0),
        ("publishers.release", "verify", 0),
        ("publishers.release", "_sync", 0),
        ("publishers.release", "_point", 0),
        ("pathlib", "Path.rename", 0),
        ("pathlib", "Path.replace", 0),
    ],
)
def test_a_run_killed_at_any_step_of_writing_leaves_latest_whole_and_the_next_run_works(published, module, name, calls):
    output, arguments = published
    first = latest(output)
    before = bytes_of(first)
    assert finished(module, name, calls, *arguments, code=KILLED_AT).returncode == -signal.SIGKILL
    assert latest(output) == first
    assert_whole_and_next_run_works(output, arguments, before, first)


def test_a_run_killed_at_random_moments_leaves_a_whole_release_and_the_next_run_works(published):
    output, arguments = published
    first = latest(output)
    before = bytes_of(first)
    start = time.monotonic()
    assert finished("check", first).returncode == 0
    usual = time.monotonic() - start
    rng = random.Random(20260105)
    for _ in range(5):
        process = subprocess.Popen(
            command(*arguments), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.3, 1.3) * usual)
        process.kill()
        process.wait()
        assert verify(latest(output)) == []
        assert bytes_of(first) == before
    assert finished(*arguments).returncode == 0
    assert latest(output) != first
    assert verify(latest(output)) == []


def test_the_help_loads_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "flows.cli", "--help"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    for name in ("run", "extract", "check", "demo"):
        assert name in done.stdout
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "typer" in loaded
    assert sorted(loaded & set(HEAVY)) == []


def test_reading_text_loads_neither_pandas_nor_prefect(tmp_path):
    (tmp_path / "a.txt").write_text(text_of(), encoding="utf-8")
    code = (
        "import sys\nfrom flows.cli import app\n"
        "try:\n    app()\nexcept SystemExit as error:\n    print('status', error.code)\n"
        "print('loaded', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = finished("extract", tmp_path / "a.txt", "--year", "2026", "--type", "begroting", code=code)
    assert "status 0" in done.stdout
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "schemas" in loaded
    assert sorted(loaded & {"pandas", "prefect", "pyarrow", "sqlalchemy"}) == []


def test_messages_go_to_stderr_and_a_wrong_use_ends_in_2(tmp_path):
    done = finished("run", "--sources", tmp_path / "nowhere.yaml", "--output", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr
