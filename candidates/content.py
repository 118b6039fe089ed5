"""What a reviewer saw of an application, kept so that a later change shows as a difference."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import ReviewKind
from candidates.labels import EDUCATION_LABELS, EVIDENCE_LABELS, PART_LABELS, SOURCE_LABELS
from candidates.models import Application, ReviewStep
from candidates.rules.changes import Changed, changes
from candidates.rules.requirements import TITLE_WORDS

FACTS = {
    "ethnicity": gettext_lazy("民族"),
    "education": gettext_lazy("文化程度"),
    "source": gettext_lazy("来源"),
    "employer": gettext_lazy("工作单位"),
    "address": gettext_lazy("通讯地址"),
    "post_code": gettext_lazy("邮政编码"),
    "condition_id": gettext_lazy("申报条件"),
}
DECLARED = {
    "intends_to_work": gettext_lazy("拟从事本职业"),
    "works_in_occupation": gettext_lazy("现从事本职业"),
    "work": gettext_lazy("从业经历"),
    "certificates": gettext_lazy("原证书"),
    "titles": gettext_lazy("职称"),
    "diploma_kind": gettext_lazy("学历层次"),
    "major": gettext_lazy("专业"),
    "graduated_on": gettext_lazy("毕业日期"),
    "claim": gettext_lazy("认定事实"),
}
WORDS: dict[str, Mapping[str, Any]] = {
    "education": EDUCATION_LABELS,
    "source": SOURCE_LABELS,
    "grade": TITLE_WORDS,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in words; `key` names the paper or photo it is about."""

    part: str
    label: str
    before: str
    after: str
    key: str = ""


def content_of(row: Application) -> dict[str, Any]:
    """The application as it stands: personal facts, declared facts, photo, papers, signature."""
    signed = getattr(row, "commitment", None)
    return {
        "facts": {field: getattr(row, field) for field in FACTS},
        "declared": dict(row.declaration),
        "photo": {"photo": str(row.photo.name or "")},
        "evidence": {piece.digest: [piece.kind, piece.title] for piece in row.evidence.all()},
        "commitment": {"signed": signed.signed_at.isoformat()} if signed else {},
    }


def digest_of(row: Application) -> str:
    """SHA-256 of all that, so that a decision can say what it was taken over."""
    text = json.dumps(content_of(row), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def baseline_of(steps: Iterable[ReviewStep]) -> ReviewStep | None:
    """The step that sent the application back or opened it again, with what stood then."""
    opened = (ReviewKind.RETURN, ReviewKind.REOPEN)
    return next((s for s in reversed(list(steps)) if s.kind in opened and s.content), None)


def differences(step: ReviewStep, row: Application) -> list[Difference]:
    """What has changed since that step, in the words of the form."""
    return [_told(each) for each in changes(step.content, content_of(row))]


def _told(each: Changed) -> Difference:
    if each.part == "evidence":
        kind, title = each.after or each.before
        label = " · ".join(filter(None, (str(EVIDENCE_LABELS.get(kind, kind)), title)))
        before, after = (_("有") if each.before else "", _("有") if each.after else _("已删去"))
        return Difference(
            each.part, label, before, _("新上传") if not before else after, each.field
        )
    if each.part in {"photo", "commitment"}:
        label = str(PART_LABELS[each.part])
        return Difference(each.part, label, "", _("已更换") if each.after else _("已删去"))
    label = str((FACTS | DECLARED).get(each.field, each.field))
    return Difference(
        "facts", label, _shown(each.field, each.before), _shown(each.field, each.after)
    )


def _shown(field: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "——"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return " ".join(_shown(key, one) for key, one in value.items() if one not in (None, ""))
    if isinstance(value, list):
        return "；".join(_shown("", one) for one in value)
    return str(WORDS.get(field, {}).get(value, value))
