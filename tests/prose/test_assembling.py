"""Statements to claims: each kind says what its words say, and what makes no claim is listed."""

from __future__ import annotations

import pytest

from ipmetrics.model.claims import Change, Level, OneOf, Rank
from ipmetrics.prose.statements import Direction, Status
from tests.prose.said import PUBLISHED, Fact, base, change, level, ratio, share, told

A = "Haidian granted 40,455 invention patents, up 19.6%, or 51.1% of the city's total."


def claims_of(*sentences: tuple[str, list[dict[str, object]]]) -> list[str]:
    return [str(claim) for claim in told(*sentences)]


def test_a_level_takes_the_catalogues_indicator_and_region_where_the_words_are_theirs() -> None:
    [claim] = told((A, [level("40,455")]))
    assert isinstance(claim, Level)
    assert claim.subject.indicator.code == "invention-grants"
    assert claim.subject.region.code == "CN-110108"


def test_other_names_are_indicators_and_regions_of_their_own() -> None:
    [claim] = told(("Acme kept 40 chip masks.", [level("40", indicator="the number of Chip masks", region="Acme")]))
    assert isinstance(claim, Level)
    assert (claim.subject.indicator.label, claim.subject.indicator.code) == ("chip masks", None)
    assert (claim.subject.region.label, claim.subject.region.code) == ("Acme", None)


def test_a_claim_tells_where_it_was_printed() -> None:
    article = told(("Nothing.", []), (A, [level("40,455"), change("19.6%", 0)]))
    assert [claim.id for claim in article] == ["s1-1", "s1-2"]
    source = article.claim("s1-2").source
    assert source is not None
    assert source.span is not None
    assert (source.quote, source.date, source.locator) == (A, PUBLISHED, "sentence 1")
    assert article.text[source.span[0] : source.span[1]] == A
    assert article.statement_of("s1-2").quote == "19.6%"


def test_a_change_is_of_the_level_it_is_about() -> None:
    about = [level("40,455"), change("19.6%", 0, indicator="patents", region=None)]
    assert claims_of((A, about))[1] == "invention patents granted: Haidian 2021 since Haidian 2020 +19.6%"


@pytest.mark.parametrize(
    ("figure", "lowered"),
    [
        ("19.6%", "-19.6%"),
        ("nearly 5%", "nearly -5%"),
        ("a third", "-a third"),
        ("近5%", "近-5%"),
        ("5%以上", "-5%以上"),
    ],
)
def test_a_decrease_has_a_minus(figure: str, lowered: str) -> None:
    [claim] = told((f"It fell {figure}.", [change(figure, direction=Direction.DOWN)]))
    assert isinstance(claim, Change)
    assert str(claim.figure) == lowered


@pytest.mark.parametrize("figure", ["three times", "20–25%"])
def test_a_decrease_that_has_no_one_size_is_not_read(figure: str) -> None:
    article = told((f"It fell {figure}.", [change(figure, direction=Direction.DOWN)]))
    assert not article.claims
    assert article.unread[0].quote == figure


def test_a_change_has_the_base_that_the_text_gives() -> None:
    text = "40,455, 6,630 more than the 33,825 of 2020, 2.2 times more than in Chaoyang, and 8.2% a year since 2015."
    article = told(
        (
            text,
            [
                level("40,455"),
                change("6,630", 0, unit="patent", base=base(statement=2)),
                level("33,825", period=2020),
                change("2.2 times", 0, unit="times", base=base(region="Chaoyang")),
                change("8.2%", 0, per="year", base=base(period=2015)),
            ],
        )
    )
    assert [str(claim).partition(": ")[2] for claim in article[1:] if isinstance(claim, Change)] == [
        "Haidian 2021 since Haidian 2020 +6,630",
        "Haidian 2021 compared with Chaoyang 2021 +2.2 times",
        "Haidian 2021 since Haidian 2015 +8.2% a year",
    ]


