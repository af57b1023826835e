"""Furniture: lines that belong to the page and not to the article, menus, bylines, counters, licences.

A line is judged by how it opens or by a phrase that only pages use. A line that says a figure with a unit is never
furniture for being short; "Patents: up 2.4% to 19,943." has a label that no page puts on its furniture.
"""

from __future__ import annotations

import re

from ipmetrics.prose.dates import days_in, without_days

__all__ = ["is_byline", "is_furniture", "is_menu", "says_figure"]

_LONGEST = 600
"""Licences run longer, but tell what they are in their first letters."""
_LONGEST_LINE = 200
"""All other furniture is shorter."""
_EDGES = "■◆●|·•-–—_=*#>» \t"

_STATISTIC = re.compile(
    r"\d\s?(?:%|‰|per ?cent\b|(?:percentage )?points?\b|(?:thousand|million|billion|trillion|yuan|patents?|"
    r"applications?|cases|filings|grants|times)\b|[千万亿件项家个元倍位名起宗])"
    r"|(?<![\d,.])\d{1,3},\d{3}(?!\d)|(?<![\d.])\d{1,9}\.\d{1,4}(?![\d.])|[$¥€£]\s?\d",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.-])\d[\d,.]*+")
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")

_COUNTERS = re.compile(
    r"(?<!\w)(?:(?:page ?views?|views?|hits?|clicks?|reads?|comments?)\s?:\s?[\d,]{1,12}(?![\d%])"
    r"|(?:浏览|阅读|点击|访问|评论)(?:次数|量|数)?\s?[:(]?\s?[\d,]{1,12}\s?次?\)?"
    r"|\d[\d,]{0,12}\s?次(?:浏览|阅读|点击)|\d[\d,]{0,9} (?:comments?|views?|likes?|reads?|replies)\b"
    r"|\d{1,3}[ -]?min(?:ute)?s?[ -](?:of )?read(?:ing)?(?: time)?\b|reading time:? \d{1,3} min(?:ute)?s?\b)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:read more|read also|also read|see also|related(?: articles?| news| links?| stories| topics?)?|"
    r"(?:next|prev|previous)(?: article| post| page)?|tags?|keywords?|filed under)\s?[:>»]"
    r"|(?:上一[篇条]|下一[篇条]|相关(?:阅读|链接|新闻|文章|附件)|延伸阅读|推荐阅读|标签|关键词|关键字|附件|扫一扫|索引号)\s?(?:[:>»]|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[(\[【]?\s?(?:(?:(?:source|editors?|edited by|reporters?|authors?|written by|writer|by|date|time|"
    r"(?:last )?updated|update time|(?:first |date |originally )?published|publish(?:ing)? (?:date|time)|"
    r"publication date|"
    r"release(?:d)?(?: (?:date|time))?|date of release|posted|font ?size|font|tel|telephone|phone|fax|e-?mail|address|"
    r"post(?:al )?code|web ?site|contacts?|website identification code|(?:site )?registration number|"
    r"licen[cs]e(?: no\.?| number)?|issn|isbn|doi|photos?|images?|credit|category|categories|column|"
    r"(?:current|your) (?:location|position)|you are here|location|follow us|share(?: this)?(?: on| to)?|languages?)"
    r"\s?:)"
    r"|(?:(?:稿件|信息|文章|新闻|数据)?来源|时间|日期|(?:发布|发表|更新|成文|发文|创建|公开)(?:时间|日期)|发布机构|发文机关|主题分类|文号|"
    r"责任编辑|责编|编辑|作者|记者|通讯员|供稿|审核|校对|撰稿|摄影|字号|字体(?:大小)?|(?:当前|您(?:的|现在的|当前的)?|所在)位置|"
    r"分享(?:到|至)?|打印|主办(?:单位)?|承办(?:单位)?|技术支持|联系(?:电话|方式|我们)|电话|传真|地址|邮编|邮箱|网站标识码|备案号)"
    r"\s?(?::|$))",
    re.IGNORECASE,
)
_DAY = "\u25ca"
"""Stands for a full day while a line is looked at."""
_DATED = re.compile(
    rf"(?:^|[\s|,(\[])(?:(?:(?:first |last |originally )?(?:published|updated|posted|released|modified|reviewed)|"
    rf"date|time)(?: on| at)?|(?:发布|发表|更新)(?:时间|日期|于)?|时间|日期)"
    rf"\s?[:,|]?\s{{0,3}}{_DAY}|{_DAY}\s?(?:发布|更新)$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"[(\[【]\s?(?:reporters?|editors?|edited|source|photo|image|compiled|contributed|written|translated|by |xinhua|"
    r"责任编辑|责编|记者|来源|编辑|通讯员|作者|完|图片|摄影)[^()\[\]【】]{0,200}+[)\]】]\s?",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"all rights reserved|^\s?(?:©|\(c\)\s?(?:19|20)\d\d|copyright\s?(?:©|\(c\)|(?:19|20)\d\d))|©\s?(?:19|20)\d\d"
    r"|(?:we|site|website|page) uses? cookies|accept (?:all )?cookies|reproduction (?:is )?(?:prohibited|without)"
    r"|icp ?备|icp ?证|网安备|版权所有|违法和不良信息|禁止转载|转载请|最终解释权|免责声明",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"back to (?:the )?top|skip to (?:main |the )?(?:content|navigation)|are you sure you want to"
    r"|cookie (?:policy|settings|preferences|notice|consent)|javascript|your browser|browsers? with|click here"
    r"|terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice|statement)"
    r"|^licen[cs]e for (?:publishing|network|online)|^registration no\b|sign up (?:for|to) |subscribe to "
    r"|follow us on|share (?:this )?(?:on|via|to) (?:facebook|twitter|x|linkedin|wechat|weibo)"
    r"|^(?:photo|image|picture)s? (?:by|courtesy|credit)|许可证编?号|未经.{0,12}(?:授权|许可|同意)|"
    r"扫一扫|返回顶部|微信公众号|无障碍",
    re.IGNORECASE,
)
_WHOLE_LINES = (
    "share|print|home|homepage|menu|search|login|log in|sign in|sign up|register|subscribe|newsletter|newsletters|"
    "ad|ads|advertisement|sponsored|close|next|previous|prev|top|back|more|read more|learn more|continue reading|"
    "see more|view all|show more|load more|see all|twitter|facebook|linkedin|wechat|weibo|whatsapp|instagram|youtube|"
    "email|e-mail|copy link|share this|share this article|share this page|share this story|print this page|"
    "contact us|contact|about us|site map|sitemap|privacy|disclaimer|terms|cookies|follow us|english|save|pdf|"
    "download pdf|related articles|related news|related links|related stories|you may also like|recommended|"
    "most read|most popular|most viewed|latest news|top stories|leave a comment|leave a reply|comments|tweet|reply|"
    "links|quick links|back to list|table of contents|contents|on this page|global edition|(xinhua)|xinhua|"
    "english version|中文|中文版|简体中文|繁體中文|打印|关闭|分享|首页|返回|返回首页|返回列表|上一页|下一页|大|中|小|"
    "收藏|点赞|繁体|简体|登录|注册|搜索|更多|关闭窗口|打印本页|关闭本页|打印此页|网站地图|联系我们|关于我们|新闻中心|导航|"
    "无障碍浏览|正文"
)
_WHOLE = frozenset(_WHOLE_LINES.split("|"))
_BETWEEN_LINKS = re.compile(r"\s{2,9}|[|·•/]")
_MENU_WORDS = frozenset("home 首页 主页 homepage".split())
_SIZES = re.compile(
    r"[\[【(]?\s?(?:字体|字号|fontsize|font size)?\s?:?\s?"
    r"(?:大|big|large)[\s|/]{0,9}(?:中|middle|medium)[\s|/]{0,9}(?:小|small)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?i:by) (?!The\b|End\b)[A-Z][\w.'-]{0,30}+(?: (?:and |& )?[A-Z][\w.'-]{0,30}+){1,6}"
    r"(?:(?:,| in| \||,? for) [A-Z][\w.'-]{0,30}+(?: [A-Z][\w.'-]{0,30}+){0,4}){0,3}"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_VERB = re.compile(r"\b(?:was|were|is|are|has|have|had)\b")
_PREPOSITION = re.compile(
    r"\b(?:as|at|between|before|during|end|for|from|in|of|on|since|to|until|was|were|is)\b|[截至到止]"
)
_WORDS = re.compile(r"[A-Za-z][\w.'&-]*+")
_NEWSROOM = re.compile(r"(?:网|报|社|局|院|厅|办|委|台|处|部|日报|作者|编辑|记者|来源|发布)")


def says_figure(line: str) -> bool:
    """Whether a line has a number that is no date, no time and no year."""
    return _DIGIT.search(line) is not None and any(
        not _YEAR.fullmatch(found[0]) for found in _NUMBER.finditer(without_days(line))
    )


def is_furniture(line: str) -> bool:
    """Whether a line, without the space around it, belongs to the page."""
    bare = line.strip(_EDGES)
    if not bare or _is_whole(bare) or _ELSEWHERE.match(bare) or _SIZES.match(bare):
        return True
    head = rest = bare[:_LONGEST]
    if _DIGIT.search(head):
        rest = without_days(_COUNTERS.sub(" ", head), _DAY)
        if not rest.strip(_EDGES + ","):
            return True
    if _STATISTIC.search(rest):
        return False
    if _LICENCE.search(head):
        return True
    if len(bare) > _LONGEST_LINE:
        return False
    return (
        _PHRASE.search(head) is not None
        or _is_labelled(bare)
        or _IN_BRACKETS.fullmatch(bare) is not None
        or is_menu(bare)
        or (_DAY in rest and _is_dated(bare, rest))
    )


def is_menu(line: str) -> bool:
    """Whether a line is a way through a site: Home > Statistics, or Home | Society."""
    for sign in (">", "»", "›", "|", "/"):
        parts = [part.strip() for part in line.split(sign)] if sign in line else []
        if len(parts) > 1 and all(len(part) <= 40 for part in parts):
            first = parts[0].split(":")[-1].strip().lower()
            if first in _MENU_WORDS or (sign in ">»›" and len(parts) > 2 and not says_figure(line)):
                return True
            if parts[-1].lower() in _MENU_WORDS:
                return True
    return False


def is_byline(line: str) -> bool:
    """Whether a line could name who wrote the article: of use above its first paragraph only."""
    return len(line) <= 120 and _BYLINE.fullmatch(without_days(line).strip(" ,|-")) is not None


def _is_whole(line: str) -> bool:
    """Whether a line is a link or a row of links: Share, Print."""
    if line.lower() in _WHOLE:
        return True
    parts = _BETWEEN_LINKS.split(line) if len(line) <= _LONGEST_LINE else []
    return len(parts) > 1 and all(part.strip().lower() in _WHOLE for part in parts)


def _is_labelled(line: str) -> bool:
    """Whether a line opens with a label of the page and is no sentence that opens with the same word."""
    return _LABEL.match(line) is not None and (line.isascii() or "。" not in line)


def _is_dated(line: str, rest: str) -> bool:
    """Whether a line is a full day and little else: a label, a clock, the name of a newsroom."""
    if next(days_in(line), None) is None or says_figure(rest) or rest.rstrip().endswith((".", "!", "?", "。")):
        return False
    if len(rest) < 40 and _CLOCK.search(line):
        return True
    others = rest.replace(_DAY, " ").strip(" \t|,.:;-–—/()[]")
    if not others or (_DATED.search(rest) and len(others) < 80 and not _VERB.search(others)):
        return True
    if len(others) > 60 or _PREPOSITION.search(others):
        return False
    if not others.isascii() and any("\u4e00" <= letter <= "\u9fff" for letter in others):
        return len(others) <= 20 and _NEWSROOM.search(others) is not None
    return len(_WORDS.findall(others)) <= 4
