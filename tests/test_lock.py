"""The lock: its form, what a damaged one is told, and what writing never does."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, RunCli
from conftest import facts as any_fact
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.errors import UnreadableInput
from chipfacts.model import Fact
from chipfacts.review.change import VALUES, Context
from chipfacts.review.lock import Lock, Locked, read_lock, render_lock

NO_CI = {"CI": "", "GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": ""}
HEADER = '{"lock":"chipfacts","version":1,"paths":["."]}'
DOCUMENT = '{"doc":"a.txt","sha256":"' + "0" * 64 + '"}'
FACT = (
    '{"fact_id":"0123456789ab","kind":"date","doc":"a.txt","date":"2024","line":1,"start":0,"end":5,"quote":"2024年",'
    '"before":"","after":"","rule":"date","spans":{"date":[0,5]}}'
)


def lock_file(folder: Path, *lines: str) -> Path:
    """A lock of these lines."""
    path = folder / "facts.lock.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_the_seeds_carry_their_lock(run_cli: RunCli, tmp_path: Path) -> None:
    """Written again it is the same, from whatever folder; `make golden` renews it."""
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    kept = (SEEDS / "facts.lock.jsonl").read_bytes()
    for cwd, paths, name in ((tmp_path, "seeds", "seeds/facts.lock.jsonl"), (seeds, ".", "facts.lock.jsonl")):
        (seeds / "facts.lock.jsonl").unlink()
        run = run_cli("lock", paths, "--lock", name, cwd=cwd, **NO_CI)
        assert (run.returncode, run.stdout) == (0, b"")
        assert run.stderr.decode() == f"{name}: 157 facts from 5 documents\n"
        assert (seeds / "facts.lock.jsonl").read_bytes() == kept


def test_form() -> None:
    """Header, documents and facts in order, keys in order, LF, no time, and the facts of the golden sheet with their context."""
    data = (SEEDS / "facts.lock.jsonl").read_bytes()
    assert b"\r" not in data and data.endswith(b"\n")
    header, *rows = [json.loads(line) for line in data.decode().splitlines()]
    assert header == {"lock": "chipfacts", "version": 1, "paths": ["."]}
    facts = [row for row in rows if "fact_id" in row]
    documents = [row["doc"] for row in rows if "fact_id" not in row]
    assert documents == sorted(path.name for path in SEEDS.glob("*.txt"))
    golden = [json.loads(line) for line in (ROOT / "tests/golden/seeds.jsonl").read_bytes().decode().splitlines()]
    assert [{k: row[k] for k in row if k not in ("before", "after")} for row in facts] == [
        {k: row[k] for k in row if k not in ("published", "mentions")} for row in golden
    ]
    order = ["fact_id", "kind", "doc", *VALUES[1:], "line", "start", "end", "quote", "before", "after", "rule", "spans"]
    texts = {doc: (SEEDS / doc).read_bytes().decode() for doc in documents}
    for row in facts:
        assert list(row) == [key for key in order if key in row]
        assert row["before"] + row["quote"] + row["after"] in texts[row["doc"]]


@given(st.lists(any_fact, max_size=6, unique_by=lambda fact: fact.fact_id), st.text(max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, facts: list[Fact], around: str) -> None:
    """Every value, quote and context survives, and the order in which facts came does not show."""
    fitting = [
        replace(
            fact, published=None, mentions=1, start=0, end=len(fact.quote), spans={key: those for key, those in fact.spans.items() if those}
        )
        for fact in facts
    ]
    locked = tuple(Locked(fact, Context(around, "")) for fact in fitting)
    lock = Lock((".",), {fact.doc: "0" * 64 for fact in fitting}, locked)
    data = b"".join(render_lock(lock))
    assert b"".join(render_lock(Lock((".",), lock.documents, locked[::-1]))) == data
    path = tmp_path_factory.mktemp("lock") / "x.lock.jsonl"
    path.write_bytes(data)
    read = read_lock(path)
    assert b"".join(render_lock(read)) == data
    assert {entry.fact.fact_id: entry.context.before for entry in read.facts} == {fact.fact_id: around for fact in fitting}


@pytest.mark.parametrize(
    ("lines", "where", "says"),
    [
        ([], 1, "the file is empty"),
        (["[]"], 1, "expected a JSON object, not []"),
        ([FACT], 1, "expected the header"),
        ([HEADER.replace("1,", "2,")], 1, "version 2 of the lock is unknown"),
        ([HEADER.replace("1,", "true,")], 1, "version True of the lock is unknown"),
        ([HEADER.replace('["."]', "[]")], 1, "'paths' must name at least one file or folder"),
        ([HEADER.replace('["."]', "[1]")], 1, "'paths' must be a list of texts, not [1]"),
        ([HEADER.replace('"paths"', '"pahts"')], 1, "unknown key 'pahts'"),
        ([HEADER, DOCUMENT, "<<<<<<< HEAD", FACT, "=======", ">>>>>>> theirs"], 3, "a merge conflict"),
        ([HEADER, DOCUMENT, FACT[:-9]], 3, "not JSON ("),
        ([HEADER, DOCUMENT, FACT, FACT], 4, "the fact_id '0123456789ab' is already on line 3"),
        ([HEADER, DOCUMENT, DOCUMENT], 3, "the document 'a.txt' is already on line 2"),
        ([HEADER, FACT], 2, "the document 'a.txt' of this fact has no line of its own"),
        ([HEADER, DOCUMENT, FACT.replace('"date":"2024"', '"date":2024')], 3, "'date' must be a text, not 2024"),
        ([HEADER, DOCUMENT, FACT.replace('"line":1', '"line":"1"')], 3, "'line' must be a whole number, zero or more, not '1'"),
        ([HEADER, DOCUMENT, FACT.replace('"start":0', '"start":true')], 3, "'start' must be a whole number"),
        ([HEADER, DOCUMENT, FACT.replace('"end":5', '"end":6')], 3, "'quote' must be as long as 'start' and 'end' say"),
        ([HEADER, DOCUMENT, FACT.replace('"date","doc"', '"day","doc"')], 3, "'kind' must be one of funding, valuation"),
        ([HEADER, DOCUMENT, FACT.replace('"rule":"date"', '"role":"date"')], 3, "unknown key 'role'"),
        ([HEADER, DOCUMENT, FACT.replace('"rule":"date",', "")], 3, "'rule' is missing"),
        ([HEADER, DOCUMENT, FACT.replace('"rule"', '"line":2,"rule"')], 3, "the key 'line' stands twice"),
        ([HEADER, DOCUMENT, FACT.replace("[0,5]", "[0]")], 3, "'spans' must be a mapping of columns to [start, end]"),
        ([HEADER, DOCUMENT, FACT.replace('"date":"2024"', '"amount_low":NaN')], 3, "NaN is no number of JSON"),
        ([HEADER, DOCUMENT, FACT.replace('"date":"2024"', '"amount_low":"many"')], 3, "'amount_low' must be a number, not 'many'"),
        ([HEADER, DOCUMENT, FACT.replace('"date":"2024"', '"investors":"x"')], 3, "'investors' must be a list of texts, not 'x'"),
        ([HEADER, DOCUMENT, FACT.replace('"date":"2024"', '"hearsay":1')], 3, "'hearsay' must be true or false, not 1"),
        ([HEADER, DOCUMENT.replace("000", "xyz")], 2, "'sha256' must be 64 hexadecimal digits"),
        ([HEADER, DOCUMENT.replace("sha256", "sha1")], 2, "expected a fact"),
        ([HEADER, DOCUMENT, FACT.replace("2024年", "2024\\ud83d")], 3, "half a surrogate pair"),
        ([HEADER, DOCUMENT, "[" * 100_000], 3, "expected one"),
        ([HEADER, DOCUMENT, FACT.replace("2024年", "x" * (1 << 20))], 3, "bytes long; expected at most 1048576"),
    ],
)  # fmt: skip
def test_a_damaged_lock_is_told_by_line(tmp_path: Path, lines: list[str], where: int, says: str) -> None:
    """One sentence: file, line, what was expected, how to mend it."""
    path = lock_file(tmp_path, *lines)
    with pytest.raises(UnreadableInput) as error:
        read_lock(path)
    sentence = str(error.value)
    assert sentence.startswith(f"{path}: line {where}: ") and says in sentence and "chipfacts lock" in sentence
    assert len(sentence) < 400 + len(str(path)) and "\n" not in sentence


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """Bad UTF-8 names line and byte; CRLF, empty lines and a byte order mark are nobody's fault."""
    path = tmp_path / "facts.lock.jsonl"
    path.write_bytes(f"{HEADER}\n".encode() + b'{"doc":"\xff"}\n')
    with pytest.raises(UnreadableInput, match=r"line 2: not UTF-8 \(byte 9 of the line\)"):
        read_lock(path)
    path.write_bytes("﻿".encode() + f"{HEADER}\r\n\r\n{DOCUMENT}\r\n{FACT}\r\n".encode())
    assert len(read_lock(path).facts) == 1


