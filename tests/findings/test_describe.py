"""What a report tells first, what excuses a conflict, and which readings survive."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from ipmetrics.constraints.proofs import Split
from ipmetrics.findings import (
    Assumption,
    AssumptionKind,
    ClaimFinding,
    ClaimVerdict,
    Derived,
    Report,
    Verdict,
)
from ipmetrics.findings.describe import number_line, remarks, summary
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Level
from ipmetrics.model.units import Unit
from tests import by_hand

V = ClaimVerdict
VOUCH = ", and this report does not vouch for"


def judged(*verdicts: ClaimVerdict) -> Report:
    findings = [
        ClaimFinding(str(place), Level(by_hand.HAIDIAN, "332.8"), verdict) for place, verdict in enumerate(verdicts)
    ]
    return Report(Verdict.CONSISTENT, tuple(findings), conventions=by_hand.CONVENTIONS)


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        ([], "There are no claims to check."),
        ([V.CONSISTENT], "The one claim was checked."),
        ([V.ENTAILED, V.CONTRADICTED], "All 2 claims were checked against others."),
        (
            [V.UNCHECKED],
            f"0 of 1 claim was checked against others; 1 stands alone: nobody has checked it{VOUCH} it.",
        ),
        (
            [V.CONSISTENT, V.UNCHECKED, V.UNCHECKED],
            f"1 of 3 claims were checked against others; 2 stand alone: nobody has checked them{VOUCH} them.",
        ),
        ([V.ENTAILED, V.UNDETERMINED], "1 of 2 claims were checked against others; 1 was not decided."),
    ],
)
def test_a_report_begins_with_what_nobody_has_checked(verdicts: list[ClaimVerdict], sentence: str) -> None:
    report = judged(*verdicts)
    assert summary(report) == sentence
    assert " ".join(str(report).split()).startswith(sentence)


def test_a_conflict_is_told_as_printed_levels_first_and_the_comparison_last() -> None:
    assert str(by_hand.of_three()).splitlines() == [
        "inconsistent: these 3 claims cannot all hold",
        "  high-value invention patents per 10,000 people (patent per 10,000 person)",
        "  Haidian 2021        332.8   [332.75, 332.85]",
        "  Beijing 2021         96.2   [96.15, 96.25]",
        "  Haidian ÷ Beijing    3.54   [3.535, 3.545]     the others imply [3.45714…, 3.46178…]",
        "    misses by 7.3 units of its last printed place, 2.1 % of it",
    ]


@pytest.mark.parametrize(("count", "words"), [(1, "this claim cannot hold"), (2, "these 2 claims cannot both hold")])
def test_small_conflicts_are_worded_as_such(count: int, words: str) -> None:
    whole = by_hand.of_three()
    few = {name: getattr(whole, name)[:count] for name in ("claims", "ids", "stated", "implied")}
    assert str(attrs.evolve(whole, **few)).startswith(f"inconsistent: {words}\n")


def test_what_could_excuse_a_conflict_stands_below_it() -> None:
    lines = str(by_hand.between_editions()).splitlines()
    assert [line.strip() for line in lines if line.startswith(("  unless", "  another", "  fewer"))] == [
        "unless fractions are counted",
        "another reading: figure or base revised; the claims were printed on 2021-04-26 and 2022-04-30",
        "another reading: truncated instead of rounded: the base is 447",
        "fewer of these claims may conflict already: the search for the core was cut short",
    ]


def test_excuses_are_told_once_and_read_as_one_sentence() -> None:
    kinds = AssumptionKind
    excuses = [
        Assumption(kinds.WHOLE, "a", "unless x fails"),
        Assumption(kinds.WHOLE, "b", "unless x fails"),
        Assumption(kinds.PART_OF, "c", "unless y fails"),
    ]
    lines = str(attrs.evolve(by_hand.of_three(), assumptions=tuple(excuses))).splitlines()
    assert lines[-2:] == ["  unless x fails", "  or unless y fails"]


@pytest.mark.parametrize(("count", "words"), [(1, "the assumptions imply"), (2, "the other implies")])
def test_who_speaks_against_a_claim_is_named_by_number(count: int, words: str) -> None:
    whole = by_hand.of_three()
    few = {name: getattr(whole, name)[:count] for name in ("claims", "ids", "stated", "implied")}
    told = attrs.evolve(whole, irreducible=False, **few).document().text(unfold=True)
    assert told.count(words) == 2
    assert ("fewer of these" in told) is (count > 1)


def test_the_proof_says_of_every_claim_by_how_much_it_misses() -> None:
    told = by_hand.of_three().document().text(unfold=True).partition("Proof")[2]
    amounts = ("70 units", "7.3 units", "20 units")
    assert [line.strip() for line in told.splitlines() if "misses" in line] == [
        f"misses by {amount} of its last printed place, 2.1 % of it" for amount in amounts
    ]


def test_sources_are_named_where_they_differ_and_in_the_proof() -> None:
    conflict = by_hand.between_editions()
    assert "printed in Haidian IP Office, White paper 2020, 2021-04-26, page 12" in str(conflict)
    alike = attrs.evolve(conflict, claims=tuple(attrs.evolve(claim, source=None) for claim in conflict.claims))
    assert "printed in" not in str(alike)
    proof = conflict.document().text(unfold=True)
    assert "“483 pledges worth 2.896 billion yuan, up 8.06%”" in proof
    assert "pledges, Haidian 2020 is a whole number" in proof


def test_survivors_of_several_readings_are_named() -> None:
    finding = by_hand.one_of()
    pledges, amount = (f"{name}: Haidian 2021 since Haidian 2020 +8.06%" for name in ("pledges", "pledge amount"))
    assert remarks(finding) == [f"1 of 2 readings survives: {amount}", f"ruled out: {pledges}"]
    undecided = attrs.evolve(finding, survivors=(Verdict.UNDETERMINED, Verdict.UNDETERMINED))
    assert remarks(undecided) == ["0 of 2 readings survive", f"not decided: {pledges} | {amount}"]
    both = attrs.evolve(finding, survivors=(Verdict.CONSISTENT, Verdict.CONSISTENT))
    assert remarks(both) == [f"2 of 2 readings survive: {pledges} | {amount}"]


@pytest.mark.parametrize(
    ("fit", "shown"),
    [(Fraction(1), "1"), (Fraction(0), "0"), (Fraction(999, 1000), "0.99"), (Fraction(1, 1000), "<0.01"), (None, "")],
)
def test_a_fit_is_cut_and_never_rounded_up_to_all(fit: Fraction | None, shown: str) -> None:
    finding = ClaimFinding(
        "x", Level(by_hand.HAIDIAN, "1"), V.CONSISTENT, Interval.point(1), Interval.point(1), fit=fit
    )
    report = Report(Verdict.CONSISTENT, (finding,), conventions=by_hand.CONVENTIONS)
    row = next(line for line in str(report).splitlines() if line.startswith("    x"))
    assert row.split()[-1] == (shown or "{10000}")


def test_what_rules_nothing_out_is_not_told() -> None:
    whole = by_hand.of_three()
    implied = (*whole.implied[:1], Interval.everything(), None)
    lines = str(attrs.evolve(whole, implied=implied)).splitlines()
    assert lines[2].endswith("the others imply [339.89025, 341.20625]")
    assert "∞" not in "".join(lines)


def test_a_comparison_alone_names_its_period() -> None:
    whole = by_hand.of_three()
    few = {name: getattr(whole, name)[1:2] for name in ("claims", "ids", "stated", "implied")}
    assert "  Haidian ÷ Beijing 2021   3.54" in str(attrs.evolve(whole, **few))


def test_nothing_is_drawn_without_both_sides() -> None:
    claim = Level(by_hand.HAIDIAN, "332.8")
    assert number_line(claim, Interval.point(1), Interval.everything()) is None
    assert number_line(claim, None, Interval.point(1)) is None
    assert number_line(claim, Interval.point(1), None) is None


def test_a_derived_interval_is_one_line() -> None:
    assert str(by_hand.derived()) == "[93.8646…, 94.1584…] patent per 10,000 person"
    assert str(by_hand.derived(exact=False)).endswith("person (outer bound)")
    pieces = (Interval.point(446), Interval(448, 450))
    answer = Derived(Interval(446, 450), unit=Unit("case"), multiplier=0, exact=True, pieces=pieces)
    assert str(answer) == "[446, 450] case, in 2 pieces: {446}, [448, 450]"
    points = Derived(Interval(1, 2), unit=Unit("percentage_point"), multiplier=-2, exact=True)
    assert str(points) == "[1, 2] percentage points"
    bare = Derived(Interval.more_than(3), unit=Unit("1"), multiplier=0, exact=True)
    assert str(bare) == "(3, ∞)"
    assert "assumptions alone" in bare.document().text(unfold=True)
    assert answer._repr_html_().count("<svg") == 1


def test_an_empty_answer_carries_its_conflict() -> None:
    empty = Derived(Interval.empty(), unit=Unit("1"), multiplier=0, exact=True, conflict=by_hand.of_three())
    assert str(empty).startswith("∅ nothing is possible: the claims conflict\n\nthese 3 claims cannot all hold\n")
    assert str(attrs.evolve(empty, conflict=None)) == "∅ nothing is possible"


def test_a_notebook_shows_number_lines_and_folds_the_proof() -> None:
    html = by_hand.inconsistent()._repr_html_()
    assert html.count("<details") == 1
    assert html.count("<svg") == 2 * 3 + 2  # three claims in the conflict and in the table, a legend for each
    assert "stated [3.535, 3.545], the others imply [3.45714…, 3.46178…]" in html


def test_a_proof_says_that_it_was_checked_twice() -> None:
    conflict = by_hand.of_three()
    assert "a second time" not in conflict.document().text(unfold=True)
    proved = attrs.evolve(conflict, proof=Split(None, None, ()))
    assert "a second time, in exact fractions" in proved.document().text(unfold=True)


def test_an_inconsistent_report_without_conflicts_says_no_more() -> None:
    report = Report(Verdict.INCONSISTENT, (), conventions=by_hand.CONVENTIONS)
    assert str(report).splitlines()[2] == "inconsistent"


def test_every_kind_of_assumption_can_excuse() -> None:
    for kind in AssumptionKind:
        excuse = Assumption(kind, "x holds", "unless x fails")
        assert "  unless x fails" in str(attrs.evolve(by_hand.of_three(), assumptions=(excuse,)))
