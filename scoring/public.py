"""The list that stands open to everybody: only what the rulebook lets it show (PUB-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import has_recognition
from assessment_center.catalog.labels import SUBJECT_LABELS
from scoring.policies import publicity_fields
from scoring.selectors import results_of
from scoring.sheets import result_row, subjects_of


@dataclass(frozen=True, slots=True)
class PublicList:
    """Heads and rows; an ID number has no column here, whatever the settings say."""

    keys: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def public_list(batch: AssessmentBatch) -> PublicList:
    """Admission number, name, occupation and level, the fields allowed, and the conclusion."""
    fields = publicity_fields(batch)
    subjects = subjects_of(batch) if "scores" in fields else []
    heads: dict[str, str] = {}
    if "ticket_no" in fields:
        heads["ticket"] = _("准考证号") if batch.examined else _("申报号")
    if "name" in fields:
        heads["name"] = _("姓名")
    heads |= {"occupation": _("职业"), "level": _("等级")}
    if has_recognition(batch):
        heads["route"] = _("评价方式")
    heads |= {key: str(SUBJECT_LABELS[key]) for key in subjects}
    heads["passed"] = _("评定结果")
    rows = [[told.get(key, "—") for key in heads] for told in map(result_row, results_of(batch))]
    return PublicList(list(heads), list(heads.values()), rows)