def test_a_base_in_words_alone_is_an_unknown_of_its_own() -> None:
    [claim] = told(("Up 5% from when the plan began.", [change("5%", base=base(words="when the plan began"))]))
    assert isinstance(claim, Change)
    assert claim.since is not None
    assert str(claim.since.scope["compared with"]) == "when the plan began"


def test_the_year_before_is_told_by_its_words() -> None:
    [claim] = told(("Up 5% year-on-year.", [change("5%", base=base(words="year-on-year"))]))
    assert isinstance(claim, Change)
    assert str(claim.base.period) == "2020"


def test_an_average_growth_without_a_first_year_is_a_level() -> None:
    [claim] = told(("On average 5% a year.", [change("5%", per="year")]))
    assert str(claim) == "average annual growth of invention patents granted, Haidian 2021 = 5%"


def test_what_was_printed_as_base_with_the_same_names_is_of_another_time() -> None:
    text = "Trademarks rose from 500,000 to 632,000, up 26.4%."
    article = told((text, [level("500,000"), level("632,000", base=base(statement=0)), change("26.4%", 1)]))
    assert isinstance(growth := article[2], Change)
    assert growth.since == article[0].subject != article[1].subject  # type: ignore[union-attr]  # both are levels


def test_points_are_said_of_a_share_or_of_growth() -> None:
    text = "It was 51.1% of the city's, up 0.44 points; growth was 0.3 points faster than the nation's."
    article = told(
        (
            text,
            [
                share("51.1%", base=base(words="the city's total", region="Beijing")),
                change("0.44 points", 0, unit="percentage_point"),
                change("0.3 points", unit="percentage_point", base=base(region="China")),
                level("40,455", quote="It"),
            ],
        )
    )
    assert [str(claim) for claim in article][:4] == [
        "invention patents granted: Haidian 2021 as a share of Beijing 2021 = 51.1%",
        "share of invention patents granted in the city's total, Haidian 2021 = 51.1%",
        "share of invention patents granted in the city's total: Haidian 2021 since Haidian 2020 +0.44 points",
        "growth of invention patents granted: Haidian 2021 compared with China 2021 +0.3 points",
    ]


def test_a_share_names_its_whole_or_is_a_percentage() -> None:
    text = "51.1% of Beijing's, 12.4% of GDP, 10% of the total; accuracy rate 95%; 60% for inventions."
    article = told(
        (
            text,
            [
                share("51.1%", base=base(region="Beijing")),
                share("12.4%", base=base(words="GDP", indicator="GDP")),
                share("10%", base=base(words="the total")),
                share("95%", indicator="accuracy rate"),
                share("60%", indicator="inventions"),
            ],
        )
    )
    assert [str(claim).partition(" = ")[0] for claim in article] == [
        "invention patents granted: Haidian 2021 as a share of Beijing 2021",
        "invention patents granted, Haidian 2021 as a share of GDP, Haidian 2021",
        "invention patents granted, Haidian 2021 as a share of invention patents granted of the total, Haidian 2021",
        "accuracy rate, Haidian 2021",
        "share of inventions, Haidian 2021",
    ]


def test_a_share_of_those_with_a_holder_is_of_all() -> None:
    [claim] = told(("Universities: 20%.", [share("20%", scope={"holder": "universities"}, base=base(words="all"))]))
    assert str(claim) == "invention patents granted: Haidian 2021 (universities) as a share of Haidian 2021 = 20%"
    [claim] = told(("20%.", [share("20%", scope={"holder": "universities"}, base=base(words="all new ones"))]))
    assert "as a share of invention patents granted of all new ones" in str(claim)


def test_multiples_and_ranks() -> None:
    text = "3.54 times Beijing's; more than double; ranked 3."
    article = told(
        (
            text,
            [
                ratio("3.54 times", base=base(region="Beijing")),
                ratio("more than double"),
                {**level("3"), "kind": "rank", "unit": "rank"},
            ],
        )
    )
    assert str(article[0]) == "invention patents granted: Haidian 2021 ÷ Beijing 2021 = 3.54 times"
    assert isinstance(rank := article[1], Rank)
    assert (rank.rank, rank.complete) == (3, False)
    assert "a multiple is of something" in article.unread[0].reason


