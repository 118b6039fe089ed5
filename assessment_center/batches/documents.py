"""F-201 the annual plan, F-202 the announcement, F-203 the plan of a batch, F-209 the pledge."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches import (
    annual_report,  # noqa: F401 - registers its own paper
    change_request,  # noqa: F401 - so does this one
)
from assessment_center.batches.annual_plan import plan_part
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import (
    Announcement,
    AssessmentBatch,
    AuthorityReport,
)
from assessment_center.batches.telling import announcement_facts
from assessment_center.batches.venue import venue_forms
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor, Citation, SubjectRef
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese

Parts = Sequence[tuple[str, bytes]]
ANNOUNCEMENT = "F-202"
PLEDGE = (
    "按照“谁评价、谁发证、谁负责”的原则，本机构就本批次职业技能等级认定报名工作郑重承诺：",
    "一、严格执行国家职业标准（行业企业评价规范）和国家有关政策规定的申报条件，不降低申报条件，不超范围接受申报。",
    "二、已对参评人员的工作证明、学历学位、上一等级证书、个人承诺及相关佐证材料逐人核查，并留存核查材料。",
    "三、报送的参评人员个人信息、申报信息真实、完整、准确，不为参评人员伪造或协助伪造申报资料和证件。",
    "四、已由参评人员本人签署承诺书，接受主管部门的抽查和监督检查。",
    "如违反上述承诺，本机构愿承担由此产生的一切责任。",
)


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _cite(batch: AssessmentBatch, code: str) -> tuple[Citation, ...]:
    """The articles that order the form, or what an announcement tells where none names it."""
    form = batch.rules.form(code)
    if form is None and code == ANNOUNCEMENT:
        parts = batch.rules.settings.announcement_parts
        return parts.citations if parts else ()
    return form.cite if form else ()


def _corner(
    actor: Actor,
    batch: AssessmentBatch,
    form: tuple[str, str, str],
    content: object,
    subject: SubjectRef | None = None,
) -> pdf.Imprint:
    return imprint(
        actor=actor,
        form=form,
        subject=subject or batch.subject,
        content=content,
        cite=_cite(batch, form[0]),
        batch_id=batch.pk,
    )


def annual_plan(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-201: the plan of the year the batch belongs to, as its rulebook wants it told."""
    if batch.plan is None:
        return []
    return [plan_part(batch.plan, batch.rules, actor, batch_id=batch.pk)]


def announcement(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-202: every published announcement of the batch, as it was published."""
    return [
        (f"公告{each.number}", announcement_pdf(each, batch=batch, actor=actor))
        for each in _published(batch)
    ]


def _published(batch: AssessmentBatch) -> Sequence[Announcement]:
    found = batch.announcements.filter(status=AnnouncementStatus.PUBLISHED)
    return list(found.order_by("number"))


@in_chinese
def announcement_pdf(each: Announcement, *, batch: AssessmentBatch, actor: Actor) -> bytes:
    """One announcement under the red head of the centre, its seal over the day."""
    day = timezone.localdate(each.published_at) if each.published_at else timezone.localdate()
    content = (each.title, each.body, each.document_number, each.published_at)
    form = (ANNOUNCEMENT, "announcement", each.title)
    mark = _corner(actor, batch, form, content, each.subject)
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=each.title,
        body=tuple(each.body.splitlines()),
        signer=batch.centre.name,
        date=chinese_day(day),
        number=each.document_number,
    )
    return pdf.notice([notice], imprint=mark)


def batch_title(batch: AssessmentBatch) -> str:
    """“XX鉴定站20XX年第XX批次专项职业能力考核”: the batch among those of its year."""
    year = batch.exam_starts.year
    before = AssessmentBatch.objects.filter(
        centre=batch.centre_id, exam_starts__year=year, created_at__lt=batch.created_at
    )
    form = batch.rules.form("F-203")
    what = form.name.removesuffix("计划") if form else "职业技能等级认定"
    return f"{batch.centre.name}{year}年第{before.count() + 1}批次{what}"


def batch_plan(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-203: what the station means to hold, reported before it is made public (R-31)."""
    facts = announcement_facts(batch)
    title = f"{batch_title(batch)}计划"
    table = pdf.Table(
        (
            pdf.Column("序号", 0.8),
            pdf.Column("考核项目", 4, align="left"),
            pdf.Column("考核科目", 2.4),
            pdf.Column("预计人数", 1.4),
        ),
        [
            (str(place), line.title, line.subjects, forecast)
            for place, (line, forecast) in enumerate(
                zip(facts.offered, _forecasts(batch), strict=True), start=1
            )
        ],
    )
    body = (
        f"现将{batch_title(batch)}计划报送如下：",
        "一、考核项目",
        table,
        "二、报名",
        f"时间：{facts.registration_period}。",
        f"地点：{facts.registration_place}。",
        "三、考核",
        f"拟定日期：{facts.exam_period}。",
        f"地点：{facts.exam_place}。",
        "四、联系方式",
        f"{facts.contact}。",
    )
    mark = _corner(actor, batch, ("F-203", "batch-plan", title), body)
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=title.replace("批次", "批次\n", 1),
        body=body,
        signer=batch.centre.name,
        date=reported_day(batch, "batch_plan"),
        addressee=addressee(batch),
        red_head=False,
    )
    return [(title, pdf.notice([notice], imprint=mark))]


