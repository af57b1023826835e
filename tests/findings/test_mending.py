"""What an explanation tells an analyst, in which order, and how far it says that things were proved."""

from __future__ import annotations

import re
from fractions import Fraction

import attrs
import pytest

from ipmetrics.documents import Folded, Heading
from ipmetrics.documents.letters import width_of
from ipmetrics.findings import ClaimFinding, ClaimVerdict, Explanation, Part, Slip, Step, Verdict
from ipmetrics.findings.mending import describe_explanation
from ipmetrics.findings.offers import alike
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Claim, Level, OneOf
from ipmetrics.model.figures import Figure, Rounding
from tests import by_hand
from tests.documents.test_writers import Balanced, check_tables
from tests.findings import explained
from tests.findings.explained import GROWTH, SUM, change, reread, sum_part

HALF = Fraction(1, 2)


def told(explanation: Explanation) -> str:
    return " ".join(str(explanation).split())


def headings(explanation: Explanation) -> list[str]:
    blocks = explanation.document().blocks
    return ["".join(run.text for run in block.words) for block in blocks if isinstance(block, Heading)]


def of(part: Part, **more: object) -> Explanation:
    return explained.explained(attrs.evolve(part, **more))  # type: ignore[arg-type]  # whatever a test would have


# ------------------------------------------------------------------------------ the whole
def test_it_reads_from_the_verdict_down_to_what_is_no_error() -> None:
    assert headings(explained.slip()) == [
        "inconsistent: at least one of the 4 claims cannot stand as read here",
        "conflict: these 4 claims cannot all hold",
        "What may have been meant",
        "Which figures would have to change",
    ]
    of_all = headings(explained.dossier())
    assert of_all[:3] == [
        "inconsistent: 3 independent contradictions; at least 5 of the 18 claims cannot stand as read here",
        "1 of 3 independent contradictions",
        "conflict: these 3 claims cannot all hold",
    ]
    assert of_all[-2:] == ["Left open", "Notes that are no errors"]


@pytest.mark.parametrize(
    ("explanation", "opening"),
    [
        (explained.consistent(), "consistent: some true values satisfy every claim"),
        (attrs.evolve(explained.consistent(), ids=()), "consistent: nothing is claimed"),
        (explained.undetermined(), "undetermined: neither a conflict nor true values that fit were found"),
        (explained.trusted(), "inconsistent: at least one of the 3 claims cannot stand as read here"),
        (of(sum_part(), proved=False), "inconsistent: at least one of the 4 claims cannot stand as read here"),
        (of(sum_part(), conflicts=()), "inconsistent: not all of these claims can hold"),
        (Explanation(Verdict.INCONSISTENT, conventions=explained.CONVENTIONS), "inconsistent"),
    ],
)
def test_the_verdict_is_one_sentence(explanation: Explanation, opening: str) -> None:
    assert str(explanation).splitlines()[0] == opening


def test_a_consistent_set_has_its_notes_and_an_undecided_one_what_was_left_open() -> None:
    lines = str(explained.consistent()).splitlines()
    assert lines[2:] == [
        "Notes that are no errors",
        "  patents in force, Lakeland 2023 without Riverside 2023: the rest would be negative in 2022",
        "  rate: fits only with the resident population at the end of 2018, the year before",
        "  hedged: one: an odd hedge: over 249,000, and the others imply 600,123 (2.4 times as much)",
        "  rate and ratio: fits only thanks to rounding",
    ]
    marked = explained.consistent().document().markdown()
    assert "**hedged: one**: an odd" in marked
    assert "**rate and ratio**: fits" in marked
    assert "was not decided within the budget: rank, total" in told(explained.undetermined())


def test_conventions_are_folded() -> None:
    for explanation in (explained.consistent(), explained.dossier()):
        last = explanation.document().blocks[-1]
        assert isinstance(last, Folded)
        assert "Figures are read as" not in str(explanation)
        assert "Figures are read as" in explanation.document().text(unfold=True)


# ------------------------------------------------------------------------------ conflicts
def test_each_claim_of_a_conflict_says_what_it_allows_what_the_others_imply_and_the_miss() -> None:
    words = told(explained.slip())
    assert "total: all 2021 9,849 allows {9849}; the others imply {9489}; misses by 360 units of its last" in words
    assert "sum: all 2021 = north 2021 + south 2021 the whole and its parts stay 360 apart" in words


