"""Conflicts and lightest repairs against exhaustive search: thousands of small random sets, judged by z3.

Run ``python -m benchmarks.repair_twins [sets of each sort]`` from the project's root. Prints one row for each sort of
sets; a set on which the two differ is a defect, is named, and makes the exit status 1.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from random import Random

from tests.diagnosis.test_twins import compare, small_sets
from tests.meaning import Judge
from tests.random_claims import Sort

SHARES = {Sort.REAL: 1, Sort.WHOLE: 1, Sort.PRODUCTS: 5, Sort.WHOLE_PRODUCTS: 5}
"""Where there are products, z3 takes its time: one set for so many of the others."""
COLUMNS = ("sets", "one lightest", "several", "consistent", "left open", "not compared", "different", "minutes")


def main(sets: int = 2_000) -> int:
    """Print the table; 1 if anything differs."""
    sys.stdout.write("| sort of sets | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|\n")
    different = 0
    for sort in Sort:
        judge, told, started = Judge(timeout=1_000), Counter[str](), time.perf_counter()
        count = max(1, sets // SHARES[sort])
        for seed, claims in enumerate(small_sets(sort, count)):
            try:
                told[compare(judge, claims, Random(seed))] += 1
            except AssertionError as error:
                told["different"] += 1
                sys.stderr.write(f"different: {sort!r}, set {seed}: {error}\n")
        known = ("one way", "several ways", "consistent", "left open")
        words = [*(str(told[name]) for name in known), str(count - told["different"] - sum(told[n] for n in known))]
        minutes = (time.perf_counter() - started) / 60
        sys.stdout.write(f"| {sort} | {count} | {' | '.join(words)} | {told['different']} | {minutes:.1f} |\n")
        sys.stdout.flush()
        different += told["different"]
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
