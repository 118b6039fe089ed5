"""The candidates' part of the report to the authority (RPT-01, RPT-02)."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.services import submit_report
from assessment_center.registry import Actor, RefusedError
from candidates import documents, selectors, vault
from candidates.models import ReportPackage
from candidates.portraits import electronic_photo

MANIFEST = "manifest.json"


@transaction.atomic
def report_batch(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    late_reason: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Build roll, data workbook and photos, keep them sealed, and submit the report.

    Refuses while an application still waits for its review, and whatever
    `batches.services.submit_report` refuses: registration still open, nobody admitted, too late.
    """
    waiting = selectors.undecided(batch).count()
    if waiting:
        lead = batch.rules.settings.report_lead_workdays
        raise RefusedError(
            _("还有 %(n)d 份申报没有审完，不能上报。") % {"n": waiting},
            lead.citations if lead else (),
            _("请先审核完毕。"),
        )
    count = selectors.accepted(batch).count()
    report = submit_report(
        actor=actor, batch=batch, candidate_count=count, late_reason=late_reason, at=at
    )
    content, manifest = build_package(batch, actor)
    package = ReportPackage(
        report=report,
        digest=hashlib.sha256(content).hexdigest(),
        candidate_count=count,
        manifest=manifest,
    )
    sealed = vault.seal_bytes(content, row_id=package.pk)
    package.sealed.save(f"{package.pk}.sealed", ContentFile(sealed), save=False)
    package.save(force_insert=True)
    record(
        actor=actor,
        verb="report.package",
        subject=report.subject,
        payload={"sha256": package.digest, "candidates": count},
    )
    return report


def build_package(batch: AssessmentBatch, actor: Actor) -> tuple[bytes, dict[str, str]]:
    """The zip and its manifest: every file's name and SHA-256."""
    parts = {
        "考生花名册.pdf": documents.candidate_roll(batch, actor),
        "考生报名数据.xlsx": documents.authority_workbook(batch),
    }
    for application in selectors.accepted(batch).exclude(photo=""):
        photo = documents.photo_bytes(application)
        if photo is not None:
            name = f"photos/{documents.photo_name(application)}"
            parts[name] = electronic_photo(photo, batch.rules)
    manifest = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in parts.items():
            bundle.writestr(name, data)
        listed = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        bundle.writestr(MANIFEST, listed)
    return out.getvalue(), manifest


@transaction.atomic
def open_package(*, actor: Actor, package: ReportPackage) -> bytes:
    """The reported files, for those who report; every opening is in the trail."""
    if not actor.may(Act.REPORT):
        raise RefusedError(_("您的角色不能下载上报材料。"))
    with package.sealed.open("rb") as kept:
        content = vault.open_bytes(kept.read(), row_id=package.pk)
    record(actor=actor, verb="report.open_package", subject=package.report.subject)
    return content
