"""How the rules of certificates and their data are kept (areas 26 and 27)."""

from assessment_center.conformance.declarations import enforced

NUMBERS = "tests/certificates/services/test_numbering.py::"
RULES = "tests/certificates/rules/test_numbering.py::"
ISSUING = "tests/certificates/services/test_issuing.py::"
VERIFY = "tests/certificates/test_verify.py::"
PANELS = "tests/certificates/test_panels.py::"
OFFICE = "tests/certificates/test_office.py::"
STAYS = "tests/certificates/test_constraints.py::"

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
        f"{PANELS}test_rolls_and_ledgers_name_every_certificate",
    ],
)
enforced(
    "CERT-35",
    "CERT-38",
    how="查询须说对规定项数的信息，答错与没有给同样的回答，猜测会被限速",
    tests=[
        f"{VERIFY}test_one_fact_is_not_enough",
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
