"""The demo under the Shandong rulebook."""

import pytest

from assessment_center.batches.models import AssessmentBatch
from candidates.models import ReportPackage
from exams.models import Duty
from tests.demo.walk import walk

WITH_THE_APPLICATION = {
    "济南市职业技能鉴定申请报告.pdf",
    "鉴定实施方案.pdf",
    "济南市职业技能鉴定考务人员安排备案表.pdf",
    "考场编排名单.pdf",
    "考场编排.xlsx",
    "考生花名册.pdf",
    "济南市职业技能鉴定核准表.pdf",
}


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    done = walk("shandong", settings, tmp_path, caplog)
    # Rooms and staff went to the authority with every application (四1).
    packages = ReportPackage.objects.filter(report__kind="plan")
    assert packages.filter(report__batch=done).exists()
    for package in packages:
        names = {name.rpartition("/")[2] for name in package.manifest}
        assert names >= WITH_THE_APPLICATION
        assert any(name.startswith("考生报名数据") for name in names)
    for batch in AssessmentBatch.objects.filter(reports__packages__isnull=False):
        assert Duty.objects.filter(sitting__batch=batch).exists()
