"""Names in articles that are kept as Markdown: the marks are no part of them."""

from __future__ import annotations

import re

import pytest

import chipfacts

MARKED = {
    "heading": "# 云岭微完成数亿元A+轮融资",
    "bold": "**云岭微**完成2亿元B轮融资。",
    "quotation": "> 云岭微完成2亿元B轮融资。",
    "numbered": "1. 云岭微完成2亿元B轮融资。",
    "bullet": "- 云岭微完成2亿元B轮融资。",
}


@pytest.mark.parametrize("text", MARKED.values(), ids=MARKED)
def test_marks_are_no_part_of_a_name(text: str) -> None:
    """The company is 云岭微, and its span holds these three characters."""
    (fact,) = (fact for fact in chipfacts.extract(text) if fact.kind == "funding")
    (span,) = fact.spans["company"]
    assert (fact.company, text[slice(*span)]) == ("云岭微", "云岭微")


def test_an_address_is_no_investor() -> None:
    """The target of a link is not a name."""
    (fact,) = (fact for fact in chipfacts.extract("云岭微完成2亿元B轮融资,由[溪石资本](http://x.com)领投。") if fact.kind == "funding")
    assert not any("x.com" in name for name in fact.investors)


def test_quotes_have_no_white_space_at_their_ends() -> None:
    """The shortest run of text that states the fact."""
    text = "Lyndra Chips raised $20 million at a $1.1 billion valuation."
    assert all(fact.quote == fact.quote.strip() for fact in chipfacts.extract(text))


