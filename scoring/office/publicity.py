"""Publicity: proposed by the rulebook, opened, evidenced, and ended by making results final."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import act, actor_of, office_view, post_required, render_office, see
from scoring import policies, selectors, services
from scoring.forms import FinaliseForm, PublicityForm
from scoring.models import Publicity
from scoring.office.common import RESULT_ACTS, find_batch
from scoring.public import public_list

TYPES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}


def page_url(code: str) -> str:
    return reverse("scoring_office:publicity", args=[code])


@office_view(RESULT_ACTS, methods=("GET",))
def publicity_page(request: HttpRequest, code: str) -> HttpResponse:
    """The earliest dates with their articles, the list as it will stand, and the next step."""
    batch = find_batch(code)
    return _page(request, batch)


def _page(
    request: HttpRequest, batch: AssessmentBatch, *, status: int = 200, **forms: Any
) -> HttpResponse:
    publicity = selectors.publicity_of(batch)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "batch": batch,
        "examined": batch.examined,
        "counts": selectors.result_counts(batch),
        "publicity": publicity,
        "table": public_list(batch),
        "reported": selectors.reported_now(batch),
        "report_first": batch.rules.settings.report_before_publicity,
        "final_form": forms.get("final_form") or FinaliseForm(),
    }
    if publicity is None:
        end = policies.publicity_end(batch, today)
        initial = {"starts_on": today, "ends_on": end.day}
        context |= {
            "form": forms.get("form") or PublicityForm(initial=initial),
            "starts_on": today,
            "end": end,
            "wait": policies.exam_wait(batch),
        }
    else:
        context |= {
            "final_from": policies.final_from(publicity),
            "review_until": policies.review_deadline(publicity),
            "allowed": policies.final_allowed(batch, on=today),
            "waiting": selectors.waiting_reviews(batch).count(),
            "left": max(timedelta(0), publicity.ends_on - today).days,
        }
    return render_office(request, "office/scoring/publicity.html", context, status=status)


@office_view(Act.SCORE_PUBLISH)
@post_required
def publish(request: HttpRequest, code: str) -> HttpResponse:
    batch = find_batch(code)
    form = PublicityForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=422, form=form)
    return act(
        request,
        lambda: services.publish(actor=actor_of(request), batch=batch, **form.cleaned_data),
        done=_("已开始公示，考生可以查询成绩和申请复核。")
        if batch.examined
        else _("已开始公示，考生可以查询结果。"),
        back=page_url(code),
    )


@office_view(Act.SCORE_PUBLISH)
@post_required
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    batch = find_batch(code)
    publicity, upload = _publicity(batch), request.FILES.get("file")
    if upload is None or (upload.size or 0) > services.EVIDENCE_LIMIT:
        messages.error(request, _("请选择公示的截图或照片（不超过 10 MB）。"))
        return see(page_url(code))
    content = upload.read()
    return act(
        request,
        lambda: services.attach_evidence(
            actor=actor_of(request), publicity=publicity, content=content
        ),
        done=_("已保存公示留痕。"),
        back=page_url(code),
    )


def _publicity(batch: AssessmentBatch) -> Publicity:
    found = selectors.publicity_of(batch)
    if found is None:
        raise Http404
    return found


@office_view(RESULT_ACTS, methods=("GET",))
def evidence_file(_request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    publicity = _publicity(find_batch(code))
    if not publicity.evidence:
        raise Http404
    suffix = str(publicity.evidence.name).rpartition(".")[2]
    return FileResponse(
        publicity.evidence.open("rb"),
        content_type=TYPES.get(suffix, "application/octet-stream"),
        as_attachment=True,
        filename=f"{code} 公示留痕.{suffix}",
    )


@office_view(Act.SCORE_FINALISE)
@post_required
def finalise(request: HttpRequest, code: str) -> HttpResponse:
    batch = find_batch(code)
    form = FinaliseForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=422, final_form=form)
    return act(
        request,
        lambda: services.finalise(
            actor=actor_of(request), batch=batch, objections=form.cleaned_data["objections"]
        ),
        done=lambda n: (
            (
                _("%(n)s 人的成绩已生效，合格者可以办理证书。")
                if batch.examined
                else _("%(n)s 人的认定结果已生效，通过者可以办理证书。")
            )
            % {"n": n}
        ),
        back=lambda _n: page_url(code),
        otherwise=page_url(code),
    )
