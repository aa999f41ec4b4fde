"""What a number without any currency word counts, judged by its neighbours: money or things."""

from __future__ import annotations

import re
from functools import cache

from chipfacts.values.quantity import Quantity

_THINGS = (
    "用户|人|粉|参数|晶体|产能|销量|出货|下载|播放|词|[Tt]oken|观众|家庭|设备|芯片|GPU|卡|车|订阅|会员|数据|样本|图|次|面积|学|客|设施"
    "|台|颗|片"
)
_COUNTED = (
    "用户|客户|订阅|参数|出货|销量|产量|产能|人口|粉丝|下载量?|播放|晶体管|浏览|阅读|搜索|日活|月活|DAU|MAU|[Tt]okens?|装机|交付量|保有量|门店|股本|人次"
    "|访问|并发|股数|裁员|占地|面积|人数|总数|数量|良率|行代码"
)


def judge(view: str, number: Quantity, start: int, end: int, hedge: str) -> str:
    """`bare` where the surroundings fit money, `count` where things are counted, empty where the number is no candidate.

    `start` and `end` are the span with its hedge words.
    """
    if number.big < 10**4:
        return ""
    before = view[max(0, start - 16) : start]
    if _counted_before().search(re.split(r"[,。;!?\n、:]", before)[-1]):
        return "count"
    if number.is_unit and number.hedge != "several":
        if view[number.end - 1].isascii() or (number.end - number.start < 2 and not hedge):
            return ""
        if not hedge and not _money_noun().match(view, end) and not _stop().match(view, end):
            return ""
        if hedge and number.low >= 10**10 and not _thing().match(view, end):
            return "bare"  # 破千亿 in a headline, whatever verb follows
    if _money_noun_before().search(before) and not _thing().match(view, end):
        return "bare"
    follows = _after_english() if view[number.end - 1].isascii() else _after_chinese()
    return "bare" if follows.match(view, end) else "count"


@cache
def _counted_before() -> re.Pattern[str]:
    return re.compile(_COUNTED)


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r"[,。;!、\n)]|$")


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(rf"{_THINGS}|[个次度千瓦条件部只支家项立吨公股级]")


@cache
def _money_noun() -> re.Pattern[str]:
    return re.compile(
        "(?:的)?(?:融资|投资|募资|注资|增资|估值|市值|营收|收入|利润|净利|年薪|月薪|薪|资金|资本|订单|采购|收购|并购|贷款|联贷|债|基金|补贴|奖金"
        "|出资|入股|成交|成本|损失|亏损|预算|研发|大单|身家|身价|财富|现金|罚|资产|营业额|销售|产值|天使|种子|战略|首轮|新一轮|投前|投后|IPO|[Pp]re|人民币"
        r"|[A-Ha-h]\d?\+*(?:轮|系列)|Series)|的(?:项目|生意|标的|合同|工程|单子|框架)"
    )


@cache
def _money_noun_before() -> re.Pattern[str]:
    """Right in front of a bare number, a noun that only money follows: 11月营收13.36亿改写新高."""
    verbs = "砸|斥资|斥|豪掷|账上只剩|账上还有"
    owed = "负债|债务"
    nouns = f"{owed}|营收|营业额|销售额|净利润?|获利|盈余|亏损|市值|估值|募资|融资|集资|筹资|成交额|成交量|资产|总投资|投资额|资本支出|获投"
    return re.compile(rf"(?:{verbs}|(?:{nouns})(?:额|总额|规模)?(?:已|将|可)?(?:达到?|为|至|约|破|冲)?)$")


@cache
def _after_chinese() -> re.Pattern[str]:
    """What may follow a bare 2亿 that is money: the end, punctuation, a money noun, a function word; any other noun is counted."""
    verbs = "用于|用来|用以|来自|增长|同比|环比|[增升涨降跌减上][至到]|下降|下滑|上升|提升|提高|缩水|入主|拿下|收入囊中|获"
    nouns = "持仓|巨资|重金|大关|关口|门槛|俱乐部|不等|之巨"
    return re.compile(
        rf"\s*(?:$|(?<=\n)|(?<= )(?!{_THINGS})[^\W\dA-Za-z_]|[,。;!?、:)\]”’…\"'])"
        rf"|\s?(?:{_money_noun().pattern}|{verbs}|{nouns}|[到至和与及或后时在为是由被从给,]|的(?!{_THINGS})|以[内上下]|/(?=[年月]))"
    )


@cache
def _after_english() -> re.Pattern[str]:
    prepositions = "in|from|at|for|to|by|on|as|with|after|during|so far|last|this|against|through|via|worth"
    nouns = "valuation|round|[Ss]eries|[Ss]eed|funding|investment|revenue|financing"
    return re.compile(rf"\s*$|\n|[,.;:!?)\]\"'’”]|[ -](?:{prepositions}|{nouns})(?![a-z])")


@cache
def per_behind() -> re.Pattern[str]:
    """A price per thing behind a sum: 元/股, 万元一颗, $5 a share. Only the written 元/股 belongs to the span."""
    measure = "片颗台张枚只个套件"
    return re.compile(
        rf"/ ?(?:股|盎司|小时|千克|千瓦时?|平方?米|[{measure}度吨克瓦月年天日人斤桶次]"
        r"|(?i:share|unit|chip|kwh|wafer|hour|month|year|mo|yr|h)(?![A-Za-z]))"
        rf"|(?= ?一[{measure}斤股块辆部度])|(?=每[股{measure}吨度平])"
        r"| (?:per|an?) (?:share|chip|unit|wafer|card|kwh|hour|month|year|ounce|piece)\b"
    )


@cache
def pay_before() -> re.Pattern[str]:
    """Right in front of 10k or 5w, a noun that says money: 月薪10k, 预算5w."""
    nouns = (
        "月薪|年薪|薪资|薪水|薪酬|工资|底薪|起薪|收入|预算|价格|售价|报价|标价|定价|奖金|奖励|租金|房租|首付|存款|押金|花了?|赚了?|亏了?"
    )
    return re.compile(rf"(?:{nouns})(?:[为是约达到:]|大约|大概|超过)? ?$")


@cache
def price_before() -> re.Pattern[str]:
    """In front of 三元 or 两元, a word after which they are a price: 售价三元, 每斤三元, 至少三元."""
    words = "价格?|只要|仅|仅需|只需|需|花了?|付了?|付款|支付|收费|收取|补贴|赚了?|找零|共计?|合计|便宜|涨了?|跌了?|降了?"
    hedges = "至少|最少|不到|不足|超过|低于|高于|约|近|最多|至多"
    return re.compile(rf"(?:{words}|{hedges}|每[\u4e00-\u9fff]{{1,2}})[为是:]? ?$")


@cache
def per_before() -> re.Pattern[str]:
    """每股作价 before a sum: the price of one thing, nobody's round."""
    return re.compile(r"每[股颗片台张枚只套件吨度][^\d,。;]{0,9}$")
