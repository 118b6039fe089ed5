"""期初数据确认书: what the centre begins with, kind by kind, for two signatures on paper."""

import hashlib

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.enums import Beginning
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.opening.selectors import Item, checklist
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese

TITLE = "期初数据确认书"
SLUG = "opening-declaration"
FORM = "QC-01"
COLUMNS = (
    pdf.Column("序号", 0.9),
    pdf.Column("类别", 2.8, align="left"),
    pdf.Column("条数", 1.2),
    pdf.Column("数据文件", 4, align="left"),
    pdf.Column("文件摘要（SHA-256 前 16 位）", 3.4),
    pdf.Column("导入人", 1.8, names=True),
)
STATEMENT = {
    Beginning.NEW: "本机构为新设机构，启用本系统以前没有发过证书，没有空白证书、有效禁考、"
    "单科合格和已用试卷，证书流水号从 1 开始。",
    Beginning.WORKING: "以上数据取自本机构启用本系统以前的台账，已逐类核对，与台账一致；"
    "证书流水号从各序列最后流水号的下一个号接着编。",
}


@in_chinese
def confirmation(declaration: OpeningDeclaration, actor: Actor) -> bytes:
    """The sheet with its code in the corner; signed electronically or not yet, it says which."""
    beginning = Beginning(declaration.kind)
    items = [] if beginning is Beginning.NEW else list(checklist(declaration))
    book = OpeningBook(declaration)
    sheet = register_sheet(
        actor=actor,
        form_code=FORM,
        slug=SLUG,
        title=TITLE,
        subject=declaration.ref,
        content_digest=_content(declaration),
    )
    facts = {"form": FORM, "code": sheet.code}
    record(actor=actor, verb="opening.print", subject=declaration.ref, payload=facts)
    roster = pdf.Roster(
        title=TITLE,
        subtitle=declaration.centre.name,
        meta=_meta(declaration),
        columns=COLUMNS,
        rows=[_cells(place, item) for place, item in enumerate(items, start=1)]
        or [("1", "无期初数据", "0", "", "", "")],
        notes=(
            *(line for item in items for line in item.kind.told(book)),
            STATEMENT[beginning],
            "第一份证书发出以后，本确认书所列数据不能再改动。",
            f"全部数据摘要（SHA-256）：{declaration.digest}",
        ),
        signatures=("填报人", "复核签署人", "机构盖章及日期"),
    )
    imprint = pdf.Imprint(f"{FORM} {sheet.code}", f"v{sheet.version}")
    return pdf.roster(roster, imprint=imprint)


def _content(declaration: OpeningDeclaration) -> str:
    """What the sheet says: another one once it is signed."""
    said = (declaration.digest, declaration.prepared_at, declaration.signed_by_id)
    return hashlib.sha256("\t".join(map(str, said)).encode()).hexdigest()


def _meta(declaration: OpeningDeclaration) -> tuple[tuple[str, str], ...]:
    return (
        ("期初情况", str(declaration.get_kind_display())),
        ("填报", _who(declaration.prepared_by, declaration.prepared_at)),
        ("复核签署", _who(declaration.signed_by, declaration.signed_at)),
    )


def _who(user: User | None, at: object) -> str:
    if user is None:
        return "尚未签署"
    return f"{user.display_name}  {timezone.localtime(at):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]


def _cells(place: int, item: Item) -> tuple[str, ...]:
    sheet = item.sheet
    if sheet is None or not sheet.count:
        return (str(place), str(item.label), "0", "没有此类数据", "", _importer(item))
    return (
        str(place),
        str(item.label),
        str(sheet.count),
        sheet.file_name,
        sheet.digest[:16],
        _importer(item),
    )


def _importer(item: Item) -> str:
    by = item.sheet.imported_by if item.sheet else None
    return by.display_name if by else ""
