"""Workbooks: data for the national query system, the list to the authority and its answer."""

from collections.abc import Iterator

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec, write
from candidates.labels import ID_KIND_LABELS
from certificates.models import CertificateRequest, RequestLine
from certificates.selectors import issued_of, lines_of
from scoring.selectors import ticket_number

NO_EMPLOYER = "其他"
RESIDENT_CARD = "201"
COLUMNS = (
    ColumnSpec("name", "姓名", width=12),
    ColumnSpec("id_type", "证件类型", width=10),
    ColumnSpec("id_number", "证件号码", kind=Kind.ID_NUMBER, width=22),
    ColumnSpec("employer", "所在单位", width=28),
    ColumnSpec("occupation", "职业名称", width=20),
    ColumnSpec("job", "工种名称", width=20),
    ColumnSpec("level", "职业技能等级", width=14),
    ColumnSpec("number", "证书编号", width=26),
    ColumnSpec("issued_on", "发证日期", width=14),
    ColumnSpec("assessor", "评价机构", width=32),
    ColumnSpec("issuer", "发证机构", width=32),
)


def _rows(batch: AssessmentBatch) -> Iterator[dict[str, str]]:
    for each in issued_of(batch).exclude(status="revoked").iterator(chunk_size=500):
        application, face = each.application, each.face
        person = application.person
        kind = person.id_kind
        yield {
            "name": face["name"],
            "id_type": RESIDENT_CARD if kind == "resident" else str(ID_KIND_LABELS.get(kind, kind)),
            "id_number": id_number(person),
            "employer": application.employer or NO_EMPLOYER,
            "occupation": face["occupation"],
            "job": face["job"],
            "level": str(application.offering.level or ""),
            "number": each.number,
            "issued_on": each.issued_on.isoformat() if each.issued_on else "",
            "assessor": face["centre"],
            "issuer": face["centre"],
        }


def data_workbook(batch: AssessmentBatch) -> bytes:
    """Every valid certificate of the batch; holds full ID numbers: the caller records it."""
    return write(_rows(batch), COLUMNS, title="证书数据")


DELIVERY = SheetSpec(
    title="证书申领名册",
    columns=(
        ColumnSpec("ticket", "准考证号", width=18),
        ColumnSpec("name", "姓名", required=True, width=12, max_length=80),
        ColumnSpec("id_type", "证件类型", width=12),
        ColumnSpec("id_number", "证件号码", kind=Kind.ID_NUMBER, width=22),
        ColumnSpec("occupation", "职业（项目）", width=22),
        ColumnSpec("job", "工种", width=16),
        ColumnSpec("level", "等级", width=16),
        ColumnSpec("score", "成绩", width=30),
        ColumnSpec("grade", "成绩等次", width=12),
        ColumnSpec(
            "number", "证书编号", required=True, width=26, max_length=40, help="由主管部门填写"
        ),
        ColumnSpec(
            "blank", "空白证书号", width=18, max_length=30, help="证书印刷流水号，没有的留空"
        ),
        ColumnSpec(
            "issued_on", "发证日期", required=True, kind=Kind.DATE, width=14, help="由主管部门填写"
        ),
    ),
    notes=(
        "准考证号和证件号码至少填一项，用来对应考生。",
        "全部无误才会登记；有问题时一份也不登记。",
    ),
)
ASKED = ("number", "blank", "issued_on")


def line_facts(line: RequestLine) -> dict[str, str]:
    """One person of the list, with the full ID number."""
    result = line.result
    application = result.application
    person, offering = application.person, application.offering
    marks = (
        f"{SUBJECT_LABELS[fact['subject']]} {fact['score']}"
        for fact in result.subjects
        if fact["score"] is not None
    )
    return {
        "ticket": ticket_number(application),
        "name": person.name,
        "id_type": str(ID_KIND_LABELS.get(person.id_kind, person.id_kind)),
        "id_number": id_number(person),
        "occupation": offering.occupation.name,
        "job": offering.job.name if offering.job else "",
        "level": str(offering.get_level_display() or ""),
        "score": "；".join(marks),
        "grade": result.grade_label,
    }


def request_workbook(request: CertificateRequest) -> bytes:
    """The list as the authority gets it; it fills the last three columns and sends it back.

    Holds full ID numbers: the caller records it.
    """
    empty = dict.fromkeys(ASKED, "")
    rows = ({**line_facts(each), **empty} for each in lines_of(request))
    return write(rows, DELIVERY.columns, title=DELIVERY.title)