def test_many_conflicts_are_shown_in_part_and_named() -> None:
    explanation = explained.explained(explained.chain_part())
    words = told(explanation)
    assert [number for number in range(1, 9) if f"conflict {number}:" in words] == [1, 2, 3]
    assert "2 more conflicts hang together with these, of d3, d4, r3, d5 and r4." in words
    assert "conflict 5:" in explanation.document().text(unfold=True)
    four = of(explained.chain_part(), conflicts=explained.chain_part().conflicts[:4])
    assert "conflict 4:" in str(four)  # one alone is not worth folding


# ------------------------------------------------------------------------------ what may have been meant
def test_readings_that_suppose_equally_little_are_one_group() -> None:
    words = told(explained.explained(explained.growth_part()))
    start = words.index("These 3 readings fit equally few suppositions; arithmetic alone cannot tell which:")
    more = words.index("This supposes more:")
    assert start < words.index("cut off instead of rounded") < words.index("was revised after") < more
    assert more < words.index("carry each other's labels") < words.index("Which figures")


def test_one_reading_is_never_told_as_a_certainty() -> None:
    best, other = sum_part().rereadings
    assert "One reading supposes least:" in told(explained.slip())
    assert "One reading mends this:" in told(of(sum_part(), rereadings=(best,)))
    assert "These suppose more:" in told(of(sum_part(), rereadings=(best, other, other)))
    assert "No re-reading is offered." in told(of(sum_part(), rereadings=()))


def test_a_reading_shows_its_fit_and_the_claim_as_re_read() -> None:
    line = "total reads as 9,489: two digits exchanged 1 all 2021: 9,849 → 9,489 allows {9489}; the others imply {9489}"
    assert line in told(explained.slip())


def test_rounding_rules_of_the_same_digits_share_a_line() -> None:
    cut, nudged, *others = explained.growth_part().rereadings
    assert [len(each) for each in alike((cut, *others, nudged))] == [2, 1, 1]
    words = told(explained.explained(explained.growth_part()))
    assert "was cut off instead of rounded, or was nudged so that the shares add to 100 0.54 or 0.50" in words
    assert "8.05% allows [8.05, 8.06) % or [8.04, 8.06] %; the others imply" in words


def test_only_readings_that_keep_the_digits_share_a_line() -> None:
    growth = GROWTH[2]
    texts = ("8.05%", "8.50%", "8.06%", "8.05%")
    figures = [Figure(text, rounding=rule) for text, rule in zip(texts, list(Rounding)[:4], strict=True)]
    repairs = [
        reread("1", Step(("growth",), (growth,), "reads so", Slip.TRUNCATED, (attrs.evolve(growth, figure=figure),)))
        for figure in figures
    ]
    assert [len(each) for each in alike(repairs)] == [2, 1, 1]
    heavier = attrs.evolve(repairs[0], weight=Fraction(2))
    assert [len(each) for each in alike((repairs[0], heavier))] == [1, 1]


def test_what_is_needed_is_shown_only_beside_the_same_expression() -> None:
    north, _, total, _ = SUM
    other = attrs.evolve(total, subject=explained.GRANTED.at("all", 2022))
    for claim, compared in [(attrs.evolve(total, figure="9,489"), True), (other, False), (north, False)]:
        step = Step(("total",), (total,), "is another", Slip.SCOPE, (claim,), Interval.point(9489))
        words = told(of(sum_part(), rereadings=(reread("1", step),)))
        part = words[words.index("What may") : words.index("Which figures")]
        assert ("the others imply" in part) is compared
        html = explained.explained(attrs.evolve(sum_part(), rereadings=(reread("1", step),)))._repr_html_()
        part = html[html.index("What may") : html.index("Which figures")]
        assert ("<svg" in part) is compared


def test_a_figure_that_takes_the_place_of_another_is_shown_behind_it() -> None:
    words = told(explained.explained(explained.growth_part()))
    assert "Haidian 2021: 2,896.0 million → 2,680.0 million allows" in words
    assert "Haidian 2020: 2,680.0 million → 2,896.0 million allows" in words
    assert "growth: 8.05% allows" in words  # the same digits, rounded otherwise
    step = Step(("north",), (SUM[0],), "is the total's", Slip.SUBJECT, (attrs.evolve(SUM[2], figure="5,213"),))
    other = told(of(sum_part(), rereadings=(reread("1", step),)))
    assert "all 2021: 5,213 allows" in other  # what was printed was printed of another place


