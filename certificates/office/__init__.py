"""Pages of the office for certificates."""
