"""Papers of the checklist: uploaded, or made here from what is entered (FIL-12)."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.documents import MAKERS, Made
from assessment_center.filing.enums import BINDING
from assessment_center.filing.models import FilingApplication, FilingPaper
from assessment_center.filing.papers import digest_of, open_paper, seal_bytes
from assessment_center.filing.services.common import editable
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.filing import FilingMaterial

LARGEST = 20 * 1024 * 1024
PAPER = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
SHEET = {b"PK\x03\x04": "xlsx"}


def material_of(application: FilingApplication, code: str) -> FilingMaterial:
    """The line of the checklist; refuses one that this application does not have."""
    for each in application.rules.filing_materials:
        if each.code == code and application.kind in each.kinds:
            return each
    raise RefusedError(_("这份申请的清单中没有这项材料。"), application.way.cite)


@transaction.atomic
def add_paper(
    *,
    actor: Actor,
    application: FilingApplication,
    code: str,
    content: bytes,
    title: str = "",
) -> FilingPaper:
    """Put an uploaded paper into the application, behind those of the same kind."""
    held = editable(actor, application, BINDING)
    material = material_of(held, code)
    kinds = SHEET if material.medium == "excel" else PAPER
    suffix = next((kind for head, kind in kinds.items() if content.startswith(head)), "")
    if not suffix:
        wanted = "Excel（.xlsx）" if material.medium == "excel" else "PDF、PNG、JPG"
        raise RefusedError(
            _("“%(label)s”须是 %(kinds)s 文件。") % {"label": material.label, "kinds": wanted},
            material.cite,
        )
    if len(content) > LARGEST:
        raise RefusedError(_("文件超过 20 MB，请缩小或分开上传。"))
    last = held.papers.filter(code=code).aggregate(last=Max("place"))["last"] or 0
    made = Made(title.strip() or material.label, suffix, content)
    return _keep(actor, held, material, made, place=last + 1, produced=False)


@transaction.atomic
def produce(*, actor: Actor, application: FilingApplication, code: str) -> FilingPaper:
    """Make the paper from what is entered now; an older one of ours is replaced."""
    held = editable(actor, application, BINDING)
    material = material_of(held, code)
    maker = MAKERS.get(material.form)
    if maker is None:
        raise RefusedError(_("“%(label)s”须上传。") % {"label": material.label}, material.cite)
    made = maker(held, actor)
    held.papers.filter(code=code, is_produced=True).delete()
    last = held.papers.filter(code=code).aggregate(last=Max("place"))["last"] or 0
    return _keep(actor, held, material, made, place=last + 1, produced=True)


def produce_all(*, actor: Actor, application: FilingApplication) -> list[FilingPaper]:
    """Make every paper of the checklist that can be made here."""
    wanted = [
        each.code
        for each in application.rules.filing_materials
        if application.kind in each.kinds
        and not each.by_authority
        and each.form in MAKERS
        and (not each.only_own_spec or application.lines.exclude(specification=None).exists())
    ]
    with transaction.atomic():
        return [produce(actor=actor, application=application, code=code) for code in wanted]


def _keep(
    actor: Actor,
    application: FilingApplication,
    material: FilingMaterial,
    made: Made,
    *,
    place: int,
    produced: bool,
) -> FilingPaper:
    paper = FilingPaper(
        application=application,
        code=material.code,
        title=made.title[:160],
        file_name=f"{made.title[:120]}.{made.suffix}",
        digest=digest_of(made.content),
        size=len(made.content),
        is_produced=produced,
        place=place,
        added_by=actor.user_id,
    )
    paper.sealed = seal_bytes(made.content, row_id=paper.pk)
    paper.full_clean(exclude=["sealed"])
    paper.save()
    payload = {"material": material.code, "digest": paper.digest, "produced": produced}
    verb = "filing_request.add_paper"
    record(actor=actor, verb=verb, subject=application.subject, payload=payload)
    return paper


@transaction.atomic
def drop_paper(*, actor: Actor, paper: FilingPaper) -> None:
    """Take a paper out again; what was there stays named in the trail."""
    held = editable(actor, paper.application, BINDING)
    payload = {"material": paper.code, "digest": paper.digest}
    paper.delete()
    record(actor=actor, verb="filing_request.drop_paper", subject=held.subject, payload=payload)


def read_paper(*, actor: Actor, paper: FilingPaper) -> bytes:
    """The paper's bytes; the look is recorded, as it may hold ID numbers."""
    payload = {"material": paper.code}
    subject = paper.application.subject
    record(actor=actor, verb="filing_request.open_paper", subject=subject, payload=payload)
    return open_paper(paper)
