"""A candidate's application from its draft to its receipt."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people.models import Person
from assessment_center.people.rules import names
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from candidates import correction, policies, selectors
from candidates.enums import IN_HAND, WITH_CANDIDATE, ExamKind, Origin
from candidates.labels import EVIDENCE_LABELS
from candidates.lifecycle import APPLICATION
from candidates.models import Application, Commitment, Evidence
from candidates.portraits import fit_portrait
from candidates.rules.declaration import Declaration
from candidates.services import numbering, submitting
from candidates.services.reopening import reopen
from candidates.signature import FACT_FIELDS, facts_digest, outdated, undertaking_of
from candidates.validators import POST_CODE, CleanFile, clean_evidence

MAX_EVIDENCE = 20


def locked(application: Application) -> Application:
    """The row under lock, with what the checks read."""
    row = selectors.applications().select_for_update(of=("self",), no_key=True)
    return row.get(pk=application.pk)


def _editable(application: Application, actor: Actor, part: str) -> Application:
    """The row under lock, when this part of it may be changed now."""
    row = locked(application)
    require(policies.own(row, actor))
    if row.status not in WITH_CANDIDATE:
        raise RefusedError(_("申报已提交，不能再修改。"), remedy=_("需要改动的，请联系中心退回。"))
    require(correction.part_open(row, part))
    return row


@transaction.atomic
def start_application(
    *,
    actor: Actor,
    person: Person,
    offering: Offering,
    origin: Origin = Origin.PORTAL,
    received_at: datetime | None = None,
) -> Application:
    """Open a draft for one offering; the draft keeps what was entered from page to page.

    Refuses before the announced opening and after the close, outside the filed scope, while a
    ban holds, with nothing left to sit, and beside a live application for the same.
    """
    batch = AssessmentBatch.objects.select_related("centre", "rulebook_version").get(
        pk=offering.batch_id
    )
    offering.batch = batch
    application = _draft(person, offering, batch, origin=origin, received_at=received_at)
    require(policies.own(application, actor))
    if received_at is not None and not actor.may(Act.APPLICATION_ENTER):
        raise RefusedError(_("收到时间只能由工作人员登记。"))
    require(policies.window_open(batch, received_at or timezone.now()))
    require(policies.offering_allowed(offering, batch))
    require(policies.own_people(person, batch))
    require(policies.far_enough(person, offering, batch))
    require(policies.not_banned(person, batch))
    require(policies.something_to_sit(person, offering, batch))
    require(policies.no_other(person, offering))
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as clash:
        require(policies.no_other(person, offering))
        raise RefusedError(_("申报没有建立，请再试一次。")) from clash
    record(
        actor=actor,
        verb="application.start",
        subject=application.subject,
        payload={"offering": str(offering.pk), "origin": origin},
    )
    return application


def _draft(
    person: Person,
    offering: Offering,
    batch: AssessmentBatch,
    *,
    origin: Origin,
    received_at: datetime | None,
) -> Application:
    sit = selectors.to_sit(person, offering, batch)
    student = selectors.student_of(person)
    return Application(
        batch=batch,
        offering=offering,
        person=person,
        occupation_id=offering.occupation_id,
        job_id=offering.job_id,
        level=offering.level,
        route=offering.route,
        subjects=list(sit.subjects) or list(offering.subjects),
        exam_kind=ExamKind.RESIT if sit.is_resit else ExamKind.FIRST,
        origin=origin,
        received_at=received_at,
        school_class=student.school_class if student else None,
        department=student.school_class.department if student else None,
    )


@transaction.atomic
def save_facts(
    *, actor: Actor, application: Application, declaration: Declaration, **fields: str
) -> Application:
    """Keep the personal facts; unknown fields are an error of the caller."""
    unknown = set(fields) - set(FACT_FIELDS)
    if unknown:
        message = f"not facts of an application: {sorted(unknown)}"
        raise TypeError(message)
    row = _editable(application, actor, "facts")
    if fault := declaration.fault(on=timezone.localdate(), birth=row.person.birth):
        raise RefusedError(fault, remedy=_("请改正后再保存。"))
    for name, value in fields.items():
        setattr(row, name, value.strip())
    if row.post_code and not POST_CODE.fullmatch(row.post_code):
        raise RefusedError(_("邮政编码应为 6 位数字。"))
    row.declaration = declaration.as_json()
    row.save(update_fields=[*fields, "declaration"])
    record(actor=actor, verb="application.save_facts", subject=row.subject)
    return row


@transaction.atomic
def set_photo(*, actor: Actor, application: Application, content: bytes) -> Application:
    """Keep the portrait, re-made; raises `ValidationError` for what is no usable picture.

    Refuses what the batch's rulebook does not accept (REG-11, REG-12).
    """
    cleaned = fit_portrait(content, application.batch.rules)
    return _keep_photo(actor, _editable(application, actor, "photo"), cleaned)


def _keep_photo(actor: Actor, row: Application, cleaned: CleanFile) -> Application:
    row.photo.save(f"{row.pk}-{cleaned.digest[:12]}.jpg", ContentFile(cleaned.content), save=False)
    row.save(update_fields=["photo"])
    record(
        actor=actor,
        verb="application.set_photo",
        subject=row.subject,
        payload={"sha256": cleaned.digest},
    )
    return row


@transaction.atomic
def attach_photo(*, actor: Actor, application: Application, content: bytes) -> Application:
    """The office puts in the portrait of somebody it entered, until the batch is reported."""
    if not actor.may(Act.APPLICATION_ENTER):
        raise RefusedError(_("您的角色不能代考生上传照片。"))
    cleaned = fit_portrait(content, application.batch.rules)
    row = locked(application)
    require(policies.own(row, actor))
    if row.batch.status not in policies.CORRECTABLE or row.status not in IN_HAND:
        raise RefusedError(_("批次已上报或申报已办结，不能再换照片。"))
    reopen(actor, row, _("更换照片"))
    return _keep_photo(actor, row, cleaned)


@transaction.atomic
def add_evidence(
    *, actor: Actor, application: Application, kind: str, content: bytes, title: str = ""
) -> Evidence:
    """Keep one proof, re-made; the same file twice is kept once."""
    if kind not in EVIDENCE_LABELS:
        raise RefusedError(_("没有这种材料类别。"))
    cleaned = clean_evidence(content)
    row = _editable(application, actor, "evidence")
    found = row.evidence.filter(kind=kind, digest=cleaned.digest).first()
    if found is not None:
        return found
    if row.evidence.count() >= MAX_EVIDENCE:
        raise RefusedError(_("材料已满 20 份。"), remedy=_("请先删去不需要的材料。"))
    piece = Evidence(
        application=row,
        kind=kind,
        title=title.strip()[:80],
        media_type=cleaned.media_type,
        size=len(cleaned.content),
        digest=cleaned.digest,
    )
    piece.file.save(
        f"{row.pk}/{piece.pk}{cleaned.suffix}", ContentFile(cleaned.content), save=False
    )
    piece.save(force_insert=True)
    record(
        actor=actor,
        verb="application.add_evidence",
        subject=row.subject,
        payload={"kind": kind, "sha256": cleaned.digest},
    )
    return piece


@transaction.atomic
def remove_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take a proof away again while the application may be changed."""
    row = _editable(evidence.application, actor, "evidence")
    name, storage = str(evidence.file.name), evidence.file.storage
    record(
        actor=actor,
        verb="application.remove_evidence",
        subject=row.subject,
        payload={"kind": evidence.kind, "sha256": evidence.digest},
    )
    evidence.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def sign_commitment(
    *,
    actor: Actor,
    application: Application,
    typed_name: str,
    address: str | None,
    at: datetime | None = None,
) -> Commitment:
    """Sign the undertaking by typing one's name exactly; time, address and what it covers are kept.

    It is signed anew where the facts were changed after it, whoever has changed them.
    """
    row = locked(application)
    if not (row.status in IN_HAND and outdated(row)):
        row = _editable(application, actor, "commitment")
    if row.person.user_id != actor.user_id or actor.user_id is None:
        raise RefusedError(_("承诺书须由考生本人签署。"))
    if names.normalise(typed_name) != row.person.name:
        raise RefusedError(_("签名与姓名不一致。"), remedy=_("请输入您证件上的姓名。"))
    signed, _new = Commitment.objects.update_or_create(
        application=row,
        defaults={
            "text": undertaking_of(row),
            "signed_name": row.person.name,
            "signed_at": at or timezone.now(),
            "address": address or None,
            "covers": facts_digest(row),
        },
    )
    record(
        actor=actor,
        verb="application.sign_commitment",
        subject=row.subject,
        payload={"sha256": signed.covers},
    )
    return signed


