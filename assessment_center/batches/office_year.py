"""Pages of the year's summary and statistics (R-05)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches import services
from assessment_center.batches.annual_report import annual_report, annual_workbook, year_rows
from assessment_center.batches.models import AnnualPlan
from assessment_center.batches.selectors import active_centre
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.spreadsheets import WORKBOOK_TYPE


class SummaryForm(forms.Form):
    summary = forms.CharField(
        label=gettext_lazy("工作总结"), widget=forms.Textarea({"rows": 12}), max_length=8000
    )
    reported_on = forms.DateField(
        label=gettext_lazy("报送日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("填写后总结不能再改。"),
    )
    receipt_number = forms.CharField(
        label=gettext_lazy("回执号或文号"), max_length=80, required=False
    )


def _plan(year: int) -> AnnualPlan:
    plans = AnnualPlan.objects.select_related("centre")
    return get_object_or_404(plans, centre=active_centre(), year=year)


@office_view(Act.BATCH_VIEW)
def page(request: HttpRequest, year: int) -> HttpResponse:
    """The year's figures, its summary, and the files to be reported."""
    plan = _plan(year)
    initial = {
        "summary": plan.summary,
        "reported_on": plan.reported_on,
        "receipt_number": plan.receipt_number,
    }
    form = SummaryForm(request.POST or None, initial=initial)
    here = reverse("batches_process:year", args=[year])
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.write_summary(actor=actor_of(request), plan=plan, **form.cleaned_data),
            done=_("年度总结已保存。"),
            back=here,
        )
    heads, rows = year_rows(plan)
    context = {"plan": plan, "heads": heads, "rows": rows, "form": form}
    return render_office(request, "office/plan/year.html", context)


@office_view(Act.BATCH_VIEW, methods=("GET",))
def printed(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    content = annual_report(plan, actor_of(request))
    return file_of(content, "application/pdf", f"{year}年度总结与统计.pdf", attached=False)


@office_view(Act.BATCH_VIEW, methods=("GET",))
def workbook(_request: HttpRequest, year: int) -> HttpResponse:
    content = annual_workbook(_plan(year))
    return file_of(content, WORKBOOK_TYPE, f"{year}年度统计.xlsx", attached=True)


def file_of(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    """A file under its own name, opened in the browser or saved."""
    response = HttpResponse(content, content_type=kind)
    told = content_disposition_header(as_attachment=attached, filename=name)
    response.headers["Content-Disposition"] = told or "inline"
    return response
