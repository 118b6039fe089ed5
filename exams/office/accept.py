"""A room is looked over before a sitting, line by line."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from assessment_center.personnel.models import StaffMember
from exams import services
from exams.acceptance import Line, check_list, last_of
from exams.forms import MomentField
from exams.models import RoomAcceptance, SittingRoom
from exams.selectors import room_by_id, staff_on_duty


class AcceptForm(forms.Form):
    """One yes or no, and a note, for every line of the list."""

    member = forms.ModelChoiceField(StaffMember.objects.none(), label=gettext_lazy("验收人"))
    at = MomentField(label=gettext_lazy("验收时间"), required=False)

    def __init__(self, *args: Any, lines: list[Line], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        self.fields["member"].queryset = staff_on_duty()  # type: ignore[attr-defined]
        for line in lines:
            choice = forms.ChoiceField(
                choices=[("yes", _("符合")), ("no", _("不符合"))], widget=forms.RadioSelect
            )
            self.fields[line.point.rule] = choice
            note = forms.CharField(required=False, max_length=120)
            self.fields[f"{line.point.rule}-note"] = note

    def rows(self) -> list[tuple[Line, Any, Any]]:
        return [
            (line, self[line.point.rule], self[f"{line.point.rule}-note"]) for line in self.lines
        ]

    def answers(self) -> dict[str, services.Answer]:
        values = self.cleaned_data
        return {
            line.point.rule: services.Answer(
                values[line.point.rule] == "yes", values[f"{line.point.rule}-note"]
            )
            for line in self.lines
        }

    def looked_at(self) -> datetime | None:
        found: datetime | None = self.cleaned_data["at"]
        return found


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD", "POST"))
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The check-list of a room for one sitting, and what was found before."""
    room = room_by_id(pk)
    lines = check_list(room, room.sitting.batch.rules)
    form = AcceptForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        return _accept(request, room, form)
    context = {
        "room": room,
        "batch": room.sitting.batch,
        "form": form,
        "looks": room.acceptances.select_related("member__person").order_by("-at"),
        "last": last_of([room.pk]).get(room.pk),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_office(request, "office/exams/accept.html", context, status=status)


def _accept(request: HttpRequest, room: SittingRoom, form: AcceptForm) -> HttpResponse:
    return act(
        request,
        lambda: services.accept_room(
            actor=actor_of(request),
            room=room,
            member=form.cleaned_data["member"],
            answers=form.answers(),
            at=form.looked_at(),
        ),
        done=_accepted,
        back=lambda _made: reverse("exams_office:accept", args=[room.pk]),
    )


def _accepted(made: RoomAcceptance) -> str:
    return _("考场验收合格。") if made.accepted else _("已登记，不符合的整改后再验收一次。")
