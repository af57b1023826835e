"""Read the claims of Haidian's white paper 2021, check them, and derive what it never prints.

The paper says that Haidian had 332.8 high-value invention patents per 10,000 people, 3.54 times as many as
Beijing and 44.37 times as many as China. It prints neither of the two other rates; they follow.
"""

from __future__ import annotations

import ipmetrics as ipm
from ipmetrics import datasets


def main() -> None:
    """Print the verdict, the rates that follow, and the readings that arithmetic rules out."""
    paper = datasets.load("haidian-2021")
    report = ipm.check(paper)
    print(f"{len(paper)} claims, taken together: {report.verdict}")

    print("\nHigh-value invention patents per 10,000 people at the end of 2021, not printed but implied:")
    for place in ("beijing", "china"):
        rate = ipm.derive(paper.observation(f"high_value_density.{place}.2021"), paper)
        print(f"  {paper.regions[place]!s:8} {rate.interval}   from {' and '.join(rate.claims_used)}")

    print("\nAwards in all, by the shares that Haidian won:")
    for award in ("gold", "silver", "excellence"):
        total = ipm.derive(paper.observation(f"{award}_awards.china.2021"), paper)
        print(f"  {award:10} {total.interval}")

    print("\nPhrases that attach to more than one thing, and the readings no whole number allows:")
    for finding in report.findings:
        if isinstance(finding.claim, ipm.OneOf) and finding.survivors:
            for reading, verdict in zip(finding.claim.alternatives, finding.survivors, strict=True):
                mark = "impossible" if verdict is ipm.Verdict.INCONSISTENT else "possible"
                print(f"  {mark:10} {reading}")

    print("\nWhy the growth of 8.06 % cannot be that of the 483 pledges:")
    growth = paper.claim("pledges-growth")
    assert isinstance(growth, ipm.OneOf)  # noqa: S101 - it offers readings
    print(*ipm.conflicts([paper.claim("pledges"), growth.alternatives[0]]))


if __name__ == "__main__":
    main()
