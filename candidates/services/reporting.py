"""The candidates' part of the report to the authority (RPT-01, RPT-02)."""

import hashlib
import io
import json
import zipfile
from collections.abc import Collection
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches import policies
from assessment_center.batches.change_request import change_request
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.selectors import CHANGE, PAPER_FORMS
from assessment_center.batches.services import submit_papers, submit_report, supplement_report
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import documents as document_kinds
from candidates import documents, selectors, vault
from candidates.documents import session
from candidates.models import ReportPackage
from candidates.portraits import electronic_photo
from candidates.seams import reported_data

MANIFEST = "manifest.json"
# The candidates' own letters under the same form stay here: they are given to the centre.
KEPT_HERE = frozenset({"candidate-pledge"})
# What goes with roll and data where the rulebook names it: plan, announcement, letter, venue.
# F-301 comes along where the batch is arranged before it is reported, and so do the seats that
# stand beside F-302; F-303 says who serves.
REPORTED_FORMS = ("F-201", "F-202", "F-203", "F-209", "F-218", "F-301", "F-302", "F-303", "F-304")


@transaction.atomic
def report_batch(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    late_reason: str = "",
    pledged_by: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Build roll, data workbook and photos, keep them sealed, and submit the report.

    Refuses while an application still waits for its review, while something is not arranged that
    the rulebook wants handed in with the report, and whatever `batches.services.submit_report`
    refuses: registration still open, nobody admitted, too late.
    """
    waiting = selectors.undecided(batch).count()
    if waiting:
        lead = batch.rules.settings.report_lead_workdays
        raise RefusedError(
            _("还有 %(n)d 份申报没有审完，不能上报。") % {"n": waiting},
            lead.citations if lead else (),
            _("请先审核完毕。"),
        )
    for gap in policies.report_gaps(batch):
        raise RefusedError(gap)
    count = selectors.accepted(batch).count()
    report = submit_report(
        actor=actor,
        batch=batch,
        candidate_count=count,
        late_reason=late_reason,
        pledged_by=pledged_by,
        at=at,
    )
    _keep(actor, report, _everything(batch, actor), count)
    return report


@transaction.atomic
def report_anew(
    *, actor: Actor, report: AuthorityReport, at: datetime | None = None
) -> AuthorityReport:
    """Hand in anew, sealed alike, what a later change of rooms, seats or staff made untrue.

    Refuses what `batches.services.supplement_report` refuses.
    """
    slugs = {each.slug for each in supplement_report(actor=actor, report=report, at=at)}
    parts = {
        f"{kind.label}/{stem}.pdf": content
        for kind in document_kinds
        if kind.slug in slugs
        for stem, content in kind.render(report.batch, actor)
    }
    for data in reported_data:
        parts |= data(report.batch)
    _keep(actor, report, parts, report.candidate_count)
    return report


@transaction.atomic
def report_papers(
    *, actor: Actor, batch: AssessmentBatch, kind: str, at: datetime | None = None
) -> AuthorityReport:
    """Report one paper of the batch by itself (see `batches.services.papers`), sealed alike."""
    report = submit_papers(actor=actor, batch=batch, kind=kind, at=at)
    parts = _asked_change(batch, actor) if kind == CHANGE else _papers_of(batch, actor, kind)
    if not parts:
        raise RefusedError(_("还没有可以报送的材料。"))
    _keep(actor, report, parts, 0)
    return report


def _papers_of(batch: AssessmentBatch, actor: Actor, kind: str) -> dict[str, bytes]:
    return papers_named(batch, actor, PAPER_FORMS[kind])


def _asked_change(batch: AssessmentBatch, actor: Actor) -> dict[str, bytes]:
    """The letter that asks for another time or place; no form of a rulebook names it."""
    return {f"{stem}.pdf": content for stem, content in change_request(batch, actor)}


def _keep(
    actor: Actor, report: AuthorityReport, parts: dict[str, bytes], count: int
) -> ReportPackage:
    """Seal the files with their manifest beside the report; the digest stays readable."""
    content, manifest = pack(parts)
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
    return package


def _everything(batch: AssessmentBatch, actor: Actor) -> dict[str, bytes]:
    """RPT-02: roll, data and photos, and whatever paper the batch's rulebook names besides."""
    parts = {
        "考生花名册.pdf": documents.candidate_roll(batch, actor),
        **documents.authority_workbooks(batch),
        **papers_named(batch, actor, REPORTED_FORMS),
    }
    if session.wanted(batch):
        parts["批次申请.pdf"] = documents.session_application(batch, actor)
    for data in reported_data:
        parts |= data(batch)
    for application in selectors.accepted(batch).exclude(photo=""):
        photo = documents.photo_bytes(application)
        if photo is not None:
            name = f"photos/{documents.photo_name(application)}"
            parts[name] = electronic_photo(photo, batch.rules)
    return parts


def papers_named(batch: AssessmentBatch, actor: Actor, codes: Collection[str]) -> dict[str, bytes]:
    """The printed papers among these forms that the batch's rulebook names, by file name."""
    named = {code for code in codes if batch.rules.form(code)}
    found: dict[str, bytes] = {}
    for kind in document_kinds:
        if kind.slug not in KEPT_HERE and named & set(kind.codes) and kind.applies(batch):
            for stem, content in kind.render(batch, actor):
                found[f"{kind.label}/{stem}.pdf"] = content
    return found


def pack(parts: dict[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """The zip and its manifest: every file's name and SHA-256."""
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
