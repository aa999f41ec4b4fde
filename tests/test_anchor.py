"""Which day the dates of whole texts mean: antecedents, forecasts, comparisons, weekdays, unknown reference dates, datelines."""

from __future__ import annotations

import pytest

from chipfacts.extract.anchor import AnchoredDate, anchor_dates
from chipfacts.extract.time_words import time_words
from chipfacts.rulebook import load_rulebook
from chipfacts.text.fold import fold
from chipfacts.text.split import split_paragraphs, split_sentences
from chipfacts.values.date import find_dates
from chipfacts.values.dateline import has_dateline, infer_reference
from chipfacts.values.reference import Reference, reference_of

WORDS = time_words(load_rulebook())
PUBLISHED = "2024-11-30"  # a Saturday


def anchored(text: str, published: str | None = PUBLISHED) -> list[AnchoredDate]:
    """Every date of a text, its paragraphs and sentences split as the pipeline splits them."""
    view = fold(text)
    paragraphs = split_paragraphs(view)
    sentences = [s.span for s in split_sentences(view, paragraphs)]
    return anchor_dates(view, find_dates(view), paragraphs, sentences, published, WORDS)


def told(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """(surface, EDTF) of every date."""
    return [(text[d.start : d.end], d.edtf) for d in anchored(text, published)]


ANTECEDENTS = {
    "month to come, in December's news": ("公司拟于11月30日招股,预计1月8日挂牌。", [("11月30日", "2024-11-30"), ("1月8日", "2025-01-08")]),
    "weekday up to which": ("公司今起至周四招股。", [("今起", "2024-11-30/.."), ("周四", "2024-12-05")]),
    "English month behind a year": ("The firm failed in 2023. In July it closed.", [("2023", "2023"), ("July", "2024-07")]),
    "English month behind a beginning": (
        "Founded in 2016, it unveiled a chipset in February.", [("2016", "2016"), ("February", "2024-02")],
    ),
    "English deadline": ("It will pay by April 15.", [("April 15", "2025-04-15")]),
    "brand in quotes": ("饮料品牌“明天见”完成融资,昨天上线。", [("昨天", "2024-11-29")]),
    "utterance in quotes": ("他说:“明天我们发布新品。”", [("明天", "2024-12-01")]),
    "same year": ("公司成立于2018年,同年完成天使轮。", [("2018年", "2018"), ("同年", "2018")]),
    "next year": ("公司2018年5月成立,次年2月拿到A轮。", [("2018年5月", "2018-05"), ("次年2月", "2019-02")]),
    "second year": ("2019年立项,第二年流片。", [("2019年", "2019"), ("第二年", "2020")]),
    "third year": ("2019年立项,第三年量产。", [("2019年", "2019"), ("第三年", "2021")]),
    "year before": ("2022年登陆科创板,前一年刚完成C轮。", [("2022年", "2022"), ("前一年", "2021")]),
    "of that year": ("2017年公司迁往合肥。当年9月,首颗芯片点亮。", [("2017年", "2017"), ("当年9月", "2017-09")]),
    "that month": ("2021年3月换帅。当月,三名董事辞任。", [("2021年3月", "2021-03"), ("当月", "2021-03")]),
    "next month": ("2021年12月签约,次月到账。", [("2021年12月", "2021-12"), ("次月", "2022-01")]),
    "that day": ("2023年6月9日挂牌,当日收涨。", [("2023年6月9日", "2023-06-09"), ("当日", "2023-06-09")]),
    "next day": ("2023年12月31日签约,次日生效。", [("2023年12月31日", "2023-12-31"), ("次日", "2024-01-01")]),
    "month after a year": ("2020年,公司起步。9月,团队满员。", [("2020年", "2020"), ("9月", "2020-09")]),
    "day after a month": ("2020年9月1日开会,15日散会。", [("2020年9月1日", "2020-09-01"), ("15日", "2020-09-15")]),
    "month after this year's month": ("公司今年4月获批,5月投产。", [("今年4月", "2024-04"), ("5月", "2024-05")]),
    "same period": ("三季度收入增长,去年同期下滑。", [("三季度", "2024-35"), ("去年同期", "2023-35")]),
    "same months": ("今年1至9月收入增长,去年同期下滑。", [("今年1至9月", "2024-01/2024-09"), ("去年同期", "2023-01/2023-09")]),
    "same month": ("10月出口回升,去年同期低迷。", [("10月", "2024-10"), ("去年同期", "2023-10")]),
    "quarter before": ("第二季度增持,上一季度减持。", [("第二季度", "2024-34"), ("上一季度", "2024-33")]),
    "quarter behind": ("Q2增长,公司预计下季度持平。", [("Q2", "2024-34"), ("下季度", "2024-35")]),
    "quarter of another sentence": ("第一季度增持。上季度减持。", [("第一季度", "2024-33"), ("上季度", "2024-35")]),
    "same period of what opened a year": (
        "截至1月20日,2022年开年以来发行遇冷。2021年同期火热。",
        [("1月20日", "2024-01-20"), ("2022年开年以来", "2022-01/.."), ("2021年同期", "2021-01")],
    ),
    "year before another": ("2020年亏损,上一年盈利。", [("2020年", "2020"), ("上一年", "2019")]),
    "quarters of a list": ("2023年一、二季度增长。", [("2023年一", "2023-33"), ("二季度", "2023-34")]),
    "days of a list": ("3月3、4、5日开会。", [("3月3", "2024-03-03"), ("4", "2024-03-04"), ("5日", "2024-03-05")]),
    "months of a list": ("五、六月涨价。", [("五", "2024-05"), ("六月", "2024-06")]),
    "an item of a list": ("业绩\n五、六月涨价\n二、三季度回顾", [("六月", "2024-06"), ("三季度", "2024-35")]),
    "years of a list": ("2019、2020、2021年亏损。", [("2019", "2019"), ("2020", "2020"), ("2021年", "2021")]),
    "days of the new year": ("大年初二、初三开工。", [("大年初二", "2024-02-11"), ("初三", "2024-02-12")]),
    "the following year": (
        "Founded in 2018, it raised a Series A the following year.", [("2018", "2018"), ("the following year", "2019")],
    ),
    "the previous month": (
        "In March 2021 it moved; talks had failed the previous November.",
        [("March 2021", "2021-03"), ("the previous November", "2020-11")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("In December it was awarded a grant for a plant, scheduled to open in 2028.", [("December", "2023-12"), ("2028", "2028")]),
        ("It reported a loss for the October-December quarter.", [("October-December", "2023-10/2023-12")]),
        ("It will ship in October.", [("October", "2024-10")]),
        ("It filed in September 2022. Half its sales came in that year.", [("September 2022", "2022-09"), ("that year", "2022")]),
    ],
)
def test_english_month_of_a_new_year(text: str, dates: list[tuple[str, str]]) -> None:
    """Told as past in January, a month of the autumn is last year's."""
    assert told(text, "2024-01-23") == dates


@pytest.mark.parametrize("name", ANTECEDENTS)
def test_antecedent(name: str) -> None:
    """A word that points back takes the year, month or day told before it."""
    text, dates = ANTECEDENTS[name]
    assert told(text) == dates


REACH = {
    "to the paragraph's end": ("2019年公司成立。团队扩张。10月,产品发布。", [("2019年", "2019"), ("10月", "2019-10")]),
    "not beyond it": ("2019年公司成立。\n10月,产品发布。", [("2019年", "2019"), ("10月", "2024-10")]),
    "a relative year only in its sentence": (
        "去年公司成立,3月获批。4月,产品发布。", [("去年", "2023"), ("3月", "2023-03"), ("4月", "2024-04")],
    ),
    "beyond it where the next goes on": ("2019年公司成立。\n当时,10月的订单已排满。", [("2019年", "2019"), ("10月", "2019-10")]),
    "never a year to come": ("公司目标2027年量产。9月,样片送出。", [("2027年", "2027"), ("9月", "2024-09")]),
    "never a forecast": ("预计2022年扩产。9月,样片送出。", [("2022年", "2022"), ("9月", "2024-09")]),
    "never a comparison": ("9月收入较2021年翻倍。10月又增。", [("9月", "2024-09"), ("2021年", "2021"), ("10月", "2024-10")]),
    "never compared in English": (
        "Sales rose compared with 2021. The order of October 3 stands.", [("2021", "2021"), ("October 3", "2024-10-03")],
    ),
    "never a fiscal year": ("2022财年收官。9月,样片送出。", [("2022财年", "2022"), ("9月", "2024-09")]),
    "never a decade": ("上世纪90年代建厂。9月,样片送出。", [("上世纪90年代", "199X"), ("9月", "2024-09")]),
    "ended by this year": ("2019年公司成立。今年扩产。10月,产线满载。", [("2019年", "2019"), ("今年", "2024"), ("10月", "2024-10")]),
    "turned by a plan": ("2019年公司成立。预计12月交付。", [("2019年", "2019"), ("12月", "2024-12")]),
    "last year in a report": ("2021年公司盈利3亿元,上年亏损1亿元。", [("2021年", "2021"), ("上年", "2020")]),
    "last year elsewhere": ("公司上年亏损1亿元。", [("上年", "2023")]),
    "the whole year spoken of": ("2022年前三季度盈利,全年仍亏。", [("2022年前三季度", "2022-01/2022-09"), ("全年", "2022")]),
    "the whole year": ("公司看好全年业绩。", [("全年", "2024")]),
}


@pytest.mark.parametrize("name", REACH)
def test_how_far_a_year_reaches(name: str) -> None:
    """An explicit year to the end of its paragraph, a relative one within its sentence, others not at all."""
    text, dates = REACH[name]
    assert told(text) == dates


NO_YEAR = [
    ("公司9月完成融资。", "2024-11-30", "2024-09"),
    ("公司9月完成融资。", "2024-03-10", "2023-09"),
    ("公司计划9月流片。", "2024-03-10", "2024-09"),
    ("公司9月流片。", "2024-03-10", "2024-09"),
    ("公司4月完成融资。", "2024-03-30", "2024-04"),
    ("Q4营收创新高。", "2024-01-05", "2023-36"),
    ("芯片Q4将量产。", "2024-01-05", "2024-36"),
    ("首批卡6月底前交付,已拿到订单。", "2024-03-18", "2024-06-25~/2024-06-30~"),
    ("国庆期间销量已翻倍。", "2024-03-10", "2023-10-01~"),
    ("25日,公司公告。", "2024-11-30", "2024-11-25"),
    ("25日,公司公告。", "2024-11-05", "2024-10-25"),
    ("公司将于25日开会。", "2024-11-05", "2024-11-25"),
    ("2月29日,公司公告。", "2023-05-01", "2020-02-29"),
    ("It raised the B1 in May.", "2024-01-22", "2023-05"),
    ("It will ship in May.", "2024-01-22", "2024-05"),
    ("It raised the B1 last August.", "2024-06-01", "2023-08"),
    ("It raised the B1 last August.", "2024-11-30", "2024-08"),
]


@pytest.mark.parametrize(("text", "published", "edtf"), NO_YEAR)
def test_year_less_dates(text: str, published: str, edtf: str) -> None:
    """The reference year; the year before where the date lies months ahead and the sentence speaks of the past."""
    assert [d.edtf for d in anchored(text, published)] == [edtf]


WEEKDAYS = [
    ("周五宣布", "2024-11-29"),
    ("周六宣布", "2024-11-30"),
    ("周日宣布", "2024-11-24"),
    ("将于周日宣布", "2024-12-01"),
    ("本周日宣布", "2024-12-01"),
    ("上周日宣布", "2024-11-24"),
    ("下周日宣布", "2024-12-08"),
    ("said on Tuesday", "2024-11-26"),
    ("said on Sunday", "2024-11-24"),
    ("said on Sunday that it will expand", "2024-11-24"),
    ("周日表示,计划扩产", "2024-11-24"),
    ("last Friday", "2024-11-29"),
    ("今(30)日宣布", "2024-11-30"),
    ("昨(29)日宣布", "2024-11-29"),
    ("今(1)日宣布", "2024-12-01"),
]


@pytest.mark.parametrize(("text", "day"), WEEKDAYS)
def test_weekdays_and_numbered_days(text: str, day: str) -> None:
    """A bare weekday is the latest one unless something is planned; weeks run from Monday; a number in brackets settles the day."""
    assert [d.edtf for d in anchored(text)] == [day]


UNKNOWN = {
    "relative year": ("公司今年5月完成融资。", ["XXXX-05"]),
    "year-less day": ("9月12日,公司公告。", ["XXXX-09-12"]),
    "day words": ("公司昨日公告,上周五停牌。", ["XXXX-XX-XX", "XXXX-XX-XX"]),
    "said elsewhere with its year": ("2021年9月完成融资。\n今年9月的融资由老股东领投。", ["2021-09", "2021-09"]),
    "numbered day after a month": ("截至2022年1月7日成交活跃,今天(8日)满一年。", ["2022-01-07", "2022-01-08"]),
    "antecedents still hold": ("2019年立项,次年流片。", ["2019", "2020"]),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_reference_date(name: str) -> None:
    """Digits that nobody stated stay X; a year is never guessed, but may be said elsewhere."""
    text, dates = UNKNOWN[name]
    found = anchored(text, None)
    assert [d.edtf for d in found] == dates
    assert all((d.low is None and d.high is None) == ("X" in d.edtf) for d in found)


@pytest.mark.parametrize("text", ["第二天股价大跌。", "公司进入第二年。", "当天收盘,股价持平。", "Q1 FY2025 revenue rose."])
def test_no_calendar_value(text: str) -> None:
    """Words that point back at nothing, and quarters of a fiscal year, are no dates."""
    assert anchored(text) == []


def test_how_the_year_was_found() -> None:
    """Stated, from the antecedent, from the reference date, from the same period, or unknown."""
    text = "2021年9月立项。次年流片。\n去年扩产。9月量产。"
    assert [d.how for d in anchored(text)] == ["stated", "antecedent", "published", "published"]
    assert [d.how for d in anchored("去年扩产。", None)] == ["unknown"]


@pytest.mark.parametrize(
    ("published", "reference"),
    [
        ("2024-11-30", Reference(2024, 11, 30)), ("2024-11", Reference(2024, 11)), ("2024", Reference(2024)), (None, Reference()),
        ("2024-02-30", Reference(2024, 2)), ("2024-13-01", Reference(2024)), ("2024-33", Reference(2024)), ("XXXX-05", Reference()),
        ("2024-11-30~", Reference(2024, 11, 30)), ("0000", Reference()),
    ],
)  # fmt: skip
def test_reference_date(published: str | None, reference: Reference) -> None:
    """As much of it as is known and can be."""
    assert reference_of(published) == reference


DATELINES = {
    "发布时间:2024-03-05\n云岭微完成融资。": "2024-03-05",
    "云岭微完成融资\n2024年3月5日 10:30\n正文。": "2024-03-05",
    "日期:2024/3/5\n正文。": "2024-03-05",
    "AUSTIN, March 5, 2024 — Halden has raised $4 million.": "2024-03-05",
    "Halden raises $4 million\nPublished: 2024-03-05\nMore.": "2024-03-05",
    "云岭微启动D轮\n2024年3月5日晚间,云岭微公告,D轮已经启动。今年1月完成的C轮总额3亿元。": "2024-03-05",
    "财联社2024年3月5日讯,云岭微完成融资。2019年5月6日它曾完成A轮。": "2024-03-05",
}
NO_DATELINES = [
    "更新时间:2024-03-05\n云岭微完成融资。", "本页更新日期:2024-03-05\n正文。", "Copyright 2020-2024 Yunling", "最后修改时间:2024-03-05",
    "云岭微2024年3月5日完成融资。",
    "2024年3月5日,云岭微完成融资。", "2019年3月5日,云岭微宣布完成A轮。2024年6月7日又完成B轮。",
    "云岭微的历程\n一家公司的五年。\n2019年3月5日,云岭微宣布完成A轮。",
    "Last updated date: 2024-03-05", "正文。" * 400 + "\n发布时间:2024-03-05",
]  # fmt: skip


@pytest.mark.parametrize("text", DATELINES)
def test_a_dateline_gives_the_reference_date(text: str) -> None:
    """A stamp of publication, a line of its own, an agency's place and day, the day that opens an article that makes something known."""
    assert has_dateline(fold(text))
    assert infer_reference(fold(text), find_dates(fold(text))) == (DATELINES[text], "dateline")


@pytest.mark.parametrize("text", NO_DATELINES)
def test_other_stamps_give_none(text: str) -> None:
    """Updates, copyright years, dates of events, and what stands far from the head."""
    assert infer_reference(fold(text), find_dates(fold(text))) is None
