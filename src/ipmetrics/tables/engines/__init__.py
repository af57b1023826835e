"""Where the rows are: arrays in memory, expressions inside an engine, parts one after the other."""
