"""Areas 13 and 14: how somebody becomes an assessor, a supervisor or an expert, and stays one."""

from assessment_center.accounts.enums import Role
from assessment_center.conformance.declarations import enforced, manual

PEOPLE = "tests/assessment_center/personnel"
WHO = f"{PEOPLE}/rules/test_eligibility.py"
WAY = f"{PEOPLE}/test_careers.py"
HIRED = f"{PEOPLE}/test_hiring.py"
PRINTED = f"{PEOPLE}/test_documents.py"
DAY = "tests/exams/test_credentials.py"

enforced(
    "ASR-01",
    how="申报不能超出本级可考的等级；上岗时证卡须含本场的职业和等级。",
    tests=(
        f"{WHO}::test_grades_judge_only_their_levels_and_three_occupations",
        "tests/exams/services/test_the_day.py::test_cards_must_hold_on_the_day_for_the_occupation",
    ),
)
enforced(
    "ASR-02",
    "ASR-03",
    "ASR-04",
    "ASR-05",
    how="申报时按规程核对等级、职称、年限、年龄和提前申报的条件，不符合的不能推荐。",
    tests=(
        f"{WHO}::test_level_or_title_is_enough_and_years_count_from_the_earlier",
        f"{WHO}::test_the_thirtieth_birthday_counts_and_the_day_before_does_not",
        f"{WAY}::test_refusals_name_the_age_the_certificate_and_the_articles",
    ),
)
enforced(
    "ASR-06",
    "ASR-07",
    "ASR-08",
    how="申报、推荐、培训、考核逐步办理；学时不足或考核不合格的不能发证卡。",
    tests=(
        f"{WAY}::test_the_whole_way_under_a_strict_rulebook",
        f"{WAY}::test_moves_are_those_of_the_table",
        f"{WHO}::test_both_parts_and_sixty_each",
    ),
)
enforced(
    "ASR-09",
    "SUP-03",
    how="证卡有效期按规程年限起止；到期、注销的，当天起不能上岗。",
    tests=(
        f"{WAY}::test_a_card_with_a_rulebook_is_no_longer_than_its_years",
        f"{WAY}::test_a_revoked_card_stays_revoked",
        f"{DAY}::test_the_day_decides_about_card_and_contract",
    ),
)
enforced(
    "ASR-10",
    "DBL-10",
    how="聘期不超过规程年限和证卡；规程要求合同的，没有有效合同不能上岗考评。",
    tests=(
        f"{HIRED}::test_a_contract_runs_as_long_as_card_and_rulebook_allow",
        f"{HIRED}::test_at_most_three_institutions_at_once",
        f"{DAY}::test_the_day_decides_about_card_and_contract",
    ),
)
enforced(
    "ASR-11",
    how="续期看任期内的年度考核，续聘看聘期综合评价；续期须重新培训、考核，原来的学时不计。",
    tests=(
        f"{WAY}::test_renewal_needs_a_card_and_new_training",
        f"{PEOPLE}/test_renewal.py::test_a_card_is_renewed_after_a_qualified_year_only",
        f"{PEOPLE}/test_renewal.py::test_a_hire_is_renewed_after_the_evaluation_of_its_term",
    ),
)
enforced(
    "ASR-20",
    how="聘任合同写明考评人员的权利，异议单可随时打印。",
    tests=(f"{PRINTED}::test_a_contract_states_rights_and_an_objection_can_be_written",),
)
enforced(
    "SUP-02",
    "SUP-04",
    "DBL-08",
    how="督导员的年限、用工性质和考核按规程核对；人社部门在职人员不能申报考评人员。",
    tests=(
        f"{WHO}::test_supervisors_and_authority_staff",
        f"{WAY}::test_an_internal_supervisor_is_examined_where_the_rulebook_says_so",
    ),
)
enforced(
    "EXP-02",
    "EXP-03",
    "EXP-04",
    how="专家和组长的条件按规程核对；聘书的聘期不超过规程年限。",
    tests=(
        f"{WHO}::test_experts_years_age_and_leaders",
        f"{WAY}::test_an_exception_lifts_only_what_the_article_says_is_usual",
        f"{HIRED}::test_a_letter_for_an_expert_needs_no_card",
    ),
)
enforced(
    "ELIG-92",
    how="处理决定注销证卡的，自决定之日起按规程年限不得再申报；到期自动解除，附依据。",
    tests=(
        f"{PEOPLE}/test_conduct.py::test_the_card_goes_and_the_bar_ends_by_itself_after_three_years",
        f"{PEOPLE}/test_renewal.py::test_a_bar_decided_after_the_application_stops_the_card",
    ),
)
manual(
    "ASR-12",
    "ASR-13",
    who="督导员：考评守则和考前检查，可附检查记录。",
    by=(Role.SUPERVISOR, Role.HEAD),
)
manual("ASR-21", who="中心主任：对照登记的考前集训和签到。", by=(Role.HEAD,))
manual("SUP-01", who="中心主任：对照督导员证卡和派遣函。", by=(Role.HEAD,))
manual(
    "SUP-06",
    "SUP-13",
    who="督导员：按职责和程序督导，遵守行为规范。",
    by=(Role.SUPERVISOR, Role.HEAD),
)
manual(
    "EXP-01",
    "EXP-05",
    "EXP-06",
    "EXP-07",
    who="中心主任：对照专家聘书、申报材料、承诺书和培训记录。",
    by=(Role.HEAD,),
)
