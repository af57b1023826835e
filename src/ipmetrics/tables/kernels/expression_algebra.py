"""The kernels' algebra over narwhals expressions: 64 bits where they are enough, 128 where the engine has them.

Where neither holds a product, floats decide the rows that are far from equality, with a margin that is a proved bound
of their error; the rows within it are said to be left open, never guessed.
"""

from __future__ import annotations

from typing import Any

import attrs
import narwhals as nw

from ipmetrics.tables.kernels.algebras import LARGEST, Flag, Numbers, Side

__all__ = ["ExpressionAlgebra"]

_WIDEST = 2**127 - 1
_LARGEST_FLOAT = 10**300


@attrs.frozen
class ExpressionAlgebra:
    """Expressions of whole numbers, on an engine that has 128 bits or has not.

    ``kept`` collects, stage by stage, the columns that the expressions made so far rest on; each stage rests on those
    before it. ``mark`` begins their names.
    """

    wide: bool
    mark: str = "__ipm_"
    kept: list[list[nw.Expr]] = attrs.field(factory=list)

    def keep(self, *numbers: Numbers) -> tuple[Numbers, ...]:
        """Return columns in place of expressions that will be used more than once."""
        stage = f"{self.mark}{len(self.kept)}_"
        columns = {at: number for at, number in enumerate(numbers) if isinstance(number, nw.Expr)}
        self.kept.append([number.alias(f"{stage}{at}") for at, number in columns.items()])
        return tuple(nw.col(f"{stage}{at}") if at in columns else number for at, number in enumerate(numbers))

    def choose(self, condition: Flag, yes: Numbers, no: Numbers) -> Numbers:
        """Take ``yes`` where the condition holds, else ``no``."""
        if isinstance(condition, bool):
            return yes if condition else no
        return nw.when(condition).then(_expression(yes)).otherwise(_expression(no))

    def holds(self, bound: int) -> bool:
        """Say whether the engine's whole numbers are wide enough for sums up to this bound."""
        return bound <= (_WIDEST if self.wide else LARGEST)

    def widen(self, number: Numbers, bound: int) -> Numbers:
        """Return the number so that sums up to this bound are exact, on an engine that can hold them."""
        if bound <= LARGEST or isinstance(number, int):
            return number
        return number.cast(nw.Int128)

    def real(self, number: Numbers) -> Numbers:
        """Return the nearest float of each number, for reading."""
        return float(number) if isinstance(number, int) else number.cast(nw.Float64)

    def compare(self, left: Side, right: Side) -> tuple[Flag, Flag, Flag]:
        """Say where the left side is greater, where they are equal, and where that is left open."""
        most = max(left.most, right.most)
        if most <= LARGEST or (self.wide and most <= _WIDEST):
            first, second = (_product(one, wide=most > LARGEST) for one in (left, right))
            return first > second, first == second, False
        if most > _LARGEST_FLOAT:
            nothing = _product(left, wide=False) < 0 if left.factors else _product(right, wide=False) < 0
            return nothing & ~nothing, nothing & ~nothing, True
        first, second = (_real(_as_float(one)) for one in (left, right))
        steps = 4 * max(len(left.factors), len(right.factors)) + 8
        gap = second - first
        margin = (first.abs() + second.abs()) * (steps * 2.0**-53)
        return gap < -margin, gap * 0.0 > 1.0, ~((gap > margin) | (gap < -margin))


def _expression(number: Numbers) -> Any:  # noqa: ANN401 - an expression, or what narwhals makes one of
    return nw.lit(number, nw.Int64) if isinstance(number, int) and not isinstance(number, bool) else number


def _product(one: Side, *, wide: bool) -> Any:  # noqa: ANN401 - an expression, or an int
    product: Numbers = one.scale
    for factor in one.factors:
        number = factor.cast(nw.Int128) if wide and not isinstance(factor, int) else factor
        product = number if isinstance(product, int) and product == 1 else number * product
    return product


def _real(number: Any) -> Any:  # noqa: ANN401 - an expression, made of a float if need be
    return nw.lit(number) if isinstance(number, float) else number


def _as_float(one: Side) -> Any:  # noqa: ANN401 - an expression, or a float
    product: Numbers = float(one.scale)
    for factor in one.factors:
        product = product * (float(factor) if isinstance(factor, int) else factor.cast(nw.Float64))
    return product
