"""The check: each class of change provoked on a copy of the seeds gives that class and its exit status."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, RunCli
from test_lock import NO_CI

import chipfacts
from chipfacts.review.policy import FAILING_CLASSES, judge_by, policy_of

FIRST, SECOND, FOURTH = (next(SEEDS.glob(f"{number}_*")).name for number in ("000", "001", "003"))
Edit = Callable[[Path], None]


def replaced(name: str, old: str, new: str) -> Edit:
    """An edit of a text that must hold the old words."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_bytes().decode()
        assert old in text
        (folder / name).write_bytes(text.replace(old, new, 1).encode())

    return edit


def paragraph_moved(folder: Path) -> None:
    """The summary of the first article goes two paragraphs down."""
    paragraphs = (folder / FIRST).read_bytes().decode().split("\n\n")
    paragraphs.insert(4, paragraphs.pop(2))
    (folder / FIRST).write_bytes("\n\n".join(paragraphs).encode())


def paragraph_deleted(folder: Path) -> None:
    """The second article loses the sentence with its two sums."""
    paragraphs = (folder / SECOND).read_bytes().decode().split("\n\n")
    paragraphs.pop(10)
    (folder / SECOND).write_bytes("\n\n".join(paragraphs).encode())


def sentence_added(folder: Path) -> None:
    """The first article ends with news."""
    with (folder / FIRST).open("ab") as stream:
        stream.write("\n\n云岭微完成3.3亿元B轮融资。\n".encode())


def renamed(folder: Path) -> None:
    """The first article is called otherwise."""
    (folder / FIRST).rename(folder / "renamed.txt")


def gazetteer(file: str, entry: str) -> Edit:
    """A folder of rules beside the seeds with one entry."""

    def edit(folder: Path) -> None:
        (folder / "my" / "gazetteers").mkdir(parents=True)
        (folder / "my" / "gazetteers" / file).write_text(f"- {entry}\n", encoding="utf-8")

    return edit


RENAMED_COMPANY = "{id: stream-computing, name: 希姆科技, aliases: [希姆, 希姆计算, Stream Computing], roles: [designer], home: CN}"
CHIP_UNKNOWN = "{id: xiangdixian-tianjunyihao, name: 无此芯片, maker: 象帝先, kind: chip}"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds with their lock."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.mark.parametrize(
    ("edit", "options", "counts", "failed"),
    [
        pytest.param(lambda folder: None, [], {"ok": 157}, False, id="nothing"),
        pytest.param(
            replaced(FIRST, "规模超过2亿元", "规模超过3亿元"), [], {"changed": 1, "doc-changed": 1, "ok": 156}, True, id="number edited"
        ),
        pytest.param(paragraph_moved, [], {"doc-changed": 1, "moved": 2, "ok": 155}, False, id="paragraph moved"),
        pytest.param(paragraph_deleted, [], {"unsupported": 2, "doc-changed": 1, "moved": 23, "ok": 132}, True, id="paragraph deleted"),
        pytest.param(sentence_added, [], {"doc-changed": 1, "new": 1, "ok": 157}, False, id="sentence added"),
        pytest.param(renamed, [], {"doc-missing": 22, "new": 22, "ok": 135}, False, id="file renamed"),
        pytest.param(lambda folder: (folder / FIRST).unlink(), [], {"doc-missing": 22, "ok": 135}, False, id="file deleted"),
        pytest.param(
            gazetteer("companies.yaml", RENAMED_COMPANY), ["--rules", "my"], {"changed": 10, "ok": 147}, True, id="a rule renames"
        ),
        pytest.param(gazetteer("chips.yaml", CHIP_UNKNOWN), ["--rules", "my"], {"lost": 1, "ok": 156}, True, id="a rule is gone"),
        pytest.param(gazetteer("chips.yaml", "{id: x}"), ["--rules", "my"], None, 4, id="a rule is invalid"),
        pytest.param(replaced(FIRST, "\n", " \n"), [], {"doc-changed": 1, "moved": 22, "ok": 135}, False, id="a space in the first line"),
    ],
)
def test_each_class_provoked(
    run_cli: RunCli, seeds: Path, edit: Edit, options: list[str], counts: dict[str, int] | None, failed: bool | int
) -> None:
    """Exactly these classes; status 1 where one of them fails by default, else 0; and named in --fail-on, each of them fails."""
    edit(seeds)
    run = run_cli("check", "-f", "json", *options, cwd=seeds, **NO_CI)
    assert run.returncode == int(failed), run.stderr.decode()
    if counts is None:
        assert run.stdout == b"" and b"my/gazetteers/chips.yaml" in run.stderr
        return
    report = json.loads(run.stdout)
    assert report["counts"] == counts
    assert report["passed"] is not failed
    again = chipfacts.check(seeds / "facts.lock.jsonl", rules=[seeds / "my"] if options else [])
    assert again.counts == counts
    for name in FAILING_CLASSES:
        assert judge_by(policy_of([name], {}), again).is_passed is (name not in counts)
    assert judge_by(policy_of(["none"], {}), again).is_passed


