"""How hard Hypothesis tries: `ci` unless `pytest --hypothesis-profile=` says otherwise."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples on every run, and no clock: a shared machine may be slow, and that is no failure.
settings.register_profile(
    "ci",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# New examples on every run; what failed once is tried first the next time.
settings.register_profile("dev", deadline=None, print_blob=True)
settings.register_profile("deep", settings.get_profile("dev"), max_examples=5_000)
settings.load_profile("ci")
