"""How the rules of archives are kept (area 29)."""

from assessment_center.conformance.declarations import enforced

SERVICES = "tests/archives/test_services.py::"
RULES = "tests/archives/test_rules.py::"
YEARS = "tests/archives/test_years.py::"

enforced(
    "ARC-01",
    "ARC-02",
    "ARC-03",
    "ARC-04",
    how="每件材料归档时定下规程的保管期限，期限未满不能销毁",
    tests=[
        f"{SERVICES}test_records_are_filed_with_term_hash_and_article",
        f"{SERVICES}test_disposal_after_the_term_under_witness",
        f"{RULES}test_terms_by_hand",
        f"{RULES}test_no_term_is_for_ever",
    ],
)
enforced(
    "ARC-10",
    how="按卷编号，目录列出每一件，封卷后不能再增",
    tests=[
        "tests/archives/test_pages.py::test_catalogue_names_every_item",
        f"{SERVICES}test_closed_volume_takes_no_more_and_keeps_its_root",
    ],
)
enforced(
    "ARC-16",
    how="销毁须期满，写明原因，并有监销人和批准人",
    tests=[
        f"{SERVICES}test_disposal_needs_two_people_and_a_reason",
        f"{SERVICES}test_disposal_after_the_term_under_witness",
    ],
)
enforced(
    "ARC-17",
    how="归档的记录不能改、不能删",
    tests=[
        f"{SERVICES}test_the_table_keeps_filed_records",
        f"{SERVICES}test_the_table_keeps_closed_volumes",
    ],
)
enforced(
    "ARC-20",
    how="归档时留存原件和摘要，被改动或缺失的会被查出",
    tests=[f"{SERVICES}test_fixity_finds_what_was_changed_or_lost"],
)
enforced(
    "ARC-24",
    how="每个年度结束后，考务人员变动、设备台账与维护损坏记录随登记簿归入中心年度卷；试卷和考场记录随批次归档",
    tests=[
        f"{YEARS}test_a_year_is_filed_once_with_term_and_article",
        f"{YEARS}test_the_changes_of_the_staff_are_told_by_name_act_and_hand",
    ],
)