def test_text_says_field_by_field(run_cli: RunCli, seeds: Path) -> None:
    """File, line, column, class, subject, old → new, id; then counts and outcome."""
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(seeds)
    run = run_cli("check", cwd=seeds, **NO_CI)
    assert run.stdout.decode().splitlines() == [
        f"{FIRST}:98:85: changed: funding 希姆计算: amount_low 200000000 → 300000000; "
        "quote 融资规模超过2亿元 → 融资规模超过3亿元 [dcf427a4e548]",
        f"{FIRST}:1:1: doc-changed: the text of {FIRST} is another one",
        "1 changed, 1 doc-changed, 156 ok: failed: 1 changed",
    ]
    assert "--accept ID" in run.stderr.decode()


def test_ambiguous(run_cli: RunCli, tmp_path: Path) -> None:
    """Of three equal dates two are left, among other words: which, nobody can tell; and no silence about it when asked."""
    text = tmp_path / "a.txt"
    told = (("一", "公司发展得很不错大家都说好"), ("二", "芯片行业遇到了许多困难和挑战"), ("三", "市场又恢复了往日的繁荣与热闹"))
    text.write_text("".join(f"第{number}段的开头说到了这件事情,2021年{rest}。\n\n" for number, rest in told), "utf-8")
    assert run_cli("lock", ".", **NO_CI).returncode == 0
    new = ("一句全新的话放在这里做个引子吧!!2021年写着别的内容没有旧话留下。", "还有另外的一句新话同样放在这里啊,2021年也写得完全不同了。")
    text.write_text("\n\n".join(new), "utf-8")
    run = run_cli("check", "-f", "json", **NO_CI)
    counts = json.loads(run.stdout)["counts"]
    assert counts["ambiguous"] >= 1 and "lost" not in counts
    assert run_cli("check", "--fail-on", "ambiguous", **NO_CI).returncode == 1


def test_lost_and_found_in_place(run_cli: RunCli, seeds: Path) -> None:
    """A lost fact is shown where its quote stands, an unsupported one near its old line, a missing document in the lock."""
    gazetteer("chips.yaml", CHIP_UNKNOWN)(seeds)
    paragraph_deleted(seeds)
    (seeds / FOURTH).unlink()
    report = json.loads(run_cli("check", "-f", "json", "--rules", "my", cwd=seeds, **NO_CI).stdout)
    by_class: dict[str, list[dict[str, Any]]] = {}
    for row in report["facts"]:
        by_class.setdefault(row["class"], []).append(row)
    (lost,) = by_class["lost"]
    line = (seeds / lost["file"]).read_bytes().decode().split("\n")[lost["line"] - 1]
    assert line[lost["column"] - 1 : lost["end_column"] - 1] == lost["old"]["quote"]
    assert lost["old"]["chip"] == "天钧一号"
    assert {row["file"] for row in by_class["unsupported"]} == {SECOND}
    lock = (seeds / "facts.lock.jsonl").read_bytes().decode().split("\n")
    for row in by_class["doc-missing"]:
        assert row["file"] == "facts.lock.jsonl" and json.loads(lock[row["line"] - 1])["fact_id"] == row["id"]


