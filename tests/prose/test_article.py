"""What was read of an article as a sequence of claims, and as data."""

from __future__ import annotations

import json
from datetime import date

import pytest

import ipmetrics as ipm
from ipmetrics.errors import ArticleError, ClaimError
from ipmetrics.prose.blocks import Language
from ipmetrics.prose.reading import joined
from ipmetrics.prose.statements import Unread
from tests.prose.said import base, change, level, share, told

A = "Haidian granted 40,455 invention patents, up 19.6%."


def test_an_article_is_a_sequence_of_its_claims() -> None:
    article = told((A, [level("40,455"), change("19.6%", 0)]))
    assert len(article) == 2
    assert article[0] is article.claims[0]
    assert article[:1] == article.claims[:1]
    assert list(article) == list(article.claims)
    assert article.claim("s1-1") == article[0]
    assert article.doubts_of(article[0]) == ()


@pytest.mark.parametrize("sentences", [[(A, [level("40,455")])], []])
def test_a_claim_that_was_not_read_has_no_statement(sentences: list[object]) -> None:
    with pytest.raises(ClaimError, match="a claim of an article is one that was read in it"):
        told(*sentences).statement_of("s9-9")  # type: ignore[arg-type]  # an empty list has no better type


def test_its_data_hold_every_statement() -> None:
    text = "Haidian granted 40,455, up 19.6% from 33,825 in 2020, a third of the total, and 5 times."
    article = told(
        (
            text,
            [
                level("40,455"),
                change("19.6%", 0, base=base(words="33,825 in 2020", statement=2)),
                level("33,825", period=2020, doubts=("a guess",)),
                share("a third", 0, base=base(words="the total"), readings=[share("a third", 2)]),
                level("5 times"),
            ],
        )
    )
    data = json.loads(json.dumps(article.data()))
    assert [claim["id"] for claim in data["claims"]] == ["s1-1", "s1-2", "s1-3", "s1-4", "s1-5"]
    growth, before, third = data["claims"][1:4]
    assert text[slice(*growth["span"])] == growth["quote"] == "19.6%"
    assert (growth["kind"], growth["about"], growth["base"]["claim"], growth["direction"]) == (
        "change",
        "s1-1",
        "s1-3",
        "up",
    )
    assert (before["period"], before["doubts"], before["base"]) == ("2020", ["a guess"], None)
    assert (third["value"], third["alternatives"][0]["about"]) == ("0.3333", "s1-3")
    assert growth["sentence"] == {"span": [0, len(text)], "text": text}
    assert [unread["quote"] for unread in data["unread"]] == ["5 times"]
    assert (data["date"], data["language"]) == ("2022-04-30", None)


def test_lists_of_two_languages_are_joined_in_the_order_of_the_text() -> None:
    whole = told(
        ("Up to 40,455.", [level("40,455")]),
        ("增长19.6%。", [change("19.6%")]),
        ("From 33,825.", [level("33,825"), change("5%", 1, quote="From")]),
        ("占51.1%。", [share("51.1%", 0, base=base(statement=0))]),
    ).statements
    unread = [Unread(span=(9, 10), quote="x", reason="y"), Unread(span=(1, 2), quote="x", reason="y")]
    english, chinese = [whole[0], whole[2], whole[3]], [whole[1], whole[4]]
    statements, left = joined([(english, unread[:1]), (chinese, unread[1:])])
    assert [each.quote for each in statements] == ["40,455", "19.6%", "From", "33,825", "51.1%"]
    assert statements[2].about == 3
    assert statements[4].about == 1
    assert statements[4].base is not None
    assert statements[4].base.statement == 1
    assert [each.span[0] for each in left] == [1, 9]


@pytest.mark.parametrize(
    ("text", "facts", "message"),
    [
        (3.5, {}, "an article is text"),
        (b"40,455 patents", {}, "an article is text"),
        ("", {"date": "yesterday"}, "an article is published on a day"),
        ("", {"language": "fr"}, "an article is in English or Chinese"),
    ],
)
def test_what_is_no_article_is_refused(text: str, facts: dict[str, str], message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        ipm.find_claims(text, **facts)


@pytest.mark.parametrize(
    ("given", "day"),
    [("2022-04-30", date(2022, 4, 30)), (date(2022, 4, 30), date(2022, 4, 30)), ("2022", date(2022, 12, 31))],
)
def test_a_date_is_a_day_or_the_last_of_what_is_known(given: str | date, day: date) -> None:
    assert ipm.find_claims("Nothing is counted.", date=given).date == day


def test_the_language_is_that_of_most_of_the_text() -> None:
    assert ipm.find_claims("Nothing is counted here at all.").language is Language.ENGLISH
    assert ipm.find_claims("这里什么也没有统计。").language is Language.CHINESE


def test_both_languages_are_read() -> None:
    article = ipm.find_claims(
        "In 2021, Haidian granted 40,455 invention patents.\n\n2021年，北京市发明专利授权量79210件。"
    )
    assert [each.quote.rstrip("件") for each in article.statements] == ["40,455", "79210"]
