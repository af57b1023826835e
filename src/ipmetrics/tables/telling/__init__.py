"""What a checked table says: counts, the rows that fail in words and exact numbers, reports."""
