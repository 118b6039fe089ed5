"""The timetable in words and as a picture, for sittings and for what is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.templatetags.office import weekday
from assessment_center.batches.models import Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.people.models import Person
from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook
from exams.models import Room, Sitting
from exams.rules import timetable_picture
from exams.rules.planning import Limit, Shortage
from exams.services.planning import Group, Proposal

ALL = 3  # offerings that are named one by one
HOUR = 60


def _minute(moment: datetime) -> int:
    local = timezone.localtime(moment)
    return local.hour * HOUR + local.minute


def _day(moment: datetime) -> str:
    day = timezone.localdate(moment)
    return f"{day:%Y-%m-%d} {weekday(day)}"


def offerings_words(offerings: Sequence[Offering]) -> str:
    """The offerings by name; where they are many, how many."""
    if not offerings:
        return str(_("全部认定项目"))
    if len(offerings) > ALL:
        return _("%(count)s 个认定项目") % {"count": len(offerings)}
    return "、".join(str(each) for each in offerings)


def _drawn(
    subject: str,
    span: tuple[datetime, datetime],
    rooms: Sequence[str],
    told: str,
    link: str = "",
) -> timetable_picture.Group:
    starts, ends = span
    return timetable_picture.Group(
        _day(starts),
        _minute(starts),
        _minute(ends),
        rooms,
        str(SUBJECT_LABELS[subject]),
        told,
        subject,
        link,
    )


def _pictures(groups: Sequence[timetable_picture.Group]) -> dict[str, Any]:
    return {
        "wide": timetable_picture.draw(groups),
        "phone": timetable_picture.draw(groups, phone=True),
    }


def _names(uses: Iterable[Iterable[Room]]) -> list[list[str]]:
    """How rooms are called: with their site only where there are several."""
    known = [list(rooms) for rooms in uses]
    alone = len({room.site_id for rooms in known for room in rooms}) < 2  # noqa: PLR2004 - a pair
    return [[room.name if alone else str(room) for room in rooms] for rooms in known]


def drawn_groups(groups: Iterable[Group]) -> dict[str, Any]:
    """The pictures of proposed groups, wide and for a phone."""
    proposed = list(groups)
    names = _names(each.rooms for each in proposed)
    return _pictures(
        [
            _drawn(
                each.wanted.subject,
                (each.starts_at, each.ends_at),
                rooms,
                _("%(what)s · %(people)s 人")
                % {"what": offerings_words(each.wanted.offerings), "people": each.people},
            )
            for each, rooms in zip(proposed, names, strict=True)
        ]
    )


def drawn_sittings(sittings: Iterable[Sitting]) -> dict[str, Any]:
    """The pictures of the sittings there are, each leading to its page."""
    planned = list(sittings)
    names = _names([use.room for use in each.rooms.all()] for each in planned)
    return _pictures(
        [
            _drawn(
                each.subject_code,
                (each.starts_at, each.ends_at),
                rooms,
                f"{each.number} · {offerings_words(list(each.offerings.all()))}",
                reverse("exams_office:sitting", args=[each.pk]),
            )
            for each, rooms in zip(planned, names, strict=True)
        ]
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Why somebody is not in the timetable, what would help, and by which article."""

    what: str
    text: str
    remedy: str
    citations: tuple[Citation, ...] = ()


def shortage_words(found: Proposal, short: Shortage) -> Told:
    """The limit that binds, with its numbers."""
    wanted = found.setting.wanted[short.task]
    what = f"{SUBJECT_LABELS[wanted.subject]} · {offerings_words(wanted.offerings)}"
    rules = found.setting.frame.batch.rules
    names = "、".join(Person.objects.filter(pk__in=short.persons).values_list("name", flat=True))
    told = {
        "people": short.people,
        "have": short.have,
        "need": short.need,
        "minutes": wanted.task.minutes,
        "names": names,
        "days": len(found.setting.frame.days()),
    }
    text, remedy = (str(each) % told for each in _words(short.limit))
    return Told(f"{what} · {_('%(people)s 人没有编入') % told}", text, remedy, _cited(rules, short))


def _words(limit: Limit) -> tuple[str, str]:
    return {
        Limit.NO_PLACE: (
            _("没有适用的考场：没有这类考场，或没有适用于这个职业的工位。"),
            _("请登记考场，或在考场的工位中写明适用职业。"),
        ),
        Limit.HOURS: (
            _("一组需 %(need)s 分钟，每天的考试时段最长只有 %(have)s 分钟。"),
            _("请放宽每天的时段，或取消午休。"),
        ),
        Limit.ONE_TIME: (
            _("%(names)s报了两项，理论考试只能安排在同一时间。"),
            _("请与考生商定保留一项，另一项改报下一批次。"),
        ),
        Limit.SEATS: (
            _("同一时间需 %(need)s 个座位，适用的考场共有 %(have)s 个。"),
            _("请增加考场；座位足够的，请看考场是否被其他场次占用。"),
        ),
        Limit.JUDGES: (
            _("一组需考评员 %(need)s 人，有资格的共 %(have)s 人，公告的日子里排不开。"),
            _("请补充有效的考评员，或延长考试日期（须发变更公告）。"),
        ),
        Limit.PERSONS: (
            _("%(names)s在各个可用时段都已有其他场次，或来不及休息和换考点。"),
            _("请缩短休息和路途时间，或延长考试日期（须发变更公告）。"),
        ),
        Limit.STATIONS: (
            _(
                "%(days)s 天里工位已排满：编入 %(have)s 人，"
                "每组最多 %(need)s 人，每组 %(minutes)s 分钟。"
            ),
            _("请增加工位或考场，或延长考试日期（须发变更公告）。"),
        ),
    }[limit]


def _cited(rules: Rulebook, short: Shortage) -> tuple[Citation, ...]:
    settings = rules.settings
    if short.limit == Limit.ONE_TIME:
        return settings.theory_single_slot_per_batch.citations
    if short.limit == Limit.JUDGES and settings.assessor_min:
        return settings.assessor_min.citations
    if short.limit == Limit.SEATS and settings.room_capacity_max:
        return settings.room_capacity_max.citations
    return ()
