"""The occupations a standard counts as related to its own (ELIG-01)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation, OccupationalStandard, RelatedOccupation
from assessment_center.registry import Actor, RefusedError


def _require(actor: Actor) -> None:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您没有维护职业目录的权限。"))


@transaction.atomic
def relate_occupation(
    *, actor: Actor, standard: OccupationalStandard, occupation: Occupation, source: str
) -> RelatedOccupation:
    """Enter an occupation as related, with where that is written; none is guessed.

    It counts in every verdict from now on. Refused without a source, for the occupation itself,
    and twice.
    """
    _require(actor)
    if not source.strip():
        raise RefusedError(_("请写明出处：标准的附表或主管部门的文件。"))
    if occupation.pk == standard.occupation_id:
        raise RefusedError(_("“%(name)s”就是本职业，不用登记。") % {"name": occupation})
    made = RelatedOccupation(
        standard=standard,
        occupation=occupation,
        source=source.strip()[:200],
        entered_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("这个相关职业已经登记过。")) from clash
    record(
        actor=actor,
        verb="catalog.relate",
        subject=standard.subject,
        payload={"occupation": occupation.code, "source": made.source},
    )
    return made


@transaction.atomic
def unrelate_occupation(*, actor: Actor, related: RelatedOccupation, reason: str) -> None:
    """Strike an entry, with the reason; what rested on it is judged anew where still undecided."""
    _require(actor)
    if not reason.strip():
        raise RefusedError(_("请写明删去的原因。"))
    found = RelatedOccupation.objects.select_for_update().filter(pk=related.pk).first()
    if found is None:
        raise RefusedError(_("这个相关职业已经删去。"))
    record(
        actor=actor,
        verb="catalog.unrelate",
        subject=found.standard.subject,
        payload={
            "occupation": found.occupation.code,
            "source": found.source,
            "reason": reason.strip()[:200],
        },
    )
    found.delete()
