"""F-702 roll of holders, F-703 collection record, F-704 ledger of issue, F-705 of numbers."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people.selectors import id_number
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from certificates.enums import CertificateStatus, Origin
from certificates.models import Certificate, CertificateRequest, SpoiledNumber
from certificates.selectors import certificates_of, issued_of, lines_of, requests_of
from certificates.sheets import line_facts

Parts = Sequence[tuple[str, bytes]]
Row = tuple[str, ...]
SPOILED = "作废"


def _day(certificate: Certificate) -> str:
    return f"{certificate.issued_on:%Y-%m-%d}" if certificate.issued_on else ""


def _offered(certificate: Certificate) -> tuple[str, str, str]:
    offering = certificate.application.offering
    return (
        offering.occupation.name,
        offering.job.name if offering.job else "——",
        _attained(offering, certificate.basis.grade_label),
    )


def _attained(offering: Offering, grade: str) -> str:
    """The level, or where there is none the grade of the result."""
    return str(offering.get_level_display() or grade or "——")


def _level_head(batch: AssessmentBatch) -> str:
    """The heading over `_attained`."""
    return "等级" if batch.offerings.filter(level__isnull=False).exists() else "成绩等次"


def _own_name(batch: AssessmentBatch, code: str, otherwise: str) -> str:
    """The form's name in the batch's rulebook, where it has one."""
    named = batch.rules.form(code)
    return named.name if named else otherwise


def _print(
    batch: AssessmentBatch, actor: Actor, form: tuple[str, str, str], sheet: pdf.Roster
) -> Parts:
    """Register the sheet of this content, print it landscape and record that it was printed."""
    code, _slug, title = form
    named = batch.rules.form(code)
    corner = imprint(
        actor=actor,
        form=form,
        subject=batch.subject,
        content=[tuple(row) for row in sheet.rows],
        cite=named.cite if named else (),
        batch_id=batch.pk,
    )
    record(
        actor=actor,
        verb="certificate.print_roll",
        subject=batch.subject,
        payload={"form": code, "rows": len(sheet.rows)},
    )
    return [(title, pdf.roster([sheet], imprint=corner, paper=pdf.Paper.A4_LANDSCAPE))]


def _roster(
    batch: AssessmentBatch,
    title: str,
    columns: Sequence[pdf.Column],
    rows: Sequence[Row],
    signatures: Sequence[str],
) -> pdf.Roster:
    return pdf.Roster(
        title=title,
        meta=(("机构", batch.centre.name), ("批次", batch.name), ("合计", f"{len(rows)} 行")),
        columns=tuple(columns),
        rows=list(rows),
        signatures=tuple(signatures),
    )


def holder_roll(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-702: who got which certificate, with the full ID number as the roll demands."""
    title = _own_name(batch, "F-702", "职业技能等级认定获证人员名册")
    form = ("F-702", "certificate-roll", title)
    rows = [
        (
            str(number),
            each.application.person.name,
            id_number(each.application.person),
            *_offered(each),
            each.number,
            _day(each),
        )
        for number, each in enumerate(issued_of(batch).exclude(status="revoked"), start=1)
    ]
    columns = (
        pdf.Column("序号", 1),
        pdf.Column("姓名", 2, names=True),
        pdf.Column("证件号码", 4),
        pdf.Column("职业", 3),
        pdf.Column("工种", 3),
        pdf.Column(_level_head(batch), 2.4),
        pdf.Column("证书编号", 4.6),
        pdf.Column("发证日期", 2.2),
    )
    return _print(
        batch, actor, form, _roster(batch, form[2], columns, rows, ("经办人", "审核人", "日期"))
    )


