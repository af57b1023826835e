"""Naming: the words for what is measured and where, as names that two sentences can share.

This room knows plurals, articles and blanks, and which names are too general to mean the same thing twice. It knows
the catalogue's names, exactly as they are, and no figure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ipmetrics import catalogue
from ipmetrics.errors import CatalogueError
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from datetime import date

    from ipmetrics.model.indicators import Indicator

__all__ = [
    "is_growth",
    "is_percentage",
    "is_specific",
    "is_total",
    "key_of",
    "known_indicator",
    "label_of",
    "region_of",
]

_BLANKS = re.compile(r"\s+")
_FIRST = re.compile(
    r"^(?:(?:the|a|an|its|their|our|all|total|overall|combined|cumulative|aggregate) )*(?:numbers? of |count of )?"
    r"(?:the |its |their )?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[&'’.-][^\W_]+)*")
_HAN = re.compile("[\u3400-\u9fff]")
_OF_NO_ACCOUNT = frozenset(
    "a all an and annual at by for from had in its new number of on other overall over our the their these this those "
    "to total with".split()
)
# Nouns and what is done with them that say nothing of the subject: "cases accepted" is whatever the sentence is about.
_VAGUE = frozenset(
    "accepted agreement amount application approved authorised authorized average award business case centre city "
    "closed company completed concluded contract country cumulative decided domestic effective enterprise entity "
    "event examined figure filed filing firm first foreign foundation granted group handled heard holder "
    "individual industry inspection institution international investigated issued item kind launched local matter "
    "member national newly office opened order output participant people person piece platform processed product "
    "project published received region registered registration request resolved resolving right science second "
    "settled signed station submitted sum technology third tried unit user valid value volume work".split()
)
# A right is applied for, granted and in force: one sentence may count the one and the next another.
_RIGHTS = frozenset("patent trademark mark design utility model invention copyright brand".split())
_STAGES = frozenset(
    "application applied approved authorised authorized case density dispute effective examination examined existing "
    "filed filing force grant granted high high-value holding in-force infringement infringing issued licence licensed "
    "license lawsuit maintained opposition owned ownership pendency pending per period pledge pledged "
    "pre-examination publication published registered registration renewal renewed review transfer transferred trial "
    "valid value".split()
)
_RIGHTS_HAN = re.compile("专利|商标|外观设计|实用新型|版权|著作权")
_STAGES_HAN = re.compile(
    "申请|授权|有效|拥有|持有|注册|登记|每万|万人|高价值|存量|转让|质押|许可|审查|审结|公开|公告|维持|密度|案|纠纷|侵权|价值|产业|复审|异议|周期"
)
_VAGUE_HAN = re.compile(
    "案件|受理|审结|新收|查处|办理|企业|数量|总量|申请|授权|登记|注册|完成|累计|全年|单位|机构|项目|产品|件"
)
_TOTALS = frozenset(
    "a all amount and figure in it number of overall sum that the them these those total whole 总量 总数 全部".split()
)
_HAN_AT_LEAST = 4
_PERCENTAGES = re.compile(
    r"\b(?:rates?|shares?|proportions?|percentages?|ratios?|intensity|penetration|satisfaction|accuracy)\b"
    "|率|占比|比重|比例|强度|满意度",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"\b(?:growth|increase|decrease|rise|decline)\b|增速|增幅|增长率|降幅", re.IGNORECASE)
# What these name is granted in one sentence and in force in the next; the catalogue knows them in force alone.
_OPEN_NAMES = frozenset({"invention patent", "发明专利"})
_WHOLE_COUNTRY = {"全国": "中国", "我国": "中国", "国内": "中国"}


@lru_cache(maxsize=4096)
def label_of(words: str) -> str:
    """A name in the words of the text, without articles and "the number of"; never empty.

    Examples
    --------
    >>> label_of("The number of  Invention patents"), label_of("PCT applications"), label_of("商标 申请量")
    ('invention patents', 'PCT applications', '商标申请量')
    """
    text = _BLANKS.sub(" ", unicodedata.normalize("NFKC", words)).strip(" \"'“”‘’,;:.。，、；：")
    if _HAN.search(text):
        text = re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", text)
    text = _FIRST.sub("", text, count=1) or text
    lowered = " ".join(word if _is_spelled(word) else word.lower() for word in text.split(" "))
    return lowered or words


def _is_spelled(word: str) -> bool:
    """Whether a word has capitals of its own, as PCT and R&D do; those of a first letter say nothing."""
    return any(letter.isupper() for letter in word[1:])


@lru_cache(maxsize=4096)
def key_of(words: str) -> str:
    """What two spellings of one name have in common: no case, no plural.

    Examples
    --------
    >>> key_of("Patent applications") == key_of("the number of patent application")
    True
    """
    return " ".join(_singular(word) for word in _WORD.findall(label_of(words).casefold()))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_specific(words: str | None) -> bool:
    """Whether a name says enough to mean one thing in two sentences: two words, or four characters, and not all vague.

    A right has to be told with what was done with it: of "invention patents" one sentence may count those applied for
    and the next those granted.

    Examples
    --------
    >>> [
    ...     is_specific(words)
    ...     for words in ("new patents", "invention patents", "cases accepted", "invention patents granted")
    ... ]
    [False, False, False, True]
    """
    if words is None:
        return False
    label = label_of(words)
    if han := len(_HAN.findall(label)):
        named = han >= _HAN_AT_LEAST and len(_HAN.findall(_VAGUE_HAN.sub("", label))) > 1
        return named and (_RIGHTS_HAN.search(label) is None or _STAGES_HAN.search(label) is not None)
    said = {word for word in key_of(words).split(" ") if word not in _OF_NO_ACCOUNT}
    return len(said) > 1 and not said <= _VAGUE and (_RIGHTS.isdisjoint(said) or not _STAGES.isdisjoint(said))


def is_percentage(words: str | None) -> bool:
    """Whether a name is that of a rate or a share: "accuracy rate", 占比."""
    return words is not None and _PERCENTAGES.search(words) is not None


def is_total(words: str | None) -> bool:
    """Whether words name a whole by nothing but its being one: "the total", "all of them", 总量.

    Examples
    --------
    >>> is_total("of the total"), is_total("all new companies"), is_total("总量")
    (True, False, True)
    """
    return words is None or {*_WORD.findall(words.casefold())} <= _TOTALS


def is_growth(words: str | None) -> bool:
    """Whether a name is that of a growth."""
    return words is not None and _GROWTH.search(words) is not None


@lru_cache(maxsize=4096)
def known_indicator(words: str) -> Indicator | None:
    """The catalogue's indicator of exactly this name; None if it has none, or several."""
    if key_of(words) in _OPEN_NAMES:
        return None
    for name in dict.fromkeys((words, label_of(words))):
        try:
            return catalogue.indicator(name)
        except CatalogueError:
            continue
    return None


@lru_cache(maxsize=4096)
def region_of(words: str, on: date | None = None) -> Region:
    """The catalogue's region of this name, as it was on a day; an ad-hoc one if it has none, or several.

    Examples
    --------
    >>> region_of("the Haidian District").code, region_of("Acme Ltd").code
    ('CN-110108', None)
    """
    text = _BLANKS.sub(" ", unicodedata.normalize("NFKC", words)).strip(" \"'“”‘’,;:.。，、；：") or words
    short = re.sub("^the ", "", text, flags=re.IGNORECASE)
    for name in dict.fromkeys((_WHOLE_COUNTRY.get(text, text), short)):
        for when in dict.fromkeys((None, on)):
            try:
                return catalogue.region(name, on=when)
            except CatalogueError:
                continue
    return Region(short)
