"""The register of what recognitions rest on (ELIG-HN-4 to -7): entered once, then only retired."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import RecognitionBasis
from assessment_center.batches.rules.recognition import Terms, fault_of
from assessment_center.catalog.models import Job, Occupation
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def enter_basis(
    *,
    actor: Actor,
    route: str,
    title: str,
    document: str,
    occupation: Occupation,
    job: Job | None = None,
    level: int | None = None,
    terms: Terms | None = None,
) -> RecognitionBasis:
    """Enter a mapped 1+X certificate, a set of courses or credits, or the rules of a contest.

    Refuses terms that nobody could be judged by, and the same basis a second time while in use.
    """
    require_act(actor, Act.BATCH_PLAN, _("登记认定依据"))
    wanted = terms or Terms()
    if fault := fault_of(route, wanted):
        raise RefusedError(fault)
    if not (title.strip() and document.strip()):
        raise RefusedError(_("请写明名称和公布它的文件。"))
    basis = RecognitionBasis(
        route=route,
        title=title.strip(),
        document=document.strip(),
        occupation=occupation,
        job=job,
        level=level,
        terms=wanted.as_json(),
    )
    try:
        with transaction.atomic():
            basis.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("这项认定依据已登记并在用。"), remedy=_("请先停用原来的。")) from clash
    payload = {"title": basis.title, "kind": route, "document": basis.document}
    record(actor=actor, verb="recognition_basis.enter", subject=basis.subject, payload=payload)
    return basis


@transaction.atomic
def retire_basis(*, actor: Actor, basis: RecognitionBasis) -> RecognitionBasis:
    """Take a basis out of use; what was decided on it keeps it."""
    require_act(actor, Act.BATCH_PLAN, _("停用认定依据"))
    locked = RecognitionBasis.objects.select_for_update().get(pk=basis.pk)
    if locked.is_active:
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        record(actor=actor, verb="recognition_basis.retire", subject=locked.subject)
    return locked
