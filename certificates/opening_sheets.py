"""The sheets by which a working centre brings along its numbers, certificates and blanks."""

from assessment_center.opening.trades import LEVELS, TRADE_COLUMNS
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec
from candidates.labels import ID_KIND_LABELS
from certificates.enums import CertificateStatus

ID_KINDS = tuple((key, str(label)) for key, label in ID_KIND_LABELS.items())
STATES = ((CertificateStatus.ISSUED.value, "有效"), (CertificateStatus.REVOKED.value, "已注销"))

SERIALS = SheetSpec(
    title="最后流水号",
    columns=(
        ColumnSpec(
            "filing", "备案号", required=True, width=18, max_length=30, example="Y000050012345"
        ),
        ColumnSpec("year", "年份", required=True, kind=Kind.INTEGER, width=8, example="2026"),
        ColumnSpec(
            "level",
            "等级",
            required=True,
            kind=Kind.CHOICE,
            choices=LEVELS[:-1],
            example="四级/中级工",
        ),
        ColumnSpec(
            "last_serial",
            "最后流水号",
            required=True,
            kind=Kind.INTEGER,
            example="186",
            help="这一年这一等级已经用到的最后一个流水号，作废的也算；启用后从下一个号接着编",
        ),
    ),
    notes=("一个备案号、一个年份、一个等级填一行；没有发过的不填。",),
    key_columns=("filing", "year", "level"),
)

ISSUED = SheetSpec(
    title="已发证书",
    columns=(
        ColumnSpec("number", "证书编号", required=True, width=26, max_length=40),
        ColumnSpec("name", "姓名", required=True, width=12, max_length=80, example="张三"),
        ColumnSpec(
            "id_kind",
            "证件类型",
            required=True,
            kind=Kind.CHOICE,
            choices=ID_KINDS,
            example="居民身份证",
        ),
        ColumnSpec("id_number", "证件号码", required=True, kind=Kind.ID_NUMBER, width=22),
        *TRADE_COLUMNS,
        ColumnSpec("issued_on", "发证日期", required=True, kind=Kind.DATE, width=14),
        ColumnSpec(
            "status", "状态", required=True, kind=Kind.CHOICE, choices=STATES, example="有效"
        ),
        ColumnSpec("revoked_on", "注销日期", kind=Kind.DATE, width=14, help="已注销的须填"),
        ColumnSpec("revoked_reason", "注销原因", width=24, help="已注销的须填"),
    ),
    notes=(
        "一份证书填一行；签署后公众可以查验，本人再报名时作为持有的证书。",
        "证件号码列须为文本格式；从其他表格粘贴时请选“只粘贴值”。",
    ),
    key_columns=("number",),
)

BLANKS = SheetSpec(
    title="空白证书结存",
    columns=(
        ColumnSpec(
            "blank",
            "空白证书",
            required=True,
            width=24,
            max_length=60,
            example="证书内页（2024版）",
        ),
        ColumnSpec("first", "起号", width=18, max_length=38, help="没有印号的留空"),
        ColumnSpec("last", "止号", width=18, max_length=38, help="没有印号的留空"),
        ColumnSpec("count", "数量", required=True, kind=Kind.INTEGER, width=8),
        ColumnSpec("counted_on", "盘点日期", required=True, kind=Kind.DATE, width=14),
        ColumnSpec("note", "存放地点", width=24),
    ),
    notes=("按盘点的实际结存填；号码不连续的分行填写。",),
)
