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
    "T$": "TWD",
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
        *("EGP", "ARS", "CLP", "COP", "PKR", "BDT", "UAH", "KZT", "NGN", "KES", "LKR", "MMK", "KHR", "RON", "BGN", "ISK", "OMR", "BHD"),
    )
}
CODES |= {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "NT": "TWD", "Rmb": "CNY", "RM": "MYR", "NIS": "ILS"}

# Chinese names; most stand behind the number, all may stand before it (港币两千元). A name that several countries share
# (比索, 卢比, 克朗, 第纳尔) is the one that Chinese news means by it when no country is said.
_NAMES: dict[str, str] = {
    "CNY": "人民币 元人民币 人民币元 圆人民币 块人民币 块钱人民币 元(人民币) 人民币(元)",
    "USD": "美元 美金 美刀 美圆 美钞 刀 块美金 块美元",
    "HKD": "港元 港币 港纸 港圆 元港币 元港元 港币元 块港币",
    "TWD": "新台币 台币 元新台币 元台币 新台币元 台币元 台元 块台币",
    "EUR": "欧元 欧圆 欧罗 欧",
    "JPY": "日元 日圆 日币 日圜 円",
    "KRW": "韩元 韩圆 韩圜 韩币 韩国元",
    "KPW": "朝鲜元 朝鲜圆",
    "GBP": "英镑 英磅 镑",
    "SGD": "新元 新加坡元 新加坡币 新币 坡币 星币 新加坡圆",
    "AUD": "澳元 澳币 澳大利亚元 澳洲元 澳圆",
    "CAD": "加元 加币 加拿大元 加拿大币",
    "NZD": "新西兰元 纽西兰元 新西兰币 纽西兰币 纽元 纽币",
    "BND": "文莱元 文莱币",
    "CHF": "瑞郎 瑞士法郎 法郎",
    "INR": "印度卢比 卢比",
    "PKR": "巴基斯坦卢比",
    "LKR": "斯里兰卡卢比",
    "NPR": "尼泊尔卢比",
    "THB": "泰铢 泰株 铢 泰国铢 泰币",
    "RUB": "卢布 俄罗斯卢布 俄卢布",
    "BYN": "白俄罗斯卢布",
    "VND": "越南盾 越盾 越南币",
    "MYR": "林吉特 令吉 马币 马来西亚令吉 马来西亚林吉特 马来西亚币",
    "IDR": "印尼盾 印尼卢比 印度尼西亚盾 印尼币",
    "PHP": "菲律宾比索 菲律宾披索 比索 披索 菲币",
    "MXN": "墨西哥比索 墨西哥披索",
    "ARS": "阿根廷比索 阿根廷披索",
    "CLP": "智利比索 智利披索",
    "COP": "哥伦比亚比索 哥伦比亚披索",
    "UYU": "乌拉圭比索",
    "PEN": "秘鲁索尔 秘鲁新索尔",
    "BRL": "雷亚尔 巴西雷亚尔 巴西雷阿尔 雷阿尔 巴西币",
    "ZAR": "南非兰特 兰特 南非币",
    "TRY": "土耳其里拉 里拉 新土耳其里拉",
    "EGP": "埃及镑",
    "LBP": "黎巴嫩镑",
    "SYP": "叙利亚镑",
    "SDG": "苏丹镑",
    "SEK": "瑞典克朗 瑞典克郎 克朗",
    "NOK": "挪威克朗 挪威克郎",
    "DKK": "丹麦克朗 丹麦克郎",
    "ISK": "冰岛克朗 冰岛克郎",
    "CZK": "捷克克朗 捷克克郎",
    "PLN": "兹罗提 波兰兹罗提",
    "HUF": "福林 匈牙利福林",
    "RON": "罗马尼亚列伊 列伊",
    "BGN": "保加利亚列弗 列弗",
    "UAH": "格里夫纳 乌克兰格里夫纳",
    "KZT": "坚戈 哈萨克斯坦坚戈",
    "UZS": "苏姆 乌兹别克斯坦苏姆",
    "GEL": "格鲁吉亚拉里",
    "RSD": "塞尔维亚第纳尔",
    "ILS": "谢克尔 新谢克尔 以色列谢克尔 以色列新谢克尔",
    "AED": "迪拉姆 阿联酋迪拉姆 迪尔汗",
    "MAD": "摩洛哥迪拉姆",
    "SAR": "里亚尔 沙特里亚尔 沙特阿拉伯里亚尔",
    "QAR": "卡塔尔里亚尔",
    "IRR": "伊朗里亚尔",
    "OMR": "阿曼里亚尔",
    "YER": "也门里亚尔",
    "KWD": "第纳尔 科威特第纳尔",
    "BHD": "巴林第纳尔",
    "JOD": "约旦第纳尔",
    "IQD": "伊拉克第纳尔",
    "DZD": "阿尔及利亚第纳尔",
    "LYD": "利比亚第纳尔",
    "TND": "突尼斯第纳尔",
    "NGN": "奈拉 尼日利亚奈拉",
    "KES": "先令 肯尼亚先令",
    "UGX": "乌干达先令",
    "TZS": "坦桑尼亚先令",
    "GHS": "加纳塞地 塞地",
    "ETB": "埃塞俄比亚比尔",
    "BDT": "塔卡 孟加拉塔卡 孟加拉国塔卡",
    "MMK": "缅元 缅币 缅甸元",
    "KHR": "瑞尔 柬埔寨瑞尔",
    "LAK": "基普 老挝基普",
    "MNT": "图格里克 蒙古图格里克",
    "MOP": "澳门元 澳门币 葡币 帕塔卡 澳门帕塔卡",
}
CHINESE: dict[str, str] = {name: code for code, names in _NAMES.items() for name in names.split()}
_SHARED = ("第纳尔", "比索", "披索", "卢比", "克朗", "里亚尔", "迪拉姆", "先令")

