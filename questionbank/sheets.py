"""The sheet by which items, with the points they belong to, come into the banks."""

from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS, SUBJECT_LABELS
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.validators import LETTERS

NO_LEVEL = 0
LEVELS = (*((int(k), str(v)) for k, v in LEVEL_LABELS.items()), (NO_LEVEL, "——"))
OPTION_KEYS = tuple(f"option_{letter.lower()}" for letter in LETTERS[:6])

ITEMS = SheetSpec(
    title=str(_("试题")),
    columns=(
        ColumnSpec(
            "level", "等级", kind=Kind.CHOICE, choices=LEVELS, example="四级/中级工", width=14
        ),
        ColumnSpec("job", "工种", help="没有工种的留空", max_length=80),
        ColumnSpec(
            "subject",
            "科目",
            kind=Kind.CHOICE,
            choices=tuple((k, str(v)) for k, v in SUBJECT_LABELS.items()),
            help="留空为理论知识考试",
            width=14,
        ),
        ColumnSpec(
            "point", "鉴定点代码", required=True, example="A-A-001", max_length=20, width=14
        ),
        ColumnSpec("area", "鉴定范围", help="新的鉴定点须填", max_length=80, width=20),
        ColumnSpec("point_name", "鉴定点名称", help="新的鉴定点须填", max_length=160, width=24),
        ColumnSpec("weight", "权重（%）", kind=Kind.DECIMAL, help="新的鉴定点须填", width=10),
        ColumnSpec(
            "kind",
            "题型",
            required=True,
            kind=Kind.CHOICE,
            choices=tuple((key, str(label)) for key, label in ITEM_KIND_LABELS.items()),
            example="单项选择题",
            width=14,
        ),
        ColumnSpec("stem", "题干", required=True, max_length=2000, width=60),
        *(
            ColumnSpec(key, f"选项{letter}", max_length=300, width=20)
            for key, letter in zip(OPTION_KEYS, LETTERS, strict=False)
        ),
        ColumnSpec(
            "answer",
            "答案",
            required=True,
            example="A",
            help="选择题填字母，判断题填“正确”或“错误”，操作题填评分要点",
            max_length=4000,
        ),
        ColumnSpec("difficulty", "难度", kind=Kind.DECIMAL, help="0 至 1，留空为 0.5", width=8),
    ),
    notes=(
        "一题一行；题干相同的题只能有一道。",
        "鉴定点代码已在要素细目表中的，鉴定范围、名称和权重留空；新的鉴定点三项都要填。",
        "全部无误才会导入；有问题时一题也不导入。",
    ),
    key_columns=("level", "job", "subject", "stem"),
)
