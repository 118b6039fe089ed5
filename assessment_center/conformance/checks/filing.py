"""FIL: only what is filed is examined."""

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import current_filing, in_scope
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
    manual,
)
from assessment_center.registry import Refused

TESTS = "tests/assessment_center"


@check(
    "FIL-01",
    tests=(f"{TESTS}/conformance/test_checks.py::test_scope_lost_later_is_found",),
    page="batches_process:offerings",
)
def inside_scope(batch: AssessmentBatch) -> Finding:
    """认定项目都在考试当天的备案范围内。"""
    offerings = list(batch.offerings.select_related("occupation", "job"))
    if not offerings:
        return NotApplicable(_("还没有认定项目。"))
    outside = []
    for each in offerings:
        outcome = in_scope(batch.centre, each.occupation, each.job, each.level, batch.exam_starts)
        if isinstance(outcome, Refused):
            outside.append(f"{each}：{outcome.reason}")
    if outside:
        return Failed(tuple(outside))
    return Passed(_("%(n)s 个认定项目都在备案范围内。") % {"n": len(offerings)})


@check(
    "FIL-02",
    tests=(f"{TESTS}/conformance/test_checks.py::test_filing_that_ends_is_found",),
    page="batches_process:offerings",
)
def filing_valid(batch: AssessmentBatch) -> Finding:
    """考试首日到末日都有有效的备案。"""
    days = (batch.exam_starts, batch.exam_ends)
    missing = [day.isoformat() for day in days if current_filing(batch.centre, day) is None]
    if missing:
        return Failed((_("%(days)s 没有有效备案。") % {"days": "、".join(missing)},))
    return Passed(_("考试期间备案有效。"))


enforced(
    "FIL-05",
    how="备案范围和认定项目只接受规程所列的等级。",
    tests=(
        f"{TESTS}/organization/test_services.py::test_unknown_levels_are_refused",
        f"{TESTS}/batches/test_opening.py::test_level_outside_the_scope_is_refused",
    ),
)
enforced(
    "FIL-22",
    how="认定项目只接受规程所列的评价方式。",
    tests=(f"{TESTS}/batches/test_opening.py::test_route_the_rulebook_lacks_is_refused",),
)
manual("FIL-09", "FIL-19", who="中心主任：对照备案回执和合作协议核对。")
