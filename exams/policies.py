"""What may be used and done: rooms against the rulebook, people against avoidance and posts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.people.enums import TieKind
from assessment_center.people.models import TeachingAssignment, Tie
from assessment_center.personnel.enums import Post
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import (
    ALLOWED,
    Actor,
    Citation,
    Outcome,
    Refused,
    RefusedError,
)
from assessment_center.rulebooks import Rulebook
from candidates.models import Application
from exams.enums import DrawKind, RoomKind
from exams.models import Duty, Room, Sitting
from exams.rules.duties import excluded, plain

CLOSED = frozenset({BatchStatus.COMPLETED, BatchStatus.ARCHIVED, BatchStatus.CANCELLED})
JUDGING = frozenset({Post.ASSESSOR, Post.PANEL_LEADER})
KINDS_FOR: dict[str, frozenset[str]] = {
    Subject.THEORY: frozenset({RoomKind.THEORY, RoomKind.COMPUTER}),
    Subject.LANGUAGE: frozenset({RoomKind.THEORY, RoomKind.COMPUTER}),
    Subject.PRACTICAL: frozenset({RoomKind.PRACTICAL}),
    Subject.REVIEW: frozenset({RoomKind.REVIEW, RoomKind.THEORY}),
}


def require_act(actor: Actor, act: Act, what: str) -> None:
    """Raise unless the actor's role may do this."""
    if not actor.may(act):
        raise RefusedError(
            _("您的角色不能%(what)s。") % {"what": what}, remedy=_("请找考务员办理。")
        )


def require_open(batch: AssessmentBatch) -> None:
    """A finished or cancelled batch is not arranged any more."""
    if batch.status in CLOSED:
        raise RefusedError(_("批次已结束或已取消，不能再作考务安排。"))


def room_fits(room: Room, rules: Rulebook, subject: str) -> Outcome:
    """VEN-01 to VEN-06: kind, steps, spacing and video of a room for a subject."""
    if not room.is_active or room.kind not in KINDS_FOR[subject]:
        return Refused(_("%(room)s 不能用于这个科目。") % {"room": room})
    if subject == Subject.PRACTICAL:
        return _video(room, rules)
    tiered, spacing = rules.settings.allow_tiered_room, rules.settings.seat_spacing_cm
    if room.is_tiered and not tiered.value:
        return Refused(_("%(room)s 是阶梯教室，不用作考场。") % {"room": room}, tiered.citations)
    if spacing and room.spacing_cm is not None and room.spacing_cm < spacing.value:
        return Refused(
            _("%(room)s 的座位间距为 %(have)s 厘米，不足 %(need)s 厘米。")
            % {"room": room, "have": room.spacing_cm, "need": spacing.value},
            spacing.citations,
            _("请撤去部分桌椅后更新考场登记。"),
        )
    return _video(room, rules)


def _video(room: Room, rules: Rulebook) -> Outcome:
    video = rules.settings.video_required
    if video.value and not room.has_video:
        return Refused(
            _("%(room)s 没有视频监控。") % {"room": room},
            video.citations,
            _("请换用有监控的考场，或加装移动监控后更新登记。"),
        )
    return ALLOWED


def ties(
    members: Iterable[StaffMember], applications: Collection[Application]
) -> dict[UUID, dict[str, str]]:
    """Members tied to these candidates: per kind (kin, friend, teacher) the reason in words.

    A teacher is one of whom it was declared, or who teaches a class of these candidates.
    """
    found: dict[UUID, dict[str, str]] = {}
    listed = list(members)
    for pk, reason in _teaching(listed, applications):
        found.setdefault(pk, {})[TieKind.TEACHER] = reason
    for pk, kind, reason in _declared(listed, applications):
        found.setdefault(pk, {})[kind] = reason
    return found


def _declared(
    members: Iterable[StaffMember], applications: Collection[Application]
) -> Iterator[tuple[UUID, str, str]]:
    persons = {each.person_id for each in applications}
    by_person = {member.person_id: member.pk for member in members}
    declared = Tie.objects.filter(
        Q(first__in=by_person, second__in=persons) | Q(second__in=by_person, first__in=persons)
    ).select_related("first", "second")
    for tie in declared:
        own, other = tie.first, tie.second
        if own.pk not in by_person:
            own, other = other, own
        named = {"name": other.name, "kind": tie.get_kind_display()}
        yield by_person[own.pk], tie.kind, _("与考生%(name)s有%(kind)s关系") % named


def _teaching(
    members: Iterable[StaffMember], applications: Collection[Application]
) -> Iterator[tuple[UUID, str]]:
    classes = {each.school_class_id for each in applications if each.school_class_id}
    by_person = {member.person_id: member.pk for member in members}
    assigned = TeachingAssignment.objects.filter(
        teacher__in=by_person, school_class__in=classes
    ).select_related("school_class")
    for each in assigned.order_by("school_class__name"):
        named = {"name": each.school_class.name}
        yield by_person[each.teacher_id], _("任教本场考生所在的%(name)s") % named


@dataclass(frozen=True, slots=True)
class Avoidance:
    """Who must not take a post (`barred`), and who rather should not; each with the reason."""

    barred: dict[UUID, str]
    rather_not: dict[UUID, str]
    citations: tuple[Citation, ...] = ()


def avoidance(rules: Rulebook, found: Mapping[UUID, Mapping[str, str]], post: str) -> Avoidance:
    """DBL-01, DBL-02: ties the rulebook names for this post bar it; all others advise against it.

    A panel's leader is an assessor. `found` is what `ties` gives.
    """
    cited = rules.settings.avoidance
    hard = frozenset(cited.value.get(plain(post), ())) if cited else frozenset()
    barred, rather_not = {}, {}
    for pk, kinds in found.items():
        named = [reason for kind, reason in kinds.items() if kind in hard]
        if named:
            barred[pk] = "；".join(named)
        else:
            rather_not[pk] = "；".join(kinds.values())
    return Avoidance(barred, rather_not, cited.citations if cited and hard else ())


def double_post(rules: Rulebook, member: StaffMember, post: str, batch: AssessmentBatch) -> Outcome:
    """DBL-04, DBL-05: posts that one person may not hold together in one batch."""
    pairs = rules.settings.forbidden_pairs
    if pairs is None:
        return ALLOWED
    held = Duty.objects.filter(member=member, sitting__batch=batch).values_list("post", flat=True)
    if excluded(post, list(held), pairs.value):
        return Refused(
            _("%(member)s 在本批次已有不得兼任的岗位。") % {"member": member}, pairs.citations
        )
    return ALLOWED


def on_site_lots(rules: Rulebook, subject: str) -> tuple[DrawKind, tuple[Citation, ...]] | None:
    """SEAT-06, SEAT-07: the draw the rulebook orders before candidates go in, if any."""
    settings = rules.settings
    if subject == Subject.PRACTICAL:
        assigned = settings.workstation_assignment
        if assigned is not None and assigned.value == "draw":
            return DrawKind.WORKSTATION, assigned.citations
    if subject == Subject.REVIEW and settings.review_order is not None:
        return DrawKind.REVIEW_ORDER, settings.review_order.citations
    return None


def form_citations(rules: Rulebook, code: str) -> tuple[Citation, ...]:
    """The articles that order a form; empty where the rulebook does not name it."""
    form = rules.form(code)
    return form.cite if form else ()


def exam_day(sitting: Sitting) -> date:
    return timezone.localdate(sitting.starts_at)
