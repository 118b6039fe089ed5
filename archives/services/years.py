"""Filing a year of the centre: its registers, its staff and its equipment (ARC-24).

What belongs to a batch lies in the batch's volumes; these are of the house. A year is filed once it
is over, by the rulebook the centre was filed under on its last day, and terms run from that day.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from archives.models import ArchiveItem, Volume
from archives.services.filing import Gathered, Keeping, file_records
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import year_sources

VOLUMES = (
    (1, "登记簿卷", "registers"),
    (2, "考务人员卷", "personnel"),
    (3, "设备卷", "equipment"),
)


def file_year(
    *,
    actor: Actor,
    centre: AssessmentCentre,
    year: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Gather and file what the centre left of a year; returns how many records are newly filed.

    Safe to run twice: a title is filed once, as it stood. Refused by role, before the year is
    over, and where no filing says by which rulebook it is kept.
    """
    if not actor.may(Act.ARCHIVE_FILE):
        raise RefusedError(_("您的角色不能归档。"))
    if year >= timezone.localdate().year:
        raise RefusedError(
            _("%(year)s 年度还没有结束，登记簿还在续记。") % {"year": year},
            remedy=_("请在次年归档。"),
        )
    last = date(year, 12, 31)
    rules = rules_on(centre, last) or rules_on(centre, timezone.localdate())
    if rules is None:
        raise RefusedError(_("没有在有效期内的备案，不知道按哪套规程定保管期限。"))
    keeping, new = Keeping(rules, last, f"years/{year}"), 0
    for done, (key, source) in enumerate(year_sources.items(), start=1):
        found = _new(centre, year, source.collect(centre, year))
        if found:
            volume = _volume(centre, year, key.partition(".")[0])
            new += file_records(actor, volume, keeping, found)
        progress(done, len(year_sources))
    payload = {"year": year, "count": new}
    record(actor=actor, verb="archive.file", subject=centre.subject, payload=payload)
    return new


def _new(centre: AssessmentCentre, year: int, gathered: Iterable[Gathered]) -> list[Gathered]:
    """What was not filed yet under its title: what changes later is told where it changes."""
    known = ArchiveItem.objects.filter(volume__centre=centre, volume__year=year)
    titles = set(known.values_list("kind", "title", "subject_id"))
    return [each for each in gathered if (each[0], each[1], each[4].uuid) not in titles]


def _volume(centre: AssessmentCentre, year: int, app: str) -> Volume:
    number, title = next((n, title) for n, title, owner in VOLUMES if owner == app)
    volume, _created = Volume.objects.get_or_create(
        centre=centre, year=year, number=number, defaults={"title": title}
    )
    return volume
