"""One room for each kind of cause: what a probe proposes to read otherwise, and why."""
