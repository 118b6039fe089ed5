"""SEC, STAFF-19: personal data stay sealed and masked, duties apart."""

from collections.abc import Mapping, Sequence

from assessment_center.batches.services.staffing import citing
from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import enforced
from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook

PEOPLE = "tests/assessment_center/people"

enforced(
    "SEC-01",
    how="证件号码加密保存，密钥可更换；每次查看、打印、导出都记录；备份整体加密。",
    tests=(
        f"{PEOPLE}/test_disclosures.py::test_numbers_are_opened_in_one_place_only",
        f"{PEOPLE}/test_rotation.py::test_everything_moves_to_the_new_keys",
        "tests/assessment_center/backup/test_backup.py::test_a_centre_comes_back_in_every_row",
    ),
)
enforced(
    "SEC-22",
    how="页面只显示掩码；看完整号码须写原因并留痕，号码不进网址。",
    tests=(
        f"{PEOPLE}/test_disclosures.py::test_a_look_needs_a_reason_and_is_seen_by_the_head",
        f"{PEOPLE}/test_disclosures.py::test_an_address_with_a_number_is_led_off",
        "tests/architecture/test_urls.py::test_addresses_never_name_an_id_number",
    ),
)
enforced(
    "STAFF-19",
    how="开设批次时核对人员能否分开登分与核分；核分人是登分人的，系统不予核分。",
    tests=(
        "tests/assessment_center/batches/test_staffing.py::test_what_an_article_demands_is_hard",
        "tests/scoring/services/test_entry.py::test_the_check_wants_two_equal_rounds_and_a_third_person",
    ),
)


def separations_in_the_matrix(rules: Rulebook) -> Mapping[str, Sequence[Citation]]:
    """Separations that a rulebook demands without a setting of its own."""
    return {"score_checker": matrix.row("STAFF-19").cited(rules)}


citing.register("matrix", separations_in_the_matrix)