def raised(text: str, published: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
    """(company, round, measure) of every funding row."""
    facts = chipfacts.extract(text, published=published)
    return [(fact.company, fact.round, fact.measure) for fact in facts if fact.kind == "funding"]


NOBODY = {
    "verb": "该公司愿意按股权方式募资,注资5亿美元。",
    "function word": "推动中国企业对非投资,募资7亿元。",
    "plain nouns": "投资方包括一线基金和产业资本,募资5000万元。",
    "kind": "商业火箭公司纷纷宣布融资3亿元。",
    "demonstrative": "这家光互连公司周三宣布完成1亿元融资。",
    "weekly": "医疗健康融资周报:总额约60亿元。",
    "person": "蒋宁获核准任职。同日,有机构拟开展50亿元质押贷款。",
}


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_a_piece_of_a_sentence_is_no_name(text: str) -> None:
    """Silence beats an invented company."""
    assert raised(text) == []


NAMED = {
    "relative clause": ("7月12日,从溪石研究院独立出来的岚峤公司披露,新一轮融资2亿元到位。", "岚峤"),
    "venue": ("无锡岚峤集团在上交所成功发行6亿元公司债。", "岚峤集团"),
    "share class": ("製罐廠岚峤-KY現增籌資3億元。", "岚峤"),
    "quote bracket": ("岚峤股份(13.600,0.06,0.57%):拟定增募资5亿元。", "岚峤股份"),
    "code without a mark": ("岚峤水务(SZ000997)公告,拟发行可转债募资5亿元。", "岚峤水务"),
    "place of a listed name": ("江苏岚峤高速公路(00177)公布,完成发行2亿元超短期融资券。", "江苏岚峤高速公路"),
    "presented": ("同日宣布的还有岚峤世界:这家做大模型的公司获得3亿元A轮融资。", "岚峤世界"),
    "item": ("投融资:①岚峤咖啡B轮近3亿元。②澜湾科技A轮1亿元。③磐域数码C轮2亿元。", "岚峤咖啡"),
    "genitive": ("海外最高的是Lyndra的2亿美元B轮。", "Lyndra"),
    "brand of plain words": ("饮料品牌“明天见”已于近期连续完成天使轮和A轮融资,累计数千万元。", "明天见"),
    "school": ("少儿编程品牌“岚峤学院”今日宣布完成1500万元A轮融资。", "岚峤学院"),
    "founded in a year": ("货运平台Lorin Freight获得3000万美元A轮融资。Lorin Freight创立于2016年。", "Lorin Freight"),
    "numbered paper": ("岚峤置业2020年度第一期中期票据发行完毕,发行规模20亿元。", "岚峤置业"),
    "rights": ("岚峤服务2供1 每股供股價0.28元 最多籌1.7億元", "岚峤服务"),
    "gloss": ("专攻加速芯片的岚峤智慧(LANQIAO)今日宣布,完成2000万美元B2轮募资。", "岚峤智慧"),
    "code of a security": ("岚峤环科(证券代码:837215)近日发布公告,公司拟定增,预计募集资金不超过3000万元。", "岚峤环科"),
    "namesake of a listed firm": ("「恒玄光电」完成数千万元A轮融资。恒玄光电成立于2018年。", "恒玄光电"),
    "label of a flash": ("《興櫃》岚峤科技完成2.1億元現增", "岚峤科技"),
    "legal name of a brand": ("岚峤汽车获千万元A+轮融资。无锡岚峤汽车系统有限公司完成A+轮股权融资。", "岚峤汽车系统"),
    "percentage": ("岚峤文化(3.930,0.08,2.08%):将获溪石银行不超5亿元意向性融资", "岚峤文化"),
    "plant": ("測試介面廠岚峤公告,完成3億元聯貸。", "岚峤"),
    "no plan": ("德国虚拟电厂Wattan融资4500万欧元", "Wattan"),
    "by form": ("岚峤光能半年之内两度祭出可转债。公司拟募集不超过52亿元。", "岚峤光能"),
    "quotes that open an item": ("▪ 「岚峤の茶」近1亿美元C轮,投后估值接近20亿美元;", "岚峤の茶"),
    "title of a brand": ("幼儿教育品牌《岚峤校车》完成数百万元Pre-A轮融资。", "岚峤校车"),
    "digits and small letters": ("427ai,2021年成立于美国,做边缘数据。完成500万美元融资。", "427ai"),
    "small letters": ("lyndro,2022年成立于瑞士。完成390万美元种子轮融资。", "lyndro"),
    "colon": ("LYND:AI,2021年成立于英国。完成680万美元种子轮融资。", "LYND:AI"),
    "letters with marks": ("Lōndra Health,2022年成立于美国。完成800万美元A轮融资。", "Lōndra Health"),
    "behind a verb of telling": ("创始人周林在全员信中宣布岚峤完成F轮融资,总额4.34亿美元。", "岚峤"),
    "rumour's word": ("曝岚峤数科筹备Pre-IPO融资。", "岚峤数科"),
    "daughter of a listed firm": ("华为岚峤科技完成A轮融资,红杉中国领投。", "华为岚峤科技"),
    "sum of a dated round": ("⑤岚峤单车今年1月的D轮融资共募得2.15亿美元。", "岚峤单车"),
    "parent told behind": ("Lyndra母公司The Lyn Company考虑上市。8月14日,该公司递交招股书,拟筹资35亿美元。", "Lyndra"),
    "venue and day": ("另一边,岚峤能源2024年12月6日在港交所敲钟,募资约7.1亿港元。", "岚峤能源"),
    "verb behind a noun": ("老对手岚峤微也在与投资人接触,拟融资约2亿美元。", "岚峤微"),
    "strategic": ("11月15日,溪石资本宣布战略投资岚峤集团。", "岚峤集团"),
    "what no other name holds": ("茶饮品牌岚爷不泡茶今日宣布完成3亿元A轮融资。", "岚爷不泡茶"),
    "word that begins none": ("健身连锁品牌超级岚獾今日宣布完成3亿元A轮融资。", "超级岚獾"),
    "trade that is also an ending": ("鲜花订阅电商岚峤今日宣布完成3亿元A轮融资。", "岚峤"),
    "two nouns in one": ("连锁租车企业岚峤租车今日宣布完成3亿元A轮融资。", "岚峤租车"),
    "dateline": ("澜湾新闻4月12日讯 岚峤体育文化发展(北京)有限公司宣布完成B轮融资,总额8亿元。", "岚峤体育文化发展"),
    "every day": ("生鲜电商每日岚鲜今日宣布完成3亿元A轮融资。", "每日岚鲜"),
    "founder and maker": ("岚峤直播COO林一川发布内部信。岚峤直播由周林创立于2015年7月,2016年9月获得6.5亿元A轮融资。", "岚峤直播"),
    "title inside a word": ("电动车品牌Lorin Scooter完成近亿元A轮融资。", "Lorin Scooter"),
    "rumour in front": ("传岚峤网接近完成新一轮融资\n\n岚峤网正接近完成3亿元融资。", "岚峤网"),
    "number of an item": ("01 Lorin Brands完成5亿美元E轮融资", "Lorin Brands"),
    "class of shares": ("岚峤医疗-B:拟配售6000万股,每股作价25.3港元,净筹15.02亿港元。", "岚峤医疗"),
    "kind told elsewhere": (
        "「快岚智能」完成10亿元C+轮融资,智能岚储机器人加速出海\n\n智能岚储机器人企业「快岚智能」近日宣布完成C+轮融资,融资额逾1.5亿美元。",
        "快岚智能",
    ),
}


@pytest.mark.parametrize(("text", "name"), NAMED.values(), ids=NAMED)
def test_names_that_nobody_listed(text: str, name: str) -> None:
    """Each context shows the name it was written for, with its edges."""
    assert raised(text)[0][0] == name


def test_both_scripts_of_a_name_are_one() -> None:
    """岚峤生物Lyndra and Lyndra(岚峤生物) are told of once."""
    text = "合成生物企业「岚峤生物」完成8.7亿元B3轮融资\n\n岚峤生物Lyndra近日完成8.7亿元人民币B3轮融资,由溪石资本领投。"
    assert raised(text) == [("岚峤生物", "B3", "round")]
    text = "物流公司Lorin Van(岚峤物流)宣布完成5亿元E轮融资。\n\n岚峤物流完成1亿元债权融资。"
    assert {name for name, _, _ in raised(text)} == {"Lorin Van"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("摩尔线程智能科技有限公司宣布完成1亿元A轮融资。", "摩尔线程"),
        ("Ada Sorel's The Lorvane Company nabs another $150M.", "The Lorvane Company"),
        ("上海岭见工业软件集团有限公司(简称“岭见工软”)近日完成10亿元A轮融资。", "岭见工软"),
        ("融资盘点\n\n松岭拼拼:9月,完成3000万美元A轮融资,溪石资本领投。", "松岭拼拼"),
        (
            "Thinkwell Lab, the startup founded by former OpenAI executive Mira Murand, said it raised $2 billion.\n\n"
            "Murand, who left OpenAI, launched Thinkwell in February. The company was seeking to raise about $1 billion.",
            "Thinkwell Lab",
        ),
        ("北京电岭集成电路制造有限责任公司(以下简称“北岭集成”)完成10亿元融资。\n\n北岭集成累计融资20亿元。", "北岭集成"),
        ("上海岭见工业软件有限公司(以下简称“公司”)近日完成10亿元A轮融资。", "岭见工业软件"),
    ],
)
def test_a_name_has_its_own_words_and_no_others(text: str, name: str) -> None:
    """A listed company in full is the listed one; who owns a company is not in its name."""
    assert {row[0] for row in raised(text)} == {name}


