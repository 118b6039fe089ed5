"""Calibrations of measuring instruments (EQP-07)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.equipment.basis import articles_now
from exams.equipment.enums import Verdict
from exams.equipment.services.ledger import locked
from exams.models import Calibration, Equipment
from exams.policies import require_act


@dataclass(frozen=True, slots=True)
class Measured:
    """What the certificate of a calibration says; a failed one names what is to be done."""

    done_on: date
    verdict: str
    certificate: str
    body: str
    valid_until: date | None = None
    handling: str = ""


@transaction.atomic
def calibrate(*, actor: Actor, equipment: Equipment, measured: Measured) -> Calibration:
    """Enter a calibration; from then on it decides whether the instrument may be used.

    Refuses what is no measuring instrument, a day to come, a passed one without a term and a
    failed one without handling.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记检定"))
    one = locked(equipment)
    cited = articles_now("EQP-07")
    if not one.measuring:
        raise RefusedError(
            _("%(one)s 没有登记为计量器具。") % {"one": one}, cited, _("请先在台账中改正。")
        )
    if measured.done_on > timezone.localdate():
        raise RefusedError(_("检定日期不能晚于今天。"), cited)
    passed = measured.verdict == Verdict.PASSED
    made = Calibration(
        equipment=one,
        done_on=measured.done_on,
        verdict=measured.verdict,
        certificate=measured.certificate.strip(),
        body=measured.body.strip(),
        valid_until=measured.valid_until if passed else None,
        handling="" if passed else measured.handling,
    )
    try:
        made.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), cited) from faults
    made.save()
    payload = {
        "number": one.number,
        "certificate": made.certificate,
        "verdict": made.verdict,
        "until": made.valid_until.isoformat() if made.valid_until else None,
    }
    record(actor=actor, verb="exams.calibration_enter", subject=one.subject, payload=payload)
    return made


@transaction.atomic
def void_calibration(*, actor: Actor, calibration: Calibration, reason: str) -> Calibration:
    """Void a calibration that was entered wrongly; it stays to be read, and counts no more."""
    require_act(actor, Act.EXAM_ARRANGE, _("作废检定记录"))
    found = Calibration.objects.select_for_update().get(pk=calibration.pk)
    if found.voided_at:
        raise RefusedError(_("这条检定记录已经作废。"))
    if not reason.strip():
        raise RefusedError(_("请写明作废原因。"))
    found.voided_at, found.void_reason = timezone.now(), reason.strip()
    found.save(update_fields=["voided_at", "void_reason"])
    payload = {"certificate": found.certificate, "reason": found.void_reason}
    record(
        actor=actor,
        verb="exams.calibration_void",
        subject=found.equipment.subject,
        payload=payload,
    )
    return found
