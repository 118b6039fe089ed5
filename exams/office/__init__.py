"""Pages of the office for examinations."""
