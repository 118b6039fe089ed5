"""Where a deadline stands, for notices and calendars."""

from django.urls import reverse

from assessment_center.deadlines.models import Deadline


def page_of(deadline: Deadline) -> str:
    """The page where a deadline stands."""
    if deadline.batch is None:
        return reverse("deadlines_office:index")
    return reverse("deadlines_office:batch", args=[deadline.batch.code])
