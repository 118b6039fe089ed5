"""Areas 13, 14 and 23: appraisals, dismissals and bars, misconduct of staff."""

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
    manual,
    report_made_by,
)
from assessment_center.personnel.judging_reading import assessors_of

YEAR = "tests/assessment_center/personnel/test_appraisals.py::"
CASE = "tests/assessment_center/personnel/test_conduct.py::"
RULES = "tests/assessment_center/personnel/test_rules_appraisal.py::"
PAGES = "tests/assessment_center/personnel/test_office_appraisals.py::"


@check("ASR-15", tests=[f"{PAGES}test_an_assessor_without_a_rating_is_named"])
def sessions_are_rated(batch: AssessmentBatch) -> Finding:
    """本批次每名考评员的工作都有评价。"""
    settings = batch.rules.settings
    if settings.appraisal_bands is None and settings.session_rating_grades is None:
        return NotApplicable(_("规程没有规定逐人评价，由考评组长在考评报告中说明。"))
    rows = assessors_of(batch.pk)
    if not rows:
        return NotApplicable(_("还没有考评员参加考评的记录。"))
    bare = [str(member) for member, _sittings, rating in rows if rating is None]
    if bare:
        return Failed(tuple(_("%(name)s 还没有评价。") % {"name": name} for name in bare))
    return Passed(_("%(n)s 名考评员") % {"n": len(rows)})


enforced(
    "ASR-14",
    how="申报、培训、聘用、派遣、评价、考核和奖惩都有登记，个人档案和台账随时生成",
    tests=[f"{PAGES}test_the_personal_file_has_all_its_parts"],
)
enforced(
    "ASR-16",
    how="有分数线的按场次加权平均定等次，没有的由人评定；一人起草，另一人审定，审定后不能改动",
    tests=[
        f"{YEAR}test_the_mean_is_weighted_by_sittings_and_gives_the_band",
        f"{YEAR}test_nobody_confirms_what_his_own_hand_wrote",
        f"{YEAR}test_the_database_keeps_hands_apart_and_confirmed_years_as_they_are",
        f"{RULES}test_bands_begin_with_their_bound_and_the_mean_is_not_rounded",
    ],
)
enforced(
    "ASR-17",
    how="连续缺席或全年未参加的直接定为不合格，不能另定等次",
    tests=[
        f"{YEAR}test_two_absences_in_a_row_fail_the_year_whatever_the_score",
        f"{RULES}test_failing_is_what_a_search_of_all_windows_finds",
    ],
)
enforced(
    "ASR-18",
    how="审定即生效：达到规定年数的解聘、注销证卡，不再能值岗；须培训的列入待办",
    tests=[
        f"{YEAR}test_a_second_unqualified_year_in_the_hire_dismisses_at_once",
        f"{YEAR}test_one_unqualified_year_dismisses_where_people_judge",
        f"{RULES}test_two_unqualified_years_within_the_hire_need_not_follow_each_other",
    ],
)
enforced(
    "ASR-19",
    how="连续拒派达到次数自动立案，决定后解聘、注销证卡，禁任期满自行终止",
    tests=[
        f"{CASE}test_the_third_refusal_in_a_row_opens_a_case_and_its_decision_bars",
        "tests/exams/services/test_dispatching.py::test_a_barred_member_is_not_put_on_duty",
    ],
)
enforced(
    "SUP-11",
    how="督导员年度考核不合格的须选择暂停或取消资格，审定即生效",
    tests=[f"{YEAR}test_supervisors_are_paused_or_cancelled_where_the_rulebook_appraises_them"],
)
enforced(
    "STV-01",
    "STV-02",
    "STV-03",
    "STV-04",
    "STV-05",
    how="违规按规程的行为和处理登记，一人登记、另一人决定，决定即生效，禁任期满自行终止",
    tests=[
        f"{CASE}test_each_rulebooks_own_consequence",
        f"{CASE}test_the_card_goes_and_the_bar_ends_by_itself_after_three_years",
        f"{CASE}test_who_enters_does_not_decide_nor_through_a_deputy",
    ],
)
enforced(
    "STV-13",
    how="违规登记不能删除，处理后不能改动",
    tests=[f"{CASE}test_the_database_keeps_cases_and_exclusions"],
)
manual(
    "STV-06",
    "STV-07",
    "STV-08",
    "STV-09",
    "STV-10",
    who="中心主任：题库、报名、证书、档案和保密人员没有违规，或已登记并处理。",
    by=(Role.HEAD,),
)
manual("STV-11", who="中心主任：已告知申诉途径，申诉结果已登记。", by=(Role.HEAD,))
manual("STV-12", who="中心主任：机构没有违规，或已按主管部门的决定整改。", by=(Role.HEAD,))
report_made_by("R-21", how="年度考核页“考核结果报告”，报送后登记日期和回执")
report_made_by("R-22", how="违规处理页“处理结果报告”，到期提醒，报送后登记日期和回执")
