"""The workbook of certificate data for the national query system."""

from collections.abc import Iterator

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.selectors import id_number
from assessment_center.spreadsheets import ColumnSpec, Kind, write
from candidates.labels import ID_KIND_LABELS
from certificates.selectors import issued_of

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
