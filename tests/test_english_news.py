"""English news: whom a passage means, what restates a sum, where a list ends, which of two a comparison holds against which."""

from __future__ import annotations

import pytest

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.rulebook.load import load_rulebook

ROWS: list[tuple[str, list[tuple[str, str | None, str, str]]]] = [
    # a pronoun is the subject of its own sentence, else whom the passage is about
    (
        "Corvane makes optical chips. Ravelin Photonics, a spin-out, raised $30 million, giving it a valuation of $200 million.",
        [("funding", "Ravelin Photonics", "round", "30000000"), ("valuation", "Ravelin Photonics", "valuation", "200000000")],
    ),
    # a name that follows, for a first sentence that only describes
    (
        "A startup in Silicon Valley has closed a $30 million Series A. Founded in 2019, Corvane is working on optical chips.",
        [("funding", "Corvane", "round", "30000000")],
    ),
    # a bare dollar in the bracket is another country's
    ("Corvane closed a US$45 million ($61 million) Series D raise.", [("funding", "Corvane", "round", "45000000")]),
    # a headline in the readers' money is the body's sum
    (
        "Corvane bags $80.5M for its chips\n\nCorvane has raised 110 billion won ($80.5 million) in a Series C led by Harrow Ventures.",
        [("funding", "Corvane", "round", "110000000000")],
    ),
    # the year a firm was founded dates no raise, and who it comes from raised nothing
    (
        "Corvane makes optical chips. The company, a Ravelin spinout founded in 2012, previously raised $35m in 2020.",
        [("funding", "Corvane", "round", "35000000")],
    ),
    # a list ends behind its "and"
    (
        "After a round co-led by Harrow Ventures and Sable Partners, Corvane is worth $2 billion.",
        [("valuation", "Corvane", "valuation", "2000000000")],
    ),
    # "the startup" is who was introduced as one, and no former employer is the subject of what follows
    (
        "Norland Semi agreed to buy photonics startup Corvane for $3 billion. It is a good exit for Harrow Ventures, which led the "
        "startup's last financing, a $250 million Series C1.",
        [("amount", "Corvane", "acquisition", "3000000000"), ("funding", "Corvane", "round", "250000000")],
    ),
    (
        "Corvane makes optical chips.\n\nFounded in 2017 by June Park, who previously worked for Samsung and AMD, the startup is in "
        "talks to raise about $48 million.",
        [("funding", "Corvane", "round", "48000000")],
    ),
    # two sums held against two
    (
        "Corvane posted a profit of $12 million on sales of $96 million, compared to $4 million on $61 million a year ago.",
        [
            ("amount", "Corvane", "profit", "12000000"),
            ("amount", "Corvane", "revenue", "96000000"),
            ("amount", "Corvane", "profit", "4000000"),
            ("amount", "Corvane", "revenue", "61000000"),
        ],
    ),
    # a rival that is told of itself, and one whose words go on behind a listed name
    ("Corvane makes chips. Rival Lumatec raised $50 million.", [("funding", "Lumatec", "round", "50000000")]),
    ("Freescale Semiconductor Holdings raised $80 million in its IPO.", [("funding", "飞思卡尔", "ipo", "80000000")]),
    # a clause that tells more of the name in front of it, the name a startup is introduced by, and what somebody calls itself
    ("In March, Corvane, which counts Lumatec among its clients, raised $22 million.", [("funding", "Corvane", "round", "22000000")]),
    (
        "Today we look at a startup called Corvane. The company has raised a $53 million Series A.",
        [("funding", "Corvane", "round", "53000000")],
    ),
    ("Corvane, the Inference Cloud, today announced a $50 million Series B.", [("funding", "Corvane", "round", "50000000")]),
    # a round named behind its sum; more than $350 million is not the $676 million of years ago
    (
        "Corvane has landed more than $350 million. The Series E round was led by Harrow Ventures. Corvane was worth $5 billion when "
        "Sable Partners led a $676 million round in April 2021.",
        [
            ("funding", "Corvane", "round", "350000000"),
            ("valuation", "Corvane", "valuation", "5000000000"),
            ("funding", "Corvane", "round", "676000000"),
        ],
    ),
    # the industry's veteran is a person, and the round he raised no whole trade's
    (
        "Corvane, the startup led by industry veteran Jim Ketter, closed a round of more than $69 million.\n\nThe Series D was led by "
        "Harrow Ventures.",
        [("funding", "Corvane", "round", "69000000")],
    ),
    # a company of a place, one told by its place, and a rival of somebody
    ("Photonics start-up Corvane of Dresden has raised $20 million.", [("funding", "Corvane", "round", "20000000")]),
    (
        "Corvane makes optical chips. The Palo Alto company, founded in 2016, last raised $45 million.",
        [("funding", "Corvane", "round", "45000000")],
    ),
    ("Nvidia rival Cerebras Systems said on Tuesday it had raised $1.1 billion.", [("funding", "Cerebras", "round", "1100000000")]),
    # crores by the hundred thousand
    ("The cabinet cleared a combined investment of over ₹1.26 lakh crore.", [("amount", None, "investment", "1260000000000")]),
    # lines that go on from the one before are no digest
    (
        "Corvane raised $85 million in a Series B round.\nThe round was led by Harrow Ventures.\n"
        "It brings the company's total funding to $140 million.\nCorvane was founded in 2019.\nSable Partners invested, too.",
        [("funding", "Corvane", "round", "85000000"), ("funding", "Corvane", "cumulative", "140000000")],
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS, ids=[text[:40] for text, _ in ROWS])
def test_rows(text: str, rows: list[tuple[str, str | None, str, str]]) -> None:
    """The money rows of a text, in order: kind, company, measure, lower bound."""
    found = extract_document(prepare("a.txt", text, "2025-03-04"), load_rulebook())
    told = [(f.kind, f.company, f.measure, str(f.amount_low)) for f in found if f.kind in ("funding", "valuation", "amount")]
    assert told == rows


def test_a_name_behind_a_preposition_is_not_whom_the_paragraph_is_about() -> None:
    """The first part was built on X's process: the successor told next is still the topic's."""
    text = (
        "Tessellate AI, an inference chip startup, raised $20 million.\n"
        "The first part was built on GlobalFoundries' 12LP+ process. A successor, code-named Juniper, moves to Samsung's SF4X."
    )
    chips = [f for f in extract_document(prepare("a.txt", text, "2025-03-04"), load_rulebook()) if f.kind == "chip"]
    assert [(f.chip, f.company) for f in chips] == [("Juniper", "Tessellate AI")]


NODES = [
    ("Nvidia's H100 GPU is made on TSMC's 4N process.", ("H100", "4", "台积电")),
    ("AMD's MI300X is made up from 5nm process nodes by TSMC.", ("MI300X", "5", "台积电")),
    ("AMD says its MI450 accelerators (CDNA 5) will use TSMC's N2 node.", ("MI450", "2", "台积电")),
    ("Shipments of HBM4, whose base die is made on 12 nm, have begun.", None),
    ("The broker's analyst Han Young-ho expects 2-nanometre production next year.", None),
    ("Purified to 4N grade, the gallium goes into chips.", None),
]


@pytest.mark.parametrize(("text", "row"), NODES, ids=[text[:30] for text, _ in NODES])
def test_nodes(text: str, row: tuple[str, str, str] | None) -> None:
    """The one node a sentence states: chip, nanometres, foundry; None where it states none."""
    found = [f for f in extract_document(prepare("a.txt", text), load_rulebook()) if f.kind == "process_node"]
    assert [(f.chip, str(f.node_nm), f.foundry) for f in found] == ([row] if row else [])
