"""Property tests for who writes figures: strategies of figures, worlds and true claims, and asserts about claims.

This room makes things up and never decides: what it makes is true of a hidden world by construction, and the asserts
ask `check`. It needs Hypothesis (``pip install "ipmetrics[testing]"``), which no other room imports.
"""

from ipmetrics.testing.asserts import assert_consistent, assert_follows
from ipmetrics.testing.claims import ClaimKind, true_claims
from ipmetrics.testing.figures import figures, intervals, known_figures, truths
from ipmetrics.testing.subjects import indicators, observations, periods, regions
from ipmetrics.testing.worlds import World, true_worlds

__all__ = [
    "ClaimKind",
    "World",
    "assert_consistent",
    "assert_follows",
    "figures",
    "indicators",
    "intervals",
    "known_figures",
    "observations",
    "periods",
    "regions",
    "true_claims",
    "true_worlds",
    "truths",
]
