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
    form_without_print,
    manual,
    report_made_by,
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
manual("FIL-19", who="中心主任：对照合作协议核对，协议只由办公室签。")

FILING = f"{TESTS}/filing/services"
APPLYING, BEHIND = f"{FILING}/test_applying.py", f"{FILING}/test_behind.py"
CEASED = "tests/certificates/services/test_ceased.py"
SCOPE, PAPERS = f"{FILING}/test_scope.py", f"{FILING}/test_papers.py"

enforced(
    "FIL-04",
    how="申请范围的职业、工种名称须与分类大典一字不差；小类名称、写错的工种不能加入。",
    tests=(f"{SCOPE}::test_a_job_misspelt_is_refused_with_the_nearest_names",),
)
enforced(
    "FIL-06",
    how="每行有国家标准或自主评价规范；规范的专家签字不足不能报送，备案后才成为标准。",
    tests=(
        f"{SCOPE}::test_an_own_specification_stands_in_where_there_is_no_standard",
        f"{SCOPE}::test_four_experts_are_too_few_five_are_enough",
    ),
)
enforced(
    "FIL-07",
    how="增加职业或等级另办增量备案，回执登记后才进入范围，与原备案同时到期。",
    tests=(f"{APPLYING}::test_an_increment_adds_to_the_filing_and_ends_with_it",),
)
enforced(
    "FIL-09",
    "FIL-10",
    how="申请只能走规程的途径：报送、推荐、确认、公布逐步登记，不能跳过推荐部门。",
    tests=(
        f"{APPLYING}::test_kinds_and_routes_are_the_rulebooks",
        f"{APPLYING}::test_the_recommending_body_cannot_be_skipped",
        f"{APPLYING}::test_every_state_and_move_is_in_the_table",
    ),
)
enforced(
    "FIL-11",
    how="没有法定代表人的真实性承诺不能报送；退回须写明原因，可整改后再报。",
    tests=(f"{APPLYING}::test_without_pledge_nothing_is_handed_in",),
)
enforced(
    "FIL-12",
    how="清单中缺一项材料就不能报送，缺哪项写明哪项。",
    tests=(f"{APPLYING}::test_each_missing_paper_stops_the_submission_and_is_named",),
)
enforced(
    "FIL-13",
    how="自评逐项计分，未达分数线或有否决项的不能报送。",
    tests=(
        f"{APPLYING}::test_the_self_assessment_fails_at_64_and_passes_at_65",
        f"{APPLYING}::test_a_veto_fails_a_full_sheet",
    ),
)
enforced(
    "FIL-14",
    "FIL-15",
    "FIL-17",
    "FIL-28",
    how="缺内部制度、工作方案章节、专职人员、考评人员或学校信息的申请不能报送。",
    tests=(
        f"{APPLYING}::test_an_empty_application_names_everything_that_is_missing",
        f"{APPLYING}::test_assessors_are_counted_by_occupation",
    ),
)
enforced(
    "FIL-18",
    how="登记停止认定后不能公告和发证；已发证书照常核验、领取、注销，数据照常上传。",
    tests=(
        f"{BEHIND}::test_a_centre_that_ceased_examines_nothing",
        f"{CEASED}::test_what_is_issued_is_checked_handed_out_uploaded_and_revoked",
        f"{CEASED}::test_nothing_new_is_issued_from_the_day_it_stopped",
    ),
)
enforced(
    "FIL-26",
    how="工作方案写明规程列出的上位文件。",
    tests=(f"{PAPERS}::test_the_plan_names_its_documents_and_draws_the_flow",),
)
enforced(
    "FIL-27",
    how="每行须写明对应专业，职业取自规程准许版本的分类大典。",
    tests=(f"{SCOPE}::test_a_line_names_its_major",),
)
enforced(
    "ORG-05",
    how="单位更名须登记承继单位，职责和成员一并转入，旧名停用。",
    tests=(f"{BEHIND}::test_a_renamed_unit_hands_everything_to_its_successor",),
)
form_without_print("F-103", reason="Excel 电子表，由备案申请页生成")
form_without_print("F-104", reason="Excel 电子表，由备案申请页生成")
report_made_by("R-01", how="备案申请页的材料包：清单各项按序，附目录")
report_made_by("R-02", how="增量备案申请页的材料包：清单各项按序，附目录")
report_made_by("R-03", how="“可认定范围”页导出的 Excel")
