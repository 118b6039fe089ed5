"""The timetable as the program proposes it; a sitting put elsewhere by hand; clashes resolved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, render_office, see
from candidates.models import Application
from exams import services
from exams.forms import MomentField, RoomsField
from exams.models import Site, Sitting
from exams.policies import KINDS_FOR
from exams.selectors import sitting_by_id
from exams.services import NewTime, Wishes
from exams.timetable_view import drawn_groups, drawn_sittings, shortage_words

CLOCK = {"type": "time"}


class WishesForm(forms.Form):
    """What the office asks of a timetable; what is left empty is as usual."""

    first = forms.TimeField(label=gettext_lazy("每天最早"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    last = forms.TimeField(label=gettext_lazy("每天最晚"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    noon_from = forms.TimeField(
        label=gettext_lazy("午休从"), required=False, widget=forms.TimeInput(CLOCK, "%H:%M")
    )
    noon_until = forms.TimeField(
        label=gettext_lazy("午休到"), required=False, widget=forms.TimeInput(CLOCK, "%H:%M")
    )
    practical_minutes = forms.IntegerField(
        label=gettext_lazy("技能每组（分钟）"),
        min_value=10,
        max_value=540,
        help_text=gettext_lazy("评价标准写明时长的，按标准。"),
    )
    review_minutes = forms.IntegerField(
        label=gettext_lazy("评审每人（分钟）"), min_value=5, max_value=120
    )
    pause = forms.IntegerField(
        label=gettext_lazy("两组之间换场（分钟）"), min_value=0, max_value=240
    )
    rest = forms.IntegerField(
        label=gettext_lazy("考生两场之间休息（分钟）"), min_value=0, max_value=480
    )
    travel = forms.IntegerField(
        label=gettext_lazy("换考点的路途（分钟）"), min_value=0, max_value=480
    )
    sites = forms.ModelMultipleChoiceField(
        Site.objects.filter(is_active=True),
        label=gettext_lazy("考点（都不选则都用）"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    judges = forms.BooleanField(label=gettext_lazy("按现有考评员人数限制同时开组"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("first") and values.get("last") and values["first"] >= values["last"]:
            self.add_error("last", _("最晚须在最早之后。"))
        return values

    def wishes(self) -> Wishes:
        chosen = frozenset(site.pk for site in self.cleaned_data["sites"])
        return Wishes(**{**self.cleaned_data, "sites": chosen})


def _usual() -> dict[str, Any]:
    """As a browser would send them."""
    usual = {name: getattr(Wishes(), name) for name in WishesForm.base_fields}
    return {**usual, "sites": []}


def _batch_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:batch", args=[batch.code])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """The timetable for everybody who is not planned yet, as a picture; nothing is written."""
    batch = batch_by_code(code)
    form = WishesForm(request.GET) if "first" in request.GET else WishesForm(_usual())
    context: dict[str, Any] = {"batch": batch, "form": form}
    if form.is_valid():
        found = services.propose_timetable(batch=batch, wishes=form.wishes())
        context |= {
            "found": found,
            "shortages": [shortage_words(found, each) for each in found.shortages],
            "people": sum(group.people for group in found.groups),
            **drawn_groups(found.groups),
        }
    return render_office(request, "office/exams/proposal.html", context)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the timetable that was looked at."""
    batch = batch_by_code(code)
    form = WishesForm(request.POST)
    back = reverse("exams_office:propose", args=[batch.code])
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return see(back)
    return act(
        request,
        lambda: services.accept_timetable(
            actor=actor_of(request),
            batch=batch,
            wishes=form.wishes(),
            digest=request.POST.get("digest", ""),
        ),
        done=lambda made: _("已编入 %(count)s 个场次，可以排座。") % {"count": len(made)},
        back=lambda _made: _batch_url(batch),
        otherwise=back,
    )


class TimeForm(forms.Form):
    """Another time and other rooms for a sitting."""

    starts_at = MomentField(label=gettext_lazy("开考时间"))

    def __init__(self, *args: Any, sitting: Sitting, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = tuple(KINDS_FOR[sitting.subject_code])
        self.fields["rooms"] = RoomsField(kinds, label=_("考场（按考场号顺序）"))

    def wanted(self) -> NewTime:
        return NewTime(self.cleaned_data["starts_at"], list(self.cleaned_data["rooms"]))


@office_view(Act.EXAM_ARRANGE)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What another time or room would break, before it is saved; then saving it."""
    sitting = sitting_by_id(pk)
    told = request.POST if request.method == "POST" else request.GET
    rooms = [use.room_id for use in sitting.rooms.order_by("number")]
    as_is = {"starts_at": sitting.starts_at, "rooms": rooms}
    asked = "starts_at" in told
    form = TimeForm(told if asked else None, initial=as_is, sitting=sitting)
    valid = asked and form.is_valid()
    if request.method == "POST" and valid:
        return _save(request, sitting, form)
    context: dict[str, Any] = {"sitting": sitting, "batch": sitting.batch, "form": form}
    if valid:
        broken = services.judge_new_time(sitting=sitting, wanted=form.wanted())
        context |= {
            "wanted": form.wanted(),
            "broken": broken,
            "forbidden": any(each.forbids for each in broken),
        }
    around = sitting.batch.sittings.order_by("number").prefetch_related("offerings", "rooms__room")
    return render_office(
        request, "office/exams/new_time.html", {**context, **drawn_sittings(around)}
    )


def _save(request: HttpRequest, sitting: Sitting, form: TimeForm) -> HttpResponse:
    accepted = request.POST.get("accepted", "")
    return act(
        request,
        lambda: services.move_sitting(
            actor=actor_of(request),
            sitting=sitting,
            wanted=form.wanted(),
            accepted=int(accepted) if accepted.isdecimal() else 0,
        ),
        done=_("场次已调整。"),
        back=lambda _moved: _batch_url(sitting.batch),
        otherwise=reverse("exams_office:new_time", args=[sitting.pk]),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def allot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one application of somebody who is wanted twice into another sitting."""
    sitting = sitting_by_id(pk)
    keys: Iterable[str] = [request.POST.get("application", "")]
    application = get_object_or_404(
        Application.objects.select_related("person", "offering"),
        pk__in=[key for key in keys if _is_key(key)],
    )
    return act(
        request,
        lambda: services.allot(actor=actor_of(request), application=application, sitting=sitting),
        done=_("已改到%(sitting)s。") % {"sitting": sitting},
        back=_batch_url(sitting.batch),
    )


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
