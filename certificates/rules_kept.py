"""How the rules of certificates and their data are kept (areas 26 and 27)."""

from assessment_center.conformance.declarations import (
    enforced,
    form_without_print,
    not_applicable,
    report_made_by,
)

NUMBERS = "tests/certificates/services/test_numbering.py::"
RULES = "tests/certificates/rules/test_numbering.py::"
ISSUING = "tests/certificates/services/test_issuing.py::"
VERIFY = "tests/certificates/test_verify.py::"
PANELS = "tests/certificates/test_panels.py::"
OFFICE = "tests/certificates/test_office.py::"
STAYS = "tests/certificates/test_constraints.py::"
OPENING = "tests/certificates/services/test_opening.py::"

enforced(
    "CERT-01",
    how="成绩未生效、未审核的不能编号发证，只给合格者编号",
    tests=[
        f"{NUMBERS}test_before_the_results_were_final",
        f"{NUMBERS}test_before_the_authority_approved_the_results",
        f"{NUMBERS}test_every_passed_result_gets_the_next_number",
    ],
)
enforced(
    "SCORE-24",
    how="主管部门审核结果没有登记的，不能编号",
    tests=[f"{NUMBERS}test_before_the_authority_approved_the_results"],
)
enforced(
    "CERT-02",
    how="规程规定由主管部门制证的，本系统不编号、不发证",
    tests=[f"{NUMBERS}test_where_the_authority_prints_nothing_is_numbered"],
)
enforced(
    "CERT-03",
    "CERT-12",
    "CERT-13",
    how="证书栏目由系统填写，无工种填横线，等级用规定的写法",
    tests=[f"{ISSUING}test_an_issued_certificate_carries_everything"],
)
enforced(
    "CERT-04",
    "CERT-05",
    "CERT-06",
    "CERT-07",
    "CERT-08",
    "CERT-09",
    how="名称、中英文说明、栏目名、查询网址、幅面和填写字体都取自规程，不能手改",
    tests=[
        f"{ISSUING}test_face_and_english_are_the_rulebooks",
        f"{ISSUING}test_an_issued_certificate_carries_everything",
        (
            "tests/assessment_center/pdf/layouts/test_certificate.py::"
            "test_values_are_set_in_the_face_of_the_rulebook"
        ),
    ],
)
enforced(
    "CERT-11",
    how="职业、工种名称取自备案范围，写不下的折成两行，不缩到看不清",
    tests=[
        f"{ISSUING}test_the_longest_facts_still_give_a_code_a_telephone_reads",
        (
            "tests/assessment_center/pdf/layouts/test_certificate.py::"
            "test_every_prescribed_fact_is_printed"
        ),
    ],
)
enforced(
    "CERT-21",
    how="证书名称或机构名称含有禁用字样的，不能编号",
    tests=[f"{ISSUING}test_forbidden_words_stop_the_numbering"],
)
enforced(
    "CERT-23",
    how="打印件和电子证书是同一个文件，带签名的二维码，两种都能核验",
    tests=[
        f"{VERIFY}test_the_issued_file_is_recognised_and_a_changed_one_is_not",
        f"{VERIFY}test_the_code_proves_itself",
        f"{ISSUING}test_the_printed_code_is_read_off_the_page",
    ],
)
enforced(
    "CERT-30",
    how="逾期上传不写原因的不能登记",
    tests=[f"{ISSUING}test_a_late_upload_says_why_where_the_rulebook_asks"],
)
enforced(
    "VIO-37",
    how="证书作废须写明原因，由主任办理，核验时显示已作废",
    tests=[
        f"{ISSUING}test_revoking_needs_a_reason_and_the_head",
        f"{VERIFY}test_a_revoked_certificate_is_shown_with_its_day",
    ],
)
not_applicable(
    "CERT-16", reason="市代码由主管部门赋予，含在机构备案号里；本机构只编年份、等级和流水号。"
)
enforced(
    "CERT-14",
    "CERT-15",
    "CERT-17",
    "CERT-18",
    "CERT-19",
    how="编号按规定的各段生成，流水号连续，一证一号，不重不漏",
    tests=[
        f"{RULES}test_the_published_example",
        f"{RULES}test_different_parts_make_different_numbers",
        f"{NUMBERS}test_many_threads_of_which_a_third_break_off_leave_no_gap",
        f"{STAYS}test_no_second_certificate_under_a_serial_or_number",
        f"{OPENING}test_before_the_first_day_is_signed_no_number_is_given",
        f"{OPENING}test_numbers_go_on_after_the_last_serial",
        f"{OPENING}test_threads_go_on_without_a_gap",
        f"{OPENING}test_a_number_is_registered_once_whoever_issued_it",
    ],
)
enforced(
    "CERT-24",
    how="备案范围和有效期以外的不能编号",
    tests=[
        f"{NUMBERS}test_outside_the_filed_scope",
        f"{NUMBERS}test_outside_the_term_of_the_filing",
    ],
)
enforced(
    "CERT-25",
    how="名册由系统按已发证书生成，一人不漏",
    tests=[f"{PANELS}test_rolls_and_ledgers_name_every_certificate"],
)
enforced(
    "CERT-26",
    how="没有写明领取人不能登记领取",
    tests=[
        f"{ISSUING}test_handing_out_needs_a_receiver_and_the_role",
        f"{STAYS}test_handing_out_names_the_receiver",
    ],
)
enforced(
    "CERT-27",
    "CERT-37",
    how="每个编号的去向都在台账里，作废的号写明原因，不能再用",
    tests=[
        f"{NUMBERS}test_spoiling_needs_the_role_and_a_reason",
        f"{STAYS}test_no_certificate_under_a_spoiled_serial",
        f"{STAYS}test_paper_needs_its_blank",
        f"{OPENING}test_blanks_are_the_first_rows_of_the_stock",
        f"{OPENING}test_after_the_first_certificate_nothing_of_it_changes",
        f"{PANELS}test_rolls_and_ledgers_name_every_certificate",
    ],
)
enforced(
    "CERT-35",
    "CERT-38",
    how="查询须说对规定项数的信息，答错与没有给同样的回答，猜测会被限速",
    tests=[
        f"{VERIFY}test_one_fact_is_not_enough",
        f"{OPENING}test_the_public_finds_them_and_they_are_held",
        f"{VERIFY}test_a_mismatch_and_an_unknown_number_give_the_same_answer",
        f"{VERIFY}test_guessing_is_slowed_down_and_the_address_is_not_kept",
    ],
)
enforced(
    "CDAT-01",
    how="上传的数据表由系统按规定栏目生成",
    tests=[f"{OFFICE}test_the_data_workbook_has_eleven_columns"],
)
enforced(
    "CDAT-04",
    how="证书台账只增不删",
    tests=[
        f"{STAYS}test_a_certificate_is_never_deleted",
        f"{STAYS}test_a_series_only_grows_and_is_never_deleted",
    ],
)
form_without_print("F-701", reason="由“打印全部证书”逐份制成带签名的文件，不作为表单重印")
report_made_by("R-14", how="“导出证书数据”生成规定栏目的工作簿，上传后登记平台批次号")
report_made_by("R-16", how="逾期上报、上传时须填写原因，随报送记录留存")
report_made_by("R-26", how="申领证书时填写缴费发票号，印在报送的名册上")
