"""The keystone: claims become a network, and what follows from the network becomes findings on the claims."""

from ipmetrics.checks.clashing import conflicts
from ipmetrics.checks.deriving import derive
from ipmetrics.checks.judging import check

__all__ = ["check", "conflicts", "derive"]
