"""`python -m ipmetrics`: the command line."""

import sys

from ipmetrics.cli import main

if __name__ == "__main__":
    sys.exit(main())
