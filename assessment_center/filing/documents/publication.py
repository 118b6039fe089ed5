"""R-03: what is made public of the centre and its scope after a reply."""

from assessment_center.filing.documents.base import Made
from assessment_center.filing.documents.sheets import KIND, named
from assessment_center.filing.standing import standing
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import ColumnSpec
from assessment_center.spreadsheets.handed_in import listed

PUBLIC = (
    ColumnSpec("centre", "机构名称", width=32),
    ColumnSpec("number", "备案号", width=18),
    ColumnSpec("kind", "机构类型", width=10),
    ColumnSpec("code", "职业编码", width=14),
    ColumnSpec("occupation", "职业名称", width=22),
    ColumnSpec("job", "工种/职业方向", width=22),
    ColumnSpec("levels", "级别", width=16),
    ColumnSpec("standard", "评价标准", width=22),
    ColumnSpec("valid_from", "有效期起", width=14),
    ColumnSpec("valid_until", "有效期止", width=14),
    ColumnSpec("phone", "联系电话", width=18),
    ColumnSpec("address", "地址", width=32),
)


def publication_rows(centre: AssessmentCentre) -> list[dict[str, str]]:
    """R-03: what holds today, one row for every line, as it is handed on to be made public."""
    found = []
    for line in standing(centre).lines:
        filing = line.filing
        until = filing.valid_until.isoformat() if filing.valid_until else ""
        found.append(
            {
                "centre": centre.name,
                "number": filing.number,
                "kind": KIND,
                **named(line),
                "valid_from": filing.valid_from.isoformat(),
                "valid_until": until,
                "phone": centre.phone,
                "address": centre.address,
            }
        )
    return found


@in_chinese
def publication(centre: AssessmentCentre) -> Made:
    """R-03 as a workbook; refuses when nothing is filed today."""
    rows = publication_rows(centre)
    if not rows:
        raise RefusedError("今天没有有效的备案范围，没有可公布的数据。")
    title = "机构与认定范围公布数据"
    return Made(title, "xlsx", listed(title, PUBLIC, rows))
