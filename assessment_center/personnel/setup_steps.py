"""What the guide of the first days asks of the staff of examinations."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.organization.selectors import active_centre, scope_lines
from assessment_center.personnel.enums import ASSESSORS, Grade
from assessment_center.personnel.models import GRADE_LABELS, StaffMember
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.personnel.setup_sheet import STAFF
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep


def staff(_rules: Any) -> SetupState:
    """Proctors, and assessors for every occupation of the filed scope, with cards of today."""
    today = timezone.localdate()
    cards = list(live_qualifications(today))
    count = StaffMember.objects.filter(is_active=True).count()
    if not cards:
        return SetupState(count, [_("还没有持有效证卡的考务人员。")])
    held = {card.grade for card in cards}
    missing = [
        _("没有%(grade)s。") % {"grade": GRADE_LABELS[grade]}
        for grade in (Grade.PROCTOR,)
        if grade not in held
    ]
    found = active_centre()
    lines = scope_lines(found, today) if found else []
    assessing = [card for card in cards if card.grade in ASSESSORS]
    general = any(not card.occupations.all() for card in assessing)
    covered = {each.pk for card in assessing for each in card.occupations.all()}
    bare = dict.fromkeys(
        str(line.occupation) for line in lines if not general and line.occupation_id not in covered
    )
    advice = [_("还没有考评员的职业：%(names)s。") % {"names": "、".join(bare)}] if bare else []
    return SetupState(count, missing, advice)


setup_steps.register(
    "staff",
    SetupStep(
        key="staff",
        title=gettext_lazy("考务人员"),
        purpose=gettext_lazy("监考员、考评员、质量督导员和他们的证卡；证卡到期的人排不上岗。"),
        unit=gettext_lazy("人"),
        state=staff,
        permission=Act.PEOPLE_MANAGE,
        shown_at=lambda: reverse("admin:personnel_staffmember_changelist"),
        sheet=STAFF,
    ),
    order=100,
)
