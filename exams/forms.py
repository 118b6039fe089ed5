"""Forms of the office's pages; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.personnel.models import StaffMember
from exams.enums import RoomKind
from exams.labels import INCIDENT_LABELS, POST_LABELS
from exams.models import Draw, DrawLine, Room, SeatAssignment, Sitting, SittingRoom
from exams.selectors import active_rooms, staff_on_duty

MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A date and a time in one field of the browser, in the office's time zone."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **more)


class RoomsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def __init__(self, kinds: tuple[str, ...], **more: Any) -> None:
        super().__init__(
            active_rooms().filter(kind__in=kinds), widget=forms.CheckboxSelectMultiple, **more
        )

    def label_from_instance(self, obj: Room) -> str:
        workshop = obj.kind == RoomKind.PRACTICAL
        words = _("%(room)s · %(capacity)s 工位") if workshop else _("%(room)s · %(capacity)s 座")
        told = words % {"room": obj, "capacity": obj.capacity}
        return "\N{NO-BREAK SPACE}".join(told.rsplit(" ", 2))


class WrittenSlotForm(forms.Form):
    subject = forms.ChoiceField(label=_("科目"))
    starts_at = MomentField(label=_("开考时间"))
    ends_at = MomentField(label=_("结束时间"))
    rooms = RoomsField(
        (RoomKind.THEORY, RoomKind.COMPUTER, RoomKind.REVIEW),
        label=_("考场"),
        help_text=_("按考场号顺序；都不选则选用最少的考场。"),
        required=False,
    )

    def __init__(self, *args: Any, batch: AssessmentBatch, **more: Any) -> None:
        super().__init__(*args, **more)
        wanted = {subject for each in batch.offerings.all() for subject in each.subjects}
        wanted.discard(Subject.PRACTICAL)
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            (key, label) for key, label in SUBJECT_LABELS.items() if key in wanted
        ]


class PracticalForm(forms.Form):
    starts_at = MomentField(label=_("第一组开考时间"))
    minutes = forms.IntegerField(label=_("每组时长（分钟）"), min_value=10, max_value=540)
    rooms = RoomsField((RoomKind.PRACTICAL,), label=_("技能考场"))


class DutyForm(forms.Form):
    post = forms.ChoiceField(label=_("岗位"), choices=list(POST_LABELS.items()))
    room = forms.ModelChoiceField(
        SittingRoom.objects.none(), label=_("考场"), required=False, empty_label=_("全场")
    )
    member = forms.ModelChoiceField(StaffMember.objects.none(), label=_("人员"))

    def __init__(self, *args: Any, sitting: Sitting, **more: Any) -> None:
        super().__init__(*args, **more)
        rooms, members = self.fields["room"], self.fields["member"]
        rooms.queryset = sitting.rooms.order_by("number")  # type: ignore[attr-defined]
        members.queryset = staff_on_duty()  # type: ignore[attr-defined]


class HourForm(forms.Form):
    not_before = MomentField(label=_("约定抽签时间"), required=False)


class WitnessForm(forms.Form):
    witness = forms.CharField(label=_("见证人"), max_length=80)


class LotField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: DrawLine) -> str:
        name = obj.application.person.name if obj.application else str(obj.member)
        return f"{obj.position:02d} {name}"


class SwapForm(forms.Form):
    first = LotField(DrawLine.objects.none(), label=_("一签"))
    second = LotField(DrawLine.objects.none(), label=_("另一签"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, draw: Draw, **more: Any) -> None:
        super().__init__(*args, **more)
        lines = draw.lines.select_related("application__person", "member__person")
        for name in ("first", "second"):
            self.fields[name].queryset = lines.order_by("position")  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    member = forms.ModelChoiceField(StaffMember.objects.none(), label=_("接替人员"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = staff_on_duty()  # type: ignore[attr-defined]


class HandsForm(forms.Form):
    giver = forms.ModelChoiceField(StaffMember.objects.none(), label=_("交出人"))
    receiver = forms.ModelChoiceField(StaffMember.objects.none(), label=_("接收人"))
    at = MomentField(label=_("时间"), required=False)
    seal_broken = forms.BooleanField(label=_("封签有破损"), required=False)
    witnesses = forms.CharField(label=_("见证考生（顿号分隔）"), required=False, max_length=200)
    count = forms.IntegerField(label=_("交回份数"), required=False, min_value=0)
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("giver", "receiver"):
            self.fields[name].queryset = staff_on_duty()  # type: ignore[attr-defined]


class SeatField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: SeatAssignment) -> str:
        return f"{obj.seat_number:02d} {obj.application.person.name}"


class ViolationForm(forms.Form):
    seat = SeatField(SeatAssignment.objects.none(), label=_("考生"))
    act = forms.ChoiceField(label=_("行为"))
    happened_at = MomentField(label=_("时间"))
    corrected = forms.BooleanField(label=_("警告后已改正"), required=False)
    description = forms.CharField(label=_("经过"), widget=forms.Textarea({"rows": 3}))
    recorder = forms.CharField(label=_("记录人"), max_length=80)
    witness = forms.CharField(label=_("见证人"), max_length=80)

    def __init__(self, *args: Any, room: SittingRoom, **more: Any) -> None:
        super().__init__(*args, **more)
        seats = room.seats.select_related("application__person").order_by("seat_number")
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        subject = room.sitting.subject_code
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            (rule.code, f"{rule.code} {rule.act}")
            for rule in room.sitting.batch.rules.violations
            if not rule.subjects or subject in rule.subjects
        ]


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=list(INCIDENT_LABELS.items()))
    happened_at = MomentField(label=_("发现时间"))
    reported_at = MomentField(label=_("首报时间"))
    reported_to = forms.CharField(label=_("报告对象"), max_length=80)
    text = forms.CharField(label=_("经过与处理"), widget=forms.Textarea({"rows": 3}))


class SubmitForm(forms.Form):
    present = forms.IntegerField(label=_("实考人数"), min_value=0)
    absent = forms.IntegerField(label=_("缺考人数"), min_value=0)
    late_refused = forms.IntegerField(label=_("迟到未入场人数"), min_value=0, initial=0)
    papers_collected = forms.IntegerField(label=_("收回试卷份数"), min_value=0, required=False)
    proctors = forms.CharField(label=_("签字的监考（考评）员（顿号分隔）"), max_length=200)
    notes = forms.CharField(label=_("考场情况"), required=False, widget=forms.Textarea({"rows": 3}))


def names_in(text: str) -> list[str]:
    """Names separated by 、 or a comma."""
    for mark in "，,；; ":
        text = text.replace(mark, "、")
    return [name for name in text.split("、") if name]