def collection_record(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-703: signed by whoever collects; what is recorded already is filled in."""
    form = ("F-703", "certificate-collection", _own_name(batch, "F-703", "证书发放领取记录"))
    rows = []
    for number, each in enumerate(issued_of(batch).exclude(status="revoked"), start=1):
        at, name = each.handed_out_at, each.application.person.name
        proxy = each.handed_to if each.handed_to not in ("", name) else ""
        offered = _offered(each)
        rows.append(
            (
                str(number),
                name,
                each.application.person.id_masked,
                f"{offered[0]} {offered[2]}",
                each.number,
                each.handed_to if each.handed_to == name else "",
                proxy,
                f"{timezone.localtime(at):%Y-%m-%d}" if at else "",
            )
        )
    columns = (
        pdf.Column("序号", 1),
        pdf.Column("姓名", 2, names=True),
        pdf.Column("证件号码", 3.6),
        pdf.Column("职业等级", 4),
        pdf.Column("证书编号", 4.6),
        pdf.Column("领取人签名", 2.6),
        pdf.Column("代领人签名", 2.6),
        pdf.Column("领取日期", 2.2),
    )
    return _print(batch, actor, form, _roster(batch, form[2], columns, rows, ("发放人", "日期")))


def issue_ledger(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-704: printed, issued, collected and revoked, certificate by certificate."""
    form = ("F-704", "certificate-ledger", _own_name(batch, "F-704", "证书印制核发台账"))
    rows = [
        (
            str(number),
            each.number,
            each.blank_number or "——",
            str(each.get_medium_display()),
            str(each.get_status_display()),
            _day(each),
            str(each.issued_by or ""),
            each.handed_to,
            each.revoked_reason,
        )
        for number, each in enumerate(certificates_of(batch), start=1)
    ]
    columns = (
        pdf.Column("序号", 1),
        pdf.Column("证书编号", 4.6),
        pdf.Column("空白证书号", 2.4),
        pdf.Column("形式", 2),
        pdf.Column("状态", 2),
        pdf.Column("核发日期", 2.2),
        pdf.Column("核发人", 2),
        pdf.Column("领取人", 2, names=True),
        pdf.Column("注销原因", 3, align="left"),
    )
    return _print(batch, actor, form, _roster(batch, form[2], columns, rows, ("经办人", "日期")))


def number_ledger(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-705: every number of the series used by the batch, spoiled ones among them."""
    form = ("F-705", "number-ledger", _own_name(batch, "F-705", "证书编号及证书打印台账"))
    held = list(certificates_of(batch).select_related("series"))
    lines = [
        (each.series_id, each.serial, each.number, each.application.person.name, _offered(each)[2],
         str(each.get_status_display()), _day(each))
        for each in held
    ]  # fmt: skip
    series = {each.series_id: each.series for each in held}
    for each in SpoiledNumber.objects.filter(series__in=series).select_related("series"):
        number = f"{each.series.filing_number}{each.series.year % 100:02d}{each.series.level}"
        lines.append((each.series_id, each.serial, f"{number}{each.serial:06d}", "——", "——",
                      f"{SPOILED}：{each.reason}", ""))  # fmt: skip
    lines.sort(key=lambda line: line[2])
    rows = [(str(place), *line[2:]) for place, line in enumerate(lines, start=1)]
    columns = (
        pdf.Column("序号", 1),
        pdf.Column("证书编号", 4.6),
        pdf.Column("姓名", 2.4, names=True),
        pdf.Column("等级", 2.4),
        pdf.Column("状态", 3),
        pdf.Column("打印日期", 2.2),
    )
    return _print(batch, actor, form, _roster(batch, form[2], columns, rows, ("经办人", "日期")))


REQUEST_FORMS = ("F-606", "F-702")


def request_roll(batch: AssessmentBatch, actor: Actor) -> Parts:
    """The list for the authority, under the name its rulebook gives it; one part a request."""
    code, named = next(
        ((code, form) for code in REQUEST_FORMS if (form := batch.rules.form(code))),
        (REQUEST_FORMS[0], None),
    )
    title = named.name if named else "合格人员名册"
    parts: list[tuple[str, bytes]] = []
    for each in requests_of(batch):
        sheet = _request_sheet(batch, each, title)
        stem = f"{title}（申领证书 {each.number}）"
        printed = _print(batch, actor, (code, f"certificate-request-{each.number}", title), sheet)
        parts.append((stem, printed[0][1]))
    return parts


def _request_sheet(batch: AssessmentBatch, request: CertificateRequest, title: str) -> pdf.Roster:
    rows = []
    for number, line in enumerate(lines_of(request), start=1):
        facts = line_facts(line)
        offered = " ".join(text for text in (facts["occupation"], facts["job"]) if text)
        what = (facts["ticket"], facts["name"], facts["id_number"], offered)
        scores = facts["score"].replace("；", "\n")
        rows.append((str(number), *what, scores, facts["level"] or facts["grade"] or "——", "", ""))
    columns = (
        pdf.Column("序号", 1),
        pdf.Column("准考证号", 3.4),
        pdf.Column("姓名", 2, names=True),
        pdf.Column("证件号码", 4),
        pdf.Column("职业（项目）", 3, align="left"),
        pdf.Column("成绩", 3.8, align="left"),
        pdf.Column(_level_head(batch), 2.4),
        pdf.Column("证书编号", 3.2),
        pdf.Column("核发日期", 2),
    )
    sent = timezone.localdate(request.sent_at)
    meta = [
        ("机构", batch.centre.name),
        ("批次", batch.name),
        ("报送", f"{sent:%Y-%m-%d}"),
        ("合计", f"{len(rows)} 人"),
    ]
    if request.invoice:
        meta.append(("缴费发票", request.invoice))
    return pdf.Roster(
        title=title,
        subtitle=f"报 {batch.centre.authority_name}",
        meta=tuple(meta),
        columns=columns,
        rows=rows,
        signatures=("经办人", "负责人（盖章）", "主管部门核准（盖章）", "日期"),
    )


def _asked(batch: AssessmentBatch) -> bool:
    return requests_of(batch).exists()


def _numbered_here(batch: AssessmentBatch) -> bool:
    return certificates_of(batch).filter(origin=Origin.OWN).exists()


def _any(batch: AssessmentBatch) -> bool:
    return certificates_of(batch).exists()


def _out(batch: AssessmentBatch) -> bool:
    return certificates_of(batch).exclude(status=CertificateStatus.NUMBERED).exists()


def register() -> None:
    kinds: tuple[tuple[str, str, str, Callable[..., Parts], Callable[..., bool]], ...] = (
        ("F-702", "certificate-roll", "获证人员名册", holder_roll, _out),
        ("F-703", "certificate-collection", "证书发放领取记录", collection_record, _out),
        ("F-704", "certificate-ledger", "证书印制核发台账", issue_ledger, _any),
        ("F-705", "number-ledger", "证书编号及打印台账", number_ledger, _numbered_here),
    )
    ask = DocumentKind(
        ",".join(REQUEST_FORMS),
        "certificate-request",
        "证书申领名册",
        request_roll,
        Act.CERTIFICATE_VIEW,
        _asked,
    )
    documents.register("certificate-request", ask, order=90)
    for place, (code, slug, label, render, applies) in enumerate(kinds):
        documents.register(
            slug,
            DocumentKind(code, slug, label, render, Act.CERTIFICATE_VIEW, applies),
            order=700 + place,
        )
