"""Pages of background jobs: progress while they run, the result and the failures after."""

from pathlib import PurePosixPath
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.jobs import services
from assessment_center.jobs.models import Job
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import Actor

A_PAGE = 30


def visible(actor: Actor) -> QuerySet[Job]:
    """One's own jobs; who reads the trail sees all."""
    jobs = Job.objects.select_related("ordered_by")
    return jobs if actor.may(Act.AUDIT_VIEW) else jobs.filter(ordered_by_id=actor.user_id)


def _job(request: HttpRequest, pk: UUID) -> Job:
    found = visible(actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@office_view(Act.HOME)
def job_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(visible(actor_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return render_office(request, "office/jobs/list.html", {"page": page, "jobs": page.object_list})


@office_view(Act.HOME)
def job_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render_office(request, "office/jobs/job.html", _context(request, pk))


@office_view(Act.HOME)
def job_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card alone, asked for again while the job runs."""
    return render_office(request, "office/jobs/state.html", _context(request, pk))


def _context(request: HttpRequest, pk: UUID) -> dict[str, object]:
    job = _job(request, pk)
    facts = {k: v for k, v in job.result.items() if not isinstance(v, list | dict)}
    lists = {k: v for k, v in job.result.items() if isinstance(v, list) and v}
    mine = job.ordered_by_id == actor_of(request).user_id
    return {"job": job, "facts": facts, "lists": lists, "mine": mine}


@office_view(Act.HOME)
def job_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The result file; each download stands in the trail."""
    job = _job(request, pk)
    if not job.result_file:
        raise Http404
    record(actor=actor_of(request), verb="job.download", subject=job.subject)
    name = PurePosixPath(str(job.result_file.name)).name
    return FileResponse(job.result_file.open("rb"), as_attachment=True, filename=name)


@office_view(Act.HOME, methods=("POST",))
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    job, actor = _job(request, pk), actor_of(request)
    return act(
        request,
        lambda: services.retry(job=job, actor=actor),
        done=_("已重新排队。"),
        back=reverse("jobs_office:job", args=[pk]),
    )