@transaction.atomic
def submit_application(*, actor: Actor, application: Application) -> Application:
    """Hand the application in: it gets its number, its time and a first finding.

    Of many who submit at once each waits for the others only while the numbers are given, so
    that these have no gap and no double; whoever closes or changes the batch waits for all.
    """
    handed = submitting.locked(application)
    row = handed.row
    move = "submit" if row.person.user_id == actor.user_id else "enter"

    def updates() -> dict[str, Any]:
        finding = handed.finding()
        number = row.number or numbering.next_number(row.batch)
        return {
            "number": number,
            "submitted_at": row.received_at or timezone.now(),
            "finding": finding,
            "return_reason": "",
            "return_part": "",
            "first_reviewed_by": None,
            "first_reviewed_at": None,
            "confirmed_by": None,
            "confirmed_at": None,
        }

    advance(machine=APPLICATION, subject=row, move=move, actor=actor, updates=updates, reread=False)
    return handed.forgotten()


@transaction.atomic
def withdraw_application(
    *, actor: Actor, application: Application, reason: str = ""
) -> Application:
    """Take the application back; the office cancels one only with a reason."""
    row = locked(application)
    own = actor.user_id is not None and row.person.user_id == actor.user_id
    move = "withdraw" if own else "cancel"
    return advance(machine=APPLICATION, subject=row, move=move, actor=actor, reason=reason)
