"""Parts that an article says make up a whole add up to it, or are at most as much."""

from __future__ import annotations

import pytest

import ipmetrics as ipm
from ipmetrics.model.claims import OneOf, Total

WHOLE = "Courts accepted {} cases in 2022{} 617 on trade marks, 345 on patents and 211 on copyright."
LIST = """Courts received 1,173 cases in 2022 and concluded {} cases. The cases break down as follows:

- trade marks: 617
- patents: 345
- copyright: 211
"""


@pytest.mark.parametrize(("whole", "words", "verdict"), [
    ("1,173", ", made up of", "consistent"),
    ("1,174", ", made up of", "inconsistent"),
    ("1,172", ", made up of", "inconsistent"),
    ("1,174", ":", "consistent"),      # some of them: at most as much
    ("1,172", ":", "inconsistent"),    # and not more
    ("1,172", ", namely", "inconsistent"),
])  # fmt: skip
def test_the_words_say_whether_the_parts_are_all(whole: str, words: str, verdict: str) -> None:
    article = ipm.find_claims(WHOLE.format(whole, words))
    assert [isinstance(claim, Total) for claim in article].count(True) == 1
    assert article.judge().verdict == verdict


@pytest.mark.parametrize(("concluded", "verdict"), [("1,100", "consistent"), ("1,199", "consistent")])
def test_a_list_may_be_of_either_figure_before_it(concluded: str, verdict: str) -> None:
    article = ipm.find_claims(LIST.format(concluded))
    sums = [claim for claim in article if isinstance(claim, OneOf)]
    assert len(sums) == 1
    assert all(isinstance(each, Total) for each in sums[0].alternatives)
    assert article.judge().verdict == verdict


def test_a_list_that_fits_neither_is_accused_with_its_sentence() -> None:
    article = ipm.find_claims(LIST.format("1,100").replace("617", "6,170"))
    report = article.judge()
    assert report.verdict is ipm.Verdict.INCONSISTENT
    assert "trade marks: 6,170" in str(report.conflicts[0])


def test_parts_of_one_name_are_different_things() -> None:
    article = ipm.find_claims(WHOLE.format("1,173", ", made up of"))
    subjects = [claim.subject for claim in article if isinstance(claim, ipm.Level)]
    assert len(set(subjects)) == len(subjects)
