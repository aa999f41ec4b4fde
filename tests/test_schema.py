"""The schema, the columns and the datapackage say what the rows are; a change of them wants a new version."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, RunCli
from jsonschema import Draft202012Validator, FormatChecker

from chipfacts.model import COLUMNS, DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, LIST_COLUMNS
from chipfacts.sheet import read_rows
from chipfacts.sheet.cell import BOOL_COLUMNS
from chipfacts.sheet.columns import BY_NAME, SCHEMA_VERSION, columns_of
from chipfacts.sheet.schema import json_schema

GOLDEN = ROOT / "tests" / "golden"
LINES = [json.loads(line) for line in (GOLDEN / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]
VALIDATOR = Draft202012Validator(json_schema(), format_checker=FormatChecker())


def test_every_line_meets_the_schema() -> None:
    """The schema is valid, and so is every fact of the seeds."""
    Draft202012Validator.check_schema(json_schema())
    assert [error.message for line in LINES for error in VALIDATOR.iter_errors(line)] == []


FUNDING = next(line for line in LINES if line["kind"] == "funding" and "amount_low" in line)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "loan"},
        {"fact_id": "12"},
        {"amount_low": "1e9"},
        {"amount_low": True},
        {"currency": "yuan"},
        {"measure": "revenue"},
        {"status": "done"},
        {"hearsay": "false"},
        {"date": "last May"},
        {"date_low": "2024-5-1"},
        {"date_low": "2024-13-41"},
        {"investors": []},
        {"investors": "甲; 乙"},
        {"start": -1},
        {"quote": ""},
        {"company": None},
        {"spans": {"company": [1]}},
        {"spans": {"nobody": [1, 2]}},
        {"note": "mine"},
    ],
)
def test_what_is_no_fact(change: dict[str, Any]) -> None:
    """A value out of its column's range, and a column that is none."""
    assert not VALIDATOR.is_valid({**FUNDING, **change})


@pytest.mark.parametrize("column", ["fact_id", "kind", "doc", "company", "measure", "status", "quote"])
def test_what_a_fact_must_have(column: str) -> None:
    """Each of them."""
    assert not VALIDATOR.is_valid({name: value for name, value in FUNDING.items() if name != column})


def test_the_version_moves_with_the_schema(run_cli: RunCli) -> None:
    """`chipfacts schema` prints it; who changes it raises SCHEMA_VERSION and writes the new digest here."""
    run = run_cli("schema")
    assert run.returncode == 0
    assert json.loads(run.stdout) == json_schema()
    assert json_schema()["$id"] == f"urn:chipfacts:fact:{SCHEMA_VERSION}"
    described = json.dumps([json_schema(), [[kind, [column.name for column in columns_of(kind)]] for kind in KINDS]], sort_keys=True)
    assert (SCHEMA_VERSION, hashlib.sha256(described.encode()).hexdigest()[:12]) == ("1.0", "49b6752ad1a4")


def test_columns_are_the_contract() -> None:
    """The same names in the same order, typed alike wherever types are known."""
    assert tuple(BY_NAME) == COLUMNS
    types = ("decimal", "integer", "list", "boolean")
    of_type = {kind: {name for name, column in BY_NAME.items() if column.type == kind} for kind in types}
    assert of_type == {"decimal": DECIMAL_COLUMNS, "integer": INTEGER_COLUMNS, "list": LIST_COLUMNS, "boolean": BOOL_COLUMNS}


def test_a_kind_has_the_columns_that_its_facts_fill() -> None:
    """No fact of the seeds fills another column; a foreign one that is filled is shown beside them."""
    facts = read_rows(GOLDEN / "seeds.jsonl")
    for kind in KINDS:
        of_kind = [fact for fact in facts if fact.kind == kind]
        assert columns_of(kind, of_kind) == columns_of(kind)
    assert "chip" in {column.name for column in columns_of("chip")}
    assert "chip" not in {column.name for column in columns_of("funding")}
    assert "chip" in {column.name for column in columns_of("funding", [fact for fact in facts if fact.chip])}


def test_the_folder_is_as_described(run_cli: RunCli, tmp_path: Path) -> None:
    """Headers, bytes, hashes, keys and choices of datapackage.json against the files; `make frictionless` asks the tool itself."""
    run = run_cli("extract", SEEDS, "-o", "out/", "--quiet")
    assert run.returncode == 0, run.stderr.decode()
    package = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
    assert package["version"] == SCHEMA_VERSION
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in (tmp_path / "out").glob("*.csv")}
    for resource in package["resources"]:
        data = (tmp_path / "out" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
        rows = list(csv.reader(data.decode().splitlines(keepends=True), strict=True))
        fields = resource["schema"]["fields"]
        assert rows[0] == [field["name"] for field in fields]
        keys = [tuple(row[rows[0].index(name)] for name in resource["schema"]["primaryKey"]) for row in rows[1:]]
        assert len(keys) == len(set(keys))
        for place, field in enumerate(fields):
            if "enum" in field.get("constraints", {}):
                assert {row[place] for row in rows[1:]} - {""} <= set(field["constraints"]["enum"])
    assert read_rows(tmp_path / "out") == read_rows(GOLDEN / "seeds.jsonl")
