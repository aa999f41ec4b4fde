"""Chips and their makers: listed, found by what stands around them, families, lists, and what is no chip."""

from __future__ import annotations

import pytest

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.model import Fact
from chipfacts.rulebook import load_rulebook


def chips_of(text: str) -> list[Fact]:
    """The chip rows of a text; every quote and span must be the text's own characters."""
    rows = [fact for fact in extract_document(prepare("a.txt", text), load_rulebook()) if fact.kind == "chip"]
    for row in rows:
        assert text[row.start : row.end] == row.quote
        assert row.spans["chip"]
    return rows


def named(text: str) -> dict[str, str | None]:
    """Chip → maker."""
    return {str(row.chip): row.company for row in chips_of(text)}


FOUND = [
    # a product noun in front or behind
    ("云岭微今日发布边缘推理芯片产品QTC920。", {"QTC920": "云岭微"}),
    ("云岭微的SG88F407车规级微控制器已经量产。", {"SG88F407": "云岭微"}),
    ("云岭微推出新款NPU「QN990」,鎖定機器人市場。", {"QN990": "云岭微"}),
    ("云岭微发布系统级芯片(SoC)岚山N2。", {"岚山N2": "云岭微"}),
    ("云岭微发布GPU芯片“砺锋”。", {"砺锋": "云岭微"}),
    # a subject of tape-outs and processes
    ("云岭微主力型号SX32F1采用22nm工艺,单价约9元。", {"SX32F1": "云岭微"}),
    ("云岭微的量产芯片Basalt由台积电以6nm代工。", {"Basalt": "云岭微"}),
    # a series behind its maker, with what happens to it or the platform it is
    ("分析师预计英伟达Rubin平台明年出货。", {"Rubin": "英伟达"}),
    ("Lyndra has built a test chip named Tendon.", {"Tendon": "Lyndra"}),
    # lists, families, short forms
    ("云岭微推出训练卡岚山T20/T21。", {"岚山T20": "云岭微", "T21": "云岭微"}),
    ("云岭微发布“岚山”系列GPU,包括LS200和LS100两款。", {"LS200": "云岭微", "LS100": "云岭微"}),
    ("云岭微首款芯片岚山Y1已流片。云岭微称,Y1下月出货,明年推出Y3。", {"岚山Y1": "云岭微", "Y3": "云岭微"}),
    ("云岭微发布云端芯片QF-300。去年的QF-200仍在供货。", {"QF-300": "云岭微", "QF-200": "云岭微"}),
    # listed ones: variants, numbers behind a series, possessive makers
    ("云岭微把新品与英伟达A100放在一起比较。", {"A100": "英伟达"}),
    ("华为昇腾910B成片出货。", {"昇腾910B": "华为"}),
    ("新机搭载A17 Pro芯片。", {"A17 Pro": "苹果"}),
    ("云岭微已成功研发KM5系列、KM7系列等具有自主知识产权的高性能GPU芯片。", {"KM5": "云岭微", "KM7": "云岭微"}),
    ("英特尔发布至强处理器Sierra Forest。AMD带来代号“Venice”的EPYC处理器。", {"Sierra Forest": "英特尔", "Venice": "AMD"}),
    ("云岭微推出KF8A、KF32A等车规级MCU。", {"KF8A": "云岭微", "KF32A": "云岭微"}),
    (
        "Qualcomm launched the Centriq 2400 family: the 48-core Centriq 2460 and the 46-core Centriq 2452.",
        {"Centriq 2400": "高通", "Centriq 2460": "高通", "Centriq 2452": "高通"},
    ),
    # the maker's name in front of a short code, and a Latin brand in front of a long one
    ("云岭科技完成融资。首代芯片云岭P1采用中芯国际14nm,改版后的P1E转向国产7nm工艺。", {"P1": "云岭科技", "P1E": "云岭科技"}),
    ("云岭微首颗7nm加速芯片LyraCore N3000已进入量产。", {"LyraCore N3000": "云岭微"}),
    # a process by its foundry's name, and a code that is somebody else's beside its maker
    ("台积电的N2今年下半年投产。", {}),
    ("云岭微的MCU产品M3系列由华虹以55nm生产。", {"M3": "云岭微"}),
    # a listed code that the text tells of as another firm's own, and as nobody's
    ("云岭微发布首款终端AI芯片SN30,采用28nm工艺。", {"SN30": "云岭微"}),
    ("云岭微的服务器将搭载AI芯片SN30。", {"SN30": "SambaNova"}),
    # a code whose full name stands in the text, codes beside others of their maker, several in a sentence
    ("黑芝麻智能推出华山A2000。据了解,A2000已回片。", {"华山A2000": "黑芝麻智能"}),
    ("昆仑芯的昆仑芯M100年初推出;M300要等到2027年。", {"昆仑芯M100": "昆仑芯", "昆仑芯M300": "昆仑芯"}),
    ("芯驰科技成立于2018年。公司一口气推出三款车规处理器:座舱X9、驾驶V9、网关G9。", {"X9": "芯驰科技", "V9": "芯驰科技", "G9": "芯驰科技"}),
    ("世芯的首颗N3测试芯片已经流片。", {}),
    # English
    ("Lyndra Chips raised $5 million. Lyndra's Rook chip, made by TSMC on a 7nm process, sells.", {"Rook": "Lyndra"}),
    ("Lyndra Chips sells its Wormlet and Blacklet accelerators.", {"Wormlet": "Lyndra Chips", "Blacklet": "Lyndra Chips"}),
    ("Lyndra Chips makes radios. Its first product, Metlet, is fabricated by TSMC.", {"Metlet": "Lyndra Chips"}),
    (
        "Lyndra Chips makes radios. It will put money into its R2000 and A2000 system-on-chips.",
        {"R2000": "Lyndra Chips", "A2000": "Lyndra Chips"},
    ),
    ("Etched is working on an ASIC called Sohu. Sohu carries 144GB of memory.", {"Sohu": "Etched"}),
    ("Norland buys Lyndra\n\nBristol chip designer Lyndra has a new owner.", {}),
    ("Lyndra Chips has taped out a test chip, called Tendon, on 22FDX.", {"Tendon": "Lyndra Chips"}),
    ("Lyndra Chips makes radios. It is developing Rebec, a 4nm chip for phones.", {"Rebec": "Lyndra Chips"}),
    ("Lyndra Chips makes the LF7012, a 12-cell monitor manufactured by Tower Semiconductor.", {"LF7012": "Lyndra Chips"}),
    (
        "Yunling Micro raised $5 million. Its first chip, the YL1, will be followed by the YL2 and YL2e.",
        {"YL1": "Yunling Micro", "YL2": "Yunling Micro", "YL2e": "Yunling Micro"},
    ),
]


