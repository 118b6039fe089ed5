"""Reading declarations: whether a centre may begin to give numbers, and what is still to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment_center.opening.book import kinds_of
from assessment_center.opening.enums import DeclarationState
from assessment_center.opening.models import OpeningDeclaration, OpeningSheet
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import ALLOWED, Outcome, Refused
from assessment_center.registry.entries import OpeningBalance, Text


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of the checklist and what has been said of it."""

    kind: OpeningBalance
    sheet: OpeningSheet | None

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def label(self) -> Text:
        return self.kind.label


def declaration_of(centre: AssessmentCentre) -> OpeningDeclaration | None:
    found = OpeningDeclaration.objects.filter(centre=centre)
    return found.select_related("centre", "prepared_by", "signed_by").first()


def checklist(declaration: OpeningDeclaration) -> Iterator[Item]:
    """Every kind that the centre has to answer for."""
    rows = declaration.sheets.select_related("imported_by").defer("rows_sealed")
    sheets = {sheet.kind: sheet for sheet in rows}
    return (Item(kind, sheets.get(kind.key)) for kind in kinds_of(declaration.centre))


def settled(centre: AssessmentCentre) -> Outcome:
    """Whether the first day is declared and signed by two: before that no number is given."""
    signed = OpeningDeclaration.objects.filter(centre=centre, status=DeclarationState.SIGNED)
    if signed.exists():
        return ALLOWED
    return Refused(
        _("期初数据还没有签署，不能编号发证：系统不知道以前发到了哪个号。"),
        remedy=_("请在“机构与人员”下的“期初数据”登记并由两人签署；新机构选“无期初数据”即可。"),
    )
