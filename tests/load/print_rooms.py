"""`print_rooms_10k`: the sign-in sheets of ten thousand candidates beside the same in Helvetica.

Ours reads the rows, registers every sheet with its version and trail, draws it with its code in the
corner and writes the file as the job does. Beside it stand the whole set, and the same sheets as a
table of paragraphs on a sample.
"""

import importlib.util
import io
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.load.database import scratch_database
from tests.load.instance import SHARED, make

N, RUNS = 10_000, 5
SAMPLE = 20  # rooms of the table of paragraphs


def print_rooms_10k(
    seed: int, *, n: int = N, runs: int = RUNS, whole: bool = True
) -> dict[str, Any]:
    """Medians of interleaved runs, each with fresh codes; `violations` counts missed names."""
    with scratch_database():
        return _measured(seed, n, runs, whole)


def _measured(seed: int, n: int, runs: int, whole: bool) -> dict[str, Any]:
    from assessment_center.printed.models import PrintedSheet

    batch = _batch(seed, n)
    rooms = batch.sittings.get().rooms.count()
    floor_of, origin = _floor()
    ours: list[float] = []
    floor: list[float] = []
    content = b""
    for _run in range(runs):
        PrintedSheet.objects.all().delete()
        start = time.perf_counter()
        content = _sign_in(batch)
        ours.append(time.perf_counter() - start)
        floor.append(_timed(partial(floor_of, rooms)))
    seconds, least = statistics.median(ours), statistics.median(floor)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "name": "print_rooms_10k",
        "n": n,
        "rooms": rooms,
        "seconds": round(seconds, 3),
        "floor_seconds": round(least, 3),
        "ratio": round(seconds / least, 2),
        "instance": origin,
        "violations": _missed(batch, content),
        "sign_in_peak_mb": round(peak),
        **(_whole(batch) if whole else {}),
        "paragraph_table_ratio": round(_paragraphs(SAMPLE) / (least * SAMPLE / rooms), 1),
    }


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _batch(seed: int, n: int) -> Any:
    """The instance seated, every candidate with an admission number."""
    from django.utils import timezone

    from assessment_center.registry import SYSTEM
    from exams import services
    from exams.models import AdmissionTicket
    from tests.load.world import sitting_of

    instance, _origin = make(n, seed)
    sitting = sitting_of(instance, f"B{n}")
    services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key=f"bench-{seed}")
    now = timezone.now()
    AdmissionTicket.objects.bulk_create(
        AdmissionTicket(application=each, number=f"2026{at:09d}", issued_at=now)
        for at, each in enumerate(sitting.batch.applications.order_by("number"), 1)
    )
    return sitting.batch


def _sign_in(batch: Any) -> bytes:
    """What the job does for this kind: read, register, draw."""
    from assessment_center import pdf
    from assessment_center.registry import SYSTEM
    from exams.documents.reading import read
    from exams.documents.sheet import KINDS, issue, sheets_of

    kind = next(each for each in KINDS if each.slug == "sign-in")
    sheets = list(sheets_of(kind, read(batch)))
    return pdf.bind(issue(sheets, batch, SYSTEM), title=kind.label)


def _whole(batch: Any) -> dict[str, Any]:
    """The whole set of the batch as its job: seconds, pages, peak memory, progress told."""
    import pypdfium2

    from assessment_center.jobs.models import Job
    from assessment_center.jobs.running import JobRun
    from assessment_center.jobs.services import run_job
    from assessment_center.registry import SYSTEM
    from exams.services.printing import order_set

    told: list[tuple[int, int]] = []
    progress = JobRun.progress

    def noted(run: JobRun, done: int, total: int, message: str = "") -> None:
        told.append((done, total))
        progress(run, done, total, message)

    JobRun.progress = noted  # type: ignore[method-assign]
    start = time.perf_counter()
    job = order_set(actor=SYSTEM, batch=batch)
    run_job(job.pk)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    JobRun.progress = progress  # type: ignore[method-assign]
    done = Job.objects.get(pk=job.pk)
    pages, size = _pages(done.result_file.read(), pypdfium2.PdfDocument)
    return {
        "set_status": done.status,
        "set_seconds": round(seconds, 1),
        "set_pages": pages,
        "set_mb": round(size / 2**20, 1),
        "set_peak_mb": round(peak),
        "set_progress_steps": len(told),
    }


def _pages(content: bytes, reader: Callable[[bytes], Any]) -> tuple[int, int]:
    import zipfile

    if content.startswith(b"%PDF"):
        return len(reader(content)), len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        volumes = [archive.read(name) for name in archive.namelist()]
    return sum(len(reader(each)) for each in volumes), len(content)


def _missed(batch: Any, content: bytes) -> int:
    """How many candidates' names or numbers the text of the file does not hold."""
    import pypdfium2

    pages = pypdfium2.PdfDocument(content)
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    rows = batch.applications.values_list("person__name", "ticket__number")
    return sum(name not in text or number not in text for name, number in rows)


def _floor() -> tuple[Callable[[int], Any], str]:
    """The shared floor in Helvetica, or the same calls made here."""
    path = SHARED / "rooms_floor.py"
    if not path.exists():
        return _own_floor, "own"
    spec = importlib.util.spec_from_file_location("rooms_floor", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.draw, "shared"


def _own_floor(rooms: int) -> bytes:
    """Thirty rows of seven cells a page on a bare canvas."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out, pagesize=A4)
    columns = [27 + 77 * each for each in range(8)]
    for _room in range(rooms):
        page.setFont("Helvetica", 9)
        page.grid(columns, [770 - 21 * each for each in range(32)])
        for row in range(31):
            for column in columns[:-1]:
                page.drawCentredString(column + 38, 756 - 21 * row, "2026000112345")
        page.showPage()
    page.save()
    return out.getvalue()


def _paragraphs(rooms: int) -> float:
    """Seconds for a sample as ReportLab's own table of paragraphs, which we do not use."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()["Normal"]
    start = time.perf_counter()
    story: list[Any] = []
    for _room in range(rooms):
        rows = [[Paragraph("2026000112345", style) for _cell in range(7)] for _row in range(31)]
        story += [Table(rows), PageBreak()]
    SimpleDocTemplate(io.BytesIO()).build(story)
    return time.perf_counter() - start
