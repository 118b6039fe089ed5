"""Taking in the national classification of occupations, the first time and when it is renewed."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.rules import classification
from assessment_center.catalog.rules.classification import Entry
from assessment_center.catalog.rules.pinyin import pinyin_key
from assessment_center.registry import Actor, RefusedError, SubjectRef

FIELDS = (
    "name",
    "edition",
    "group_code",
    "group_name",
    "is_green",
    "is_digital",
    "is_active",
    "pinyin",
    "initials",
)
SHOWN_ERRORS = 10
EDITIONS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Codes by what became of them; `changed` also holds codes that now mean something else."""

    edition: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


@transaction.atomic
def import_occupations(*, file: Path | IO[str], edition: int, actor: Actor) -> ImportOutcome:
    """Take in a classification (`code,tier,name[,marks]`); nothing is ever deleted.

    An occupation that keeps code and name is carried over to the new edition and keeps its
    standards. One that is missing, or whose code now has another name in a newer edition, becomes
    inactive. Within one edition a name is corrected in place. An older edition than the newest
    known, or a list with any fault, is refused as a whole with `RefusedError`.
    """
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您没有维护职业目录的权限。"))
    entries = _read(file)
    known = list(Occupation.objects.select_for_update().order_by("code", "-edition"))
    newest = max((occupation.edition for occupation in known), default=edition)
    if edition not in EDITIONS or edition < newest:
        raise RefusedError(
            _("不能导入 %(edition)s 年版：目录已是 %(newest)s 年版。")
            % {"edition": edition, "newest": newest}
        )
    outcome = _apply(entries, known, edition)
    record(
        actor=actor,
        verb="catalog.import_occupations",
        subject=classification_ref(edition),
        payload={
            "edition": edition,
            "added": len(outcome.added),
            "changed": list(outcome.changed),
            "removed": list(outcome.removed),
        },
    )
    return outcome


def classification_ref(edition: int) -> SubjectRef:
    """What the audit entry of an import points to: the edition, which is no row of its own."""
    return SubjectRef("catalog.classification", uuid5(NAMESPACE_URL, f"classification:{edition}"))


def _read(file: Path | IO[str]) -> dict[str, Entry]:
    try:
        if isinstance(file, Path):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                return _parse(stream)
        return _parse(file)
    except OSError as error:
        raise RefusedError(_("无法打开文件 %(name)s。") % {"name": file}) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RefusedError(_("文件不是 UTF-8 编码的 CSV，请另存后再导入。")) from error


def _parse(stream: IO[str]) -> dict[str, Entry]:
    reader = csv.DictReader(stream)
    if missing := classification.missing_columns(reader.fieldnames or ()):
        raise RefusedError(_("文件缺少列：%(columns)s。") % {"columns": "、".join(missing)})
    found = classification.parse(reader)
    if found.errors:
        shown = "；".join(f"第 {line} 行{text}" for line, text in found.errors[:SHOWN_ERRORS])
        raise RefusedError(
            _("共 %(count)d 处错误，未导入：%(shown)s。")
            % {"count": len(found.errors), "shown": shown}
        )
    if not found.entries:
        raise RefusedError(_("文件中没有职业（层级 4），未导入。"))
    return found.entries


def _apply(entries: dict[str, Entry], known: list[Occupation], edition: int) -> ImportOutcome:
    latest: dict[str, Occupation] = {}
    for occupation in known:
        latest.setdefault(occupation.code, occupation)
    added: list[str] = []
    changed: list[str] = []
    create: list[Occupation] = []
    update: list[Occupation] = []
    for code, entry in entries.items():
        found = latest.get(code)
        if found is None:
            create.append(_fill(Occupation(code=code), entry, edition))
            added.append(code)
        elif found.name == entry.name or found.edition == edition:
            if _differs(found, entry):
                changed.append(code)
            if _differs(found, entry) or found.edition != edition:
                update.append(_fill(found, entry, edition))
        else:
            create.append(_fill(Occupation(code=code), entry, edition))
            changed.append(code)
    kept = {occupation.id for occupation in update}
    retired = [
        o for o in known if o.is_active and o.id not in kept and _is_gone(o, entries, edition)
    ]
    for occupation in retired:
        occupation.is_active = False
    Occupation.objects.bulk_update([*update, *retired], FIELDS, batch_size=500)
    Occupation.objects.bulk_create(create, batch_size=500)
    removed = tuple(o.code for o in retired if o.code not in entries)
    unchanged = len(entries) - len(added) - len(changed)
    return ImportOutcome(edition, tuple(added), tuple(changed), removed, unchanged)


def _is_gone(occupation: Occupation, entries: dict[str, Entry], edition: int) -> bool:
    return occupation.code not in entries or occupation.edition != edition


def _differs(occupation: Occupation, entry: Entry) -> bool:
    return not occupation.is_active or any(
        getattr(occupation, key) != getattr(entry, key)
        for key in ("name", "group_code", "group_name", "is_green", "is_digital")
    )


def _fill(occupation: Occupation, entry: Entry, edition: int) -> Occupation:
    key = pinyin_key(entry.name)
    occupation.name = entry.name
    occupation.group_code = entry.group_code
    occupation.group_name = entry.group_name
    occupation.is_green = entry.is_green
    occupation.is_digital = entry.is_digital
    occupation.edition = edition
    occupation.is_active = True
    occupation.pinyin = key.full
    occupation.initials = key.initials
    return occupation
