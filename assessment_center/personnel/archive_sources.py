"""What a year of the staff leaves to the centre's archive: changes, ledger, appraisals (ARC-24).

The list of experts is not among it: who writes questions stays unknown (SEC-06).
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center import pdf
from assessment_center.audit.labels import act_word
from assessment_center.audit.models import AuditEntry
from assessment_center.personnel import judging_documents as judging
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_selectors import rules_for
from assessment_center.personnel.models import StaffMember
from assessment_center.printed.imprint import imprint
from assessment_center.registry import SYSTEM, RefusedError, SubjectRef
from assessment_center.registry.entries import YearSource, year_sources

Filed = tuple[str, str, str, bytes, SubjectRef]
KIND = "staff_record"
MEMBER = "personnel.staffmember"


def changes(centre: Any, year: int) -> judging.Parts:
    """Everything done to the staff's files in a year, as the trail has it."""
    told = AuditEntry.objects.filter(subject_kind=MEMBER, verb__startswith="staff.", at__year=year)
    entries = list(told.order_by("id"))
    people = StaffMember.objects.select_related("person").in_bulk(
        {each.subject_id for each in entries}
    )
    rows: list[tuple[str, ...]] = [
        (
            f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}",
            str(people.get(each.subject_id, "")),
            act_word(each.verb),
            each.actor_label,
        )
        for each in entries
    ]
    if not rows:
        return []
    title = "考务人员变动记录"
    sheet = pdf.Roster(
        title=title,
        subtitle=f"{centre.name}　{year} 年度",
        meta=(("合计", f"{len(rows)} 条"),),
        columns=(
            pdf.Column("时间", 20),
            pdf.Column("姓名", 18, names=True),
            pdf.Column("事项", 40, align="left"),
            pdf.Column("办理人", 20, face=pdf.Face.KAI),
        ),
        rows=rows,
        signatures=("档案员", "负责人", "日期"),
    )
    form = ("", f"staff-changes-{year}", title)
    corner = imprint(actor=SYSTEM, form=form, subject=centre.subject, content=sheet)
    return [(title, pdf.roster([sheet], imprint=corner))]


def _prints(centre: Any, year: int) -> Iterator[Callable[[], judging.Parts]]:
    """What can be printed of the year; the forms only where its rulebook names them."""
    yield lambda: changes(centre, year)
    rules = rules_for(year)
    named = {form.code for form in rules.forms} if rules else set()
    if "F-807" in named:
        yield lambda: judging.ledger(SYSTEM)
    if "F-805" in named:
        yield lambda: judging.review_forms(SYSTEM, year, Branch.ASSESSOR)
    if "F-806" in named:
        yield lambda: judging.summaries(SYSTEM, year)
    for branch in Branch:
        yield partial(judging.year_results, SYSTEM, year, branch)


def collect(centre: Any, year: int) -> list[Filed]:
    """Each as a PDF named by its year; what has nothing to print that year is left out."""
    found = []
    for printed in _prints(centre, year):
        try:
            parts = printed()
        except RefusedError:  # nobody was appraised that year
            continue
        for stem, content in parts:
            title = stem if str(year) in stem else f"{stem} {year}"
            found.append((KIND, title, f"{title}.pdf", content, centre.subject))
    return found


year_sources.register(
    "personnel.year", YearSource("personnel.year", _("考务人员"), collect), order=20
)
