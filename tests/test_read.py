"""Bytes to text: the right encoding or a refusal, never mojibake in silence."""

from __future__ import annotations

import codecs
from pathlib import Path

import opencc
import pytest
from conftest import SEEDS

from chipfacts.errors import UnreadableInput, UsageError
from chipfacts.text.read import read_text

ARTICLES = {path.stem[:3]: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
SIMPLIFIED = "某芯片公司近日宣布完成2亿元A轮融资，由老股东领投。\r\n公司成立于2019年。\n"
TRADITIONAL = "某晶片公司近日宣布完成2億元A輪融資，由老股東領投。\r\n公司成立於2019年。\n"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "", "plain ASCII\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode(text: str, encoding: str) -> None:
    """With and without a mark; the mark is not part of the text, line ends are."""
    assert read_text(text.encode(encoding)) == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_both_ways(mark: bytes) -> None:
    """Little and big endian."""
    name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert read_text(mark + SIMPLIFIED.encode(name)) == SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "gb2312"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "cp950"),
    ],
)
def test_chinese_encodings(text: str, encoding: str) -> None:
    """Two sentences are enough to tell them apart."""
    assert read_text(text.encode(encoding)) == text


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize(("script", "encoding"), [("t2s", "gb18030"), ("s2t", "gb18030"), ("s2t", "big5hkscs")])
def test_articles_in_every_encoding(article: str, script: str, encoding: str) -> None:
    """The seeds, and each paragraph of them alone: the right text or a refusal, never another text."""
    text = opencc.OpenCC(script).convert(ARTICLES[article])
    data = text.encode(encoding, "ignore")
    assert read_text(data) == data.decode(encoding)
    refused = 0
    lines = [line for line in data.decode(encoding).split("\n") if line and not line.isascii()]
    for line in lines:
        try:
            assert read_text(line.encode(encoding)) == line
        except UnreadableInput:
            refused += 1
    assert refused * 5 < len(lines)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("Ein Café für Möbel".encode("latin-1"), "--encoding"),
        ("日本の半導体企業は資金を調達した。".encode("shift-jis"), "--encoding"),
        ("日本の半導体企業は資金を調達した。".encode("euc-jp"), "--encoding"),
        ("한국 반도체 기업은 자금을 조달했다".encode("euc-kr"), "--encoding"),
        ("芯".encode("gb18030"), "--encoding"),  # one character proves nothing
        (SIMPLIFIED.encode("utf-8")[:-40] + b"\xff" + SIMPLIFIED.encode("utf-8"), "--encoding"),
        (SIMPLIFIED.encode("utf-16-le"), "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"\x01\x02\x03\x04abc", "binary"),
        (codecs.BOM_UTF16_LE + b"a", "not utf-16"),
        (codecs.BOM_UTF8 + b"\xff", "not utf-8"),
    ],
)
def test_refused(data: bytes, hint: str) -> None:
    """Where it is not safe, the message says what to do."""
    with pytest.raises(UnreadableInput, match=hint):
        read_text(data)


def test_named_encoding() -> None:
    """The user's word counts, and is held to."""
    assert read_text("芯".encode("gb18030"), "gb18030") == "芯"
    assert read_text(codecs.BOM_UTF8 + b"a", "utf-8") == "a"
    with pytest.raises(UnreadableInput, match="not ascii"):
        read_text(b"\xff", "ascii")


@pytest.mark.parametrize("name", ["nonsense", "hex", "a\0b", ""])
def test_unknown_encoding(name: str) -> None:
    """An encoding that Python does not know, or that is none for text."""
    if not name:
        assert read_text(b"a", name) == "a"
        return
    with pytest.raises(UsageError, match="unknown encoding"):
        read_text(b"a", name)


def test_files(tmp_path: Path) -> None:
    """A path is read, and what cannot be opened is said."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\r\nb")
    assert read_text(path) == read_text(str(path)) == "a\r\nb"
    with pytest.raises(UnreadableInput, match="no such file"):
        read_text(tmp_path / "b.txt")
    with pytest.raises(UnreadableInput, match="directory"):
        read_text(tmp_path)
