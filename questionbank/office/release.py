"""Keys of the holders, and opening sealed papers under both."""

import io
import zipfile

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.accounts.step_up import stepped_up
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import (
    UNPROCESSABLE,
    actor_of,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError
from questionbank import forms
from questionbank.enums import PaperStatus
from questionbank.models import KeyHolder, Paper
from questionbank.office.common import batch_or_404, submitted
from questionbank.office.papers import draw_batch, page_of
from questionbank.policies import serving_holders
from questionbank.selectors import papers_of
from questionbank.services import sealing


@sensitive_post_parameters("passphrase", "again")
@office_view(Act.PAPER_KEY)
def keys(request: HttpRequest) -> HttpResponse:
    """Who holds keys; the holder sets his own."""
    form = forms.KeyForm(request.POST or None)
    user = request.user
    assert isinstance(user, User)

    def draw() -> HttpResponse:
        context = {
            "form": form,
            "holders": serving_holders(),
            "mine": KeyHolder.objects.filter(user=user, is_active=True).first(),
        }
        status = UNPROCESSABLE if form.errors else 200
        return render_office(request, "office/questionbank/keys.html", context, status=status)

    if request.method != "POST":
        return draw()
    return submitted(
        request,
        form,
        lambda: sealing.register_key(
            actor=actor_of(request), user=user, passphrase=form.cleaned_data["passphrase"]
        ),
        done=lambda _holder: _("试卷钥匙已设置。请牢记口令，它不会被保存。"),
        back=request.path,
        again=draw,
    )


@sensitive_post_parameters("first", "second")
@office_view(Act.PAPER_KEY, methods=("POST",))
@stepped_up
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Open the chosen papers and hand their masters over in this one answer.

    No transaction stands around it: a refused attempt must stay on record.
    """
    batch = batch_or_404(code)
    form = forms.ReleaseForm(request.POST)
    wanted = set(request.POST.getlist("papers"))
    chosen = [paper for paper in papers_of(batch) if str(paper.pk) in wanted]
    if not form.is_valid():
        return draw_batch(request, batch, release_form=form)
    try:
        masters = _open(request, chosen, form)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(page_of(batch))
    return _download(batch, masters)


def _open(request: HttpRequest, chosen: list[Paper], form: forms.ReleaseForm) -> dict[Paper, bytes]:
    """Opened only when all were sealed by the same two."""
    pairs = {(paper.first_holder, paper.second_holder) for paper in chosen}
    if len(pairs) != 1 or any(
        p.status not in (PaperStatus.SEALED, PaperStatus.RELEASED) for p in chosen
    ):
        raise RefusedError(
            _("请选择由同样两位持钥人封存的试卷。"), remedy=_("不同持钥人的试卷请分次启封。")
        )
    ((first, second),) = pairs
    assert first is not None
    assert second is not None
    return sealing.release(
        actor=actor_of(request),
        papers=chosen,
        first=(first.user, form.cleaned_data["first"]),
        second=(second.user, form.cleaned_data["second"]),
    )


def _download(batch: AssessmentBatch, masters: dict[Paper, bytes]) -> HttpResponse:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for paper, data in masters.items():
            with zipfile.ZipFile(io.BytesIO(data)) as master:
                for name in master.namelist():
                    archive.writestr(f"{paper} {paper.code}/{name}", master.read(name))
    response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    name = _("%(batch)s 启封试卷.zip") % {"batch": batch.code}
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response
