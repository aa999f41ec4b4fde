"""Process nodes in the folded view → NodeMatch, one per node (20/22nm gives two); no wavelengths, film thickness or particles.

Codes without a unit (N3P, 18A, Intel 4, SF3) carry `code=True`: the caller wants a foundry or process word nearby.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chipfacts.values.number import read_number
from chipfacts.values.quantity import plain
from chipfacts.values.scan import find_at

_MICRON_MAX = Decimal(10)
_PLAIN_MAX = Decimal(350)
NODE_UNIT = r"(?:(?:nm|NM|[μµ]m|um)(?![A-Za-z])|纳米|奈米|微米|nanomet(?:er|re)s?)"  # as a pattern


@dataclass(frozen=True, slots=True)
class NodeMatch:
    """A node at [start, end) in nanometres; `code` without unit word; `ambiguous` where the code is a chip's name as well (A16, A14);
    `owner`: the manufacturer whose name for a process it is (N3E, 18A, SF2P), in English."""

    start: int
    end: int
    nm: Decimal
    code: bool = False
    ambiguous: bool = False
    owner: str = ""


# TSMC's N-names, Intel's ångström and plain names, Samsung's SF, and suffixes that only processes carry (12FFC, 22FDX, 4LPP).
_TSMC = {"A16": Decimal("1.6"), "A14": Decimal("1.4"), "A13": Decimal("1.3"), "A12": Decimal("1.2")}
_N_NODES = "2|3|4|5|6|7|10|12|16|20|22|28|40"
_ANGSTROM = {"20A": Decimal(2), "18A": Decimal("1.8"), "14A": Decimal("1.4"), "10A": Decimal(1)}


def find_nodes(view: str) -> list[NodeMatch]:
    """Every process node in the view, left to right; members of a list share the unit behind its last one."""
    found: list[NodeMatch] = []
    for hit in find_at(_starts(), _scan(), view):
        if hit["unit"]:
            found.extend(_with_unit(view, hit))
        else:
            match = _code(view, hit)
            if match:
                found.append(match)
    return found


def _with_unit(view: str, hit: re.Match[str]) -> list[NodeMatch]:
    """The nodes of one unit: its own number and the listed ones before it (5/3nm, 28、40及55nm)."""
    is_micron = hit["unit"].lstrip(" -")[0] in "μµu微"
    head = _numbers_before().search(view, max(0, hit.start() - 40), hit.start("unit"))
    if not head or _is_other_length(view, head.start(), hit.end(), is_micron):
        return []
    found = []
    for member in _member().finditer(view, head.start(), head.end()):
        number = read_number(view, member.start())
        if number is None or number.low != number.high:
            continue
        nm = plain(number.low * 1000) if is_micron else number.low
        end = hit.end() if member.end() >= head.end("last") else member.end()
        if _is_node_size(view, nm, is_micron, end):
            found.append(NodeMatch(member.start(), end, nm))
    return found


def _is_node_size(view: str, nm: Decimal, is_micron: bool, end: int) -> bool:
    if is_micron:
        return nm <= _MICRON_MAX * 1000 and (nm <= _PLAIN_MAX or bool(_process_word().match(view, end)))
    return Decimal("0.1") <= nm <= _PLAIN_MAX or (nm <= 3000 and bool(_process_word().match(view, end)))


def _is_other_length(view: str, start: int, end: int, is_micron: bool) -> bool:
    """A length that is no node: light (193奈米光源, 波长1310nm), thickness, particles, EUV's 13.5 nm, a tolerance (±5nm)."""
    if _process_word().match(view, end):
        return False
    return bool(
        _length_before().search(view, max(0, start - 14), start)
        or _length_behind().match(view, end)
        or (not is_micron and view[start:end].replace(" ", "").startswith(("13.5", "193", "248")))
    )


