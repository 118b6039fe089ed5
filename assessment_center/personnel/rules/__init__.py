"""Pure rules of the staff: who may apply, how long cards and contracts run."""