def test_a_damaged_lock_stays_as_it_is(run_cli: RunCli, tmp_path: Path) -> None:
    """Exit status 3, and acceptance changes no byte."""
    (tmp_path / "a.txt").write_text("2024年", encoding="utf-8")
    path = lock_file(tmp_path, HEADER, DOCUMENT, "<<<<<<< HEAD", FACT)
    before = path.read_bytes()
    for arguments in ([], ["--accept-all"], ["--accept", "0123456789ab"]):
        run = run_cli("check", *arguments, **NO_CI)
        assert run.returncode == 3 and run.stdout == b"" and b"line 3: a merge conflict" in run.stderr
        assert path.read_bytes() == before
    assert run_cli("lock", ".", **NO_CI).returncode == 0  # the way out
    assert run_cli("check", **NO_CI).returncode == 0


def test_no_lock(run_cli: RunCli) -> None:
    """A missing one is wrong usage, with what to do."""
    run = run_cli("check", **NO_CI)
    assert run.returncode == 2
    assert run.stderr.decode() == (
        "chipfacts: facts.lock.jsonl: no such lock; write one with `chipfacts lock PATHS`, or name it with --lock FILE\n"
    )


def test_what_lock_never_writes(run_cli: RunCli, tmp_path: Path) -> None:
    """Not over another file, not over a lock in CI, not a lock of nothing, not without an article that cannot be read."""
    (tmp_path / "a.txt").write_text("云岭微完成2亿元B轮融资。", encoding="utf-8")
    run = run_cli("lock", ".", "--lock", "a.txt", **NO_CI)
    assert run.returncode == 2 and b"is no lock of chipfacts and is not written over" in run.stderr
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("云岭微")
    (tmp_path / "empty").mkdir()
    run = run_cli("lock", "empty", **NO_CI)
    assert run.returncode == 2 and b"nothing to lock" in run.stderr
    assert run_cli("lock", "-", stdin=b"x", **NO_CI).returncode == 2

    assert run_cli("lock", ".", **NO_CI | {"CI": "true"}).returncode == 0  # the first one
    kept = (tmp_path / "facts.lock.jsonl").read_bytes()
    run = run_cli("lock", ".", **NO_CI | {"CI": "true"})
    assert run.returncode == 2 and b"not written over where CI is set" in run.stderr
    (tmp_path / "b.txt").write_bytes(b"\xff\x00\x01")
    run = run_cli("lock", ".", **NO_CI)
    assert run.returncode == 3 and b"facts.lock.jsonl was not written" in run.stderr
    assert (tmp_path / "facts.lock.jsonl").read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "empty", "facts.lock.jsonl"]  # nothing half done


