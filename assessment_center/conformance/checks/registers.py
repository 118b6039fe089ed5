"""ORG-09: documents are handed over by register, important ones with the leader's consent."""

from assessment_center.conformance.declarations import enforced

SERVICES = "tests/assessment_center/registers/test_services.py::"
KEPT = "tests/assessment_center/registers/test_kept.py::"

enforced(
    "ORG-09",
    how="文件移交逐号登记，移交双方不能是同一人；重要文件移交或带出未经他人批准不能办理，登记不能改动",
    tests=[
        f"{SERVICES}test_an_important_document_is_handed_over_with_the_leaders_consent",
        f"{KEPT}test_the_database_keeps_every_line",
    ],
)
