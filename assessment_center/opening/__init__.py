"""The first day of a centre: what it brings along, or that it begins empty; signed by two."""
