"""Bytes to text: UTF-8, UTF-16, UTF-32 by their marks, GB18030 and Big5 by what the decoded text looks like; never mojibake in silence.

The text is exactly what was decoded (line ends included; only a byte order mark is dropped), because every offset counts its code points.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from chipfacts.errors import UnreadableInput, UsageError

# The most frequent characters of running Chinese, both scripts, with its punctuation: a right decoding consists of them to
# 30-60 %, a wrong one to 3 %. One character each, no words.
_FREQUENT = frozenset(
    "，。、：；“”（）《》「」的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只"
    "从從想实實日者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將高两兩间間由问問很最重并並物手应應向头頭文体"
    "體相见見被利什二等产產或新己制身果加月话話合回特代内內信表化老给給世位次度门門任常先海通教立及比员員解水名真论論走入几幾口认認条條平"
    "系气氣题題活更打变變四总總何电電数數安少报報才结結反受目量再感建务務做接必场場件计計管期市直资資金指区區至形社便空治展科司五基书書非则"
    "則却卻达達光放强強即且权權象式路记記品住告类類求据據程北议議元芯片亿億万萬轮輪投融获獲股份集团團技术術创創"
)
# Control characters that no text holds in number (tabs, line ends, form feeds and escapes may be there).
_CONTROLS = bytes([*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_THREE_BYTES = re.compile("[^\0-\u07ff]")  # in UTF-8
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp950 is Big5 as Windows writes it; Hong Kong's characters are tried where it has none.
_CANDIDATES = (("GB18030", ("gb18030",)), ("Big5", ("cp950", "big5hkscs")))
_HINT = "name it with --encoding (for example --encoding gb18030)"


def read_text(source: Path | str | bytes, encoding: str | None = None) -> str:
    """The text of a file or of bytes; UnreadableInput with the reason (a sentence without the file's name) where that is not safe."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise UnreadableInput((error.strerror or str(error)).lower()) from None
    return _decode(data, encoding) if encoding else _detect(data)


def check_encoding(encoding: str) -> str:
    """The encoding's name as given; UsageError for one that is no text encoding Python knows."""
    try:
        known = codecs.lookup(encoding)
    except (LookupError, ValueError):
        known = None
    # Python's registry also holds bytes-to-bytes codecs such as hex; bytes.decode refuses them.
    if known is None or not getattr(known, "_is_text_encoding", True):
        raise UsageError(f"unknown encoding {encoding!r}: for example utf-8, gb18030, big5, utf-16")
    return encoding


def _decode(data: bytes, encoding: str) -> str:
    name = codecs.lookup(check_encoding(encoding)).name
    try:
        return data.decode("utf-8-sig" if name == "utf-8" else encoding)
    except (UnicodeError, ValueError) as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableInput(f"not {encoding}{where}") from None


def _detect(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(data, name)
    if b"\0" in data or (len(data) - len(data.translate(None, _CONTROLS))) * 100 > len(data):
        raise UnreadableInput(f"looks like binary data, or UTF-16 without a byte order mark; if it is text, {_HINT}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    return _guess(data) if _is_doubtful(text) else text


def _is_doubtful(text: str) -> bool:
    """True for a few Greek, Cyrillic or control characters and little else: so a word or two of GB18030 or Big5 reads as UTF-8."""
    if text.isascii() or _THREE_BYTES.search(text):  # three bytes that fit do not come about by chance
        return False
    beyond = [ch for ch in text if ch > "\x7f"]
    return any(ch < "\xa0" for ch in beyond) or (len(beyond) < 20 and len(beyond) * 6 >= len(text))


def _guess(data: bytes) -> str:
    """The candidate that reads like Chinese where the others do not."""
    ranked = sorted(((_likeness(text), name, text) for name, text in _decodings(data)), reverse=True)
    if ranked:
        likeness, _, text = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if likeness >= 0.2 and second * 2 <= likeness:
            return text
    raise UnreadableInput(f"neither UTF-8 nor clearly GB18030 or Big5; {_HINT}")


def _decodings(data: bytes) -> list[tuple[str, str]]:
    found = []
    for name, codec_names in _CANDIDATES:
        for codec in codec_names:
            try:
                found.append((name, data.decode(codec)))
            except UnicodeDecodeError:
                continue
            break
    return found


def _likeness(text: str) -> float:
    """Share of frequent characters among all beyond ASCII; 0 where fewer than two could be a coincidence."""
    beyond = [ch for ch in text if ch > "\x7f"]
    frequent = sum(ch in _FREQUENT for ch in beyond)
    return frequent / len(beyond) if frequent >= 2 else 0.0
