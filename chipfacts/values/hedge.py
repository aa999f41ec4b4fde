"""Hedge words left and right of a number → `over`, `under`, `about`, `nearly`; and the span that covers them (contract, table 3)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_OVER_LEFT = (
    "远?超过了?|超出|超越|(?<![买卖])远?超|逾|过了|(?<=[已早])过(?!的)|突破了?|冲破了?|首跨|跨越|跨过|(?<![爆])破|不少于|不低于|不小于|不下于|不下|不亚于|不[止只]|至少|最少|起码"
    "|高于|高过|多于|大于|>=?|≥"
)
_UNDER_LEFT = (
    "还?不到|不足|不满|未到|未满|未达|低于|少于|小于|不超过|不高于|不多于|不大于|不超|不逾|至多|(?<!历史)最多(?:可?达|为)?|最高(?:可?达|为)?"
    "|顶多|上看|跌破|跌穿|失守|(?<![价间围])上限为?|(?:没有?|未|未能|不会)(?:达到?|到|满)|(?<![以顾来料力危])不及|<=?|≤"
)
# A negated hedge says the contrary: 未超过 is under, 不会低于 over.
_NEGATED = (
    "[并尚从还仍均都也]?(?:未曾?|没有?|不会|不得|不可|不能|不应|不宜|不再|不致|未能)$"
    "|(?<![A-Za-z])(?i:(?:not|never)(?: to| been| be| fallen)?) $"
)
_CONTRARY = {"over": "under", "under": "over"}
_ABOUT_LEFT = "大约为?|(?<![签节制预违履纽公条解续特契简合])约(?:为|合|达)?|(?<=折)合?约(?:为|合)?|大概|差不多|大致|约莫|[~≈≒]"
_NEARLY_LEFT = (
    "(?<![最附临新远邻靠亲])近|将近|接近于?|逼近|直逼|几近|迫近|近乎|(?<![加尽飞更很最较赶极畅爽欢凉轻勤痛捷明外愉超])快(?:要|到|有)?"
)
_OVER_ENGLISH = (
    "more than|greater than|higher than|over|above|at least|no less than|not less than|upwards? of|in excess of|north of"
    "|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)|to top|pass(?:es|ed)|cross(?:es|ed)"
    "|past|a minimum of|minimum of|well over|beyond"
)
_UNDER_ENGLISH = (
    "up to|upto|as much as|as high as|just under|less than|lower than|fewer than|no more than|not more than|at most|under|below"
    "|a maximum of|maximum of|within"
)
_ABOUT_ENGLISH = "about|around|roughly|approximately|approx\\.?|circa|ca\\.|some|an estimated|close on|somewhere around|in the region of"
_NEARLY_ENGLISH = "nearly|almost|close to|approaching|just shy of|just short of"

_RIGHT = {
    "over": "[(（]含[)）]以上|[及或]?以上|或更[多高]|之上|上方|起跳|起(?![诉步家底伏草源点初来飞跑用义因])|开外|出头|有余|挂零|朝上|往上"
    "|大关"
    "|多(?![少家名个元万亿数种出])|余(?![额万亿元款])|\\+(?![A-Za-z0-9+本此前上])"
    "|[- ]?[Pp]lus(?![a-z])| or more| and (?:above|up)",
    "under": "[(（]含[)）]以下|[及或]?以下|或更[少低]|封顶|为限|不到(?=[^\\w]|$|[的就])|以内|之内|内(?=[,。;、)]|$)| or less| or below",
    "about": "左右|上下|前后| or so| or thereabouts",
    "range": "之间|不等|区间",
}


_LAST = frozenset("穿守逼跨止只快要有及乎过了出越超逾破于少下码到足满未达多高看为限约合不概致莫近至上得≥≤≈≒")


class Hedge(NamedTuple):
    """A hedge word and where it stands; `kind` is empty for a word that only joins the span."""

    start: int
    end: int
    kind: str


@cache
def _left() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<under>{_UNDER_LEFT})|(?P<over>{_OVER_LEFT})|(?P<nearly>{_NEARLY_LEFT})|(?P<about>{_ABOUT_LEFT})"
        rf"|(?<![A-Za-z])(?i:(?P<under_e>{_UNDER_ENGLISH})|(?P<over_e>{_OVER_ENGLISH})|(?P<nearly_e>{_NEARLY_ENGLISH})"
        rf"|(?P<about_e>{_ABOUT_ENGLISH}))(?: another| a further| an additional| an extra)?(?= )) ?$"
    )


@cache
def _bare_left() -> re.Pattern[str]:
    # only before a unit without digits: 上亿, 过亿; 以上, 线上, 通过 and 千上(万) are other words
    return re.compile(r"(?:(?<![以线之马网路海盘早晚千加])上|(?<![通经透不])过) ?$")


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(_NEGATED)


@cache
def _right() -> re.Pattern[str]:
    return re.compile(" ?(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _RIGHT.items()) + ")")


def hedge_left(view: str, end: int, floor: int, is_unit: bool) -> Hedge | None:
    """The hedge that stands directly before `end`, not reaching back over `floor`."""
    window = max(floor, end - 22)
    last = view[end - 1 : end] if view[end - 1 : end] != " " else view[end - 2 : end - 1]
    if last not in _LAST and not last.isascii():  # most numbers have no hedge: one look instead of a search
        return None
    match = _left().search(view, window, end)
    if match:
        kind = (match.lastgroup or "").removesuffix("_e")
        negated = _negated().search(view, max(floor, match.start() - 16), match.start()) if kind in _CONTRARY else None
        if negated:
            return Hedge(negated.start(), match.end(), _CONTRARY[kind])
        return Hedge(match.start(), match.end(), kind)
    match = _bare_left().search(view, window, end) if is_unit else None
    return Hedge(match.start(), match.end(), "over") if match else None


def hedge_right(view: str, start: int) -> Hedge | None:
    """The hedge that stands directly behind a sum, which ends at `start`."""
    match = _right().match(view, start)
    return Hedge(match.start(), match.end(), match.lastgroup or "") if match else None