def test_of_a_figure_left_aside_the_others_tell_what_it_should_be() -> None:
    words = told(explained.explained(explained.growth_part()))
    assert "money-2020 is then left aside; the others imply [2680070334.55…, 2680410939.89…]" in words
    now, before, _ = GROWTH
    step = Step(("money", "money-2020"), (now, before), "were revised", Slip.REVISED, (None, None), Interval(7, 9))
    lines = str(reread("1", step)).splitlines()
    assert lines[1:] == ["  money is then left aside; the others imply [7, 9]", "  money-2020 is then left aside"]
    silent: list[tuple[Claim, Interval | None]] = [(now, None), (now, Interval.everything()), (SUM[3], Interval(7, 9))]
    for claim, needed in silent:
        alone = Step(("it",), (claim,), "was revised", Slip.REVISED, (None,), needed)
        assert str(reread("1", alone)).splitlines()[1:] == ["  it is then left aside"]


def test_more_readings_than_a_screen_holds_are_all_named() -> None:
    total = SUM[2]
    many = tuple(
        reread("1", Step(("total",), (total,), f"reads as {n}", Slip.POWER, (attrs.evolve(total, figure=str(n)),)))
        for n in range(20, 40)
    )
    explanation = of(sum_part(), rereadings=many)
    assert "12 more readings:" in str(explanation)
    assert [n for n in range(20, 40) if f"total reads as {n}" not in str(explanation)] == []
    assert str(explanation).count("allows {3") == 0
    assert explanation.document().text(unfold=True).count("allows {3") == 10


# ------------------------------------------------------------------------------ figures to change
def test_every_lightest_set_is_told_with_what_it_needs() -> None:
    words = told(explained.slip())
    assert "Any one of these 4:" in words
    assert "north: north 2021 5,312 5,672 would need {5672}" in words
    assert "would need the whole to be 360 more than its parts" in words
    less = told(of(sum_part(), changes=(change((SUM[3], Interval(-9, -7), None)),)))
    assert "would need the whole to be [7, 9] less than its parts" in less
    money = told(explained.explained(explained.growth_part()))
    assert "8.05% 8.06% would need [8.05582…, 8.06358…] %" in money  # percent as printed


def test_a_claim_without_a_figure_that_fits_says_so() -> None:
    total = SUM[2]
    choice = OneOf([total, SUM[0]], id="choice")
    needs = [Interval(9489, 9490), Interval.empty(), Interval.everything()]
    changes = (*(change((total, each, None)) for each in needs), change((choice, None, None)))
    words = told(of(sum_part(), changes=changes))
    assert "would need [9489, 9490]; no figure printed like this one was found there" in words
    assert words.count("cannot stand") == 3 + words.count("claims cannot stand")
    assert "∅" not in words


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ([1], "This one:"),
        ([1, 1], "Any one of these 2:"),
        ([2], "These 2 together:"),
        ([2, 2], "Any one of these 2 ways, 2 figures together:"),
        ([1, 2], "Any one of these 2 ways:"),
    ],
)
def test_ways_are_counted(sizes: list[int], words: str) -> None:
    changes = tuple(change(*[(SUM[place], Interval.point(1), "1") for place in range(size)]) for size in sizes)
    assert words in told(of(sum_part(), changes=changes))


def test_more_ways_than_a_screen_holds_are_all_named() -> None:
    words = told(explained.explained(explained.chain_part()))
    assert "way 2 of 7" in words
    assert "way 3 of 7" not in words
    assert (
        "5 more ways that are as light: d1, d3 and d4 d1, d3 and d5 d1, d3 and r4 d1, r2 and d4 r0, d2 and d4" in words
    )
    assert "way 7 of 7" in explained.explained(explained.chain_part()).document().text(unfold=True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "No single figure less will do: 3 of the conflicts above share no claim."),
        ({"proved": False}, "Whether less would do was not decided."),
        ({"complete": False}, "There may be more ways as light: the search was cut short."),
        ({"complete": True}, "Among figures that may be doubted, no other way is as light."),
        ({"conflicts": explained.chain_part().conflicts[:2]}, "Nothing lighter that may be doubted will do: it would"),
        ({"weight": Fraction(7, 2)}, "Nothing lighter that may be doubted will do: it would leave one of the"),
    ],
)
def test_how_far_it_was_proved_is_said(more: dict[str, object], words: str) -> None:
    assert words in told(of(explained.chain_part(), **more))


def test_where_one_figure_is_enough_nothing_less_can_be() -> None:
    words = told(explained.slip())
    assert "Something has to change, since the claims above cannot all hold." in words
    assert "No other single figure that may be doubted as easily would do." in words
    only = told(of(sum_part(), changes=sum_part().changes[:1]))
    assert "This was verified" in only


def test_trusted_claims_that_contradict_each_other_leave_nothing_to_offer() -> None:
    assert headings(explained.trusted())[1:] == ["conflict: these 3 claims cannot all hold"]
    assert "Claims that are trusted contradict each other" in told(explained.trusted())