def test_a_renamed_file_is_told(run_cli: RunCli, seeds: Path) -> None:
    """The same text under a new name is named; a document whose text changed as well is simply gone."""
    renamed(seeds)
    run = run_cli("check", "--fail-on", "doc-missing", cwd=seeds, **NO_CI)
    assert run.returncode == 1
    assert f"{FIRST} is gone; its text stands in renamed.txt now" in run.stdout.decode()


@pytest.mark.parametrize(
    ("fail_on", "limits", "is_passed"),
    [
        (None, {"unsupported": ["2"]}, True),
        (None, {"unsupported": ["1"]}, False),
        (None, {"unsupported": ["amount=2"]}, True),
        (None, {"unsupported": ["date=2"]}, False),
        (None, {"unsupported": ["5", "amount=1"]}, False),  # a kind with a limit of its own is not in the other
        (["lost,changed"], {}, True),
        (["lost", "new,moved"], {"moved": ["23"]}, True),
        (["moved"], {"moved": ["22"]}, False),
    ],
)
def test_allowances(seeds: Path, fail_on: list[str] | None, limits: dict[str, list[str]], is_passed: bool) -> None:
    """Two amounts are unsupported, 23 facts moved."""
    paragraph_deleted(seeds)
    assert judge_by(policy_of(fail_on, limits), chipfacts.check(seeds / "facts.lock.jsonl")).is_passed is is_passed


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--max-unsupported", "few"], "--max-unsupported must be a number such as 2, or a kind and a number such as date=2, not 'few'"),
        (["--max-unsupported", "chips=2"], "--max-unsupported: unknown kind 'chips': one of funding, valuation"),
        (["--max-lost", "1", "--max-lost", "2"], "--max-lost is given twice for all kinds"),
        (["--max-new", "2"], "--max-new 2 has no effect: 'new' is not among --fail-on lost,changed,unsupported"),
        (["--fail-on", "missing"], "--fail-on: unknown class 'missing': some of unsupported, lost"),
        (["--format", "xml"], "unknown format 'xml': one of text, json, github, sarif, junit"),
        (["--output", "no/such/folder.json"], "no/such/folder.json: the folder"),
    ],
)
def test_wrong_options(run_cli: RunCli, options: list[str], says: str) -> None:
    """Status 2 and a sentence, before any work."""
    run = run_cli("check", *options, cwd=SEEDS, **NO_CI)
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode().startswith(f"chipfacts: {says}")


def test_allowance_of_the_command(run_cli: RunCli, seeds: Path) -> None:
    """Two lost amounts may pass, one may not; the last line says how many were allowed."""
    paragraph_deleted(seeds)
    assert run_cli("check", "--max-unsupported", "amount=2", cwd=seeds, **NO_CI).returncode == 0
    run = run_cli("check", "--max-unsupported", "1", cwd=seeds, **NO_CI)
    assert run.returncode == 1 and run.stdout.decode().endswith(": failed: 2 unsupported (1 allowed)\n")


def test_accept_all_is_a_new_lock(run_cli: RunCli, seeds: Path) -> None:
    """After every kind of edit the accepted lock is, byte by byte, the one that `lock` would write."""
    for edit in (replaced(FIRST, "规模超过2亿元", "规模超过3亿元"), sentence_added, paragraph_deleted):
        edit(seeds)
    (seeds / FOURTH).rename(seeds / "renamed.txt")
    assert run_cli("check", cwd=seeds, **NO_CI).returncode == 1
    run = run_cli("check", "--accept-all", "-f", "json", cwd=seeds, **NO_CI)
    assert run.returncode == 0 and set(json.loads(run.stdout)["counts"]) == {"ok"}
    accepted = (seeds / "facts.lock.jsonl").read_bytes()
    assert run_cli("lock", ".", cwd=seeds, **NO_CI).returncode == 0
    assert (seeds / "facts.lock.jsonl").read_bytes() == accepted


