"""What speaks against an application, in words for the office."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.personnel.labels import TITLE_LABELS
from assessment_center.personnel.rules.eligibility import Fault
from assessment_center.registry import Refused

Words = Callable[[], str]
WORDS: dict[str, Words] = {
    "levels": lambda: _("所报资格只能考评到%(need)s，申报了%(have)s。"),
    "occupations": lambda: _("最多可考评 %(need)s 个职业，申报了 %(have)s 个。"),
    "entry": lambda: _("须有%(need)s以上职业技能等级，或%(have)s以上，现都不具备。"),
    "entry_level": lambda: _("须有%(need)s以上职业技能等级。"),
    "entry_title": lambda: _("须有%(have)s以上。"),
    "birth": lambda: _("没有登记出生日期，不能核对是否年满 %(need)s 周岁。"),
    "age": lambda: _("年龄未满 %(need)s 周岁（现 %(have)s 周岁）。"),
    "authority": lambda: _("人社部门在职人员不得申报。"),
    "after_years_unknown": lambda: _(
        "没有登记取得资格的日期或从事本职业的起始日期，不能核对是否满 %(need)s 年。"
    ),
    "after_years": lambda: _("取得资格后从事本职业须满 %(need)s 年，现满 %(have)s 年。"),
    "assessing_years": lambda: _("从事考评须满 %(need)s 年，现满 %(have)s 年。"),
    "consent": lambda: _("提前申报须先经主管部门审核同意，没有登记同意文号。"),
    "supervisor_years": lambda: _("须从事考评或相关管理工作满 %(need)s 年，现满 %(have)s 年。"),
    "regular": lambda: _("内部质量督导员须是本单位正式职工。"),
    "occupation_years": lambda: _("从事本职业须满 %(need)s 年，现满 %(have)s 年。"),
    "too_old": lambda: _("年龄一般不超过 %(need)s 周岁（现 %(have)s 周岁）。"),
    "leader_years": lambda: _(
        "专家组组长须担任考评员满 %(need)s 年或为高级考评员，现满 %(have)s 年。"
    ),
    "exam_parts": lambda: _("资格考核分 %(need)s 个部分，只登记了 %(have)s 个。"),
    "exam_score": lambda: _("资格考核各部分须达 %(need)s 分，有一部分为 %(have)s 分。"),
    "hours": lambda: _("任职资格培训须满 %(need)s 学时，现登记 %(have)s 学时。"),
}
LEVELLED = frozenset({"levels", "entry", "entry_level"})


def told(fault: Fault) -> str:
    """The fault as a sentence: “年龄未满 30 周岁（现 28 周岁）。”"""
    need, have = fault.need, fault.have
    if fault.code in LEVELLED:
        need = str(LEVEL_LABELS.get(int(need), need))
    if fault.code == "levels":
        have = str(LEVEL_LABELS.get(int(have), have))
    if fault.code in {"entry", "entry_title"}:
        have = str(TITLE_LABELS.get(have, have))  # type: ignore[call-overload]
    return WORDS[fault.code]() % {"need": need, "have": have}


def refused(faults: list[Fault], remedy: str = "") -> Refused:
    """All faults as one refusal with all their articles."""
    cited = tuple(dict.fromkeys(text for each in faults for text in each.citations))
    return Refused("".join(told(each) for each in faults), cited, remedy)
