"""Forms of the seats: where to, how the next draw seats, who needs an accessible place."""

from django import forms
from django.utils.translation import gettext_lazy

from candidates.models import Application
from exams.labels import PAPERS_A_ROOM_LABELS
from exams.models import Sitting, SittingRoom
from exams.selectors import candidates_for


class PlaceForm(forms.Form):
    """Where to: the way without a picture, and between rooms."""

    room = forms.ModelChoiceField(SittingRoom.objects.none(), label=gettext_lazy("考场"))
    row = forms.IntegerField(label=gettext_lazy("排"), min_value=1, max_value=40)
    column = forms.IntegerField(label=gettext_lazy("列"), min_value=1, max_value=40)

    def __init__(self, *args: object, sitting: Sitting, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        rooms = sitting.rooms.select_related("room__site").order_by("number")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]


class SeatingForm(forms.Form):
    reserve = forms.IntegerField(label=gettext_lazy("每个考场预留座位"), min_value=0, max_value=10)
    papers_a_room = forms.ChoiceField(
        label=gettext_lazy("每个考场的试卷种数"), choices=list(PAPERS_A_ROOM_LABELS.items())
    )


class NeedForm(forms.Form):
    application = forms.ModelChoiceField(Application.objects.none(), label=gettext_lazy("考生"))
    reason = forms.CharField(
        label=gettext_lazy("说明（不再需要时留空）"), max_length=120, required=False
    )

    def __init__(self, *args: object, sitting: Sitting, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["application"].queryset = candidates_for(sitting)  # type: ignore[attr-defined]
