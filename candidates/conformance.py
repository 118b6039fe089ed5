"""How the rules of registration, eligibility and fees are kept (areas 4, 5, 7, 21)."""

from assessment_center.conformance.declarations import (
    enforced,
    form_without_print,
    report_made_by,
)

REGISTRATION = "tests/candidates/services/test_registration.py::"
OPENING = "tests/candidates/services/test_opening.py::"
REPORTING = "tests/candidates/services/test_reporting.py::"
HANDED_IN = "tests/exams/test_handed_in.py::"
REVIEW = "tests/candidates/services/test_review.py::"
FRAUD = "tests/candidates/services/test_fraud.py::"
SAFETY = "tests/candidates/services/test_safety.py::"
DOCUMENTS = "tests/candidates/documents/test_papers.py::"
SAMPLING = "tests/candidates/services/test_sampling.py::"
MONEY = "tests/candidates/services/test_accounts_of_batch.py::"
WAIVERS = "tests/exams/services/test_free_next_time.py::"
FEES = "tests/candidates/services/test_fees.py::"
STANDING = "tests/candidates/services/test_standing.py::"
ELIGIBILITY = "tests/candidates/rules/test_eligibility.py::"
VERDICTS = "tests/candidates/test_verdicts.py::"
PROPERTIES = "tests/candidates/rules/test_verdict_properties.py::"
CONDITIONS = "tests/candidates/rules/test_conditions_of_rulebooks.py::"
PORTRAITS = "tests/candidates/test_portraits.py::"
PHOTOS = "tests/candidates/services/test_sheet_photos.py::"
STAFF = "tests/candidates/services/test_own_staff.py::"
LEVELS = {5: 2, 4: 3, 3: 6, 2: 5, 1: 3}

