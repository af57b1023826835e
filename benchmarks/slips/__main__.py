"""Plant slips into made-up and published claims, look for them, and print the table that says how often they are found.

Run ``python -m benchmarks.slips [worlds of each kind] [--kind KIND] [--jobs 2] [--published]`` from the project's root.
Where the search and the exhaustive oracle disagree, or neither knows what was planted, the world is named: it is
``world_of(kind, number)`` of `benchmarks.slips.measuring`.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from multiprocessing import Pool
from typing import TYPE_CHECKING

from benchmarks.slips.measuring import Outcome, header, judged, published_cases, row, world_of
from ipmetrics.findings import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.pool import Pool as Workers


def made_up(slip: Slip, number: int) -> tuple[str, Outcome]:
    """What becomes of the slip in a numbered world."""
    try:
        return str(number), judged(world_of(slip, number))
    except Exception as error:
        error.add_note(f"in world_of({slip!r}, {number})")
        raise


def main(arguments: list[str]) -> int:
    """Print the table; 1 if in any world what was planted is not found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slips")
    parser.add_argument("worlds", nargs="?", type=int, default=1000)
    parser.add_argument("--kind", type=Slip, action="append", choices=list(Slip))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--published", action="store_true")
    asked = parser.parse_args(arguments)
    sys.stdout.write(header("kind") + "\n")
    failed = False
    with Pool(asked.jobs) as workers:
        for slip in asked.kind or Slip:
            outcomes: list[Outcome] = []
            for name, each in results(workers, slip, asked.worlds, published=asked.published):
                outcomes.append(each)
                if not each.is_right:
                    failed = True
                    sys.stderr.write(f"not found: {slip!r}, {name}: {each}\n")
            if outcomes:
                sys.stdout.write(row(slip, outcomes) + "\n")
                sys.stdout.flush()
    return int(failed)


def results(workers: Workers, slip: Slip, worlds: int, *, published: bool) -> Iterator[tuple[str, Outcome]]:
    """The name and the outcome of each case of a kind."""
    if published:
        cases = published_cases(slip)
        yield from zip((name for name, _ in cases), workers.map(judged, [case for _, case in cases]), strict=True)
    else:
        yield from workers.imap(partial(made_up, slip), range(worlds), chunksize=5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