def _code(view: str, hit: re.Match[str]) -> NodeMatch | None:
    text = hit[0]
    if hit["n"]:
        return NodeMatch(hit.start(), hit.end(), Decimal(hit["n"]), code=True, owner="TSMC")
    if hit["angstrom"]:
        return NodeMatch(hit.start(), hit.end(), _ANGSTROM[hit["angstrom"]], code=True, owner="Intel")
    if hit["tsmc"]:
        return NodeMatch(hit.start(), hit.end(), _TSMC[text], code=True, ambiguous=True, owner="TSMC")
    digits = re.search(r"\d+(?:\.\d+)?", text)
    owner = "Intel" if hit["intel"] else "Samsung" if hit["samsung"] else "GlobalFoundries" if "FDX" in text else ""
    return NodeMatch(hit.start(), hit.end(), Decimal(digits[0]), code=True, owner=owner) if digits else None


@cache
def _starts() -> re.Pattern[str]:
    """First characters of `_scan`: what may stand right behind a number, and what opens a code that nothing runs into."""
    return re.compile(
        r"[ \-nNμµu纳奈微AIS\d](?:(?<=[\d零一二两三四五六七八九十百].)(?<![\dAIS])|(?<![A-Za-z0-9.\-].)(?<=[NAIS\d])(?=[A-Zn\d]))"
    )


@cache
def _scan() -> re.Pattern[str]:
    """Starts at a unit or at the first letter of a code: both rare characters."""
    digit = r"[\d零一二两三四五六七八九十百]"
    return re.compile(
        rf"(?P<unit>(?<={digit})[ -]?{NODE_UNIT})"
        rf"|(?<![A-Za-z0-9.-])(?:N(?P<n>{_N_NODES})(?:FF\+?|RF|[EPXCASB]{{0,2}})(?![A-Za-z0-9-])|(?P<tsmc>A1[2346])(?![A-Za-z0-9])"
        rf"|(?P<intel>Intel (?:7|4|3)(?![A-Za-z0-9.%]|[ -]\d))|(?P<samsung>SF(?:1\.4|[2345678])[APXZEU]?(?![A-Za-z0-9]))"
        rf"|(?P<angstrom>(?:20|18|14|10)A)(?:-?[PE])?(?![A-Za-z0-9])"
        rf"|(?P<suffixed>(?:3|4|5|6|7|8|10|11|12|14|16|20|22|28|40|55|65|90)(?:LPP|LPE|LPU|LPC|LP\+|FFC\+?|FFE|FF\+?|FDX\+?|FDS|HPC\+?"
        r"|HKMG|GAE|GAP|ULP|ULL|LP|FFN|FFP|SOI)|4NP?(?![级的纯]| ?pur))(?![A-Za-z0-9]))"
    )


@cache
def _numbers_before() -> re.Pattern[str]:
    number = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+)"
    joint = r"(?: ?[/、,和及与或~至到-] ?| (?:and|or|to) )"
    start = r"(?:(?<![A-Za-z0-9.\-±])|(?<=nm-)|(?<=纳米-))"  # 28nm-|55nm
    return re.compile(rf"{start}(?:{number}{joint})*(?P<last>(?<![\d.]){number}) ?$")


@cache
def _member() -> re.Pattern[str]:
    return re.compile(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+")


@cache
def _process_word() -> re.Pattern[str]:
    word = "制程|工艺|节点|process|node|technology|CMOS|BCD|FinFET|SOI|HKMG"
    return re.compile(rf" ?(?:级|以下|以上|及以[上下])?(?:的)?(?:先进|成熟|特色)?(?:{word})")


@cache
def _length_before() -> re.Pattern[str]:
    return re.compile(
        r"(?:波长|波段|厚度?|膜厚|粒径|直径|粒度|精度|误差|线宽偏差|间距|孔径|尺寸|高度|深度|粗糙度|光源|激光|wavelengths?|thickness|thick|pitch|laser)"
        r"[^\d,。;、]{0,6}$|[±<≤]$"
    )


@cache
def _length_behind() -> re.Pattern[str]:
    return re.compile(
        r" ?(?:的)?(?:光(?!刻)|激光|雷射|波长|波段|泵浦|厚|银|碳|颗粒|微粒|粒子|薄膜|线虫|材料|浸没|浸润|准分子|DUV激光|EUV光"
        r"|(?:pump )?lasers?|wavelengths?|thick|lights?|particles?|VCSEL|EML|DFB|DUV light)"
    )
