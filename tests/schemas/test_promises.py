import json
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.contract import BUDGET_LINES, PUBLISHED_TABLES, VERSION, Type
from schemas.promises import broken, extended, file_name, promise_of, rendered
from scripts.make_docs import add_promises

DOCS = Path(__file__).parents[2] / "docs"
PROOFS = ("proved", "contradicted", "not_covered")


def committed():
    path = DOCS / file_name()
    assert path.exists(), "run `make docs`"
    return json.loads(path.read_text(encoding="utf-8"))


def changed(**columns):
    """The contract with columns of budget_lines changed, or taken out where None is given."""
    fields = []
    for field in BUDGET_LINES.fields:
        if field.name not in columns:
            fields.append(field)
        elif columns[field.name] is not None:
            fields.append(replace(field, **columns[field.name]))
    return promise_of([replace(BUDGET_LINES, fields=tuple(fields)), *PUBLISHED_TABLES[1:]])


def test_the_contract_keeps_what_its_major_version_promised():
    problems = list(broken(committed(), promise_of()))
    assert not problems, "raise the major version of the contract, or keep this: " + "; ".join(problems)


def test_the_committed_promises_are_not_stale():
    text = (DOCS / file_name()).read_text(encoding="utf-8")
    assert text == rendered(extended(committed(), promise_of())), "run `make docs`"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"taakveld_code": None}, "budget_lines.taakveld_code is gone"),
        ({"taakveld_code": {"name": "taakveld"}}, "budget_lines.taakveld_code is gone"),
        ({"taakveld_code": {"type": Type.AMOUNT}}, "was string and is amount"),
        ({"amount_printed": {"nullable": True}}, "was never null and may be now"),
        ({"proof": {"enum": ("proved", "not_covered")}}, "never says contradicted"),
        ({"proof": {"enum": ()}}, "no list of values"),
    ],
    ids=["removed", "renamed", "retyped", "null", "value", "values"],
)
def test_a_breaking_change_is_found_and_make_docs_refuses_it(change, said, tmp_path, monkeypatch):
    assert any(said in problem for problem in broken(committed(), changed(**change)))
    path = tmp_path / file_name()
    path.write_text(rendered(committed()), encoding="utf-8")
    monkeypatch.setattr("scripts.make_docs.promise_of", lambda: changed(**change))
    with pytest.raises(SystemExit, match="raise the major version"):
        add_promises(path)
    assert json.loads(path.read_text(encoding="utf-8")) == committed()


def test_a_table_that_is_gone_or_has_another_key_is_found():
    assert list(broken(committed(), promise_of(PUBLISHED_TABLES[1:]))) == ["budget_lines is gone"]
    keyed = promise_of([replace(BUDGET_LINES, key=("line_key",)), *PUBLISHED_TABLES[1:]])
    assert any("another key" in problem for problem in broken(committed(), keyed))


@pytest.mark.parametrize(
    "change",
    [{"proof": {"enum": (*PROOFS, "new")}}, {"section_path": {"description": "Other words."}},
     {"page": {"nullable": False}}],
    ids=["value", "words", "null"],
)  # fmt: skip
def test_what_readers_of_the_contract_can_live_with_breaks_nothing(change):
    assert list(broken(committed(), changed(**change))) == []


def test_what_is_new_is_added_and_promised_from_then_on(tmp_path):
    path = tmp_path / file_name()
    path.write_text(rendered(changed(page=None)), encoding="utf-8")
    add_promises(path)
    promised = json.loads(path.read_text(encoding="utf-8"))
    assert promised["budget_lines"]["columns"]["page"]["since"] == VERSION
    assert list(broken(promised, changed(page=None)))


def test_a_column_keeps_the_version_that_it_came_in():
    before = promise_of(version="1.0.0")
    assert extended(before, promise_of(version="1.9.0")) == before


def test_another_major_version_has_promises_of_its_own():
    assert file_name("2.0.0") == "contract-v2.json" != file_name("1.9.0")
