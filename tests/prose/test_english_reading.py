"""What carries over from line to line of an article; and what holds for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.prose.english.lookahead import LONGEST, stretches
from ipmetrics.prose.statements import Kind, Statement, Status
from tests.prose.english_lines import laid_out, read_all, said
from tests.prose.english_pieces import texts

HEADLINE = "# Beijing in 2022\n\n"


# ------------------------------------------------------------------------------ carried over
def test_place_and_time_of_the_headline_hold_where_nothing_else_is_named() -> None:
    statements = said(HEADLINE + "Patent grants reached 500. Trademarks numbered 300.")
    assert [(one.region, str(one.period)) for one in statements] == [("Beijing", "2022")] * 2


def test_place_and_time_are_carried_through_a_paragraph_and_end_with_it() -> None:
    text = "In 2021, Shanghai granted 500 patents. Another 300 trademarks were registered.\nDesigns reached 200."
    assert [(one.region, str(one.period)) for one in said(HEADLINE + text)] == [
        ("Shanghai", "2021"),
        ("Shanghai", "2021"),
        ("Beijing", "2022"),
    ]


def test_without_any_year_an_article_speaks_of_the_year_before_it() -> None:
    assert [str(one.period) for one in said("Patent grants reached 500.")] == ["2022"]


def test_items_are_of_the_heading_above_them() -> None:
    statements = said("# News\n\n# Shanghai in 2021\n- Patent grants: 500\n- Trademark registrations: 300")
    assert [(one.indicator, one.region, str(one.period)) for one in statements] == [
        ("Patent grants", "Shanghai", "2021"),
        ("Trademark registrations", "Shanghai", "2021"),
    ]


def test_a_list_goes_on_as_its_first_item_began() -> None:
    statements = said(HEADLINE + "- Patents: up 8%\n- Trademarks: 5%\n- Designs: 3%")
    assert [one.kind for one in statements] == [Kind.CHANGE] * 3


@pytest.mark.parametrize("lead", ["break down as follows", "are made up of"])
def test_a_list_that_is_announced_gives_the_parts_of_a_whole(lead: str) -> None:
    text = (
        f"The court accepted 200 new cases, which {lead}:\n- 120 patent cases\n- 80 trademark cases\nIt sat 90 times."
    )
    whole, *parts = said(HEADLINE + text)[:3]
    assert (whole.parts, whole.complete) == ((1, 2), True)
    assert [one.value for one in parts] == [120, 80]


def test_a_list_that_is_not_announced_gives_none() -> None:
    whole = said(HEADLINE + "The court accepted 200 new cases:\n- 120 patent cases\n- 80 trademark cases")[0]
    assert (whole.parts, whole.complete) == ((), None)


@pytest.mark.parametrize(
    ("text", "status", "scope"),
    [
        ("The office aims to grant 9,000 patents by 2025.", Status.TARGET, {}),
        ("In 2022, 9,000 patents were granted.", Status.ACTUAL, {}),
        ("On preliminary data, 9,000 patents were granted in 2022.", Status.ACTUAL, {"edition": "preliminary"}),
        ("On revised data, 9,000 patents were granted in 2022.", Status.ACTUAL, {"edition": "revised"}),
    ],
)
def test_plans_and_editions_are_kept_apart(text: str, status: Status, scope: dict[str, str]) -> None:
    (found,) = said(HEADLINE + text)
    assert (found.status, dict(found.scope)) == (status, scope)


def test_a_share_of_what_was_just_named_is_of_the_whole_of_it() -> None:
    whole, part, share = said(
        HEADLINE + "In all 500 patents were granted. Of these, 100 were for designs, 20% of them."
    )
    assert part.scope["part"] == "for designs"
    assert share.base is not None
    assert (int(whole.value), share.about, share.base.statement) == (500, 1, 0)


# ------------------------------------------------------------------------------ any text
lines = st.lists(texts.map(lambda text: text.replace("\n", " ")), max_size=6)
articles = st.builds(
    lambda parts, marks: "\n".join(mark + part for mark, part in zip(marks, parts, strict=False)),
    lines,
    st.lists(st.sampled_from(["", "", "# ", "- ", "a | 2021 | ", "Patents | 5 | "]), min_size=6, max_size=6),
)


def ties(statement: Statement) -> list[int]:
    base = statement.base.statement if statement.base is not None else None
    found = [statement.about, base, *statement.parts, *(one.about for one in statement.alternatives)]
    return [place for place in found if place is not None]


@given(articles)
def test_any_text_is_read_and_every_statement_stands_in_it(text: str) -> None:
    statements, unread = read_all(text)
    spans = [(one.span, one.quote) for one in statements] + [(one.span, one.quote) for one in unread]
    for (first, last), quote in spans:
        assert 0 <= first < last <= len(text)
        assert quote == text[first:last]
    for place, one in enumerate(statements):
        assert one.sentence[0] <= one.span[0] < one.span[1] <= one.sentence[1]
        assert all(0 <= tie < len(statements) and tie != place for tie in ties(one))
        assert one.value >= 0
        assert one.parts == () or one.complete is not None
        assert one.direction is None or one.kind is Kind.CHANGE


@given(articles)
def test_what_is_read_does_not_depend_on_what_was_read_before(text: str) -> None:
    assert read_all(text) == read_all(text)


@given(st.text("ab ", min_size=1, max_size=4).map(lambda piece: piece * LONGEST))
def test_what_is_longer_than_any_sentence_is_read_in_pieces_that_leave_nothing_out(text: str) -> None:
    for block in laid_out(text):
        pieces = [*stretches(text, block)]
        assert all(0 < stop - start <= LONGEST for start, stop in pieces)
        assert "".join(text[start:stop] for start, stop in pieces) == text[pieces[0][0] : pieces[-1][1]]


@pytest.mark.parametrize(
    "piece",
    [
        "5 patents and ",
        "5% of China ",
        "(1 a) ",
        "Beijing 5, ",
        "5, ",
        "5%, ",
        "up 5% to 6 ",
        "5 and 6 respectively ",
        "in 2020 5 ",
        "than 2019 5 ",
        "Apple, 5 and ",
        "AAAA",
        "a: 5 ",
        "the city 5 ",
        "among ranked 5th ",
        "((((5 ",
        "# 5 @ ",
    ],
)
def test_a_sentence_without_end_is_read_like_many(piece: str) -> None:
    text = piece * (12_000 // len(piece))
    found, unread = read_all(text)
    assert len(found) + len(unread) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "5, " * 800 + "as follows:\n" + "- 3 cases\n" * 400,
        "a | " * 2_000 + "\n" + "5 | " * 2_000,
        "# " + "patents " * 2_000 + "\n" + "Grants | 5\n" * 400,
    ],
    ids=["wholes", "cells", "heading"],
)
def test_lines_without_end_are_remembered_in_part(text: str) -> None:
    found, unread = read_all(text)
    assert all(len(one.indicator or "") <= 3 * LONGEST for one in found)
    assert sum(len(one.parts) for one in found) <= 20 * (len(found) + len(unread))
