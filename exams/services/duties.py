"""Who is on duty where: proposed by the rules, changed by hand, never against them (STAFF, DBL)."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.enums import Post
from assessment_center.personnel.exclusions import may_serve
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.registry.outcomes import require
from exams import staffing
from exams.credentials import require_promises, why_not
from exams.enums import DrawKind, SittingStatus
from exams.labels import POST_LABELS
from exams.models import Draw, DrawCorrection, Duty, Sitting, SittingRoom
from exams.policies import JUDGING, double_post, exam_day, require_act
from exams.rules import duties as rules_of_duty
from exams.rules.seating import generator
from exams.rules.staffing import supervision
from exams.services.outdating import outdate_staff

LOCKED = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})
DRAWN_POSTS: dict[str, frozenset[str]] = {
    DrawKind.PROCTOR_ROOMS: frozenset({Post.PROCTOR}),
    DrawKind.PANEL: JUDGING,
    DrawKind.SUPERVISOR: frozenset({Post.SUPERVISOR}),
}


@transaction.atomic
def assign_duties(*, actor: Actor, sitting: Sitting) -> tuple[list[Duty], list[str]]:
    """Replace the duties of a sitting by a proposal; returns them and what is missing, in words.

    Every person is qualified on the day with a valid card, avoids whom the rulebook says, is
    free at that time and holds no post that excludes the new one; the load is even. Posts filled
    by a draw stay. Where proctors draw their rooms, they are proposed without a room; supervisors
    whom the rulebook wants drawn are left to their draw (SUP-05).
    """
    locked = _open_sitting(actor, sitting)
    _refuse_staffed(locked)
    drawn = drawn_posts(locked)
    sent = locked.duties.filter(post__in=_left_to_lots(locked))
    locked.duties.exclude(post__in=drawn).exclude(pk__in=sent.values("pk")).delete()
    rooms = staffing.seated_rooms(locked)
    if not rooms:
        raise RefusedError(_("请先排座，再安排值岗人员。"))
    cards = staffing.cards_on(locked)
    left = drawn | _left_to_lots(locked)
    pooled = locked.batch.rules.settings.proctor_room_draw.value
    wanted = staffing.needs(locked, rooms, cards, pooled=pooled)
    outcome = rules_of_duty.assign(
        [need for need in wanted if need.post not in left],
        staffing.staff_of(locked),
        generator(locked.draw_key or str(locked.pk), "duties"),
    )
    by_id = {seated.room.pk: seated.room for seated in rooms if seated.room}
    members = {pk: held[0].member for pk, held in cards.items()}
    made = [
        enter(
            locked,
            by_id.get(each.room) if each.room else None,
            members[each.member],
            each.post,
            cards,
        )
        for each in outcome.placements
    ]
    short = [staffing.shortage(each, rooms) for each in outcome.shortages]
    payload = {"duties": len(made), "missing": short}
    outdate_staff(locked)
    record(actor=actor, verb="exams.duties_assign", subject=locked.subject, payload=payload)
    return made, short + _rotation(locked, made)


@transaction.atomic
def set_duty(
    *, actor: Actor, sitting: Sitting, member: StaffMember, post: str, room: SittingRoom | None
) -> Duty:
    """Put one person on a post by hand, under the same hard rules."""
    locked = _open_sitting(actor, sitting)
    if post not in POST_LABELS:
        raise RefusedError(_("没有这个岗位。"))
    _refuse_staffed(locked)
    _refuse_drawn(locked, post)
    lots = locked.batch.rules.settings.proctor_room_draw
    if post == Post.PROCTOR and room is not None and lots.value:
        raise RefusedError(
            _("监考员的考场由抽签确定，不能指定。"), lots.citations, _("请选“全场”，再抽签。")
        )
    check_member(locked, room, member, post)
    _refuse_chosen(locked, member, post)
    duty = enter(locked, room, member, post)
    payload = {"post": post, "member": str(member.pk)}
    outdate_staff(locked)
    record(actor=actor, verb="exams.duty_set", subject=locked.subject, payload=payload)
    return duty


@transaction.atomic
def remove_duty(*, actor: Actor, duty: Duty) -> None:
    """Relieve a person of a post before the staff is confirmed."""
    sitting = _open_sitting(actor, duty.sitting)
    _refuse_staffed(sitting)
    _refuse_drawn(sitting, duty.post)
    payload = {"post": duty.post, "member": str(duty.member_id)}
    record(actor=actor, verb="exams.duty_remove", subject=sitting.subject, payload=payload)
    duty.delete()
    outdate_staff(sitting)


@transaction.atomic
def confirm_duties(*, actor: Actor, sitting: Sitting) -> Sitting:
    """Close the list of those on duty (STAFF-04, STAFF-06, STAFF-07, STAFF-17).

    Refuses rooms with too few, an even panel where an odd one is ordered, and people who must
    avoid or whose card no longer holds. Afterwards only a replacement with its reason is possible.
    """
    locked = _open_sitting(actor, sitting)
    _refuse_staffed(locked)
    rooms = staffing.staffing_of(locked)
    if not rooms:
        raise RefusedError(_("请先排座，再安排值岗人员。"))
    for room in rooms:
        if room.faults:
            raise RefusedError("；".join(room.faults), room.requirement.citations)
    duties = list(locked.duties.select_related("member__person", "sitting_room"))
    for duty in duties:
        check_member(locked, duty.sitting_room, duty.member, duty.post, again=True)
    require_promises(locked, [duty.member for duty in duties])
    locked.staffed_at, locked.staffed_by = timezone.now(), actor.user_id
    locked.save(update_fields=["staffed_at", "staffed_by"])
    payload = {"duties": len(duties)}
    record(actor=actor, verb="exams.duties_confirm", subject=locked.subject, payload=payload)
    return locked


@transaction.atomic
def replace_duty(*, actor: Actor, duty: Duty, member: StaffMember, reason: str) -> Duty:
    """Put another in the place of one on a confirmed or drawn post; the reason is kept (STAFF-17).

    The same hard rules hold for the new one; a drawn lot keeps its line and gets a correction.
    """
    locked = _open_sitting(actor, duty.sitting)
    current = Duty.objects.select_for_update(of=("self",)).filter(pk=duty.pk).first()
    if current is None:
        raise RefusedError(_("这个岗位刚被改动，请刷新后再办。"))
    told = reason.strip()
    if not told:
        raise RefusedError(_("换人须写明原因。"))
    before = current.member
    room, post = current.sitting_room, current.post
    _correct_lot(actor, locked, current, member, told)
    current.delete()
    check_member(locked, room, member, post)
    require_promises(locked, [member])
    made = enter(locked, room, member, post)
    payload = {"post": post, "from": str(before.pk), "to": str(member.pk), "reason": told}
    outdate_staff(locked)
    record(actor=actor, verb="exams.duty_replace", subject=locked.subject, payload=payload)
    return made


def _correct_lot(
    actor: Actor, sitting: Sitting, duty: Duty, member: StaffMember, reason: str
) -> None:
    """The drawn line of whoever stands on this post now is corrected by name."""
    kinds = [kind for kind, posts in DRAWN_POSTS.items() if duty.post in posts]
    draw = Draw.objects.filter(sitting=sitting, kind__in=kinds, held_at__isnull=False).first()
    if draw is None:
        return
    corrected = draw.corrections.filter(member=duty.member).order_by("-corrected_at").first()
    line = corrected.line if corrected else draw.lines.filter(member=duty.member).first()
    if line is None:
        return
    DrawCorrection.objects.create(
        draw=draw,
        line=line,
        member=member,
        reason=reason,
        corrected_at=timezone.now(),
        corrected_by=actor.user_id,
        corrected_by_name=actor.label,
    )


def check_member(
    sitting: Sitting,
    room: SittingRoom | None,
    member: StaffMember,
    post: str,
    *,
    again: bool = False,
) -> None:
    """Refuse whom the rules keep from this post; `again`: he stands on it already."""
    rules = sitting.batch.rules
    if not again:
        require(double_post(rules, member, post, sitting.batch))
    require(may_serve(member, post, exam_day(sitting), session=sitting.batch_id))
    seated = staffing.seated_in(sitting, room)
    told = staffing.concerned(rules, [member], seated.people, post)
    if reason := staffing.barred_words(sitting, room, member, post):
        raise RefusedError(
            _("%(member)s 须回避：%(reason)s。") % {"member": member, "reason": reason},
            told.citations,
            _("请换人。"),
        )
    cards = staffing.cards_on(sitting).get(member.pk, [])
    if not staffing.fits(rules, cards, post, seated.offerings):
        grades = staffing.GRADES.get(post, staffing.ANY_STAFF)
        raise RefusedError(why_not(rules, member, post, grades, exam_day(sitting)))
    most = rules.settings.max_consecutive_sessions
    if most and post in JUDGING and member.pk in staffing.tired(sitting):
        raise RefusedError(
            _("%(member)s 已连续考评 %(number)s 次。") % {"member": member, "number": most.value},
            most.citations,
            _("请换人。"),
        )


def require_credentials(sitting: Sitting) -> None:
    """Before a sitting opens: who stands on a post still has the card and the contract for it.

    A card revoked or a contract ended after the list was confirmed is found here.
    """
    rules, cards = sitting.batch.rules, staffing.cards_on(sitting)
    rooms = staffing.seated_rooms(sitting)
    offered = {each.room.pk: each.offerings for each in rooms if each.room}
    everything = {offering for each in rooms for offering in each.offerings}
    found = []
    for duty in sitting.duties.select_related("member__person"):
        room = duty.sitting_room_id
        where = offered.get(room, everything) if room else everything
        if not staffing.fits(rules, cards.get(duty.member_id, []), duty.post, where):
            grades = staffing.GRADES.get(duty.post, staffing.ANY_STAFF)
            found.append(why_not(rules, duty.member, duty.post, grades, exam_day(sitting)))
    if found:
        cited = dict.fromkeys(text for each in found for text in each.citations)
        raise RefusedError("".join(each.reason for each in found), cited, _("请先换人，再开考。"))


def enter(
    sitting: Sitting,
    room: SittingRoom | None,
    member: StaffMember,
    post: str,
    cards: staffing.Cards | None = None,
) -> Duty:
    """Write one duty with the card it rests on and what speaks against it."""
    known = staffing.cards_on(sitting) if cards is None else cards
    held = staffing.fitting(known.get(member.pk, []), post)
    people = staffing.seated_in(sitting, room).people
    told = staffing.concerned(sitting.batch.rules, [member], people, post)
    try:
        with transaction.atomic():
            return Duty.objects.create(
                sitting=sitting,
                sitting_room=room,
                member=member,
                post=post,
                period=staffing.window(sitting),
                card_number=held[0].card_number if held else "",
                warnings=list(told.rather_not.values()),
            )
    except IntegrityError as clash:
        raise RefusedError(
            _("%(member)s 在该时间已有另一岗位。") % {"member": member}, remedy=_("请换人。")
        ) from clash


def drawn_posts(sitting: Sitting) -> frozenset[str]:
    """Posts that a held draw has filled."""
    kinds = Draw.objects.filter(sitting=sitting, held_at__isnull=False).values_list(
        "kind", flat=True
    )
    return frozenset(post for kind in kinds for post in DRAWN_POSTS.get(kind, ()))


def _open_sitting(actor: Actor, sitting: Sitting) -> Sitting:
    require_act(actor, Act.EXAM_ARRANGE, _("安排值岗人员"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.status in LOCKED:
        raise RefusedError(_("考试已经开始，值岗人员不能再调整。"))
    return locked


def _refuse_staffed(sitting: Sitting) -> None:
    if sitting.staffed_at is not None:
        raise RefusedError(
            _("本场人员已经定岗，不能随意调整。"), remedy=_("确需换人的，请写明原因。")
        )


def _refuse_drawn(sitting: Sitting, post: str) -> None:
    if post in drawn_posts(sitting):
        raise RefusedError(
            _("“%(post)s”已由抽签确定，结果已经公开。") % {"post": POST_LABELS[post]},
            remedy=_("确需换人的，请写明原因。"),
        )


def _left_to_lots(sitting: Sitting) -> frozenset[str]:
    """SUP-05: posts that nobody is proposed for, because lots say who."""
    watch = supervision(sitting.batch.rules.settings)
    return frozenset({Post.SUPERVISOR}) if watch and watch.by_lot else frozenset()


def _refuse_chosen(sitting: Sitting, member: StaffMember, post: str) -> None:
    """SUP-05: a supervisor of the house is drawn, not chosen; one from outside was sent."""
    if post not in _left_to_lots(sitting):
        return
    if staffing.inside(staffing.cards_on(sitting).get(member.pk, [])):
        lots = sitting.batch.rules.settings.supervisor_random
        raise RefusedError(
            _("内部质量督导员由随机抽取确定，不能指定。"),
            lots.citations,
            _("请在“现场抽签”抽取。"),
        )


def _rotation(sitting: Sitting, made: Sequence[Duty]) -> list[str]:
    """STAFF-09: at least the rulebook's share of the panel is new; a warning, not a refusal."""
    ratio = sitting.batch.rules.settings.rotation_min_ratio
    now = {each.member_id for each in made if each.post in JUDGING}
    if ratio is None or not now:
        return []
    share = rules_of_duty.changed_share(now, staffing.last_panel(sitting))
    part, whole = ratio.value
    if share * whole >= part:
        return []
    return [rotation_words(part, whole, ratio.citations)]


def rotation_words(part: int, whole: int, citations: tuple[Citation, ...]) -> str:
    cited = "、".join(str(each) for each in citations)
    return _("考评组更换不足 %(part)s/%(whole)s（依据：%(cited)s）") % {
        "part": part,
        "whole": whole,
        "cited": cited,
    }
