"""The facts of an application as a row of a sheet declares them."""

from typing import Any

from django.utils.translation import gettext as _

from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, WorkSpell
from candidates.services.sheet_plan import RowRefusedError


def declared_by(values: dict[str, Any]) -> Declaration:
    """Work and an earlier certificate; a certificate without level and date is refused."""
    work: tuple[WorkSpell, ...] = ()
    if values["work_since"]:
        work = (WorkSpell(values["work_since"], None, values["employer"] or ""),)
    certificates: tuple[CertificateFact, ...] = ()
    if values["certificate_number"]:
        if not (values["certificate_level"] and values["certificate_issued"]):
            raise RowRefusedError("原证书号", _("填了原证书号的，还须填原证书等级和发证日期。"))
        certificates = (
            CertificateFact(
                values["certificate_level"],
                values["certificate_issued"],
                values["certificate_number"],
            ),
        )
    return Declaration(
        intends_to_work=True,
        works_in_occupation=bool(work) or None,
        work=work,
        certificates=certificates,
    )
