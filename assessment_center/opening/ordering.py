"""Long imports and signatures run as jobs: the page shows how far they are, and may be left."""

import base64
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.opening import services
from assessment_center.opening.lifecycle import OPENING
from assessment_center.opening.models import OpeningDeclaration, OpeningUpload
from assessment_center.registry import Actor
from assessment_center.registry.outcomes import require
from assessment_center.sealing import needs_rotation, open_value, reseal, seal_value
from assessment_center.spreadsheets import ImportOutcome
from assessment_center.workflow import check

IMPORT, SIGN = "opening.import", "opening.sign"
AT_ONCE = 48 * 1024  # some 500 rows; a larger file is read by a job
ROWS_AT_ONCE = 500
KEPT = timedelta(days=7)


def take_in(
    *, actor: Actor, declaration: OpeningDeclaration, key: str, content: bytes, file_name: str
) -> ImportOutcome | Job:
    """Judge and keep a small workbook now, order a job for a large one.

    A deputy's own hand is asked for at the signature, which a job could not show: his acts, like
    small files, are done at once.
    """
    if len(content) > AT_ONCE and actor.in_name_of is None:
        return _order_import(actor, declaration, key, content, file_name)
    return services.take_sheet(
        actor=actor, declaration=declaration, key=key, content=content, file_name=file_name
    )


@transaction.atomic
def _order_import(
    actor: Actor, declaration: OpeningDeclaration, key: str, content: bytes, file_name: str
) -> Job:
    kind = services.takable(actor=actor, declaration=declaration, key=key)
    OpeningUpload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    upload = OpeningUpload(declaration=declaration, kind=key, file_name=file_name[-160:])
    upload.sealed = seal_value(base64.b64encode(content).decode(), row_id=upload.pk)
    upload.save(force_insert=True)
    return enqueue(
        IMPORT,
        actor=actor,
        label=_("导入期初数据：%(kind)s") % {"kind": kind.label},
        subject=declaration.subject,
        kind=key,
        upload=str(upload.pk),
    )


def content_of(upload: OpeningUpload) -> bytes:
    return base64.b64decode(open_value(upload.sealed, row_id=upload.pk))


@transaction.atomic
def renew_uploads(limit: int) -> int:
    """Bring waiting files under the present key (see `sealing.Holder`)."""
    locked = OpeningUpload.objects.select_for_update().order_by("pk")
    old = list(islice((each for each in locked if needs_rotation(each.sealed)), limit))
    for upload in old:
        upload.sealed = reseal(upload.sealed, row_id=upload.pk)
        upload.save(update_fields=["sealed"])
    return len(old)


def sign_or_order(*, actor: Actor, declaration: OpeningDeclaration) -> OpeningDeclaration | Job:
    """Sign now what is soon written, by a job what is not; who may not sign is refused at once."""
    rows = sum(sheet.count for sheet in declaration.sheets.defer("rows_sealed"))
    if rows <= ROWS_AT_ONCE or actor.in_name_of is not None:
        return services.sign(actor=actor, declaration=declaration)
    require(check(machine=OPENING, subject=declaration, move="sign", actor=actor))
    with transaction.atomic():
        return enqueue(
            SIGN,
            actor=actor,
            label=_("签署并写入期初数据"),
            subject=declaration.subject,
            total=rows,
            declaration=str(declaration.pk),
        )


def latest(declaration: OpeningDeclaration, name: str, key: str = "") -> Job | None:
    """The last job of this kind ordered for the declaration."""
    jobs = Job.objects.filter(name=name, subject_id=declaration.pk)
    return (jobs.filter(params__kind=key) if key else jobs).order_by("-created_at").first()
