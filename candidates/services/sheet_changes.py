"""A row of somebody who already applied: nothing new, a correction, or too late for one.

What the department entered it may correct as often as it likes, until the first review; what the
candidate entered himself is his.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.spreadsheets import Change
from candidates.enums import ApplicationStatus as S
from candidates.enums import Origin
from candidates.labels import STATUS_LABELS
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.sheets import APPLICATIONS, HEADERS

OPEN = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED})
FACTS = ("education", "ethnicity", "address", "employer")
TAKEN_OVER = (*FACTS, "source", "declaration", "condition_id", "finding")
PLACES = ("school_class", "department")
COLUMNS = {column.key: column for column in APPLICATIONS.columns}


def told_apart(standing: Application, values: Mapping[str, Any]) -> tuple[Change, ...]:
    """What the row says otherwise than what stands, column by column; an empty cell empties."""
    old = _as_row(standing)
    changes = [
        Change(HEADERS[key], _shown(key, old[key]), _shown(key, values[key]))
        for key in old
        if (values[key] or "") != (old[key] or "") and not _left_alone(standing, key, values[key])
    ]
    return tuple(changes)


def _left_alone(standing: Application, key: str, value: object) -> bool:
    """A class not given stays; a telephone is its owner's once he signs in himself."""
    if key == "phone":
        return not value or standing.person.user_id is not None
    return key == "school_class" and not value


def _as_row(standing: Application) -> dict[str, Any]:
    declared = Declaration.from_json(standing.declaration)
    work = declared.work[0] if declared.work else None
    held = declared.certificates[0] if declared.certificates else None
    return {
        "phone": standing.person.phone,
        "school_class": standing.school_class.name if standing.school_class else "",
        **{name: getattr(standing, name) for name in FACTS},
        "work_since": work.starts if work else None,
        "certificate_number": held.number if held else "",
        "certificate_level": held.level if held else None,
        "certificate_issued": held.issued_on if held else None,
    }


def _shown(key: str, value: Any) -> str:
    if value in (None, ""):
        return _("（空）")
    if isinstance(value, date):
        return value.isoformat()
    return str(dict(COLUMNS[key].choices).get(value, value))


def own_entry(standing: Application) -> bool:
    """Whether the candidate has entered or signed it himself."""
    return standing.origin == Origin.PORTAL or hasattr(standing, "commitment")


def too_late(standing: Application, changes: Sequence[Change]) -> str:
    """Why it may not be changed by a sheet any more; "" where it may."""
    if standing.status in OPEN:
        return ""
    return _("这份申报“%(state)s”，不能再用表格改动（%(headers)s）。%(remedy)s") % {
        "state": STATUS_LABELS[standing.status],
        "headers": "、".join(change.header for change in changes),
        "remedy": _("确需改动的，请审核人先退回；否则请照原样填写。"),
    }


def take_over(standing: Application, planned: Application) -> None:
    """Put what the row says into the application that stands; not yet saved."""
    for name in TAKEN_OVER:
        setattr(standing, name, getattr(planned, name))
    if planned.school_class is not None:
        for name in PLACES:
            setattr(standing, name, getattr(planned, name))
