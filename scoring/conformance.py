"""How the rules of scoring, publicity, reviews and validity are kept (areas 18 to 21)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

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
from scoring import policies, selectors
from scoring.enums import PublicityStatus
from scoring.models import FinalResult, SubjectResult

ENTRY = "tests/scoring/services/test_entry.py::"
RESULTS = "tests/scoring/services/test_results.py::"
REVIEWS = "tests/scoring/services/test_reviews.py::"
PAGES = "tests/scoring/office/test_pages.py::"
PORTAL = "tests/scoring/test_portal.py::"
STAYS = "tests/scoring/test_constraints.py::"
RULES = "tests/scoring/rules/test_combining.py::"
LANGUAGE = "tests/scoring/services/test_language.py::"
DEADLINES = "tests/assessment_center/deadlines/test_sources.py::"
ROUTES = "tests/scoring/services/test_recognition.py::"

enforced(
    "FIL-08",
    how="规程只许本校师生的，校外人员报不上名，并写明条款",
    tests=[f"{ROUTES}test_somebody_from_outside_is_refused_with_the_article"],
)
enforced(
    "ELIG-HN-4",
    "ELIG-HN-5",
    "ELIG-HN-6",
    "ELIG-HN-7",
    how="事实未达到公布的目录、课程、学分或竞赛办法的，只能不予认定；材料未到不能提交和认定",
    tests=[
        f"{ROUTES}test_each_route_goes_to_its_result_in_two_hands",
        f"{ROUTES}test_what_falls_short_is_not_recognised_and_the_article_is_named",
        f"{ROUTES}test_a_certificate_mapped_to_another_occupation_counts_for_nothing",
        f"{ROUTES}test_without_its_paper_nothing_is_handed_in_nor_decided",
        f"{ROUTES}test_the_database_keeps_what_was_decided",
    ],
)

enforced(
    "SCORE-02",
    how="每科未达分数线的整体不合格，外语考试同样计算",
    tests=[
        f"{RESULTS}test_from_draft_over_publicity_to_final",
        f"{LANGUAGE}test_a_language_score_is_entered_twice_and_counts",
        f"{LANGUAGE}test_who_does_not_sit_the_language_is_not_asked_for_it",
    ],
)
enforced(
    "SCORE-03",
    how="考评员人数不足不能核分，保留每人评分，取平均",
    tests=[f"{ENTRY}test_practical_takes_the_mean_of_at_least_three_assessors"],
)
enforced(
    "SCORE-04",
    how="评委各自评分，人数不足不能核分，取平均",
    tests=[
        f"{RULES}test_the_mean_lies_between_the_marks_and_ignores_their_order",
        f"{RULES}test_too_few_assessors_give_no_score",
    ],
)
enforced(
    "TKT-05",
    how="公示名单以准考证号列出成绩，考生凭号和登录都能查到",
    tests=[f"{PORTAL}test_the_public_list_stands_open_only_in_its_time"],
)
enforced(
    "SCORE-05",
    how="登分页只显示本人登的分数",
    tests=[f"{PAGES}test_the_grid_keeps_everything_after_a_fault_and_then_saves"],
)
enforced(
    "SCORE-06",
    how="零分不写原因不能保存",
    tests=[f"{ENTRY}test_a_zero_needs_its_reason_and_the_article_is_named"],
)
enforced(
    "SCORE-07",
    how="缺考、违纪的科目不能有分数，也不能合格",
    tests=[f"{ENTRY}test_absent_and_cheated_never_pass"],
)
enforced(
    "SCORE-11",
    "STAFF-19",
    "REVW-05",
    how="登分人不能核分，登分人和核分人不能复核",
    tests=[
        f"{ENTRY}test_the_check_wants_two_equal_rounds_and_a_third_person",
        f"{REVIEWS}test_who_entered_or_checked_does_not_answer",
    ],
)
enforced(
    "SCORE-14",
    how="核分后登分不能改，公示后成绩只能经复核更正，生效后不能改",
    tests=[
        f"{STAYS}test_checked_marks_and_scores_stay",
        f"{STAYS}test_published_results_change_only_by_moves_or_reviews_and_final_ones_never",
    ],
)
enforced(
    "SCORE-16",
    how="等次按下限比较",
    tests=[f"{RULES}test_a_grade_is_the_highest_band_reached"],
)
enforced(
    "SCORE-18",
    "PUB-01",
    "PUB-02",
    "PUB-06",
    how="未上报不能公示，公示期不足不能公示，期限未满成绩不能生效",
    tests=[f"{RESULTS}test_from_draft_over_publicity_to_final"],
)
enforced(
    "SCORE-19",
    "SEC-05",
    how="公示以前考生查不到成绩，考评员看不到他人成绩",
    tests=[
        f"{PAGES}test_pages_by_role_and_foreign_objects",
        f"{PORTAL}test_the_candidate_sees_the_own_score_only_and_asks_for_a_recount",
    ],
)
enforced(
    "PUB-03",
    how="公示名单没有证件号码一列",
    tests=[f"{PORTAL}test_the_public_list_stands_open_only_in_its_time"],
)
enforced(
    "REVW-01",
    "REVW-02",
    how="逾期申请连同依据被拒绝，每科一次",
    tests=[f"{REVIEWS}test_asking_in_time_once_and_for_oneself"],
)
enforced(
    "REVW-03",
    "REVW-06",
    "REVW-09",
    how="复核只更正差错，写明原因，另行留痕",
    tests=[
        f"{REVIEWS}test_a_correction_sets_score_and_result_and_nothing_else",
        f"{REVIEWS}test_absence_is_not_reviewed_away_and_out_of_scope_is_rejected",
    ],
)
enforced(
    "VAL-01",
    how="成绩生效时登记单科合格及有效期",
    tests=[f"{RESULTS}test_from_draft_over_publicity_to_final"],
)
manual("SCORE-10", who="考务组长安排封闭阅卷，在考场记录中注明")
manual("SCORE-22", who="考评组长装订时把同一考生的笔答与评分表放在一起")


@check(
    "SCORE-17",
    tests=[
        f"{RESULTS}test_from_draft_over_publicity_to_final",
        f"{DEADLINES}test_the_authoritys_confirmation_is_awaited_after_the_report",
    ],
    page="scoring_office:publicity",
)
def scores_reported_in_time(batch: Any) -> Finding:
    """成绩在规定期限内上报主管部门。"""
    due = policies.report_due(batch)
    if due is None:
        return NotApplicable(_("还没有到上报成绩的时候，或规程没有规定期限。"))
    report = selectors.results_report(batch)
    if report is None or report.submitted_at is None:
        return NotApplicable(_("最迟 %(day)s 上报。") % {"day": due.day})
    sent = timezone.localdate(report.submitted_at)
    if sent > due.day:
        told = {"sent": sent, "due": due.day}
        return Failed((_("成绩于 %(sent)s 上报，期限是 %(due)s。") % told,))
    return Passed(_("%(day)s 上报") % {"day": sent})


@check(
    "REVW-04",
    tests=[f"{REVIEWS}test_asking_in_time_once_and_for_oneself"],
    page="scoring_office:reviews",
)
def reviews_answered_in_time(batch: Any) -> Finding:
    """每份复核申请在规定期限内答复。"""
    late = []
    reviews = list(selectors.reviews_of(batch))
    if not reviews:
        return NotApplicable(_("没有复核申请。"))
    for each in reviews:
        due = policies.reply_due(each)
        answered = timezone.localdate(each.answered_at) if each.answered_at else None
        if due and answered and answered > due.day:
            number = selectors.ticket_number(each.result.application)
            told = {"number": number, "day": answered, "due": due.day}
            late.append(_("%(number)s 的复核于 %(day)s 答复，期限是 %(due)s。") % told)
    return Failed(tuple(late)) if late else Passed(_("%(n)s 份") % {"n": len(reviews)})


@check(
    "PUB-04",
    tests=[f"{RESULTS}test_the_evidence_of_publicity_and_the_public_list"],
    page="scoring_office:publicity",
)
def publicity_has_evidence(batch: Any) -> Finding:
    """公示有截图或照片留痕。"""
    publicity = selectors.publicity_of(batch)
    if publicity is None:
        return NotApplicable(_("还没有公示。"))
    if not publicity.evidence:
        return Failed((_("公示没有上传截图或照片。"),))
    return Passed(publicity.evidence_digest[:12])


@check(
    "SCORE-01", tests=[f"{STAYS}test_checked_marks_and_scores_stay"], page="scoring_office:batch"
)
def every_result_has_its_subjects(batch: Any) -> Finding:
    """每名考生的成绩包含应考的全部科目，且与核分一致。"""
    results = FinalResult.objects.filter(batch=batch).select_related("application")
    if not results:
        return NotApplicable(_("还没有汇总成绩。"))
    scores = {
        (row.application_id, row.subject): row.score
        for row in SubjectResult.objects.filter(application__batch=batch)
    }
    wrong = []
    for each in results:
        told = {f["subject"]: f["score"] for f in each.subjects}
        kept = {s: scores.get((each.application_id, s)) for s in each.application.subjects}
        if told != {s: None if mark is None else str(mark) for s, mark in kept.items()}:
            wrong.append(_("%(number)s 的成绩与核分不一致。") % {"number": each.application.number})
    return Failed(tuple(wrong)) if wrong else Passed(_("%(n)s 人") % {"n": len(results)})


@check(
    "PUB-05",
    tests=[f"{RESULTS}test_from_draft_over_publicity_to_final"],
    page="scoring_office:publicity",
)
def objections_are_recorded(batch: Any) -> Finding:
    """公示期间的异议及处理已记录。"""
    publicity = selectors.publicity_of(batch)
    if publicity is None:
        return NotApplicable(_("还没有公示。"))
    if publicity.status == PublicityStatus.OPEN:
        return NotApplicable(_("公示还没有结束。"))
    return Passed(publicity.objections) if publicity.objections else Failed((_("没有记录。"),))


form_without_print("F-604", reason="上报时生成的成绩数据工作簿就是电子成绩表，随批次归档")
form_without_print("F-610", reason="考生登录后即见各科成绩、结论和复核期限，不另印通知单")
form_without_print("F-611", reason="考生在网上申请复核，申请和答复逐份归档")
report_made_by("R-10", how="“上报成绩”生成成绩数据工作簿，登记回执和审核结果")
report_made_by("R-11", how="公示页上传公示的截图或照片，连同考生成绩花名册归档")
report_made_by("R-13", how="成绩生效后生成成绩数据工作簿，登记回执和审核结果")
