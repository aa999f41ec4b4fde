"""Currency words of the folded view → ISO 4217. Plain 元/块 and no unit at all say no currency: None, for the caller to infer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Signs stand before the number: $5m, US$ 5m, NT$30bn. The fullwidth yen sign folds to ¥ and is the yuan's in Chinese text.
SIGNS: dict[str, str] = {
    **dict.fromkeys(("US$", "U.S.$", "USD$", "US $", "$"), "USD"),
    **dict.fromkeys(("NT$", "NTD$", "TW$", "NT $"), "TWD"),
    **dict.fromkeys(("HK$", "HKD$", "HK $"), "HKD"),
    **dict.fromkeys(("S$", "SG$"), "SGD"),
    **dict.fromkeys(("A$", "AU$"), "AUD"),
    **dict.fromkeys(("C$", "CA$"), "CAD"),
    "NZ$": "NZD",
    "MX$": "MXN",
    "R$": "BRL",
    **dict.fromkeys(("CN¥", "¥"), "CNY"),
    "JP¥": "JPY",
    "£": "GBP",
    "€": "EUR",
    "₩": "KRW",
    **dict.fromkeys(("₹", "Rs.", "Rs"), "INR"),
    "₽": "RUB",
    "฿": "THB",
    "₫": "VND",
    "₪": "ILS",
    "₺": "TRY",
    "₱": "PHP",
}

# Codes stand on either side: RMB 200 million, 5亿USD.
CODES: dict[str, str] = {
    code: code
    for code in (
        *("USD", "CNY", "HKD", "TWD", "EUR", "JPY", "KRW", "GBP", "SGD", "AUD", "CAD", "CHF", "INR", "NZD", "THB", "RUB", "VND", "MYR"),
        *("IDR", "PHP", "BRL", "MXN", "ZAR", "TRY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "ILS", "AED", "SAR", "MOP", "KWD", "QAR"),
        *("EGP", "ARS", "CLP", "COP", "PKR", "BDT"),
    )
}
CODES |= {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "NT": "TWD", "Rmb": "CNY"}

# Chinese names; most stand behind the number, all may stand before it (港币两千元).
CHINESE: dict[str, str] = {
    **dict.fromkeys(("人民币", "元人民币", "人民币元", "圆人民币", "块人民币", "元(人民币)"), "CNY"),
    **dict.fromkeys(("美元", "美金", "美刀", "美圆", "美钞", "刀"), "USD"),
    **dict.fromkeys(("港元", "港币", "港纸", "港圆", "元港币", "元港元", "港币元"), "HKD"),
    **dict.fromkeys(("新台币", "台币", "元新台币", "元台币", "新台币元", "台币元", "台元"), "TWD"),
    **dict.fromkeys(("欧元", "欧圆"), "EUR"),
    **dict.fromkeys(("日元", "日圆", "日币", "日圜"), "JPY"),
    **dict.fromkeys(("韩元", "韩圆", "韩圜", "韩币"), "KRW"),
    **dict.fromkeys(("英镑", "英磅"), "GBP"),
    **dict.fromkeys(("新元", "新加坡元", "新加坡币", "新币", "坡币"), "SGD"),
    **dict.fromkeys(("澳元", "澳币", "澳大利亚元", "澳洲元"), "AUD"),
    **dict.fromkeys(("加元", "加币", "加拿大元"), "CAD"),
    **dict.fromkeys(("瑞郎", "瑞士法郎"), "CHF"),
    **dict.fromkeys(("印度卢比", "卢比"), "INR"),
    **dict.fromkeys(("新西兰元", "纽元", "纽币"), "NZD"),
    **dict.fromkeys(("泰铢", "泰株", "铢"), "THB"),
    **dict.fromkeys(("卢布", "俄罗斯卢布"), "RUB"),
    "越南盾": "VND",
    **dict.fromkeys(("林吉特", "令吉", "马币", "马来西亚令吉", "马来西亚林吉特"), "MYR"),
    **dict.fromkeys(("印尼盾", "印尼卢比", "印度尼西亚盾"), "IDR"),
    **dict.fromkeys(("菲律宾比索", "菲律宾披索"), "PHP"),
    **dict.fromkeys(("雷亚尔", "巴西雷亚尔"), "BRL"),
    **dict.fromkeys(("墨西哥比索", "墨西哥披索"), "MXN"),
    **dict.fromkeys(("南非兰特", "兰特"), "ZAR"),
    **dict.fromkeys(("土耳其里拉", "里拉"), "TRY"),
    "瑞典克朗": "SEK",
    "挪威克朗": "NOK",
    "丹麦克朗": "DKK",
    "兹罗提": "PLN",
    "捷克克朗": "CZK",
    "福林": "HUF",
    **dict.fromkeys(("谢克尔", "新谢克尔"), "ILS"),
    **dict.fromkeys(("迪拉姆", "阿联酋迪拉姆"), "AED"),
    **dict.fromkeys(("里亚尔", "沙特里亚尔"), "SAR"),
    **dict.fromkeys(("澳门元", "澳门币", "葡币"), "MOP"),
    "阿根廷比索": "ARS",
}

# English names behind the number, in the order longest first; the plural s is optional.
ENGLISH: dict[str, str] = {
    **dict.fromkeys(("us dollar", "u.s. dollar", "american dollar", "dollar", "buck"), "USD"),
    **dict.fromkeys(("hong kong dollar", "hk dollar"), "HKD"),
    **dict.fromkeys(("new taiwan dollar", "taiwan dollar", "nt dollar", "taiwanese dollar"), "TWD"),
    **dict.fromkeys(("singapore dollar", "singaporean dollar"), "SGD"),
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "new zealand dollar": "NZD",
    "euro": "EUR",
    **dict.fromkeys(("british pound", "pound sterling", "pounds sterling", "pound"), "GBP"),
    **dict.fromkeys(("chinese yuan", "yuan renminbi", "yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("japanese yen", "yen"), "JPY"),
    **dict.fromkeys(("south korean won", "korean won", "won"), "KRW"),
    **dict.fromkeys(("indian rupee", "rupee"), "INR"),
    "swiss franc": "CHF",
    **dict.fromkeys(("thai baht", "baht"), "THB"),
    **dict.fromkeys(("russian ruble", "ruble", "rouble"), "RUB"),
    "vietnamese dong": "VND",
    "ringgit": "MYR",
    "rupiah": "IDR",
    **dict.fromkeys(("shekel",), "ILS"),
    **dict.fromkeys(("dirham",), "AED"),
    **dict.fromkeys(("saudi riyal",), "SAR"),
    **dict.fromkeys(("swedish krona", "swedish kronor"), "SEK"),
    "norwegian kroner": "NOK",
    "danish kroner": "DKK",
    "zloty": "PLN",
    "brazilian real": "BRL",
}

# What 元 begins without being money: 元宇宙, 元器件, 三元锂, 二元论, 元年, 元件; behind 万 or 亿 only the first two can be meant.
NOT_YUAN_BIG = "宇宙|器件"
NOT_YUAN = (
    f"{NOT_YUAN_BIG}|件|年(?![薪终度均产营收化利])|旦|素|禾|老|帅|首|气|音|组|数据|凶|宵|勋|化|论|次|方|锂|材|复|聚|催|正电|前驱|极管|结构"
)


def _by_length(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def before() -> re.Pattern[str]:
    """A currency word or sign that ends where the number (or its hedge) begins; to be searched in a short window."""
    lettered = _by_length(sign for sign in SIGNS if sign[0].isalpha())
    signs = _by_length(sign for sign in SIGNS if not sign[0].isalpha())
    names = _by_length(name for name in CHINESE if len(name) > 1 and name[0] not in "元块")
    return re.compile(
        rf"(?:(?P<sign>(?<![A-Za-z])(?:{lettered})|{signs})|(?P<code>(?<![A-Za-z])(?:{_by_length(CODES)}))|(?P<name>{names})) ?$"
    )


@cache
def behind() -> re.Pattern[str]:
    """A currency word that begins where the number ends."""
    english = _by_length(ENGLISH)
    chinese = _by_length(k for k in CHINESE if k not in ("铢", "刀"))
    return re.compile(
        rf" ?(?:(?P<name>{chinese}|刀(?![\w])|铢)|(?P<code>(?:{_by_length(CODES)})(?![A-Za-z0-9]))"
        rf"|(?P<yuan>元整?|[圆]整?(?![柱形桌圈弧周])|块钱|块(?=[^\w]|$|[零一二两三四五六七八九半\d]))"
        rf"|-?(?:of )?(?i:(?P<english>{english})(?:s|(?-i:'))?)(?![A-Za-z0-9]))"
    )


_LAST = frozenset(word[-1] for word in (*SIGNS, *CODES, *CHINESE))


def may_precede(character: str) -> bool:
    """True where a currency word can end in this character: one look instead of a search."""
    return character in _LAST
