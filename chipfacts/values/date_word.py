"""Words that stand for a year, month, week, quarter or day (今年, 上个月, 下下周二, 次日), and what claims their characters."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_part import DateExpr


def _words(**fields: dict[int, str]) -> dict[str, tuple[str, int]]:
    return {word: (field, shift) for field, shifts in fields.items() for shift, words in shifts.items() for word in words.split()}


# Word → field of DateExpr and its value.
WORDS: dict[str, tuple[str, int]] = _words(
    year_shift={
        -4: "大大前年", -3: "大前年", -2: "前年", -1: "去年度 去年 上年度 上年 "
            "上一年度", 0: "今年度 今年 本年度 本年 这一年度", 1: "明年度 明年 来年 下年度 下一年度",
        2: "后年", 3: "大后年", 4: "大大后年",
    },
    year_ref={-1: "前一年 上一年", 0: "全年 年内 同年 当年度 当年 那一年 这一年 那年 "
        "该年", 1: "次年 翌年 第二年 隔年 后一年 下一年", 2: "第三年"},
    month_shift={
        -2: "上上个月 上上月", -1: "上个月 上一个月 上月", 0: "这个月 本月 这月", 1: "下个月 下一个月 下月", 2: "下下个月 下下月",
    },
    month_ref={0: "当月 同月 该月", 1: "次月 翌月 隔月"},
    quarter_shift={
        -1: "上季度 上一季度 上个季度 上一季 上季", 0: "本季度 这季度 这个季度 这一季度 本季", 1: "下季度 下一季度 下个季度 下一季 下季",
    },
    day_shift={
        -4: "大大前天", -3: "大前天 大前日", -2: "前天 前日 前晚 前儿个", -1: "昨天 昨日 昨晚 昨夜 昨早 昨晨 昨午 昨儿 昨儿个",
        0: "今天 今日 今早 今晨 今晚 今夜 今午 今儿 今儿个", 1: "明天 明日 明早 明晚 明晨 明午 明夜 明儿 明儿个",
        2: "后天 后日 后晚 后儿个", 3: "大后天 大后日", 4: "大大后天",
    },
    day_ref={-1: "前一日 前一天", 0: "当日 当天 同日 同一天 当晚", 1: "次日 翌日 隔天 隔日 第二天"},
)
# These say no year of their own: without an antecedent they mean the second year of something.
_ONLY_BESIDE_A_YEAR = frozenset(("第二年", "第三年", "隔年", "前一年", "后一年"))
_TWO_YEARS = {
    "今明两年": 0, "明后两年": 1, "去今两年": -1, "今明两天": 0, "今明两日": 0, "昨今两天": -1, "昨今两日": -1, "明后两天": 1,
    "明后两日": 1,
}

# A word's first character, and the characters in front that claim it: 目前|年产能, 日本|周三, 线上|月活, 合同|年限, 此后|年均.
_CLAIMED = {
    "前": "目此当之以先日提事往年岁从", "后": "此之以今然最前战年月日", "上": "以线网史之市身加晚早际路", "下": "以线旗如之手乡名天",
    "本": "日成基资版样文原书课剧根", "同": "年合不共相如协", "当": "相应每恰适",
    "次": "首每再此本层依多两三四五六七八九十0123456789上下单初屡几数场", "今": "如当", "去": "过失死除", "明": "表声证文申发透说",
    "来": "未原近历往将外后以由", "全": "两三四五六七八九十几", "第": "续",
    "年": "每历往常半周幼少老青成近逐多几数一二两三四五六七八九十百千万0123456789余来",
    "月": "每个多几数一二两三四五六七八九十0123456789半逐", "春": "青立新回", "夏": "立华", "秋": "立千", "冬": "立", "隔": "相间",
    "该": "应",
    "周": "一二两三四五六七八九十几数多每双单整逢同0123456789个首第隔", "星": "每三卫明逢五金火", "礼": "每逢婚典",
}
# … and the words behind which it is free: 超过|去年, 重申|明年.
_FREE_BEHIND = ("超过", "高过", "胜过", "好过", "低过", "重申")
# What may not follow: names of firms, games and papers, and other words that begin with the last character.
_OTHERWISE: dict[str, tuple[str, ...]] = {
    "前年": ("化", "均", "产", "度"), "后年": ("化", "均", "产", "度"),
    "今日": ("头条", "资本", "美术", "说法",
        "新闻网", "早报", "晚报"),
    "明日": ("方舟", "之后", "之星", "控股", "之子", "边缘", "世界", "黄花", "香"), "明天": ("系", "控股"), "今天": ("国际",),
    "明儿": ("子", "女", "童", "科", "媳"), "今儿": ("子", "女", "童"), "昨儿": ("子",), "明夜": ("叉",),
    "后日": ("股", "本", "系", "元", "经", "产", "币", "企", "厂"), "前日": ("本", "元", "产", "均"), "今年": ("轻", "货"),
    "次日": ("本", "元"), "同日": ("本", "元"),
    "明年": ("报告", "报披", "报出", "报发", "报预", "报中", "薪"), "去年": ("货",), "当年": ("轻",), "同月": ("球",), "次年": ("会",),
    "本季": ("赛", "节"), "下季": ("节",), "上季": ("节",), "本月": ("球", "刊"), "第二天": ("性", "赋"), "后天": ("性", "免疫", "下"),
    "前天": ("线",), "当天": ("然",), "年内": ("卷", "容", "部", "存"), "全年": ("龄", "级"), "上年": ("纪",),
    "同年": ("级", "龄", "限", "代"),
}
_WEEK_SHIFT = {"上上": -2, "下下": 2, "上": -1, "下": 1, "本": 0, "这": 0, "当": 0}
_WEEKDAY = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_COUNTERS = tuple(  # 上周3家
    "0123456789.,:%天个次月年款倍小万亿元名人家只支位条项起笔场轮单宗批部台架辆座件份种股大届期幅篇颗枚艘吨美港成折"
)
_ELSEWHERE = ("前的", "后的", "周的", "月的", "期的")  # 两年后的|今天, 三周前的|周五: no day counted from the article's
# 上周三星…, 本周日本…, 下周一款…: the last character belongs to the word behind.
_NOT_A_WEEKDAY = {
    "一": "款批场次个项名位条种部颗直共度线汽般些系", "二": "手维", "三": "星安", "四": "川维", "五": "粮金矿", "六": "福",
    "日": "本元圆系", "天": "津猫河",
}
_NO_WEEK = ("年", "期", "岁", "刊", "边", "转率", "转天", "围")


def is_claimed(view: str, at: int) -> bool:
    """True where the character in front makes one word with the one at `at`."""
    return at > 0 and view[at - 1] in _CLAIMED.get(view[at], "") and view[max(at - 2, 0) : at] not in _FREE_BEHIND


def read_word(view: str, at: int) -> DateExpr | None:
    """The relative word at `at`, longest first, alone: what hangs on it is read by the caller."""
    pair = _TWO_YEARS.get(view[at : at + 4])
    if pair is not None:
        field = "year_shift" if view[at + 3] == "年" else "day_shift"
        first = _with(DateExpr(at, at + 4), field, pair)
        return replace(first, to=_with(first, field, pair + 1))
    for size in (5, 4, 3, 2):
        word = view[at : at + size]
        if word not in WORDS:
            continue
        field, shift = WORDS[word]
        is_till_now = word == "今日" and view[at - 1 : at] in ("至", "迄") and view[at - 2 : at] != "截至"
        if is_till_now or view.startswith(_OTHERWISE.get(word, ()), at + len(word)):
            return None
        if field == "day_shift" and view.startswith(_ELSEWHERE, max(at - 2, 0)):
            return None
        expr = _with(DateExpr(at, at + len(word)), field, shift)
        if word in ("上一年", "下一年"):
            expr = replace(expr, year_shift=shift)  # last year, where no other was told
        return replace(expr, is_report_year=word in ("上年", "上年度", "上一年度"), needs_antecedent=word in _ONLY_BESIDE_A_YEAR)
    return None


def _with(expr: DateExpr, field: str, value: int) -> DateExpr:
    return replace(expr, **{field: value})  # type: ignore[arg-type]


def read_week(view: str, at: int) -> DateExpr | None:
    """上个礼拜五, 下下周二, 周日, 本周, 这周末; None for 两周, 每周三, 周期, 周大福."""
    place, shift = at, 0
    lead = next((word for word in _WEEK_SHIFT if view.startswith(word, at)), "")
    if lead:
        shift = _WEEK_SHIFT[lead]
        place += len(lead)
        place += view.startswith("一", place)
        place += view.startswith("个", place)
    size = 1 if view.startswith("周", place) else 2 if view.startswith(("星期", "礼拜"), place) else 0
    if not size:
        return None
    place += size
    mark = view[place : place + 1]
    weekday = _WEEKDAY.get(mark) if mark else None
    if lead and mark in tuple("1234567") and view[place + 1 : place + 2] not in _COUNTERS:
        weekday = int(mark) - 1  # 上周5
    if weekday is not None and view[place + 1 : place + 2] and view[place + 1] in _NOT_A_WEEKDAY.get(mark, ""):
        weekday = None
    if weekday is None:
        if not lead or (size == 1 and view.startswith(_NO_WEEK, place)):
            return None
        if lead == "当" and view[at - 1 : at] in ("日", "号"):
            return None  # 9月23日当周: the day says which
        return DateExpr(at, place, week_shift=shift)
    found = DateExpr(at, place + 1, week_shift=shift, weekday=weekday, is_bare_weekday=not lead, part="weekend" if mark == "末" else "")
    return found if lead else _among_others(view, found)


def _among_others(view: str, day: DateExpr) -> DateExpr | None:
    """The 周四 of 下周三和周四, which is next week's too; none of 三周前的周五."""
    if view.startswith(_ELSEWHERE, max(day.start - 2, 0)):
        return None
    before = _weekday_before().search(view, max(day.start - 9, 0), day.start)
    return replace(day, week_shift=_WEEK_SHIFT[before[1]], is_bare_weekday=False) if before else day


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(_WEEK_SHIFT)})一?个?(?:周|星期|礼拜)[一二三四五六日天末][、和与及]$")
