"""The demo centre's invented facts; all dates lie in 2026, whose working days are known."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assessment_center.catalog.enums import Subject

CHINA = ZoneInfo("Asia/Shanghai")
CENTRE: dict[str, Any] = {
    "name": "江州化工职业学院（演示）",
    "short_name": "江州化院",
    "province_code": "50",
    "address": "江州市学府大道88号",
    "phone": "023-60000088",
    "complaint_phone": "023-60000089",
    "authority_name": "江州市职业技能鉴定指导中心",
    "seal_name": "江州化工职业学院职业技能等级认定专用章",
}
FILING_NUMBERS = ("Y000050012345", "Y000041039001")
FILED_FROM = date(2025, 1, 1)
FILED_UNTIL = date(2027, 12, 31)

# code, name of the occupation, job, matching major
SCOPE = (
    ("6-31-01-03", "电工", "", "电气自动化技术"),
    ("6-18-02-04", "焊工", "电焊工", "智能焊接技术"),
    ("6-31-03-01", "化学检验员", "", "分析检验技术"),
    ("4-10-01-03", "保育师", "", "早期教育"),
    ("6-18-01-01", "车工", "", "数控技术"),
    ("4-12-01-01", "汽车维修工", "", "汽车检测与维修技术"),
)
HELD = "职业技能等级认定"  # what the titles of the batches below say is held
HAZARDOUS = frozenset({"焊工"})
DURATIONS = {Subject.THEORY: 90, Subject.PRACTICAL: 120, Subject.REVIEW: 30}
RATIOS = {Subject.PRACTICAL: 5}

# code, name, majors with the number of their classes
DEPARTMENTS = (
    ("HG", "化学工程学院", (("分析检验技术", 3), ("应用化工技术", 1))),
    ("JD", "机电工程学院", (("电气自动化技术", 3), ("智能焊接技术", 2), ("数控技术", 1))),
    ("QC", "汽车工程学院", (("汽车检测与维修技术", 2),)),
    ("JY", "教育学院", (("早期教育", 2),)),
)
# Offered besides in the finished batch where the order of a comprehensive review is drawn.
REVIEWED = (("电工", 2, 480), ("电工", 1, 560))
GRADUATION = 2026
ENROLLED = 2023


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """`reach` is the last stage the batch completes; `offers` are (occupation, level, yuan)."""

    name: str
    number: int
    title: str
    reach: str
    announced: datetime
    opens: datetime
    closes: datetime
    starts: date
    ends: date
    offers: tuple[tuple[str, int, int], ...]


BATCHES = (
    DemoBatch(
        "done", 1, "2026年第一批职业技能等级认定", "archive",
        moment(3, 10), moment(3, 16), moment(4, 10, 17), date(2026, 5, 23), date(2026, 5, 24),
        (("电工", 4, 240), ("电工", 3, 300), ("化学检验员", 4, 260), ("保育师", 4, 220)),
    ),
    DemoBatch(
        "scoring", 2, "2026年第二批职业技能等级认定", "exam",
        moment(9, 7), moment(9, 14), moment(9, 30, 17), date(2026, 11, 14), date(2026, 11, 15),
        (("电工", 4, 240), ("焊工", 4, 280)),
    ),
    DemoBatch(
        "arranging", 3, "2026年第三批职业技能等级认定", "report",
        moment(10, 9), moment(10, 12), moment(10, 30, 17), date(2026, 11, 28), date(2026, 11, 29),
        (("电工", 3, 300), ("化学检验员", 4, 260)),
    ),
    DemoBatch(
        "reviewing", 4, "2026年第四批职业技能等级认定", "register",
        moment(10, 26), moment(11, 2), moment(11, 20, 17), date(2026, 12, 12), date(2026, 12, 13),
        (("保育师", 4, 220), ("焊工", 4, 280)),
    ),
    DemoBatch(
        "registering", 5, "2026年第五批职业技能等级认定", "announce",
        moment(11, 2), moment(11, 16), moment(11, 27, 17), date(2026, 12, 19), date(2026, 12, 20),
        (("电工", 4, 240), ("电工", 3, 300), ("车工", 4, 260), ("汽车维修工", 4, 260)),
    ),
)  # fmt: skip

# Only where the rulebook has the routes: (route, occupation, level) of each batch.
ROUTED: dict[str, tuple[tuple[str, str, int], ...]] = {
    "done": (("direct", "焊工", 3), ("process", "汽车维修工", 3)),
    "scoring": (("contest", "化学检验员", 4),),
    "recognising": (
        ("direct", "电工", 3),
        ("process", "化学检验员", 3),
        ("credit", "汽车维修工", 3),
        ("contest", "车工", 4),
    ),
}
RECOGNISING = DemoBatch(
    "recognising", 6, "2026年第六批职业技能等级认定（不组织考试）", "certificate",
    moment(4, 7), moment(4, 13), moment(4, 30, 17), date(2026, 6, 8), date(2026, 6, 8),
    (),
)  # fmt: skip