def test_accept_one_by_one(run_cli: RunCli, seeds: Path) -> None:
    """One finding goes into the lock as one line, the others stay; when the last is accepted, the document's digest follows."""
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(seeds)
    sentence_added(seeds)
    before = (seeds / "facts.lock.jsonl").read_bytes().decode().splitlines()
    (new,) = (row["id"] for row in json.loads(run_cli("check", "-f", "json", cwd=seeds, **NO_CI).stdout)["facts"] if row["class"] == "new")
    run = run_cli("check", "--accept", "dcf427a4e548", "-f", "json", cwd=seeds, **NO_CI)
    assert run.returncode == 0 and json.loads(run.stdout)["counts"] == {"doc-changed": 1, "new": 1, "ok": 157}
    after = (seeds / "facts.lock.jsonl").read_bytes().decode().splitlines()
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1
    run = run_cli("check", "--accept", new, "-f", "json", cwd=seeds, **NO_CI)
    assert json.loads(run.stdout)["counts"] == {"ok": 158}
    accepted = (seeds / "facts.lock.jsonl").read_bytes()
    assert run_cli("lock", ".", cwd=seeds, **NO_CI).returncode == 0
    assert (seeds / "facts.lock.jsonl").read_bytes() == accepted


def test_numbered_ids_survive_partial_acceptance(run_cli: RunCli, tmp_path: Path) -> None:
    """Equal facts are numbered in text order; a lock that took only the one in front still has an id for each."""
    text = tmp_path / "a.txt"
    text.write_text("2021年,云岭微成立了自己的研发团队。\n", "utf-8")
    run_cli("lock", ".", **NO_CI)
    text.write_text("早在2021年就有人这样说过很多次了。\n\n2021年,云岭微成立了自己的研发团队。\n", "utf-8")
    rows = json.loads(run_cli("check", "-f", "json", **NO_CI).stdout)["facts"]
    assert sorted(row["class"] for row in rows) == ["moved", "new"]
    assert len({row["id"] for row in rows}) == 2
    for row in rows:
        run = run_cli("check", "--accept", row["id"], **NO_CI)
        assert run.returncode == 0, run.stderr.decode()
    assert run_cli("check", "--fail-on", "new,moved,doc-changed", **NO_CI).returncode == 0


@pytest.mark.parametrize("options", [["--accept-all"], ["--accept", "dcf427a4e548"]])
@pytest.mark.parametrize("ci", ["true", "1"])
def test_nothing_is_accepted_in_ci(run_cli: RunCli, seeds: Path, options: list[str], ci: str) -> None:
    """Status 2 and the lock as it was; CI=false is no CI."""
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(seeds)
    run = run_cli("check", *options, cwd=seeds, **NO_CI | {"CI": ci})
    assert run.returncode == 2 and b"nothing is accepted where CI is set" in run.stderr
    assert (seeds / "facts.lock.jsonl").read_bytes() == (SEEDS / "facts.lock.jsonl").read_bytes()
    assert run_cli("check", *options, cwd=seeds, **NO_CI | {"CI": "false"}).returncode == 0


def test_wrong_ids(run_cli: RunCli, seeds: Path) -> None:
    """An id that no finding has changes nothing; both options at once are refused."""
    for options in (["--accept", "no-such-id"], ["--accept", "36c1661a7fa7", "--accept-all"]):
        run = run_cli("check", *options, cwd=seeds, **NO_CI)
        assert run.returncode == 2 and run.stderr.startswith(b"chipfacts: --accept")
    assert (seeds / "facts.lock.jsonl").read_bytes() == (SEEDS / "facts.lock.jsonl").read_bytes()