def test_several_readings_are_one_of_them() -> None:
    money = {"indicator": "pledge amount", "unit": "CNY"}
    article = told(
        (
            "483 pledges worth 2.896 billion yuan, up 8.06%.",
            [
                level("483", indicator="patent pledges", unit="pledge"),
                level("2.896 billion", **money),
                change("8.06%", 1, readings=[change("8.06%", 0)]),
            ],
        )
    )
    assert isinstance(article[2], OneOf)
    assert len(article[2].alternatives) == 2


def test_one_name_in_two_units_is_two_indicators() -> None:
    royalties = {"indicator": "trade in IP royalties"}
    article = told(
        ("387 yuan, or $56.", [level("387", unit="CNY", **royalties), level("56", unit="USD", **royalties)]),
    )
    assert [str(claim) for claim in article] == [
        "trade in IP royalties, Haidian 2021 = 387",
        "trade in IP royalties, in USD, Haidian 2021 = 56",
    ]


def test_things_counted_are_whole_unless_the_text_counts_in_parts() -> None:
    def whole(*figures: str, unit: str = "company") -> bool:
        named = [level(figure, indicator="chip makers", unit=unit) for figure in figures]
        claim = told((", ".join(figures), named))[0]
        assert isinstance(claim, Level)
        return claim.subject.indicator.whole

    assert whole("12", "1.5 million")
    assert not whole("12", "3.7")
    assert not whole("12", unit="CNY")
    assert not whole("12", unit="application/day")


def test_rates_have_the_multiplier_of_their_denominator() -> None:
    [claim] = told(("9.4 a head.", [level("9.4", indicator="chip patents a head", unit="patent/10000 person")]))
    assert isinstance(claim, Level)
    assert claim.subject.indicator.unit_text == "patent per 10,000 person"


def test_a_target_is_not_an_actual_and_its_growth_is_on_what_was_measured() -> None:
    article = told(
        ("12 planned, up 5%.", [level("12", status=Status.TARGET), change("5%", 0, status=Status.TARGET)]),
    )
    assert [str(claim) for claim in article] == [
        "invention patents granted, Haidian 2021 (target) = 12",
        "invention patents granted: Haidian 2021 (target) since Haidian 2020 +5%",
    ]


def test_without_a_period_the_day_of_publication_stands_for_it() -> None:
    assert claims_of(("There are 12.", [level("12", period=None)])) == [
        "invention patents granted, Haidian 2022-04-30 = 12"
    ]
    [claim] = told(("There are 12.", [level("12", period=None)]), published=None)
    assert "time not said" in str(claim)


def test_without_a_region_there_is_none() -> None:
    assert "place not said" in claims_of(("There are 12.", [level("12", region=None)]))[0]


def test_what_the_model_refuses_is_listed_with_the_reason() -> None:
    text = "It had 40,455, that is 12/5% more, 5 times as a level."
    article = told((text, [level("40,455"), change("12/5%", 0), level("5 times")]))
    assert [claim.id for claim in article] == ["s1-1"]
    assert [unread.quote for unread in article.unread] == ["12/5%", "5 times"]
    assert all(unread.reason.startswith("it makes no claim: ") for unread in article.unread)
    assert len(article.statements) == 3


def test_a_share_printed_beside_another_is_what_it_was_before() -> None:
    text = "The share of chips rose to 40% in 2021 from 35%, up 6 points."
    named: dict[str, Fact] = {"indicator": "share of chips"}
    article = told(
        (
            text,
            [
                share("40%", base=base(statement=1), **named),
                share("35%", period=2020, **named),
                change("6 points", unit="percentage_point", **named),
            ],
        )
    )
    assert [str(claim) for claim in article] == [
        "share of chips, Haidian 2021 = 40%",
        "share of chips, Haidian 2020 = 35%",
        "share of chips: Haidian 2021 since Haidian 2020 +6 points",
    ]
