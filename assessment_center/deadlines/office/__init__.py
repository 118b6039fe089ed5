"""Pages of the deadlines: all that is near, the timeline of a batch, one's own calendar."""