enforced(
    "REG-01",
    how="同一职业等级只能有一份有效申请",
    tests=[
        f"{REGISTRATION}test_one_application_for_occupation_and_level",
        "tests/candidates/test_models.py::test_one_live_application_even_without_job_and_level",
    ],
)
enforced(
    "REG-02",
    how="规程要求本人填报的，集体录入被拒绝；申请由本人提交",
    tests=[
        "tests/candidates/services/test_importing.py::test_where_the_candidate_must_act_himself",
        f"{REGISTRATION}test_another_candidate_touches_nothing",
    ],
)
enforced(
    "REG-12",
    how="照片按规程检查背景、头部位置和大小、颜色和上装，上报时按规定的像素和大小生成",
    tests=[
        f"{PORTRAITS}test_a_head_of_two_thirds_is_taken_and_sent_small",
        f"{PORTRAITS}test_what_the_rulebook_does_not_take_is_refused_with_its_article",
        "tests/candidates/rules/test_portrait.py::test_what_the_rule_does_not_take_is_named",
        f"{PHOTOS}test_what_the_portal_would_refuse_is_refused_here_by_name_row_and_article",
    ],
)
enforced(
    "REG-13",
    how="院系先初审本院系的申请，中心另一人复核；不满足任何申报条件的不能通过，结论写明条件和依据",
    tests=[
        f"{REVIEW}test_what_meets_no_condition_does_not_pass",
        f"{REVIEW}test_what_is_unproven_passes_only_with_a_note",
        f"{REVIEW}test_a_refusal_rests_on_an_article_of_the_list",
        "tests/candidates/test_departments.py::test_the_services_refuse_it_too",
        f"{SAMPLING}test_the_rest_passes_after_the_sample_and_the_draw_can_be_repeated",
        f"{SAMPLING}test_where_the_centre_looks_at_each_nothing_is_confirmed_in_bulk",
    ],
)
enforced(
    "REG-14",
    how="缺项的申请不能提交，初审与复核由两人进行",
    tests=[
        f"{REGISTRATION}test_what_is_missing_is_told",
        f"{REVIEW}test_the_confirmer_is_somebody_else",
        "tests/candidates/test_models.py::test_two_reviewers_and_one_number",
        "tests/candidates/services/test_reopening.py::test_the_database_keeps_reviewers_apart",
    ],
)
enforced(
    "REG-17",
    how="未审核不能缴费，未缴清的不上报、不发准考证",
    tests=[
        f"{FEES}test_nothing_is_paid_before_the_review_or_where_nothing_is_due",
        f"{REPORTING}test_who_has_not_paid_is_not_reported",
    ],
)
enforced(
    "REG-20",
    "VAL-03",
    how="已合格的科目不再列入，申请记为补考",
    tests=[f"{REGISTRATION}test_passed_subjects_are_left_out_and_a_resit_is_counted"],
)
enforced(
    "VAL-02",
    how="超过补考次数的申请被拒绝",
    tests=[f"{STANDING}test_a_second_resit_is_refused"],
)
enforced(
    "VAL-04",
    how="过期的单科成绩不再抵用，全部科目重考",
    tests=["tests/candidates/rules/test_resits.py::test_what_is_left_to_sit"],
)
enforced(
    "ELIG-00",
    how="满足任一条件即可，逐项列出事实、证明和依据；职业标准自有的条件先于通用条件",
    tests=[
        f"{ELIGIBILITY}test_the_verdict_names_condition_facts_and_articles",
        f"{PROPERTIES}test_more_facts_and_evidence_never_harm_any_condition",
        f"{PROPERTIES}test_what_is_missing_is_the_cheapest_that_suffices",
        f"{VERDICTS}test_a_standards_own_conditions_come_before_the_general_ones",
    ],
)
enforced(
    *(f"ELIG-L{level}-{n}" for level, most in LEVELS.items() for n in range(1, most + 1)),
    how="条件各项都成立才算符合，少一项即不符合",
    tests=[
        f"{CONDITIONS}test_all_of_a_condition_qualifies_and_any_part_missing_does_not",
        f"{CONDITIONS}test_every_row_of_the_levels_is_a_condition",
        f"{REVIEW}test_what_meets_no_condition_does_not_pass",
    ],
)
enforced(
    "ELIG-HN-1",
    "ELIG-HN-2",
    "ELIG-HN-3",
    "ELIG-HN-8",
    "ELIG-HN-9",
    how="学校类别、毕业年份、职称年限和在职身份逐项判断，优秀毕业生须有学校证明",
    tests=[
        f"{CONDITIONS}test_all_of_a_condition_qualifies_and_any_part_missing_does_not",
        f"{ELIGIBILITY}test_each_predicate",
        f"{REVIEW}test_what_meets_no_condition_does_not_pass",
        f"{STAFF}test_title_and_years_count_for_registered_staff_only",
        f"{STAFF}test_examinations_are_for_the_last_year_where_the_rulebook_says_so",
        f"{PROPERTIES}test_what_is_for_the_colleges_own_students_rests_on_its_register_alone",
    ],
)
enforced(
    "ELIG-HN-10",
    how="备案范围按职业标准的最高等级核定，超出的等级报不上名",
    tests=[f"{REGISTRATION}test_outside_the_filed_scope_is_refused_with_the_article"],
)
enforced(
    "REG-09",
    how="公告缺报名手续不能发布，考生的任务清单一次列出全部所缺材料",
    tests=[
        (
            "tests/assessment_center/batches/test_announcing.py::"
            "test_the_text_tells_everything_the_batch_knows"
        ),
        f"{REGISTRATION}test_what_is_missing_is_told",
    ],
)
enforced(
    "ELIG-90",
    how="禁考期内的申请连同依据被拒绝",
    tests=[
        f"{REGISTRATION}test_a_ban_refuses_with_its_article_and_ends",
        f"{OPENING}test_a_ban_of_before_refuses_an_application_with_its_article",
    ],
)
enforced(
    "ELIG-93",
    how="备案范围以外的申请连同依据被拒绝",
    tests=[f"{REGISTRATION}test_outside_the_filed_scope_is_refused_with_the_article"],
)
enforced(
    "REG-16",
    how="一人查明、另一人决定；成立的，取消报名、成绩和单科作废、注销证书、禁考，照规程同时生效",
    tests=[
        f"{FRAUD}test_upheld_it_cancels_bans_and_undoes_the_year",
        f"{FRAUD}test_every_rulebook_names_the_act_and_what_follows",
        f"{FRAUD}test_who_finds_does_not_decide_and_nothing_is_decided_twice",
    ],
)
enforced(
    "REG-18",
    how="危险职业的考生未登记安全保证书，技能考核不能开考",
    tests=[
        f"{SAFETY}test_without_the_agreement_no_practical_begins",
        f"{SAFETY}test_only_who_sits_a_dangerous_practical_signs",
    ],
)
enforced(
    "REG-19",
    how="规程列明栏目的，申报表照列印出，缺项不能提交",
    tests=[
        f"{REGISTRATION}test_a_form_with_a_post_code_is_not_sent_without_it",
        f"{DOCUMENTS}test_the_form_has_the_columns_its_rulebook_lists",
        f"{REGISTRATION}test_what_is_missing_is_told",
    ],
)
enforced(
    "RPT-02",
    how="上报时生成花名册、数据和照片包，加密保存并记下摘要；规程要求随申请报送考场和人员安排的，未排好不能上报",
    tests=[
        f"{REPORTING}test_roll_data_and_photos_are_kept_sealed_with_their_digests",
        f"{HANDED_IN}test_without_rooms_seats_or_staff_nothing_is_handed_in",
        f"{HANDED_IN}test_the_package_holds_staff_plan_and_seats",
        f"{HANDED_IN}test_rooms_alone_are_handed_in_before_the_seats_are_confirmed",
        f"{HANDED_IN}test_what_changed_is_handed_in_anew_also_after_the_approval",
    ],
)
enforced(
    "FEE-02",
    how="只能按公告的标准收费，不符的登记被拒绝",
    tests=[f"{FEES}test_what_is_not_the_announced_fee_is_refused"],
)
enforced(
    "FEE-03",
    how="没有票据号不能登记缴费，票据号只能用一次",
    tests=[
        "tests/candidates/test_models.py::test_a_fee_has_its_receipt_or_reason",
        "tests/candidates/test_models.py::test_a_receipt_is_used_once",
    ],
)
enforced(
    "FEE-08",
    how="补证工本费只能按规程的金额登记，须有票据号；规程没有规定的不得收取",
    tests=[
        f"{MONEY}test_a_second_copy_costs_what_the_rulebook_says",
        f"{MONEY}test_where_the_rulebook_names_no_fee_none_is_taken",
    ],
)
enforced(
    "FEE-10",
    how="取消场次时注明下次免收的，下次缴费提示免收该科目，应缴金额随之减少；一次取消只免收一次",
    tests=[
        f"{WAIVERS}test_what_was_cancelled_before_is_free_the_next_time_and_only_then",
        f"{WAIVERS}test_where_the_rulebook_is_silent_nothing_is_promised",
    ],
)
form_without_print("F-210", reason="由考生的工作单位出具，作为报名材料上传")
form_without_print("F-215", reason="由学校财务开具，票据号登记在收费记录里")
form_without_print("F-216", reason="收费标准写在公告的每个项目后面，其后写明收费依据，随公告公布")
form_without_print("F-217", reason="实物印章，盖在考生交来的复印件上")
report_made_by("R-06", how="批次页“上报”一并报送批次申请、花名册、报名数据和照片，登记回执号和批复")
report_made_by("R-07", how="报名数据工作簿随批次上报生成，加密留存并记下摘要")
