"""The law of judging: what is surely read decides, and what is not is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ipmetrics as ipm
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.prose.statements import Status
from ipmetrics.reports import FORMATS, report_data, write_report
from tests.prose.said import base, change, level, share, told

if TYPE_CHECKING:
    from ipmetrics.prose.article import Article

UNSURE = ("it may be of something else",)


def verdict(article: Article) -> Verdict:
    return ipm.check(article).verdict


def supposed(article: Article) -> list[tuple[str, ...]]:
    return [conflict.ids for conflict in ipm.check(article).if_read_so]


def rise(figure: str = "15.2%", **facts: object) -> tuple[str, list[dict[str, object]]]:
    """From A to B, up p %; 19.6 % would be right."""
    given = {"indicator": "patents", **facts}
    found = [level("33,825", **given), level("40,455", base=base(statement=0), **given), change(figure, 1, **given)]
    return f"It rose from 33,825 to 40,455, up {figure}.", found


# ------------------------------------------------------------------------------ within a sentence
def test_a_contradiction_within_a_sentence_is_found_whatever_it_counts() -> None:
    report = ipm.check(told(rise()))
    assert report.verdict is Verdict.INCONSISTENT
    assert report.conflicts[0].ids == ("s1-1", "s1-2", "s1-3")
    assert verdict(told(rise("19.6%"))) is Verdict.CONSISTENT
    assert verdict(told(rise(period=None), published=None)) is Verdict.INCONSISTENT


@pytest.mark.parametrize("form", FORMATS)
def test_the_sentence_is_quoted_in_every_format(form: str) -> None:
    assert "It rose from 33,825 to 40,455, up 15.2%." in write_report(ipm.check(told(rise())), form)


def test_against_and_rise() -> None:
    found = [level("81,215", base=base(statement=1)), level("72,157", period=2020), change("20.6%", 0)]
    assert verdict(told(("A record 81,215, against 72,157 in 2020, a rise of 20.6%.", found))) is Verdict.INCONSISTENT


def test_a_number_or_its_share() -> None:
    def of(figure: str) -> Verdict:
        whole = {"indicator": "applications", "unit": "application"}
        found = [
            level("20,000", **whole),
            level("12,605", indicator="inventions", unit="application"),
            share(figure, 1, base=base(words="of these", statement=0)),
        ]
        return verdict(told((f"Of 20,000, 12,605, or {figure}, seek inventions.", found)))

    assert of("63%") is Verdict.CONSISTENT
    assert of("36%") is Verdict.INCONSISTENT


def test_an_unsure_link_accuses_nobody() -> None:
    words, found = rise()
    article = told((words, [*found[:2], {**found[2], "doubts": UNSURE}]))
    report = ipm.check(article)
    assert report.verdict is Verdict.CONSISTENT
    assert [conflict.ids for conflict in report.if_read_so] == [("s1-1", "s1-2", "s1-3")]
    assert report.if_read_so[0].doubts == ("s1-3: it may be of something else",)
    assert report.finding("s1-3").verdict is ClaimVerdict.UNCHECKED
    assert "not judged" in report.finding("s1-3").notes[0]
    for form in FORMATS:
        assert "it may be of something else" in write_report(report, form)
    assert report_data(report)["if_read_so"][0]["quotes"] == [words] * 3


def test_two_figures_of_one_sentence_with_the_same_names_accuse_nobody() -> None:
    near = told(("China 81,215 and Japan 72,157.", [level("81,215"), level("72,157")]))
    assert verdict(near) is Verdict.CONSISTENT
    assert supposed(near) == [("s1-1", "s1-2")]
    far = told(("China 81,215 and Japan 2,157.", [level("81,215"), level("2,157")]))
    assert (verdict(far), supposed(far)) == (Verdict.CONSISTENT, [])


def test_several_readings_accuse_only_if_none_holds() -> None:
    def pledges(figure: str) -> Article:
        readings = [change(figure, 0)]
        found = [
            level("483", indicator="pledges", unit="pledge"),
            level("2.896 billion", indicator="pledge amount", unit="CNY"),
            level("447", indicator="pledges", unit="pledge", period=2020),
            level("2.680 billion", indicator="pledge amount", unit="CNY", period=2020),
            change(figure, 1, readings=readings),
        ]
        words = f"483 pledges worth 2.896 billion yuan, after 447 worth 2.680 billion yuan, up {figure}."
        return told((words, found))

    assert verdict(pledges("8.06%")) is Verdict.CONSISTENT
    assert verdict(pledges("9.06%")) is Verdict.INCONSISTENT


# ------------------------------------------------------------------------------ between sentences
def restated(first: str, second: str, **facts: object) -> Article:
    one = (f"Headline: {first}.", [level(first, **facts)])
    return told(one, ("Between.", []), (f"In detail: {second}.", [level(second, **facts)]))


def test_headline_and_body_that_contradict_each_other_are_found() -> None:
    assert verdict(restated("40,455", "44,055")) is Verdict.INCONSISTENT
    assert verdict(restated("1.38 million", "1,318,594")) is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.38 million", "1,381,594"),
        ("nearly 8,000", "7,900"),
        ("over 4 million", "4.56 million"),
        ("40,000", "40,455"),
    ],
)
def test_a_figure_restated_with_other_rounding_is_no_contradiction(first: str, second: str) -> None:
    article = restated(first, second)
    assert verdict(article) is Verdict.CONSISTENT
    assert supposed(article) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"indicator": "patents"},
        {"indicator": "cases accepted", "unit": "case"},
        {"indicator": "专利"},
        {"indicator": "新收案件", "unit": "case"},
        {"period": None},
        {"doubts": UNSURE},
        {"indicator": None},
    ],
)
def test_names_that_may_mean_something_else_accuse_nobody(facts: dict[str, object]) -> None:
    article = restated("40,455", "44,055", **facts)
    assert verdict(article) is Verdict.CONSISTENT
    assert supposed(article) == [("s1-1", "s2-1")]
    assert ipm.check(article).if_read_so[0].doubts


def test_figures_too_different_or_too_many_have_lost_what_tells_them_apart() -> None:
    assert (verdict(restated("40,455", "4,055")), supposed(restated("40,455", "4,055"))) == (Verdict.CONSISTENT, [])
    several = [(f"{figure}.", [level(figure)]) for figure in ("40,455", "41,455", "42,455")]
    assert (verdict(told(*several)), supposed(told(*several))) == (Verdict.CONSISTENT, [])


def test_a_slip_of_the_power_of_ten_is_near() -> None:
    assert verdict(restated("2.896 billion", "2.896 million", unit="CNY", indicator="pledge amount")) is (
        Verdict.INCONSISTENT
    )


def test_a_name_without_a_place_is_not_one_with_a_place() -> None:
    article = told(
        ("40,455 here.", [level("40,455")]),
        ("44,055.", [level("44,055", region=None)]),
        ("43,055.", [level("43,055", region=None)]),
    )
    assert verdict(article) is Verdict.CONSISTENT
    assert verdict(restated("40,455", "44,055", region=None)) is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    "other",
    [
        {"status": Status.TARGET},
        {"status": Status.FORECAST},
        {"scope": {"edition": "revised"}},
        {"scope": {"holder": "universities"}},
        {"period": 2020},
        {"region": "Chaoyang"},
        {"unit": "application"},
    ],
)
def test_other_scopes_periods_and_units_are_other_unknowns(other: dict[str, object]) -> None:
    article = told(("It had 40,455.", [level("40,455")]), ("It had 44,055.", [level("44,055", **other)]))
    assert verdict(article) is Verdict.CONSISTENT
    assert supposed(article) == []


def test_a_growth_printed_elsewhere_is_held_against_the_levels() -> None:
    article = told(
        ("Haidian granted 40,455 in 2021.", [level("40,455")]),
        ("Haidian granted 33,825 in 2020.", [level("33,825", period=2020)]),
        ("Grants in Haidian grew 15.2% in 2021.", [change("15.2%")]),
    )
    assert verdict(article) is Verdict.INCONSISTENT


# ------------------------------------------------------------------------------ what is asked of an article
def test_every_question_takes_what_is_sure() -> None:
    article = restated("40,455", "44,055", indicator="patents")
    assert list(ipm.conflicts(article)) == []
    assert ipm.explain(article).verdict is Verdict.CONSISTENT
    assert [str(claim.subject.scope["sentence"]) for claim in article.sure if isinstance(claim, ipm.Level)] == [
        "sentence 1",
        "sentence 2",
    ]


def test_articles_of_different_titles_keep_their_sentences_apart() -> None:
    one, other = (told(("It has 5.", [level(figure, quote="5", indicator="patents")]), title=name) for figure, name in
                  (("5", "A"), ("6", "B")))  # fmt: skip
    assert ipm.check([*one.sure, *other.sure][:1]).verdict is Verdict.CONSISTENT
    ids = [ipm.Level(each.subject, each.figure) for article in (one, other) for each in article.sure]  # type: ignore[union-attr]  # levels
    assert ipm.check(ids).verdict is Verdict.CONSISTENT


def test_an_article_without_claims_is_consistent() -> None:
    report = ipm.check(told(("Nothing is counted.", [])))
    assert (report.verdict, report.findings) == (Verdict.CONSISTENT, ())


def test_what_was_not_read_is_told() -> None:
    report = ipm.check(told(("It grew 12/5%.", [change("12/5%")])))
    assert report.unread[0].quote == "12/5%"
    for form in FORMATS:
        assert "12/5%" in write_report(report, form)