# English names behind the number; the plural s is optional.
_ENGLISH_NAMES: dict[str, str] = {
    "USD": "us dollar, u.s. dollar, american dollar, dollar, buck",
    "HKD": "hong kong dollar, hk dollar",
    "TWD": "new taiwan dollar, taiwan dollar, nt dollar, taiwanese dollar",
    "SGD": "singapore dollar, singaporean dollar",
    "AUD": "australian dollar",
    "CAD": "canadian dollar",
    "NZD": "new zealand dollar",
    "EUR": "euro",
    "GBP": "british pound, pound sterling, pounds sterling, pound, quid",
    "CNY": "chinese yuan, yuan renminbi, yuan, renminbi",
    "JPY": "japanese yen, yen",
    "KRW": "south korean won, korean won, won",
    "INR": "indian rupee, rupee",
    "PKR": "pakistani rupee, pakistan rupee",
    "LKR": "sri lankan rupee, sri lanka rupee",
    "CHF": "swiss franc",
    "THB": "thai baht, baht",
    "RUB": "russian ruble, ruble, rouble, russian rouble",
    "VND": "vietnamese dong",
    "MYR": "ringgit, malaysian ringgit",
    "IDR": "rupiah, indonesian rupiah",
    "PHP": "philippine peso",
    "MXN": "mexican peso",
    "ARS": "argentine peso",
    "CLP": "chilean peso",
    "COP": "colombian peso",
    "ZAR": "south african rand",
    "TRY": "turkish lira",
    "EGP": "egyptian pound",
    "ILS": "shekel, israeli shekel, new israeli shekel",
    "AED": "dirham, uae dirham, emirati dirham",
    "SAR": "saudi riyal",
    "QAR": "qatari riyal",
    "KWD": "kuwaiti dinar",
    "SEK": "swedish krona, swedish kronor, swedish crown",
    "NOK": "norwegian krone, norwegian kroner, norwegian crown",
    "DKK": "danish krone, danish kroner, danish crown",
    "CZK": "czech koruna, czech crown",
    "PLN": "zloty, polish zloty",
    "HUF": "forint, hungarian forint",
    "UAH": "hryvnia",
    "BDT": "bangladeshi taka",
    "NGN": "naira, nigerian naira",
    "KES": "kenyan shilling",
    "BRL": "brazilian real, brazilian reai",
}
ENGLISH: dict[str, str] = {name: code for code, names in _ENGLISH_NAMES.items() for name in names.split(", ")}

# Every ISO code that a sum can have.
KNOWN = frozenset((*SIGNS.values(), *CODES.values(), *CHINESE.values(), *ENGLISH.values()))