def test_no_more_claims_are_said_to_be_wrong_than_would_have_to_be_if_none_were_trusted() -> None:
    """Three conflicts in a ring need two claims; a claim that stands in all of them could be all that is wrong."""
    claims = {name: attrs.evolve(SUM[0], id=name) for name in "abcd"}
    ring, hub = (
        tuple(explained.clash(tuple(claims[name] for name in names), *[None] * len(names)) for names in each)
        for each in (("ab", "bc", "ca"), ("abd", "bcd", "cad"))
    )
    changes = (change((SUM[0], None, None), (SUM[1], None, None)),)
    two = of(sum_part(), conflicts=ring, changes=changes, weight=Fraction(2))
    assert headings(two)[0] == "inconsistent: at least 2 of the 3 claims cannot stand as read here"
    assert "No single figure less will do: it would leave one of the conflicts above." in told(two)
    one = of(sum_part(), conflicts=hub, changes=changes, weight=Fraction(2))
    assert headings(one)[0] == "inconsistent: at least one of the 4 claims cannot stand as read here"
    assert "Nothing lighter that may be doubted will do: it would leave one of the conflicts above." in told(one)


def test_number_lines_of_a_single_conflict_are_not_drawn_again() -> None:
    for part, drawn in [(sum_part(), False), (explained.chain_part(), True)]:
        html = explained.explained(part)._repr_html_()
        assert ("<svg" in html[html.index("Which figures would have") :]) is drawn


def test_without_any_set_to_change_that_is_said() -> None:
    assert "No set of figures that mends this was found." in told(of(sum_part(), changes=()))


# ------------------------------------------------------------------------------ one claim, one repair
@pytest.mark.parametrize("verdict", ClaimVerdict)
def test_a_claim_that_was_asked_for_is_told_first(verdict: ClaimVerdict) -> None:
    finding = ClaimFinding("alone", Level(by_hand.HAIDIAN, "332.8"), verdict, notes=("odd",))
    bare = attrs.evolve(explained.slip(), parts=(), conflicts=())
    lines = describe_explanation(bare, finding).text().splitlines()
    assert lines[0] == "inconsistent: but alone stands in no contradiction"
    assert lines[2].startswith("alone: ")
    assert "332.8" in "".join(lines[3:8])
    assert "odd" in "".join(lines)
    consistent = describe_explanation(explained.consistent(), finding).text()
    assert consistent.startswith("consistent: some true values satisfy every claim\n\nalone: ")


def test_conflicts_that_belong_to_no_part_are_told_all_the_same() -> None:
    finding = ClaimFinding("total", SUM[2], ClaimVerdict.CONTRADICTED)
    words = describe_explanation(attrs.evolve(explained.slip(), parts=()), finding).text()
    assert "conflict: these 4 claims cannot all hold" in words
    assert "no contradiction" not in words


def test_a_repair_is_a_sentence_for_each_step() -> None:
    part = explained.growth_part()
    assert str(sum_part().rereadings[0]).splitlines() == [
        "total reads as 9,489: two digits exchanged (fit 1)",
        "  patents granted, all 2021: 9,849 → 9,489; the others imply {9489}",
    ]
    assert str(part.rereadings[3]).splitlines()[0] == "2 slips together:"
    assert str(part.changes[1]).splitlines() == [
        "money-2020 would need [2680070334.55…, 2680410939.89…]; the nearest figure is 2,680.2 million",
        "  pledge amount, Haidian 2020 = 2,680.0 million",
    ]
    unknown = change((SUM[2], None, "9,489"))
    assert str(unknown).splitlines()[0] == "total has to change: 9,489 is the nearest figure that fits"
    assert str(change((SUM[2], None, None))).splitlines()[0] == "total cannot stand"
    both = attrs.evolve(part.changes[0], steps=(*part.rereadings[0].steps, *part.changes[1].steps))
    assert str(both).startswith("2 slips and changes together:")
    assert str(explained.chain_part().changes[0]).startswith("3 figures to change together:")


# ------------------------------------------------------------------------------ looks
@pytest.mark.parametrize("name", explained.EXPLANATIONS)
def test_it_fits_where_it_is_shown(name: str) -> None:
    document = explained.EXPLANATIONS[name]().document()
    for width in (40, 60, 100):
        assert max(map(width_of, document.text(width, unfold=width > 40).splitlines())) <= width
    check_tables(document.markdown())
    html = document.html()
    Balanced(html)
    assert html.count("<svg") == len(re.findall("<svg[^>]*aria-label=", html))
