"""R-01 and R-02: the papers of the checklist in their order, with a list of contents."""

import io
import zipfile
from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.audit.services import record
from assessment_center.filing import selectors
from assessment_center.filing.documents.base import chinese_day, imprint, profile_of
from assessment_center.filing.models import FilingApplication, FilingPaper
from assessment_center.filing.papers import open_paper
from assessment_center.filing.policies import mode_citations
from assessment_center.filing.services.common import require
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese

STAMP = (2026, 1, 1, 0, 0, 0)
REPORTS = {"initial": "R-01", "incremental": "R-02"}


def _ordered(application: FilingApplication) -> Iterator[tuple[int, FilingPaper]]:
    """Papers in the order of the checklist, each with the number it is bound under."""
    held: dict[str, list[FilingPaper]] = {}
    for paper in application.papers.order_by("place"):
        held.setdefault(paper.code, []).append(paper)
    for number, each in enumerate(selectors.checklist(application), start=1):
        for paper in held.get(each.material.code, ()):
            yield number, paper


@in_chinese
def package(application: FilingApplication, actor: Actor) -> bytes:
    """The package as a zip; refused while a due paper is missing. Equal papers, equal bytes."""
    require(actor)
    missing = [each for each in selectors.checklist(application) if each.missing]
    if missing:
        raise RefusedError(
            f"还缺 {len(missing)} 项材料：{'、'.join(each.material.label for each in missing)}。",
            tuple(dict.fromkeys(c for each in missing for c in each.material.cite)),
        )
    papers = list(_ordered(application))
    if not papers:
        raise RefusedError("规程没有列出备案材料。", mode_citations(application.rules))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        _put(bundle, "00 材料目录.pdf", _contents(application, actor, papers))
        for number, paper in papers:
            part = f"-{paper.place}" if paper.place > 1 else ""
            _put(bundle, f"{number:02}{part} {_safe(paper.file_name)}", open_paper(paper))
    payload = {"papers": len(papers), "report": REPORTS.get(application.kind, "")}
    record(actor=actor, verb="filing_request.package", subject=application.subject, payload=payload)
    return out.getvalue()


def _put(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    bundle.writestr(entry, content)


def _safe(name: str) -> str:
    return name.replace("/", "-").replace("\\", "-")


def _contents(
    application: FilingApplication, actor: Actor, papers: list[tuple[int, FilingPaper]]
) -> bytes:
    rows = [
        (str(number), paper.title, str(paper.place), paper.digest[:16]) for number, paper in papers
    ]
    title = f"{application.get_kind_display()}材料目录"
    sheet = pdf.Roster(
        title=title,
        columns=(
            pdf.Column("序号", 1),
            pdf.Column("材料", 6, align="left"),
            pdf.Column("件", 1),
            pdf.Column("文件摘要（前 16 位）", 4),
        ),
        rows=rows,
        meta=(
            ("报送单位", profile_of(application).school_name),
            ("受理部门", application.way.receives),
            ("报送日期", chinese_day(application.submitted_on)),
        ),
        signatures=("报送人", "接收人", "日期"),
    )
    mark = imprint(
        application,
        actor,
        code=REPORTS.get(application.kind, ""),
        slug="filing-contents",
        title=title,
        content=rows,
    )
    return pdf.roster([sheet], imprint=mark)
