"""What a candidate has told of himself, line by line, for his last look before he sends it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.people.labels import SCHOOLING_LABELS
from candidates.labels import SOURCE_LABELS
from candidates.models import Application
from candidates.policies import chosen_condition
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, WorkSpell


def told(row: Application) -> Iterator[tuple[str, str]]:
    """Label and value of everything beside name, document and address; what is empty is left out.

    Spells of work, certificates and titles have a line each.
    """
    declared = Declaration.from_json(row.declaration)
    condition = chosen_condition(row)
    yield _("考生来源"), str(SOURCE_LABELS.get(row.source, row.source))
    if condition is not None:
        yield _("所选申报条件"), condition.label
    if declared.intends_to_work:
        yield _("从业意向"), _("拟从事或正在从事本职业或相关职业")
    if declared.excellent:
        yield _("优秀毕业生"), _("是")
    if row.employer and not declared.work:
        yield _("工作单位"), row.employer
    for spell in declared.work:
        yield _("工作经历"), _spell(spell)
    for paper in declared.certificates:
        yield _("已有证书"), _certificate(paper)
    for title in declared.titles:
        yield (
            _("职称"),
            _("%(title)s，%(day)s 取得")
            % {
                "title": title.words,
                "day": _day(title.granted_on),
            },
        )
    school = _school(declared)
    if school:
        yield _("毕业学校"), school


def _spell(spell: WorkSpell) -> str:
    until = _day(spell.ends) if spell.ends else _("今")
    period = _("%(since)s 至%(until)s") % {"since": _day(spell.starts), "until": f" {until}"}
    return "，".join(filter(None, (spell.employer, period)))


def _certificate(paper: CertificateFact) -> str:
    number = _("编号 %(number)s") % {"number": paper.number} if paper.number else ""
    issued = _("%(day)s 发证") % {"day": _day(paper.issued_on)}
    return "，".join(
        filter(None, (paper.occupation, str(LEVEL_LABELS[paper.level]), number, issued))
    )


def _school(declared: Declaration) -> str:
    kind = str(SCHOOLING_LABELS.get(declared.diploma_kind, "")) if declared.diploma_kind else ""
    left = _("%(day)s 毕业") % {"day": _day(declared.graduated_on)} if declared.graduated_on else ""
    return "，".join(filter(None, (kind, declared.major, left)))


def _day(day: date) -> str:
    return day.isoformat()
