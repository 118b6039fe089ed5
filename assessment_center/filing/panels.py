"""Filing in the menu, and its forms among those printed outside a batch."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.filing.documents import MAKERS
from assessment_center.office import MenuLink, menu_links
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, record_documents

PRINTED = (
    ("F-101", "filing-letter", _("备案申请函")),
    ("F-102", "filing-form", _("备案申请表")),
    ("F-105", "filing-reply", _("备案回执（登记件）")),
    ("F-106", "filing-evaluation", _("备案技术评估评分表")),
    ("F-107", "work-plan", _("职业技能等级认定工作方案")),
    ("F-108", "own-specification", _("自主开发的评价规范")),
    ("F-109", "filing-opinions", _("评审专家意见")),
)


def _render(code: str) -> Callable[[Any, Actor], Sequence[tuple[str, bytes]]]:
    def parts(application: Any, actor: Actor) -> Sequence[tuple[str, bytes]]:
        made = MAKERS[code](application, actor)
        return [(made.title, made.content)]

    return parts


for _number, (_code, _slug, _label) in enumerate(PRINTED):
    record_documents.register(
        _slug,
        DocumentKind(_code, _slug, _label, _render(_code), Act.CENTRE_MANAGE),
        order=100 + _number,
    )
for _key, _label, _name, _order in (
    ("filing", _("备案办理"), "filing_office:list", 5),
    ("filing.today", _("可认定范围"), "filing_office:today", 6),
    ("filing.regulations", _("内部制度"), "filing_office:regulations", 7),
    ("filing.units", _("机构与职责"), "filing_office:units", 8),
):
    menu_links.register(_key, MenuLink("centre", _label, _name, Act.CENTRE_VIEW), order=_order)
