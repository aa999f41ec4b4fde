"""The day an article says it was published on: its dateline. Update stamps, crawl stamps and footers are evidence of nothing."""

from __future__ import annotations

import re
from functools import cache

from chipfacts.values.date_part import DateExpr

_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*"
# 2019年7月1日,…公告: the day that opens an article and on which something is made known.
_TOLD = "公告|宣布|官宣|披露|透露|发布|消息|讯|获悉|对外|公布|通知"
_BYLINE = "记者|撰文|作者|编辑|出版|发布|发稿|报导|报道|电|发佈"  # beside the day in the line that says who wrote it
_HEAD = 600  # a dateline stands at the head


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(
        rf"(?:发布时间|发布日期|发表时间|发表于|发布于|日期|时间|(?i:date|published))[:： ]{{1,2}}({_DAY})"
        rf"|^[ \t]*({_DAY})日?[ \t\d:]*$"
        rf"|^[^\n,。]{{0,24}}?({_DAY})日?[ \t\d:]*(?=[^\n,。]{{0,12}}(?:{_BYLINE}))"
        rf"|^[^\n,。]{{0,24}}(?:{_BYLINE})[^\n,。]{{0,16}}?({_DAY})日?[ \t\d:]*$"
        rf"|^[^\n,。;:]{{0,12}}?(?P<lead>{_DAY})日(?:[早晚]间?|上午|下午|盘后)?,?(?=[^。\n]{{0,40}}(?:{_TOLD}))"
        rf"|^[A-Z][A-Za-z .,/&–-]{{2,60}}?[,–—-]+ ?((?:{_MONTH} \d{{1,2}},|\d{{1,2}} {_MONTH}) (?:19|20)\d\d)"
        rf"(?: ?(?:\([^)\n]{{2,30}}\)|/[^/\n]{{2,30}}/))? ?[–—-]"
        rf"|(?:[A-Z][A-Z ,.]{{2,40}}|\([A-Za-z ]{{2,20}}\)),? ?[(-]?({_MONTH} \d{{1,2}},? (?:19|20)\d\d)\)? ?[—–-]",
        re.MULTILINE,
    )


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(r"更新|修改|抓取|copyright|updated", re.IGNORECASE)


def has_dateline(view: str) -> bool:
    """False where no date of the head can be a dateline, so that none need be read."""
    return _dateline().search(view, 0, _HEAD) is not None


def infer_reference(view: str, exprs: list[DateExpr]) -> tuple[str, str] | None:
    """(EDTF day, `dateline`) where the article's own head states when it was published."""
    for match in _dateline().finditer(view, 0, _HEAD):
        if _stamp().search(view, max(match.start() - 8, 0), match.end()):
            continue
        place = match.start(match.lastindex or 0)
        expr = next((e for e in exprs if e.start <= place < e.end and e.year and e.month and e.day and e.to is None), None)
        if expr is not None and (match["lead"] is None or _is_lead(view, match.start(), expr, exprs)):
            return f"{expr.year:04}-{expr.month:02}-{expr.day:02}", "dateline"
    return None


def _is_lead(view: str, start: int, lead: DateExpr, exprs: list[DateExpr]) -> bool:
    """True of a day that opens the first or second line and is the latest complete day of the text."""
    day = (lead.year or 0, lead.month or 0, lead.day or 0)
    is_latest = all((e.year, e.month, e.day) <= day for e in exprs if e.year and e.month and e.day)
    return is_latest and "\n" not in view[:start].strip()