def test_settings_go_into_the_lock(run_cli: RunCli, tmp_path: Path) -> None:
    """check extracts as lock did: reference date, currency, encoding, rules (relative to the lock)."""
    news, rules = tmp_path / "news", tmp_path / "my" / "gazetteers"
    news.mkdir()
    rules.mkdir(parents=True)
    (rules / "companies.yaml").write_text("- {id: cloud-ridge, name: 云岭微, roles: [designer], home: CN}\n", "utf-8")
    (news / "a.txt").write_bytes("去年5月,云岭微完成2亿元B轮融资。".encode("gb18030"))
    options = ["--published", "2024-11-30", "--encoding", "gb18030", "--currency", "TWD", "--rules", "my"]
    assert run_cli("lock", "news", "--lock", "news/facts.lock.jsonl", *options, **NO_CI).returncode == 0
    header = json.loads((news / "facts.lock.jsonl").read_text("utf-8").splitlines()[0])
    assert header == {
        "lock": "chipfacts", "version": 1, "paths": ["."],
        "published": "2024-11-30", "currency": "TWD", "encoding": "gb18030", "rules": ["../my"],
    }  # fmt: skip
    assert run_cli("check", cwd=news, **NO_CI).returncode == 0
    assert run_cli("check", "--published", "2020", cwd=news, **NO_CI).returncode == 1
