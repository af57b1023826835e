"""What claims that contradict each other may have been meant to say; reasons are counted, never felt."""

from ipmetrics.diagnosis.explaining import explain, repairs

__all__ = ["explain", "repairs"]
