"""What the README says comes out of `make demo` comes out."""

import re
from datetime import UTC, datetime
from pathlib import Path

from flows.pipeline import run
from sources.registry import read_registry

ROOT = Path(__file__).parent.parent


def test_the_first_screen_shows_what_the_demo_gives(tmp_path):
    report = run(
        read_registry(ROOT / "sample_inputs" / "sources.yaml").sources, tmp_path, datetime(2026, 1, 5, tzinfo=UTC)
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {
        "documents published": f"{report.documents['published']}",
        "tables published": f"{report.published}",
        "tables set aside": f"{report.set_aside}",
        "lines": f"{report.lines}",
        "proved by arithmetic": f"{report.proved} ({report.proved / report.lines:.0%})",
    }
    for name, value in shown.items():
        assert re.search(rf"│ {name} +│ +{re.escape(value)} │", readme), f"the README should say {name}: {value}"


def test_every_command_and_file_that_the_readme_names_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\S+)", readme, re.M):
        assert f"\n{target}:" in makefile
    for path in re.findall(r"\]\(([^)]+)\)", readme):
        assert (ROOT / path).exists(), path
