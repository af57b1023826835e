"""The tableau: through any pivots and moves, rows say what the sums they stand for say."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.constraints.tableau import Tableau
from tests.constraints.networks import seeded

if TYPE_CHECKING:
    from random import Random

Form = tuple[tuple[int, int], ...]


def tableaus(rng: Random) -> tuple[Tableau, dict[int, Form]]:
    """A tableau over up to four variables, with the sums that its rows stand for."""
    tableau, forms = Tableau(), {}
    for _ in range(rng.randint(1, 4)):
        variables = rng.sample(range(4), rng.randint(2, 3))
        form = tuple((each, rng.choice([-3, -2, -1, 1, 2, 5])) for each in sorted(variables))
        forms[tableau.row_of(form)] = form
    return tableau, forms


def shake(rng: Random, tableau: Tableau) -> None:
    """A pivot or a move, wherever one is possible."""
    if rng.random() < 0.5:
        row = rng.choice(sorted(tableau.rows))
        if tableau.rows[row]:
            tableau.pivot(row, rng.choice(sorted(tableau.rows[row])))
    else:
        nonbasic = rng.choice([each for each in sorted(tableau.value) if each not in tableau.rows])
        tableau.move(nonbasic, Fraction(rng.randint(-5, 5), rng.randint(1, 3)), rng.randint(-1, 1))


def check(tableau: Tableau, forms: dict[int, Form]) -> None:
    for values in (tableau.value, tableau.eps):
        for row, form in forms.items():
            assert values[row] == sum(factor * values[each] for each, factor in form)
        for row, entries in tableau.rows.items():
            assert values[row] * tableau.scale[row] == sum(amount * values[each] for each, amount in entries.items())
    assert all(size > 0 for size in tableau.scale.values())
    assert all(amount for entries in tableau.rows.values() for amount in entries.values())
    basic = set(tableau.rows)
    assert all(basic.isdisjoint(entries) for entries in tableau.rows.values())
    for column, rows in tableau.columns.items():
        expected = {row for row, entries in tableau.rows.items() if column in entries}
        assert rows == (set() if column in basic else expected)


def test_rows_stay_what_they_stand_for() -> None:
    for rng in seeded(120):
        tableau, forms = tableaus(rng)
        for _ in range(12):
            shake(rng, tableau)
            check(tableau, forms)


def test_one_sum_has_one_row() -> None:
    tableau = Tableau()
    row = tableau.row_of(((0, 1), (1, 2)))
    assert tableau.row_of(((0, 1), (1, 2))) == row
    assert tableau.row_of(((0, 1), (1, 3))) != row


def test_a_late_row_is_written_in_nonbasic_variables_and_leaves_no_trace() -> None:
    for rng in seeded(60):
        tableau, forms = tableaus(rng)
        for _ in range(6):
            shake(rng, tableau)
        before = {row: dict(entries) for row, entries in tableau.rows.items()}
        form = tuple((each, rng.choice([-2, 1, 3])) for each in (0, 1, 2, 3))
        late = tableau.new_row(form)
        check(tableau, forms | {late: form})
        tableau.drop_row(late)
        check(tableau, forms)
        assert tableau.rows == before
        assert late not in tableau.value


def test_a_ray_moves_every_row_at_its_rate() -> None:
    for rng in seeded(60):
        tableau, forms = tableaus(rng)
        for _ in range(6):
            shake(rng, tableau)
        row = next((each for each in sorted(tableau.rows) if tableau.rows[each]), None)
        if row is None:
            continue
        column = rng.choice(sorted(tableau.rows[row]))
        ray = tableau.ray(row, column)
        before = dict(tableau.value)
        tableau.move(column, ray[column], 0)
        assert tableau.value[row] > before[row]
        for each, value in tableau.value.items():
            if each != row:
                assert value - before[each] == ray.get(each, 0)
        check(tableau, forms)
