"""Which occupation, job and level a row of an opening sheet names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.spreadsheets import ColumnSpec, Kind, Row, RowProblem

NO_LEVEL = 0
LEVELS = (*((int(k), str(v)) for k, v in LEVEL_LABELS.items()), (NO_LEVEL, "——"))
TRADE_COLUMNS = (
    ColumnSpec("occupation", "职业", required=True, example="电工", max_length=80, width=20),
    ColumnSpec("job", "工种", help="没有工种的留空", max_length=80, width=18),
    ColumnSpec(
        "level", "等级", required=True, kind=Kind.CHOICE, choices=LEVELS, example="四级/中级工"
    ),
)


def level_of(values: Mapping[str, Any]) -> int | None:
    """The level; None for what has none."""
    return values["level"] or None


class Trades:
    """The catalogue by name and code, read once; occupations no longer in use count too."""

    def __init__(self) -> None:
        self._occupations: dict[str, Occupation] = {}
        for each in Occupation.objects.order_by("is_active", "edition"):
            self._occupations[each.name] = self._occupations[each.code] = each
        self._jobs = {(job.occupation_id, job.name): job for job in Job.objects.all()}

    def find(self, values: Mapping[str, Any]) -> tuple[Occupation | None, Job | None]:
        occupation = self._occupations.get(values["occupation"])
        job = self._jobs.get((occupation.pk, values["job"])) if occupation else None
        return occupation, job

    def problems(self, rows: Sequence[Row]) -> Iterator[RowProblem]:
        """Names that the catalogue does not know."""
        for row in rows:
            occupation, job = self.find(row.values)
            if occupation is None:
                yield RowProblem(row.number, "职业", _("不在职业分类大典中，请核对名称或编码"))
            elif row.values["job"] and job is None:
                yield RowProblem(row.number, "工种", _("这个职业没有这个工种"))