def test_some_paths_only(run_cli: RunCli, seeds: Path) -> None:
    """From any folder, a file or folder of the lock: the others are not missing, and the folder's sources.yaml still speaks."""
    (seeds / FOURTH).unlink()
    run = run_cli("check", seeds / FIRST, "--lock", "seeds/facts.lock.jsonl", "-f", "json", cwd=seeds.parent, **NO_CI)
    assert json.loads(run.stdout)["counts"] == {"ok": 22}
    (seeds / "deep").mkdir()
    shutil.move(seeds / SECOND, seeds / "deep" / SECOND)
    with (seeds / "sources.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f'deep/{SECOND}: {{published: "2022"}}\n')
    run_cli("check", "--accept-all", cwd=seeds, **NO_CI)
    for paths in ([], [f"deep/{SECOND}"], ["deep"]):
        run = run_cli("check", *paths, "--fail-on", "lost,changed,unsupported,new,moved,doc-missing", cwd=seeds, **NO_CI)
        assert run.returncode == 0, run.stdout.decode()


def test_unreadable_input_costs_no_other(run_cli: RunCli, seeds: Path) -> None:
    """Status 3; its facts wait, the others are judged, and accepting everything keeps what could not be read."""
    (seeds / FIRST).write_bytes(b"\xff\x00\x01")
    replaced(SECOND, "2022年", "2021年")(seeds)
    run = run_cli("check", "-f", "json", cwd=seeds, **NO_CI)
    assert run.returncode == 3 and FIRST.encode() in run.stderr
    assert json.loads(run.stdout)["counts"]["doc-missing"] == 22
    assert run_cli("check", "--accept-all", cwd=seeds, **NO_CI).returncode == 3
    shutil.copy(SEEDS / FIRST, seeds / FIRST)
    assert run_cli("check", "--fail-on", "new,changed,lost,unsupported,doc-missing,doc-changed", cwd=seeds, **NO_CI).returncode == 0


def test_a_recorded_path_that_is_gone(run_cli: RunCli, tmp_path: Path) -> None:
    """A folder that was not checked out is no passed check; --accept-all lets it go."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("云岭微完成2亿元B轮融资。", "utf-8")
    assert run_cli("lock", "one", "two", **NO_CI).returncode == 0
    shutil.rmtree(tmp_path / "two")
    run = run_cli("check", **NO_CI)
    assert run.returncode == 3 and b"two: no such file or folder" in run.stderr
    assert run_cli("check", "--accept-all", **NO_CI).returncode == 0
    assert run_cli("check", **NO_CI).returncode == 0


def test_encodings_and_line_ends_of_the_lock(run_cli: RunCli, seeds: Path) -> None:
    """A text kept in another encoding is the same text."""
    text = (SEEDS / FIRST).read_bytes().decode()
    (seeds / FIRST).write_bytes(text.encode("gb18030"))
    assert run_cli("check", "--fail-on", "doc-changed,moved,changed", cwd=seeds, **NO_CI).returncode == 0


def test_git_merges_two_acceptances(run_cli: RunCli, seeds: Path) -> None:
    """Two branches that each accepted one change in an article of their own merge without a conflict."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=seeds, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "seeds")
    git("checkout", "-qb", "other")
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(seeds)
    run_cli("check", "--accept-all", cwd=seeds, **NO_CI)
    git("commit", "-qam", "one")
    git("checkout", "-q", "main")
    paragraph_deleted(seeds)
    run_cli("check", "--accept-all", cwd=seeds, **NO_CI)
    git("commit", "-qam", "two")
    git("merge", "-q", "other", "-m", "both")
    run = run_cli("check", "-f", "json", "--fail-on", "new,changed,moved,doc-changed", cwd=seeds, **NO_CI)
    assert run.returncode == 0, run.stdout.decode()


def test_the_verb(seeds: Path) -> None:
    """From Python: the same classes, nothing written, and errors of chipfacts' own."""
    sentence_added(seeds)
    report = chipfacts.check(seeds / "facts.lock.jsonl")
    assert report.counts == {"doc-changed": 1, "new": 1, "ok": 157}
    (new,) = [finding for finding in report.findings if finding.status == "new"]
    assert new.change.old is None and new.fact.company == "云岭微"
    assert set(chipfacts.check(seeds / "facts.lock.jsonl", [seeds / SECOND]).counts) == {"ok"}
    with pytest.raises(chipfacts.UnreadableInput):
        chipfacts.check(seeds / "facts.lock.jsonl", [seeds / "none.txt"])
    with pytest.raises(chipfacts.UsageError):
        chipfacts.check(seeds / "none.lock.jsonl")