def addressee(batch: AssessmentBatch) -> str:
    """Whom a letter about the batch is written to."""
    return f"{batch.centre.authority_name or '职业技能鉴定中心'}："


def _forecasts(batch: AssessmentBatch) -> list[str]:
    """How many the annual plan expects of each project; empty where it says nothing."""
    found = batch.offerings.order_by("occupation__code", "-level")
    if batch.plan is None:
        return ["" for _each in found]
    lines = {
        (line.occupation_id, line.job_id, line.level): str(line.forecast)
        for line in batch.plan.lines.all()
    }
    return [lines.get((each.occupation_id, each.job_id, each.level), "") for each in found]


def reported_day(batch: AssessmentBatch, kind: str) -> str:
    """The day it was reported; room for it by hand before that."""
    return day_of(batch.reports.filter(kind=kind).exclude(submitted_at=None).last())


def day_of(report: AuthorityReport | None) -> str:
    """The day this report went out; room for it by hand before that."""
    if report is None or report.submitted_at is None:
        return "　　　　年　　月　　日"
    return chinese_day(timezone.localdate(report.submitted_at))


def pledge(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-209, the institution's half of the double commitment, as it was signed (R-30)."""
    report = batch.reports.filter(kind="plan").exclude(pledged_by="").last()
    named = batch.rules.form("F-209")
    title = f"评价机构{named.name if named else '承诺书'}"
    signer = report.pledged_by if report else ""
    body = (
        *PLEDGE,
        f"批次：{batch.name}（{batch.code}）。",
        *([f"参评人员：{report.candidate_count} 人。"] if report else ()),
        f"承诺人：{signer or '　　　　　　　　'}　　　　签字：　　　　　　　　",
    )
    day = reported_day(batch, "plan")
    mark = _corner(actor, batch, ("F-209", "institution-pledge", title), (*body, day))
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        body=body,
        signer=batch.centre.name,
        date=day,
        addressee=addressee(batch),
        red_head=False,
    )
    return [(title, pdf.notice([notice], imprint=mark))]


def _pledged(batch: AssessmentBatch) -> bool:
    return bool(batch.rules.settings.double_commitment.value and batch.rules.form("F-209"))


def _register(code: str, slug: str, label: str, render: object, applies: object, at: int) -> None:
    kind = DocumentKind(code, slug, label, render, Act.BATCH_VIEW, applies)  # type: ignore[arg-type]
    documents.register(slug, kind, order=at)


_register(
    "F-201", "annual-plan", "年度认定计划", annual_plan, lambda batch: batch.plan is not None, 10
)
_register(
    "F-203", "batch-plan", "考核计划", batch_plan, lambda batch: bool(batch.rules.form("F-203")), 12
)
_register(
    "F-218",
    "venue-form",
    "考场设施设备申报表",
    venue_forms,
    lambda batch: bool(batch.rules.form("F-218")),
    14,
)
_register(
    "F-202", "announcement", "认定公告", announcement, lambda batch: bool(_published(batch)), 20
)
_register("F-209", "institution-pledge", "机构承诺书", pledge, _pledged, 204)
