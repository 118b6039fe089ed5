"""Checks and declarations of the foundation; higher apps declare in their own `conformance`."""

from assessment_center.conformance.checks import filing, planning, reporting, timely

__all__ = ["filing", "planning", "reporting", "timely"]
