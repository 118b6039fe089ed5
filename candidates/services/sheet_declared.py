"""The facts of an application as a row of a sheet declares them."""

from typing import Any

from django.utils.translation import gettext as _

from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, WorkSpell
from candidates.services.sheet_plan import RowRefusedError

HELD = ("certificate_number", "certificate_level", "certificate_issued")


def declared_by(values: dict[str, Any]) -> Declaration:
    """Work and an earlier certificate; a certificate told by halves is refused."""
    work: tuple[WorkSpell, ...] = ()
    if values["work_since"]:
        work = (WorkSpell(values["work_since"], None, values["employer"] or ""),)
    certificates: tuple[CertificateFact, ...] = ()
    told = [values[key] for key in HELD]
    if any(told):
        if not all(told):
            raise RowRefusedError(
                "原证书号", _("原证书号、原证书等级和发证日期须一起填，或者都留空。")
            )
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
