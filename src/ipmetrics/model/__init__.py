"""What was said: regions, periods, indicators, figures and claims; nothing here solves anything."""
