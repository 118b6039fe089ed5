"""How the rules of who makes and checks certificates are kept (areas 26 and 27)."""

from assessment_center.conformance.declarations import enforced
from certificates import rules_kept

__all__ = ["rules_kept"]
AUTHORITY = "tests/certificates/services/test_authority.py::"
NUMBERING = "tests/certificates/services/test_numbering.py::"

enforced(
    "CERT-01",
    "SCORE-24",
    how="成绩生效并经主管部门审核以前，不能编号，也不能申领证书",
    tests=[
        f"{AUTHORITY}test_nothing_is_asked_before_approval_or_where_the_centre_prints",
        f"{NUMBERING}test_before_the_authority_approved_the_results",
    ],
)
enforced(
    "CERT-02",
    how="主管部门制证的不编号，只申领；编号由领回清单登记，重号、错人、错名逐行指出",
    tests=[
        f"{AUTHORITY}test_everyone_who_passed_is_asked_for_once",
        f"{AUTHORITY}test_every_wrong_row_is_named_by_row_and_column",
        f"{AUTHORITY}test_the_tables_keep_the_origin",
        f"{NUMBERING}test_where_the_authority_prints_nothing_is_numbered",
    ],
)
