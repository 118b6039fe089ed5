"""The stages arrange, ticket and exam of a batch's rail, and what waits on the home page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus, ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.panels import without_exam
from assessment_center.office import MenuLink, menu_links
from assessment_center.registry import Actor
from assessment_center.registry.entries import (
    BatchStage,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageState,
    StageView,
    batch_stages,
    home_panels,
    subject_urls,
)
from candidates.portal_parts import add_part
from exams import (  # they register
    cancelled_subjects,  # noqa: F401
    filing_facts,  # noqa: F401
    handed_in,  # noqa: F401
    supply_panel,  # noqa: F401
)
from exams.enums import CallOffKind, SittingStatus
from exams.equipment import filing  # noqa: F401 - it registers
from exams.models import Sitting
from exams.policies import form_citations
from exams.portal_parts import PART
from exams.selectors import (
    coming_sittings,
    count_unseated,
    missing_records,
    open_record_sittings,
    seats_in,
    sittings_of,
    tickets_given,
)

READY = frozenset({BatchStatus.APPROVED, BatchStatus.REPORTED, BatchStatus.REGISTRATION_CLOSED})


def _url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"exams_office:{name}", args=[batch.code])


def _link(label: str, name: str, batch: AssessmentBatch, act: Act) -> StageAction:
    return StageAction(label, _url(name, batch), permission=act)


def _hours(sitting: Sitting) -> str:
    starts, ends = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    return f"{starts:%Y-%m-%d %H:%M}-{ends:%H:%M}"


def _line(sitting: Sitting, state: StageState, chip: str) -> Line:
    return Line(
        str(sitting),
        _hours(sitting),
        state,
        chip,
        reverse("exams_office:sitting", args=[sitting.pk]),
    )


def _arrange_line(sitting: Sitting) -> Line:
    if sitting.confirmed_at:
        return _line(sitting, "done", _("排座已确认"))
    arranged = sitting.status == SittingStatus.ARRANGED
    return _line(sitting, "now", _("待确认") if arranged else _("待排座"))


def arrange_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Timetable, rooms and seats: confirmed, and nobody left without a seat."""
    sittings = list(sittings_of(batch))
    seats = seats_in(batch)
    rooms = sum(len(sitting.rooms.all()) for sitting in sittings)
    facts = [Fact(len(sittings), _("场次")), Fact(rooms, _("考场")), Fact(seats, _("座位"))]
    page = _link(_("场次与排座"), "batch", batch, Act.EXAM_VIEW)
    if not sittings:
        ready = batch.status in READY
        return StageView("now" if ready else "idle", primary=page if ready else None)
    left = count_unseated(batch)
    done = left == 0 and all(sitting.confirmed_at for sitting in sittings)
    blockers = []
    if left:
        text = _("还有 %(count)s 人次没有座位") % {"count": left}
        blockers.append(Line(text, _("请补排场次，或重新排座。"), "bad", url=page.url))
    return StageView(
        state="done" if done else "now",
        note=_("%(count)s 个座位") % {"count": seats},
        facts=facts,
        lines=[_arrange_line(sitting) for sitting in sittings],
        blockers=blockers,
        primary=None if done else page,
        actions=[page] if done else [],
    )


def ticket_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Tickets given out, or what still forbids it and by which article."""
    given = tickets_given(batch)
    page = _link(_("准考证"), "tickets", batch, Act.EXAM_VIEW)
    facts = [Fact(given, _("准考证"))]
    if given:
        note = _("%(count)s 张") % {"count": given}
        return StageView("done", note=note, facts=facts, actions=[page])
    confirmed = [sitting.confirmed_at for sitting in sittings_of(batch)]
    if not confirmed:
        return StageView("idle")
    cited = form_citations(batch.rules, "F-214")
    blockers = []
    if not batch.reports.filter(kind="plan", status=ReportStatus.APPROVED).exists():
        text = _("主管部门还没有批复本批次")
        blockers.append(Line(text, _("请先登记批复。"), "bad", citations=cited))
    if not all(confirmed):
        blockers.append(Line(_("排座还没有全部确认"), "", "bad", url=_url("batch", batch)))
    return StageView("now", facts=facts, blockers=blockers, primary=page)


def _exam_line(sitting: Sitting) -> Line:
    if sitting.called_off == CallOffKind.CANCELLED:
        return _line(sitting, "idle", _("已取消"))
    if sitting.called_off:
        return _line(sitting, "due", _("缓考，时间另定"))
    state: StageState = "done" if sitting.status == SittingStatus.RECORDED else "now"
    return _line(sitting, state, str(sitting.get_status_display()))


def _is_over(sitting: Sitting) -> bool:
    """Recorded, or never to be held."""
    cancelled = sitting.called_off == CallOffKind.CANCELLED
    return cancelled or sitting.status == SittingStatus.RECORDED


def exam_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """The day: every room's record submitted."""
    sittings = list(sittings_of(batch))
    page = _link(_("考试当天"), "day", batch, Act.EXAM_VIEW)
    custody = _link(_("试卷保管"), "custody", batch, Act.CUSTODY)
    begun = {SittingStatus.TICKETED, SittingStatus.RUNNING, SittingStatus.RECORDED}
    if not sittings or not any(sitting.status in begun for sitting in sittings):
        return StageView("idle")
    done = all(_is_over(sitting) for sitting in sittings)
    left = list(missing_records(batch)) if not done else []
    over = timezone.now() > max(sitting.ends_at for sitting in sittings)
    return StageView(
        state="done" if done else "due" if over else "now",
        note="" if done else _("%(count)s 个考场待记录") % {"count": len(left)},
        facts=[Fact(len(left), _("待提交的考场记录"))],
        lines=[_exam_line(sitting) for sitting in sittings],
        primary=None if done else page,
        actions=[page, custody] if done else [custody],
    )


def home_lines(actor: Actor) -> list[Line]:
    """Sittings of the coming week, and those that are over but not recorded."""
    if not actor.may(Act.EXAM_VIEW):
        return []
    now = timezone.now()
    late = [
        Line(
            f"{sitting.batch.name} {sitting}",
            _("考试已结束，考场记录还没有交齐"),
            "due",
            _("待记录"),
            _url("day", sitting.batch),
        )
        for sitting in open_record_sittings(now)
    ]
    coming = [
        Line(
            f"{sitting.batch.name} {sitting}",
            _hours(sitting),
            "now",
            str(sitting.get_status_display()),
            _url("day", sitting.batch),
        )
        for sitting in coming_sittings(now, now + timedelta(days=7))
    ]
    return late + coming


for key, label, view, order in (
    ("arrange", gettext_lazy("编排"), arrange_stage, 70),
    ("ticket", gettext_lazy("准考"), ticket_stage, 80),
    ("exam", gettext_lazy("考试"), exam_stage, 100),
):
    batch_stages.register(key, BatchStage(key, label, view, without_exam), order=order)
home_panels.register(
    "exams",
    HomePanel("exams", gettext_lazy("近期考试"), home_lines, Act.EXAM_VIEW),
    order=40,
)
menu_links.register(
    "exams.rooms",
    MenuLink("exams", gettext_lazy("考场登记"), "admin:exams_room_changelist", Act.EXAM_VIEW),
)
menu_links.register(
    "exams.equipment",
    MenuLink("exams", gettext_lazy("设备台账"), "exams_office:equipment", Act.EXAM_VIEW),
)
add_part(PART)
subject_urls.register("exams.sittingroom", lambda pk: reverse("exams_office:chart", args=[pk]))
