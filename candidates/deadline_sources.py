"""Days on which bans end and passed subjects lapse (ELIG-90, VAL-01); nobody is named."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import Citation
from assessment_center.registry.entries import DeadlineSpec, centre_deadline_sources
from assessment_center.workdays.counting import on
from candidates.models import Ban, SubjectPass


def standing_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """The coming ends of bans, and of subjects passed earlier, each with how many people."""
    today = timezone.localdate()
    rules = rules_on(centre, today)
    ban = rules.settings.ban_years if rules else None
    validity = rules.settings.single_pass_valid_months if rules else None
    bans = Ban.objects.filter(until__gte=today).values_list("until")
    passes = SubjectPass.objects.filter(valid_until__gte=today).values_list("valid_until")
    return [
        *(
            _spec("ban", _("禁考期满（%(n)s 人）"), day, n, ban.citations if ban else ())
            for day, n in bans.annotate(n=Count("person", distinct=True)).order_by("until")
        ),
        *(
            _spec(
                "pass",
                _("单科合格成绩有效期满（%(n)s 科次）"),
                day,
                n,
                validity.citations if validity else (),
            )
            for day, n in passes.annotate(n=Count("id")).order_by("valid_until")
        ),
    ]


def _spec(
    kind: str, label: Promise, day: date, n: int, citations: tuple[Citation, ...]
) -> DeadlineSpec:
    return DeadlineSpec(
        f"candidates.{kind}_{day:%Y%m%d}",
        str(label % {"n": n}),
        day,
        citations,
        responsible=Act.APPLICATION_CONFIRM,
        counting=on(_("有效期止"), day),
        nature="event",
    )


centre_deadline_sources.register("candidates", standing_deadlines, order=40)