@pytest.mark.parametrize(("text", "chips"), FOUND, ids=[text[:24] for text, _ in FOUND])
def test_chip_is_found_with_its_maker(text: str, chips: dict[str, str]) -> None:
    """Exactly these chips, each with the company whose product it is."""
    assert named(text) == chips


SILENT = [
    "云岭微的芯片支持PCIe 5.0、LPDDR5X、USB4与Wi-Fi 7。",  # interfaces and memories
    "该芯片可运行DeepSeek-R1与Llama 3 70B,在MLPerf与ResNet-50上成绩领先。",  # models and benchmarks
    "云岭微完成B+轮融资,投后估值30亿元。",  # rounds
    "Mate60手机采用国产芯片。",  # phones
    "云岭微的芯片约300颗已经交付。",  # counts
    "云岭微2024年H1芯片收入增长。",  # periods
    "八卡服务器QF-Server X8售价20万元。",  # boxes
    "M17芯片厂将于明年动工。",  # plants
    "云岭微计划自研AI芯片。",  # categories
    "系统基于Zen 5架构。",  # architectures
]


@pytest.mark.parametrize("text", SILENT, ids=[text[:16] for text in SILENT])
def test_what_is_no_chip_gives_no_row(text: str) -> None:
    """Interfaces, software, models, phones, rounds, counts, plants and categories."""
    assert named(text) == {}


def test_a_chip_named_often_is_one_row() -> None:
    """The first mention is quoted, the others are counted."""
    rows = chips_of("云岭微发布推理芯片QF-300。QF-300下月量产。\nQF-300定价1万元。")
    assert [(row.chip, row.mentions, row.start) for row in rows] == [("QF-300", 3, 9)]


def test_a_code_that_is_also_a_node_needs_its_maker() -> None:
    """A16 beside a manufacturer is a node, behind its maker a chip."""
    assert named("台积电称A16明年下半年量产。") == {}
    assert named("苹果A16芯片由台积电制造。") == {"A16": "苹果"}


def test_a_buyer_is_not_the_maker() -> None:
    """Who buys or carries a chip does not own it."""
    assert named("溪桥汽车将采购英伟达H20。") == {"H20": "英伟达"}