def test_the_fund_of_a_company_does_not_take_its_name() -> None:
    """A text on Quorvex that tells of Quorvex Ventures later tells of Quorvex still."""
    text = "编程平台Quorvex宣布推出Quorvex Ventures孵化计划。\n\n2016年10月,Quorvex筹集到60万美元的种子轮融资。"
    assert raised(text) == [("Quorvex", "seed", "round")]


@pytest.mark.parametrize(
    "section",
    [
        "Quorviv\nQuorviv 是一个成立于 2021 年的新闻通讯平台。与 Corvane 不同,它不支持视频。累计完成3880万美元B轮融资。",
        "岭微科技(018)\n2017年在北京成立,是机器人研发商。2023年9月完成3880万美元B轮融资。",
    ],
)
def test_a_line_that_is_a_name_heads_what_stands_below(section: str) -> None:
    """The part of a report under a competitor's name is about the competitor."""
    text = f"Corvane的崛起\n\nCorvane完成了A轮融资1530万美元。Corvane用户众多。\n\n{section}"
    assert raised(text)[1:] == [(re.split(r"[(\n]", section)[0], "B", "round")]


def test_a_surname_behind_a_title_is_nobodys_company() -> None:
    """CEO Dan Sorel … Sorel denies."""
    text = "芯片公司Lyndra办了发布会。CEO Dan Sorel说:B轮2亿美元已完成。\n\nSorel否认收到过8亿美元的收购要约。"
    assert {fact.company for fact in chipfacts.extract(text) if fact.company} == {"Lyndra"}


