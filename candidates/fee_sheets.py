"""The finance office's list of receipts."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec
from candidates.rules.money import cents, plain_receipt


def amount(text: str) -> int:
    """The amount of a cell in cents; above zero."""
    try:
        found = cents(text)
    except ValueError as fault:
        raise ValidationError(_("不是金额；请填数字，如 300 或 300.00")) from fault
    if not found:
        raise ValidationError(_("金额须大于零"))
    return found


FINANCE = SheetSpec(
    title="财务到账清单",
    columns=(
        ColumnSpec(
            "receipt", "票据号", required=True, width=20, max_length=40, validate=plain_receipt
        ),
        ColumnSpec(
            "slip", "缴费单号", width=20, max_length=40, help="即申报号；没有的填姓名和证件号码"
        ),
        ColumnSpec("name", "姓名", width=12, max_length=80),
        ColumnSpec("id_number", "证件号码", kind=Kind.ID_NUMBER, width=22),
        ColumnSpec("amount", "金额", required=True, width=12, example="300.00", validate=amount),
        ColumnSpec("paid_on", "缴费日期", required=True, kind=Kind.DATE, width=14),
    ),
    notes=(
        "一张票据一行；同一清单再次上传，已登记的票据不会重复。",
        "先按缴费单号匹配，没有缴费单号的按姓名、证件号码和金额匹配；匹配不上的留待人工处理。",
    ),
    key_columns=("receipt",),
)
