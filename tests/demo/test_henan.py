"""The demo under the Henan rulebook, whose routes lead to certificates without an examination."""

import io
import zipfile

import pytest
from pypdfium2 import PdfDocument

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.filing import packages, policies
from assessment_center.filing.models import FilingApplication
from assessment_center.registry import SYSTEM
from candidates.models import Application, ReportPackage
from certificates.models import Certificate
from scoring.models import FinalResult, RecognitionDecision
from tests.demo.walk import walk


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    done = walk("henan", settings, tmp_path, caplog)
    pure = AssessmentBatch.objects.get(exam_starts="2026-06-08")
    rows = Application.objects.filter(batch=pure)
    assert set(rows.values_list("route", flat=True)) == {"direct", "process", "credit", "contest"}
    results = FinalResult.objects.filter(batch=pure)
    assert results.count() == rows.filter(status="confirmed").count()
    assert {str(each.subjects) for each in results} == {"[]"}
    issued = Certificate.objects.filter(batch=pure, status__in=["issued", "handed_out"])
    assert issued.count() == results.filter(passed=True).count() > 0
    routes = Certificate.objects.filter(batch=done).values_list("application__route", flat=True)
    assert {"exam", "direct", "process"} <= set(routes)
    # A batch that is examined was reported with its rooms and staff (四(四)).
    for package in ReportPackage.objects.filter(report__kind="plan"):
        examined = package.report.batch.sittings.exists()
        assert examined == any(name.endswith("/实施方案.pdf") for name in package.manifest)
    assert done.reports.get(kind="plan").packages.exists()
    waiting = RecognitionDecision.objects.exclude(status="confirmed")
    assert {each.application.batch.status for each in waiting} == {"approved"}
    _increment()


def _increment() -> None:
    """R-02: the next occupations, one by an own specification, ready to be handed in."""
    wanted = FilingApplication.objects.get(kind="incremental")
    assert list(policies.submit_faults(wanted)) == []
    bound = AuditEntry.objects.get(verb="filing_request.package", subject_id=wanted.pk)
    assert bound.payload == {"papers": 5, "report": "R-02"}
    with zipfile.ZipFile(io.BytesIO(packages.package(wanted, SYSTEM))) as found:
        names = found.namelist()
        own = next(name for name in names if "评价规范" in name)
        text = "".join(
            page.get_textpage().get_text_range() for page in PdfDocument(found.read(own))
        )
    assert [name.partition(" ")[0] for name in names] == ["00", "01", "02", "03", "04", "05"]
    experts = wanted.lines.exclude(specification=None).get().specification.experts.all()
    assert len(experts) == 5
    for part in ("化工生产现场技术员", "四、权重表", *(str(x.expert.person.name) for x in experts)):
        assert part in text