# What 元 begins without being money: 元宇宙, 元器件, 三元锂, 二元论, 元年, 元件; behind 万 or 亿 only the first two can be meant.
NOT_YUAN_BIG = "宇宙|器件"
NOT_YUAN = (
    f"{NOT_YUAN_BIG}|件|年(?![薪终度均产营收化利])|旦|素|禾|老|帅|首|气|音|组|数据|凶|宵|勋|化|论|[一二三四五]?次|方|锂|材|复|聚|催"
    "|正电|前驱|极管|结构"
)


# Also names of firms and people, or too short: only behind a number.
_ONLY_BEHIND = frozenset(("瑞尔", "先令", "苏姆", "列弗", "列伊", "塞地", "基普", "坚戈", "镑", "円", "塔卡", "奈拉"))
_ALONE = frozenset(("铢", "刀", "欧", "比索"))  # need a look at what follows: 欧姆, 比索尼
# 元整, 元正 and 圆整 close a formal sum; 元整体, 元正式 begin another word.
_WHOLE = r"(?:整(?![体个合理治车机数年顿改形装套流容编备修])|正(?!\w))?"
# What stands behind a 块 that is money and counts no pieces: the end, a digit (三块五), a hedge, a verb of trade; no chip, card or board.
_PIECES = r"[A-Za-z]|芯片|显卡|卡|板|屏|石|电池|硬盘|主板|晶圆|算力|玻璃|地|表|蛋糕|肉"
_BLOCK = (
    r"[^\w]|$|[零一二两三四五六七八九半\d]|[买卖]|包邮|每|就|到手|人民币|整|[涨跌降升]?[到至](?=[几数一二两三四五六七八九十百千\d])|多(?=[^\w]|$|[的钱])"
    rf"|(?:左右|上下|[及或]?以[上下内]|之[内间]|起(?![诉步伏])|出头|有余|开外|不到|不等)(?!的? ?(?:{_PIECES}))|的(?! ?(?:{_PIECES}))"
)


def _by_length(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def before() -> re.Pattern[str]:
    """A currency word or sign that ends where the number (or its hedge) begins; to be searched in a short window."""
    lettered = _by_length(sign for sign in SIGNS if sign[0].isalpha())
    signs = _by_length(sign for sign in SIGNS if not sign[0].isalpha())
    names = _by_length(name for name in CHINESE if len(name) > 1 and name[0] not in "元块" and name not in _ONLY_BEHIND)
    return re.compile(
        rf"(?:(?P<sign>(?<![A-Za-z])(?:{lettered})|{signs})|(?P<code>(?<![A-Za-z])(?:{_by_length(CODES)}))|(?P<name>{names})) ?$"
    )


@cache
def behind() -> re.Pattern[str]:
    """A currency word that begins where the number ends."""
    english = _by_length(ENGLISH)
    chinese = _by_length(k for k in CHINESE if k not in _ALONE)
    signs = _by_length(sign for sign in SIGNS if sign[-1] in "$€£¥₩₽฿₫₹₺₪₱" and sign not in ("US $", "NT $", "HK $"))
    free = r"(?=[^\w]|$|左右|以[上下内]|的|出头)"
    return re.compile(
        rf" ?(?:(?P<name>{chinese}|(?:刀|欧){free}|铢|比索(?!尼))|(?P<code>(?:{_by_length(CODES)})(?![A-Za-z0-9]))"
        rf"|(?P<yuan>元{_WHOLE}|圆{_WHOLE}(?![柱形桌圈弧周])|块钱|块(?={_BLOCK}))"
        rf"|-?(?:of )?(?i:(?P<english>{english})(?:s|(?-i:'))?)(?![A-Za-z0-9])"
        rf"|(?P<sign>{signs})(?! ?[\w$€£¥{{(]))"
    )


def shared(name: str, view: str, pos: int) -> str:
    """The currency of a name at `pos` that several countries use: of the country named last before it, near by; else the usual one."""
    if name in _SHARED:
        countries = _countries(name)
        near = max(countries, key=lambda country: view.rfind(country, max(0, pos - 80), pos))
        if near in view[max(0, pos - 80) : pos]:
            return countries[near]
    return CHINESE[name]


@cache
def _countries(name: str) -> dict[str, str]:
    return {full.removesuffix(name): code for full, code in CHINESE.items() if full.endswith(name) and full != name}


_LAST = frozenset(word[-1] for word in (*SIGNS, *CODES, *CHINESE))


def may_precede(character: str) -> bool:
    """True where a currency word can end in this character: one look instead of a search."""
    return character in _LAST
