"""What the foundation makes sure of: scope, levels, people, trail, plan."""

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
)
from assessment_center.organization.models import FiledScope
from assessment_center.organization.selectors import filings_on

TESTS = "tests/assessment_center"
CARDS = f"{TESTS}/personnel/test_services.py"
LATER = f"{TESTS}/conformance/test_more_checks.py"

enforced(
    "FIL-21",
    how="认定项目只接受规程所列的评价方式，仅供企业和社会机构的方式不在其中。",
    tests=(f"{TESTS}/batches/test_opening.py::test_route_the_rulebook_lacks_is_refused",),
)
enforced(
    "PLAN-11",
    how="批次只能按流程表逐步推进，前一步未完不能走后一步。",
    tests=(
        f"{TESTS}/workflow/test_machine.py::test_a_batch_moves_only_as_the_table_says",
        f"{TESTS}/batches/test_end_to_end.py::test_a_batch_goes_from_draft_to_archive",
    ),
)
enforced(
    "DBL-09",
    how="考评员登记的职业数超过规程上限的不能保存。",
    tests=(f"{CARDS}::test_an_assessor_has_no_more_occupations_than_the_rulebook_allows",),
)
enforced(
    "SEC-01",
    "SEC-22",
    how="证件号码加密保存，页面只显示掩码，每次查看都有记录。",
    tests=(
        f"{TESTS}/people/test_services.py::test_the_number_is_nowhere_in_the_clear",
        f"{TESTS}/people/test_services.py::test_every_look_at_a_number_is_recorded",
        "tests/architecture/test_urls.py::test_addresses_never_name_an_id_number",
    ),
)
enforced(
    "ARC-22",
    how="每一步操作都留痕并封存成链，改动一条即被发现，数据库不许改删。",
    tests=(
        f"{TESTS}/audit/test_trail.py::test_triggers_refuse_even_the_owner",
        f"{TESTS}/audit/test_trail.py::test_an_edit_is_found_by_its_entry",
        f"{TESTS}/audit/test_trail.py::test_a_deletion_is_found",
    ),
)


@check("FIL-03", tests=(f"{LATER}::test_a_scope_line_without_levels_is_found",))
def scope_lines_are_whole(batch: AssessmentBatch) -> Finding:
    """备案范围逐行写明职业编码和等级。"""
    filings = filings_on(batch.centre, batch.exam_starts)
    if not filings:
        return NotApplicable(_("考试当天没有有效的备案。"))
    lines = FiledScope.objects.filter(filing__in=filings).select_related("occupation", "job")
    faults = [
        _("%(line)s 没有写明职业编码或等级。") % {"line": f"{line.occupation}{line.job or ''}"}
        for line in lines
        if not line.occupation.code or not _has_levels(batch, line)
    ]
    return Failed(tuple(faults)) if faults else Passed(_("%(n)s 行") % {"n": len(lines)})


def _has_levels(batch: AssessmentBatch, line: FiledScope) -> bool:
    """Where the rulebook knows no levels, a line needs none."""
    known = batch.rules.settings.levels
    return bool(line.levels) or not (known and known.value)


@check("FIL-20", tests=(f"{LATER}::test_a_centre_without_its_facts_is_found",))
def centre_is_told(batch: AssessmentBatch) -> Finding:
    """机构的名称、地址、电话、投诉电话和主管部门已登记。"""
    centre = batch.centre
    facts = {
        _("名称"): centre.name,
        _("地址"): centre.address,
        _("电话"): centre.phone,
        _("投诉电话"): centre.complaint_phone,
        _("主管部门"): centre.authority_name,
    }
    missing = [label for label, value in facts.items() if not value.strip()]
    if missing:
        return Failed((_("机构信息缺：%(parts)s。") % {"parts": "、".join(missing)},))
    return Passed(_("机构信息齐全。"))


@check(
    "PLAN-02",
    tests=(f"{LATER}::test_a_plan_without_lines_is_found",),
    page="batches_office:documents",
)
def plan_is_whole(batch: AssessmentBatch) -> Finding:
    """年度计划列明职业、等级、预计人数、月份和命题来源。"""
    if batch.plan is None:
        return NotApplicable(_("批次没有列入年度计划。"))
    lines = list(batch.plan.lines.select_related("occupation"))
    faults = [str(each.occupation) for each in lines if not each.forecast or not each.paper_source]
    if not lines or faults:
        named = "、".join(faults) or _("计划没有项目")
        return Failed((_("年度计划不完整：%(named)s。") % {"named": named},))
    return Passed(_("%(n)s 个项目") % {"n": len(lines)})