def test_two_lists_in_one_order_are_paired() -> None:
    """分别 and respectively: each company has its own sum, not the nearest."""

    def told(text: str) -> list[tuple[str | None, str]]:
        return [(fact.company, str(fact.amount_low)) for fact in chipfacts.extract(text) if fact.kind != "date"]

    assert told("云岭微、溪石电子分别获得3亿元、2亿元融资。") == [("云岭微", "300000000"), ("溪石电子", "200000000")]
    assert told("芯擎科技和黑芝麻智能去年营收分别为3亿元和2亿元。") == [("芯擎科技", "300000000"), ("黑芝麻智能", "200000000")]
    english = told("Intel and AMD posted losses of $3 million and $2 million, respectively.")
    assert english == [("英特尔", "3000000"), ("AMD", "2000000")]
    assert told("芯擎科技和黑芝麻智能去年营收3亿元。")[0][0] == "黑芝麻智能"  # nothing says which


def test_a_comparison_leaves_the_paragraph_to_its_own_company() -> None:
    """与岚峤科技不同: whoever opened the paragraph goes on."""
    text = "岚峤科技完成3亿元B轮融资。\n溪石电子是一家成立于2021年的公司。与岚峤科技不同,溪石电子只做软件。累计完成3880万美元B轮融资。"
    assert raised(text) == [("岚峤科技", "B", "round"), ("溪石电子", "B", "round")]


def test_subjects_in_a_list_are_names_each() -> None:
    """岚峤动力与澜湾道宇 are two names, one of which is the row's; 澜湾动力、磐域科技 as well."""
    assert raised("同一时段,岚峤动力与澜湾道宇也各自拿到数亿元融资。") == [("澜湾道宇", None, "round")]
    assert raised("进入2月,澜湾动力、磐域科技也都完成了数亿元融资。")[0][0] == "磐域科技"


INVESTORS = {
    "notes": ("云岭微完成2亿元B轮融资,投资方为溪石资本(领投)、南麓宝、圣屿装饰。", ["溪石资本", "南麓宝", "圣屿装饰"]),
    "adviser": ("云岭微完成2亿元B轮融资,投资方为溪石资本、北川资本(财务顾问)。", ["溪石资本"]),
    "suffix in a list": ("云岭微完成A轮融资,投资方包括恒屿投资、六合投资、民众投资。", ["恒屿投资", "六合投资", "民众投资"]),
    "by": ("云岭微完成2亿元B轮融资,该轮融资由溪石资本、襄川资本投资。", ["溪石资本", "襄川资本"]),
    "unknown one between": ("云岭微完成2亿元B轮融资,投资方包括溪石资本、全面向好、红杉中国。", ["溪石资本", "红杉中国"]),
    "arms of listed firms": (
        "云岭微完成2亿元A轮融资,投资方为Nvidia Ventures、JPMorgan Chase、溪石资本。",
        ["Nvidia Ventures", "JPMorgan Chase", "溪石资本"],
    ),
    "whatever Latin letters": (
        "云岭微完成2亿元A轮融资,投资方为10x Orrins、sow + reap Ventures、Orrin & Walker、D7、xorrin。",
        ["10x Orrins", "sow + reap Ventures", "Orrin & Walker", "D7", "xorrin"],
    ),
    "note of two": ("云岭微完成2亿元A轮融资,投资方为溪石资本、南麓创投(共同领投)、北川产投。", ["溪石资本", "南麓创投", "北川产投"]),
    "person": ("云岭微完成2亿元A轮融资,由溪石集团创始人张涛领投。", ["张涛"]),
    "some unnamed": ("云岭微完成2亿元A轮融资,由溪石资本以及数家中国汽车集团(与旗下基金)联合领投。", ["溪石资本"]),
    "strategic among others": (
        "云岭微完成2亿元A轮融资,由溪石资本领投,南麓创投战略投资,北川产投跟投。",
        ["溪石资本", "南麓创投", "北川产投"],
    ),
}


