"""What a higher app does when a batch is reported: it builds the package and submits it."""

from collections.abc import Callable

from assessment_center.batches.models import AuthorityReport
from assessment_center.registry import OpenSet

# maker(actor=, batch=, kind=) -> AuthorityReport, for papers reported by themselves.
paper_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("paper_makers")
# maker(actor=, batch=, late_reason=, pledged_by=) -> AuthorityReport; one app registers itself.
report_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("report_makers")
