"""How many examples a law is tried on, as a part of what the Hypothesis profile allows."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def effort(part: int) -> settings:
    """One example for so many of the profile's; slow ones may be slow."""
    return settings(
        max_examples=max(1, settings().max_examples // part),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def numbers(usual: int) -> range:
    """The numbers of as many random sets as usual, or in proportion more where the profile asks for more."""
    return range(usual * max(1, settings().max_examples // 100))