@pytest.mark.parametrize(("text", "names"), INVESTORS.values(), ids=INVESTORS)
def test_investors_of_a_list(text: str, names: list[str]) -> None:
    """All of them, no adviser, no verb taken for the end of a name."""
    (fact,) = (fact for fact in chipfacts.extract(text) if fact.kind == "funding")
    assert list(fact.investors) == names


WHOSE = {
    "former employer": ("溪石手机早期员工林一川创办了岚峤科技,三个月融到1.3亿元。", "岚峤科技"),
    "passive": ("岚峤团队2013年组建,去年被微软拆分,11月拿到过2亿元Pre-A轮融资。岚峤科技总部在北京。", "岚峤科技"),
    "arm": ("2019年,通用汽车旗下的岚峤科技融到11亿美元。", "岚峤科技"),
    "noun in front": ("京东剥离业务;在线教育公司岚峤科技登陆纽交所,通过IPO筹资5亿美元。", "岚峤科技"),
    "approval": ("英特尔公告,公司完成票据的发行,发行规模30亿元。公司此前获准在银行间市场发行不超过100亿元的中期票据。", "英特尔"),
    "arm of a listed firm": ("京东旗下子公司京东健康与溪石资本签订协议。2019年11月,京东健康完成A轮融资,融资总额9亿美元。", "京东健康"),
    "in full": ("芯擎科技完成近10亿元A轮融资\n\n近日,湖北芯擎科技有限公司宣布完成近10亿元人民币A轮融资。", "芯擎科技"),
    "person on a platform": (
        "社交电商岚峤集宣告重组失败。岚峤集CEO张正平在微博发布公告。该公司2018年10月完成4200万美元A轮融资。", "岚峤集",
    ),
    "origin": ("岚峤能源终止上市申请。\n\n这家脱胎于长城汽车的电池厂融资不断:2021年2月A轮35亿元。", "岚峤能源"),
    "fund": ("云岭微成立于2020年。再早一周,溪石资本刚刚宣布完成对它的2亿元投资。", "云岭微"),
}


@pytest.mark.parametrize(("text", "name"), WHOSE.values(), ids=WHOSE)
def test_whose_raise_it_is(text: str, name: str) -> None:
    """The one that gets the money, not who stands nearer."""
    companies = [company for company, _, _ in raised(text)]
    assert companies and set(companies) == {name}


PROCEEDS = {
    "offering": ("岚峤科技的科创板上市申请获受理。公司主营硅片。本次计划募集资金49亿元。", "ipo"),
    "placement": ("岚峤科技的科创板上市申请获受理。公司另拟定增。本次计划募集资金49亿元。", "round"),
    "convertible": ("岚峤科技半年内两度发行可转债。公司公告拟募集不超过52亿元。", "debt"),
}


@pytest.mark.parametrize(("text", "measure"), PROCEEDS.values(), ids=PROCEEDS)
def test_proceeds_take_their_issue_from_the_sentences_before(text: str, measure: str) -> None:
    """募集资金 says of no issue by itself which it is."""
    assert [told for _, _, told in raised(text)] == [measure]


def test_it_is_the_subject_of_its_own_sentence() -> None:
    """它 and 其 mean whom their sentence is about, not the passage, unless they are objects (给了它, 向其)."""
    text = "岚峤科技完成3亿元C轮融资。同月,人形机器人公司澜湾科技宣布完成B轮融资,而它一年前的估值只有26亿元。"
    values = [f for f in chipfacts.extract(text) if f.kind == "valuation"]
    assert [f.company for f in values] == ["澜湾科技"]
    assert raised("岚峤科技成立于2012年。一年后,溪石资本的李然给了它2000万元天使轮。")[0][0] == "岚峤科技"
