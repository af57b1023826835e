"""Why many rows of a table fail together: one cause for all of them, found from the figures alone."""
