"""How often no verdict is found, and that none is ever opposite: random sets of claims against z3.

Run ``python -m benchmarks.undetermined [sets of each sort] [z3's time limit in ms]`` from the project's root. Prints
one row for each sort of sets: what ipmetrics said, where z3 said the opposite (which is a defect), and where z3 found
no answer itself.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from ipmetrics.checks import check
from ipmetrics.findings import Verdict
from tests.meaning import Judge
from tests.random_claims import Sort, random_claims

OPPOSITE = {Verdict.CONSISTENT: "unsat", Verdict.INCONSISTENT: "sat"}
LIMITS = {Sort.WHOLE_PRODUCTS: 0.10}
COLUMNS = ("sets", "consistent", "inconsistent", "undetermined", "opposite", "z3 unknown", "ms each", "slowest")


def measure(sort: Sort, sets: int, timeout: int) -> tuple[Counter[str], list[float]]:
    """The verdicts on so many sets, and the seconds each took."""
    judge = Judge(timeout=timeout)
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    for seed in range(sets):
        claims = random_claims(seed, sort)
        started = time.perf_counter()
        verdict = check(claims, per_claim=False).verdict
        seconds.append(time.perf_counter() - started)
        answer = judge.can_hold(claims)
        counts[verdict] += 1
        counts["z3 unknown"] += answer == "unknown"
        if OPPOSITE.get(verdict) == answer:
            counts["opposite"] += 1
            sys.stderr.write(f"opposite: {sort!r}, set {seed}: {verdict}, z3 says {answer}\n")
    return counts, seconds


def main(sets: int = 5_000, timeout: int = 2_000) -> int:
    """Print the table; 1 if a verdict is opposite or more is left open than the limits allow."""
    sys.stdout.write("| sort of sets | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|\n")
    failed = False
    for sort in Sort:
        counts, seconds = measure(sort, sets, timeout)
        words = [str(counts[name]) for name in COLUMNS[1:6]]
        times = [f"{1000 * sum(seconds) / sets:.1f}", f"{max(seconds):.2f} s"]
        sys.stdout.write(f"| {sort} | {sets} | {' | '.join([*words, *times])} |\n")
        sys.stdout.flush()
        failed |= counts["opposite"] > 0 or counts[Verdict.UNDETERMINED] > LIMITS.get(sort, 0.01) * sets
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
