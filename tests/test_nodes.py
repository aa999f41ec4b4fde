"""Process nodes: whose they are, the chip they describe, and who manufactures."""

from __future__ import annotations

import pytest

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.model import Fact
from chipfacts.rulebook import load_rulebook

Row = tuple[str | None, str | None, str, str | None]


def nodes_of(text: str) -> list[Fact]:
    """The process_node rows of a text; every quote is the text's own characters."""
    rows = [fact for fact in extract_document(prepare("a.txt", text), load_rulebook()) if fact.kind == "process_node"]
    assert all(text[row.start : row.end] == row.quote for row in rows)
    return rows


def stated(text: str) -> set[Row]:
    """(chip, company, nanometres, foundry) of every row."""
    return {(row.chip, row.company, str(row.node_nm), row.foundry) for row in nodes_of(text)}


CASES: list[tuple[str, set[Row]]] = [
    # a maker said right in front of the node makes it, its own chip too
    ("三星电子的Exynos 2500采用三星3nm工艺。", {("Exynos 2500", "三星电子", "3", "三星电子")}),
    ("三星电子的Exynos 2600采用2nm工艺。", {("Exynos 2600", "三星电子", "2", None)}),
    # the parts of a chip, and its successor without a name
    (
        "英特尔发布至强处理器Clearwater Forest。其中,计算芯粒采用Intel 18A工艺,基础芯粒采用Intel 3工艺。",
        {("Clearwater Forest", "英特尔", "1.8", "英特尔"), ("Clearwater Forest", "英特尔", "3", None)},
    ),
    (
        "龙芯中科发布龙芯3C6000,3C6000基于12nm工艺,公司下一代产品将转向7nm。",
        {("龙芯3C6000", "龙芯中科", "12", None), (None, "龙芯中科", "7", None)},
    ),
    # from one process to the next: the first was its predecessor's
    ("云岭微首款芯片QF300由台积电7nm转向三星5nm。", {("QF300", "云岭微", "5", "三星电子")}),
    ("云岭微首款芯片QF300从12nm升级到7nm。", {("QF300", "云岭微", "7", None)}),
    ("IBM said Telum II moves from 7nm to 5nm.", {("Telum II", "IBM", "5", None)}),
    (
        "IBM's Telum II moves from the 7nm process of Telum to Samsung's 5nm.",
        {("Telum II", "IBM", "5", "三星电子"), ("Telum", "IBM", "7", None)},
    ),
    # a manufacturer with another subject makes for it
    ("云岭微首款芯片QF300采用中芯国际14nm工艺。", {("QF300", "云岭微", "14", "中芯国际")}),
    ("云岭微量产芯片Basalt由台积电以6nm代工。", {("Basalt", "云岭微", "6", "台积电")}),
    ("云岭微推理芯片QF120留在中芯国际,12nm。", {("QF120", "云岭微", "12", "中芯国际")}),
    ("云岭微协处理器Lark 2最特别,8nm,由三星生产。", {("Lark 2", "云岭微", "8", "三星电子")}),
    ("聯發科推全新平台 採台積電6奈米製程", {(None, "联发科", "6", "台积电")}),
    ("台積電攜手聯發科 推全球首顆7奈米電視晶片", {(None, "联发科", "7", "台积电")}),
    # … and alone it speaks of its own
    ("台積電2奈米下半年量產,A16明年接棒。", {(None, "台积电", "2", None), (None, "台积电", "1.6", None)}),
    ("英特尔押注18A制程。", {(None, "英特尔", "1.8", None)}),
    # the chip stands behind its node, before it, or is unfolded afterwards
    ("联发科推6奈米天玑900。", {("天玑900", "联发科", "6", None)}),
    ("云岭微舱驾一体芯片YC600上月回片,7nm,目标售价不到80美元。", {("YC600", "云岭微", "7", None)}),
    (
        "云岭微完成A轮融资。第二代换到台积电7nm,分训练卡岚山Y2和推理卡岚山Y3两款。",
        {("岚山Y2", "云岭微", "7", "台积电"), ("岚山Y3", "云岭微", "7", "台积电")},
    ),
    ("云岭微的芯片QF200仍在供货,这颗7nm芯片去年出货4万片。", {("QF200", "云岭微", "7", None)}),
    # pairs
    ("云岭微推出芯片QF500和QF200,前者7nm,后者12nm。", {("QF500", "云岭微", "7", None), ("QF200", "云岭微", "12", None)}),
    ("云岭微芯片QF500和QF200分别采用7nm和12nm工艺。", {("QF500", "云岭微", "7", None), ("QF200", "云岭微", "12", None)}),
    ("世芯的3奈米案件明年放量。", {(None, "世芯", "3", None)}),
    ("联电22/28纳米产能满载。", {(None, "联电", "22", None), (None, "联电", "28", None)}),
    # English
    (
        "Yunling Micro raised $5 million for its YL1 chip. The YL1 and YL2 chips moved to TSMC N7.",
        {("YL1", "Yunling Micro", "7", "台积电"), ("YL2", "Yunling Micro", "7", "台积电")},
    ),
]


@pytest.mark.parametrize(("text", "rows"), CASES, ids=[text[:24] for text, _ in CASES])
def test_node_has_its_chip_company_and_foundry(text: str, rows: set[Row]) -> None:
    """Exactly these rows."""
    assert stated(text) == rows


@pytest.mark.parametrize(
    "text",
    ["云岭微的激光器波长为1310nm。", "溪石材料主攻奈米银线。", "云岭微完成A16号楼的装修。", "7nm以下需求旺盛。"],
)
def test_other_lengths_codes_and_trades_are_no_row(text: str) -> None:
    """Wavelengths, materials, codes without a process word, and nodes of nobody."""
    assert stated(text) == set()


def test_the_same_pair_is_one_row() -> None:
    """A headline's node of the company is its chip's, and the foundry of either statement is kept."""
    rows = nodes_of("云岭微新芯片导入6nm\n\n云岭微推理芯片QF780采用台积电6nm工艺。QF780的6nm版本明年量产。")
    assert [(row.chip, row.foundry, row.mentions) for row in rows] == [("QF780", "台积电", 3)]


def test_a_refused_node_is_not_stated() -> None:
    """而非: the node that follows is the one not taken."""
    assert stated("英特尔Gaudi 3采用台积电5nm工艺,而非自家Intel 4。") == {("Gaudi 3", "英特尔", "5", "台积电")}
